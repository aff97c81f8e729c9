"""The player opens, closes and replaces outputs, and is never waited for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import numpy as np
import pytest
import soundfile

from sleepcalm.audio import player as player_module
from sleepcalm.audio.output_keeper import DEVICE_LOST, NO_DEVICE, STANDS_STILL
from sleepcalm.audio.outputs import Health, OutputError, Read, SilentOutput, TakeBack
from sleepcalm.audio.own_sounds import OwnSounds
from sleepcalm.audio.player import Player
from sleepcalm.backgrounds import Background, Part
from sleepcalm.program import load_program
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Clip, Timeline

LIMIT_S = 20


class HandOutput:
    """An output whose blocks the test asks for."""

    name = "hand"
    can_pause = True

    def __init__(self, read: Read) -> None:
        self.read = read
        self.closed, self.used = Event(), Event()
        self.state = Health.WELL
        self.device_name = "hand"
        self.held = 0

    def held_frames(self) -> int:
        return self.held

    def hurry(self, take_back: TakeBack) -> None:  # noqa: ARG002 - it reads nothing ahead
        """A player that begins to use an output asks for this, too."""
        self.used.set()

    def health(self) -> Health:
        return self.state

    def close(self) -> None:
        self.closed.set()


class Stage:
    """A player with outputs of the test's choosing."""

    def __init__(self, assets: Path, data: Path) -> None:
        self.outputs: SimpleQueue[HandOutput] = SimpleQueue()
        self.notices: SimpleQueue[str] = SimpleQueue()
        self.progressed, self.interrupted = Event(), Event()
        self.failures = 0
        self.player = Player(
            assets,
            own_sounds=OwnSounds(data / "sounds", data / "converted"),
            voice_volume=1,
            background_volume=1,
            on_progress=self.progressed.set,
            on_notice=self.notices.put,
            on_interrupted=self.interrupted.set,
            system=self,
        )

    def is_there(self) -> bool:
        return True

    def open(self, read: Read) -> HandOutput:
        if self.failures:
            self.failures -= 1
            raise OutputError("no sound device")
        output = HandOutput(read)
        self.outputs.put(output)
        return output

    def output_in_use(self) -> HandOutput:
        """The next output, once the player has it."""
        output = self.outputs.get(timeout=LIMIT_S)
        assert output.used.wait(LIMIT_S)
        return output

    def output_that_takes_over(self) -> HandOutput:
        """The next output, which has to take silence before it is used."""
        output = self.outputs.get(timeout=LIMIT_S)
        for _ in range(100 * LIMIT_S):
            if output.used.wait(0.01):
                return output
            assert not output.read(480).any(), "one that is tried is not heard"
        pytest.fail("it was never used")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    return load_program(tmp_path_factory.mktemp("data"), datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def timeline(program) -> Timeline:
    return program.timeline(program.routine("pmr-7"), Choices())


@pytest.fixture
def stage(program, tmp_path):
    stage = Stage(program.assets, tmp_path)
    yield stage
    if stage.player._thread.is_alive():
        stage.player.close()


def read_until(output: HandOutput, condition: Callable[[], bool], frames: int = 4800) -> None:
    """As often as it takes the control thread to get its turn, which on a busy machine is a while."""
    until_s = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < until_s, "it never came"
        output.read(frames)


def test_play_opens_the_output_and_the_routine_sounds(stage, timeline):
    stage.player.load(timeline, Background())
    stage.player.play()
    output = stage.outputs.get(timeout=LIMIT_S)
    read_until(output, lambda: bool(output.read(4800).any()), frames=1)
    assert stage.player.heard_frame() > 0
    assert stage.progressed.wait(LIMIT_S)
    assert stage.player.total_frames == timeline.duration_frames


def test_the_output_is_closed_after_the_end(stage, timeline):
    stage.player.load(timeline, Background())
    stage.player.seek(timeline.duration_frames - 1000)
    stage.player.play()
    output = stage.outputs.get(timeout=LIMIT_S)
    read_until(output, stage.player.is_at_rest)
    output.read(30 * SAMPLE_RATE_HZ)
    assert output.closed.wait(LIMIT_S)
    assert stage.player.is_silent()


def test_a_sound_system_that_hangs_does_not_hold_up_the_end(stage, timeline, monkeypatch, caplog):
    monkeypatch.setattr(player_module, "CLOSE_WITHIN_S", 0.1)
    stage.player.load(timeline, Background())
    stage.player.play()
    output = stage.outputs.get(timeout=LIMIT_S)
    answers = Event()
    monkeypatch.setattr(output, "close", lambda: answers.wait(LIMIT_S))
    stage.player.close()
    assert "does not answer" in caplog.text
    answers.set()
    stage.player.close()


def test_an_output_that_stalls_gives_way_to_another_and_the_routine_goes_on(stage, timeline):
    stage.player.load(timeline, Background())
    stage.player.play()
    first = stage.output_in_use()
    read_until(first, lambda: stage.player.heard_frame() > SAMPLE_RATE_HZ)
    place = stage.player.heard_frame()
    second = stage.output_that_takes_over()
    assert first.closed.is_set()
    before = stage.player.heard_frame()
    block = second.read(4800)
    assert stage.player.heard_frame() == before + 4800
    assert before >= place
    assert abs(block[0]).max() < 1e-3, "it rises from silence"


def test_while_the_device_stands_still_the_text_goes_on_and_the_screen_says_so(stage, timeline):
    stage.player.load(timeline, Background())
    stage.player.play()
    first = stage.output_in_use()
    read_until(first, lambda: stage.player.heard_frame() > SAMPLE_RATE_HZ)
    place = stage.player.heard_frame()
    second = stage.outputs.get(timeout=LIMIT_S)
    assert stage.notices.get(timeout=LIMIT_S) == STANDS_STILL
    read_by_the_first = first.read(4800)
    assert not read_by_the_first.any(), "what was closed may answer late, and reads nothing"
    stage.progressed.clear()
    assert stage.progressed.wait(LIMIT_S)
    assert stage.player.heard_frame() > place
    assert not second.closed.is_set()


def test_without_a_device_the_text_goes_on_and_the_screen_says_so(stage, timeline):
    stage.failures = 1
    stage.player.load(timeline, Background())
    stage.player.play()
    assert stage.notices.get(timeout=LIMIT_S) == NO_DEVICE
    assert stage.progressed.wait(LIMIT_S)


def test_a_device_that_comes_back_is_used_again(stage, timeline, monkeypatch):
    monkeypatch.setattr("sleepcalm.audio.output_keeper.RETRY_S", 0.1)
    stage.failures = 1
    stage.player.load(timeline, Background())
    stage.player.play()
    assert stage.notices.get(timeout=LIMIT_S) == NO_DEVICE
    assert stage.output_that_takes_over()
    assert stage.notices.get(timeout=LIMIT_S) == ""


def test_a_pause_without_a_device_tries_none_until_play(stage, timeline, monkeypatch):
    monkeypatch.setattr("sleepcalm.audio.output_keeper.RETRY_S", 0.1)
    stage.failures = 1_000_000
    stage.player.load(timeline, Background())
    stage.player.play()
    assert stage.notices.get(timeout=LIMIT_S) == NO_DEVICE
    stage.progressed.clear()
    stage.player.pause()
    while stage.player._keeper.is_open:
        assert stage.progressed.wait(LIMIT_S)
        stage.progressed.clear()
    stage.failures = 0
    place = stage.player.heard_frame()
    assert not stage.player._keeper.is_open
    stage.player.play()
    output = stage.output_in_use()
    output.read(4800)
    assert stage.player.heard_frame() == place + 4800


def test_a_device_that_goes_pauses_the_routine_where_it_was_heard(stage, timeline):
    stage.player.load(timeline, Background())
    stage.player.play()
    first = stage.output_in_use()
    read_until(first, lambda: stage.player.heard_frame() > SAMPLE_RATE_HZ)
    first.held = 9600
    place = stage.player.heard_frame()
    first.state = Health.DEVICE_GONE
    assert stage.notices.get(timeout=LIMIT_S) == DEVICE_LOST
    assert stage.interrupted.is_set()
    assert first.closed.is_set()
    assert stage.player.is_silent()
    assert stage.player.heard_frame() == place
    stage.player.play()
    second = stage.output_in_use()
    assert stage.notices.get(timeout=LIMIT_S) == ""
    block = second.read(4800)
    assert stage.player.heard_frame() == place + 4800
    assert abs(block[0]).max() < 1e-3, "it rises from silence"


def test_what_a_dead_sound_system_held_is_heard_again_when_it_is_back(stage, timeline):
    stage.player.load(timeline, Background())
    stage.player.play()
    first = stage.output_in_use()
    read_until(first, lambda: stage.player.heard_frame() > SAMPLE_RATE_HZ)
    first.held = 9600
    place = stage.player.heard_frame()
    first.state = Health.SYSTEM_GONE
    second = stage.outputs.get(timeout=LIMIT_S)
    assert not stage.interrupted.is_set()
    assert place <= stage.player.heard_frame() < place + 9600, "from the first word that was not heard"
    assert not second.closed.is_set()


def test_a_missing_clip_is_named_and_nothing_plays(stage, program):
    timeline = program.timeline(program.routine("pmr-7"), Choices())
    lost = replace(timeline.cues[0], clip=Clip("audio/slt/lost.flac", timeline.cues[0].clip.frames))
    stage.player.load(replace(timeline, cues=(lost, *timeline.cues[1:])), Background())
    stage.player.play()
    assert "audio/slt/lost.flac cannot be read" in stage.notices.get(timeout=LIMIT_S)
    assert "lost.flac" in stage.player.failure


def brook(seconds: float) -> np.ndarray:
    return 0.1 * np.random.default_rng(1).standard_normal((round(seconds * SAMPLE_RATE_HZ), 2))


def test_a_sound_of_the_users_is_converted_while_the_rest_plays_and_then_comes_in(stage, timeline, tmp_path):
    (tmp_path / "sounds").mkdir()
    soundfile.write(tmp_path / "sounds" / "brook.wav", brook(20), SAMPLE_RATE_HZ)
    stage.player.set_voice_volume(0)
    stage.player.load(timeline, Background((Part("own:brook.wav"),), linger_s=3600))
    stage.player.play()
    output = stage.outputs.get(timeout=LIMIT_S)
    output.read(4800)  # until the voice is gone
    stage.player._conversions._threads["brook.wav"].join(LIMIT_S)
    read_until(output, lambda: bool(output.read(480).any()), frames=480)
    assert stage.notices.empty()
    assert list((tmp_path / "converted").glob("*.wav"))


def test_a_bad_sound_of_the_users_is_named_until_another_background_is_chosen(stage, timeline, tmp_path):
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "brook.wav").write_bytes(b"rubbish")
    stage.player.load(timeline, Background((Part("own:brook.wav"), Part("brown"))))
    stage.player.play()
    assert "The background lacks brook.wav" in stage.notices.get(timeout=LIMIT_S)
    output = stage.outputs.get(timeout=LIMIT_S)
    read_until(output, lambda: bool(output.read(480).any()), frames=480)
    stage.player.set_background(Background((Part("brown"),)))
    assert stage.notices.get(timeout=LIMIT_S) == ""


def test_closing_gives_up_a_conversion(stage, timeline, tmp_path):
    (tmp_path / "sounds").mkdir()
    soundfile.write(tmp_path / "sounds" / "brook.wav", brook(300), SAMPLE_RATE_HZ)
    stage.player.load(timeline, Background((Part("own:brook.wav"),)))
    stage.player.play()
    stage.outputs.get(timeout=LIMIT_S)
    stage.player.close()
    assert not list((tmp_path / "converted").glob("*.wav"))


@pytest.mark.parametrize("speed", [1, 4, 1000])
def test_the_silent_output_keeps_time(speed):
    now_s = [0.0]
    taken: SimpleQueue[int] = SimpleQueue()

    def clock() -> float:
        now_s[0] += 0.25
        return now_s[0]

    def read(frames: int):
        taken.put(frames)

    output = SilentOutput(read, clock, speed=speed)
    wanted = speed * 8 * SAMPLE_RATE_HZ // 4
    frames = [0]
    while sum(frames) < wanted:
        frames.append(taken.get(timeout=LIMIT_S))
    output.close()
    assert sum(frames) == wanted
    assert max(frames) <= SAMPLE_RATE_HZ // 5


def test_the_silent_output_does_not_catch_up_with_what_it_missed():
    """A machine that slept goes on where it was."""
    times_s = iter([0.0, 0.1, 3600.1, 3600.2])
    taken: SimpleQueue[int] = SimpleQueue()
    over = Event()

    def clock() -> float:
        now_s = next(times_s, None)
        if now_s is None:
            over.set()
            return 3600.2
        return now_s

    output = SilentOutput(taken.put, clock)
    assert over.wait(LIMIT_S)
    output.close()
    frames = 0
    while not taken.empty():
        frames += taken.get()
    assert frames == pytest.approx(1.2 * SAMPLE_RATE_HZ, abs=2)


def test_a_clip_that_is_lost_while_it_plays_ends_the_sound_and_says_so(stage, timeline):
    lost = replace(timeline.cues[1], clip=Clip("audio/slt/lost.flac", timeline.cues[1].clip.frames))
    stage.player.load(replace(timeline, cues=(timeline.cues[0], lost, *timeline.cues[2:])), Background())
    stage.player.play()
    output = stage.outputs.get(timeout=LIMIT_S)
    read_until(output, lambda: bool(stage.player.failure))
    assert "lost.flac cannot be read" in stage.notices.get(timeout=LIMIT_S)
    output.read(4800)
    assert not output.read(4800).any()
