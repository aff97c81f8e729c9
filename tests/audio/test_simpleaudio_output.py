"""The extra output: simpleaudio's buffers hold what the player gives, and what a key changes in it."""

from __future__ import annotations

import importlib.util
import threading
from queue import SimpleQueue

import numpy as np
import pytest

from sleepcalm.audio.outputs import Health, OutputError
from sleepcalm.audio.samples import EDGE_FRAMES
from sleepcalm.audio.simpleaudio_output import FIRST_FRAMES, LEAD_FRAMES, SimpleaudioOutput, SimpleaudioSystem
from sleepcalm.audio.simpleaudio_segment import TAKEN_EARLY_FRAMES
from sleepcalm.audio.sound_systems import SOUND_SYSTEMS
from sleepcalm.preferences import SOUND_OUTPUTS
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

LIMIT_S = 20
SEGMENT_FRAMES = 6 * SAMPLE_RATE_HZ
FULL_SCALE = 32_767


class Clock:
    """Stands still, or goes on by a step whenever somebody looks."""

    def __init__(self, step_s: float = 0.0) -> None:
        self.now_s = 100.0
        self.step_s = step_s

    def __call__(self) -> float:
        self.now_s += self.step_s
        return self.now_s

    def advance(self, seconds: float) -> None:
        self.now_s += seconds


class Played:
    """One buffer that is being played, in place as simpleaudio does it."""

    def __init__(self, samples: np.ndarray, started_s: float) -> None:
        self.samples = samples
        self.started_s = started_s
        self.is_stopped = False

    def is_playing(self) -> bool:
        return not self.is_stopped

    def stop(self) -> None:
        self.is_stopped = True


class Speaker:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.buffers: SimpleQueue[Played] = SimpleQueue()
        self.is_broken = False

    def play(self, samples, channels, bytes_per_sample, rate_hz):
        assert (channels, bytes_per_sample, rate_hz) == (2, 2, SAMPLE_RATE_HZ)
        if self.is_broken:
            raise RuntimeError("Error opening PCM device.")
        # It starts when the call returns, which is when the clock is looked at next.
        played = Played(samples, self._clock.now_s + self._clock.step_s)
        self.buffers.put(played)
        return played


class Ramp:
    """Rises so slowly that a cross-fade of it with itself is itself. Can go back."""

    def __init__(self, slope: float = 1 / (40 * SAMPLE_RATE_HZ)) -> None:
        self.frames = 0
        self.slope = slope
        self.has_read = threading.Event()

    def __call__(self, frames: int) -> np.ndarray:
        wave = ((self.frames + np.arange(frames)) * self.slope).astype(np.float32)
        self.frames += frames
        if self.frames >= LEAD_FRAMES:
            self.has_read.set()
        return np.stack([wave, -wave], axis=1)

    def take_back(self, frames, let_go) -> None:
        self.frames -= frames
        let_go(frames)


@pytest.fixture
def open_output():
    outputs = []

    def open_output(read, clock, speaker):
        output = SimpleaudioOutput(
            read, speaker.play, clock, segment_frames=SEGMENT_FRAMES, fill_every_s=0.001
        )
        outputs.append(output)
        return output

    yield open_output
    for output in outputs:
        output.close()


def test_segments_join_without_a_seam(open_output):
    clock = Clock(0.002)
    speaker, ramp = Speaker(clock), Ramp()
    output = open_output(ramp, clock, speaker)
    played = [speaker.buffers.get(timeout=LIMIT_S) for _ in range(4)]
    output.close()
    begin_s = played[0].started_s
    joined = np.zeros((5 * SEGMENT_FRAMES, 2))
    for one in played[:3]:
        place = round((one.started_s - begin_s) * SAMPLE_RATE_HZ)
        joined[place : place + SEGMENT_FRAMES] += one.samples
    frames = round((played[3].started_s - begin_s) * SAMPLE_RATE_HZ)
    wanted = Ramp()(frames) * FULL_SCALE
    assert frames > 10 * SAMPLE_RATE_HZ
    assert np.abs(joined[:frames] - wanted).max() <= 2


def test_the_first_sound_is_there_before_it_is_asked_for_and_the_lead_soon_after(open_output):
    clock = Clock()
    speaker, ramp = Speaker(clock), Ramp()
    heard_at_the_start = []

    def play(samples, *form):
        heard_at_the_start.append(np.count_nonzero(samples[:, 0]))
        return Speaker.play(speaker, samples, *form)

    speaker.play = play
    output = open_output(ramp, clock, speaker)
    assert heard_at_the_start[0] > FIRST_FRAMES * 0.99
    assert ramp.has_read.wait(LIMIT_S)
    output.close()
    assert ramp.frames == LEAD_FRAMES


def test_what_a_key_changes_is_heard_after_what_the_device_has_already(open_output):
    clock = Clock()
    speaker, ramp = Speaker(clock), Ramp()
    output = open_output(ramp, clock, speaker)
    samples = speaker.buffers.get(timeout=LIMIT_S).samples
    assert ramp.has_read.wait(LIMIT_S)
    before = samples.copy()
    ramp.slope *= 2
    output.hurry(ramp.take_back)
    changed = int(np.argmax((samples != before).any(axis=1)))
    assert changed == pytest.approx(TAKEN_EARLY_FRAMES, abs=2)
    assert np.array_equal(
        samples[changed : changed + FIRST_FRAMES, 0],
        np.rint(np.arange(changed, changed + FIRST_FRAMES) * ramp.slope * FULL_SCALE),
    )


def test_keys_that_cannot_be_taken_back_do_not_make_the_lead_longer(open_output):
    clock = Clock()
    ramp = Ramp()
    output = open_output(ramp, clock, Speaker(clock))
    assert ramp.has_read.wait(LIMIT_S)
    for _ in range(20):
        output.hurry(lambda _frames, let_go: let_go(0))
    assert output.held_frames() == LEAD_FRAMES


def test_what_is_being_read_counts_as_held(open_output):
    clock, ramp = Clock(), Ramp()
    is_open, heard = threading.Event(), []

    def read(frames: int) -> np.ndarray:
        is_first = not ramp.frames
        block = ramp(frames)
        if not is_first:
            assert is_open.wait(LIMIT_S)
            heard.append(ramp.frames - output.held_frames())
        return block

    output = open_output(read, clock, Speaker(clock))
    is_open.set()
    assert ramp.has_read.wait(LIMIT_S)
    output.close()
    assert set(heard) == {0}, "the clock stands still, so nothing is heard yet"


def test_closing_ends_softly_and_tells_exactly_what_is_not_heard(open_output):
    clock = Clock()
    speaker, ramp = Speaker(clock), Ramp(slope=0)
    read = lambda frames: ramp(frames) + np.float32(0.5)  # noqa: E731 - one expression
    output = open_output(read, clock, speaker)
    played = speaker.buffers.get(timeout=LIMIT_S)
    assert ramp.has_read.wait(LIMIT_S)
    output.close()
    assert played.is_stopped
    last = ramp.frames - output.held_frames()
    assert last == TAKEN_EARLY_FRAMES
    assert (played.samples[:last] == round(0.5 * FULL_SCALE)).all()
    assert not played.samples[last + EDGE_FRAMES :].any()
    assert np.abs(np.diff(played.samples[:, 0].astype(int))).max() < FULL_SCALE / 100


def test_a_device_that_plays_late_is_given_its_soft_end_before_it_is_stopped(open_output, monkeypatch):
    clock, late_s = Clock(), 0.3
    speaker, ramp = Speaker(clock), Ramp()
    output = open_output(ramp, clock, speaker)
    played = speaker.buffers.get(timeout=LIMIT_S)
    assert ramp.has_read.wait(LIMIT_S)
    monkeypatch.setattr("sleepcalm.audio.simpleaudio_segment.time.sleep", clock.advance)
    stopped_s = []
    played.stop = lambda: stopped_s.append(clock.now_s) or Played.stop(played)
    output.close()
    # The device is given sound 50 ms before it is heard, or more, and a tenth of a second after a stop.
    given_s = stopped_s[0] - played.started_s - late_s + 0.05 + 0.1
    assert given_s * SAMPLE_RATE_HZ >= ramp.frames - output.held_frames() + EDGE_FRAMES


def test_a_machine_that_stood_still_for_longer_than_the_lead_loses_nothing(open_output):
    clock = Clock()
    speaker, ramp = Speaker(clock), Ramp(slope=0)
    release, asked = threading.Event(), threading.Event()

    def read(frames: int) -> np.ndarray:
        if ramp.frames >= LEAD_FRAMES:
            asked.set()
            assert release.wait(LIMIT_S)
        return ramp(frames) + np.float32(0.5)

    output = open_output(read, clock, speaker)
    played = speaker.buffers.get(timeout=LIMIT_S)
    assert ramp.has_read.wait(LIMIT_S)
    clock.now_s += LEAD_FRAMES / SAMPLE_RATE_HZ + 0.5
    assert asked.wait(LIMIT_S)
    release.set()
    output.close()
    late = round((LEAD_FRAMES / SAMPLE_RATE_HZ + 0.5) * SAMPLE_RATE_HZ) + TAKEN_EARLY_FRAMES
    assert not played.samples[LEAD_FRAMES:late].any(), "what is written here was due before"
    assert output.held_frames() == ramp.frames - LEAD_FRAMES


def test_without_a_device_it_does_not_open():
    speaker = Speaker(Clock())
    speaker.is_broken = True
    with pytest.raises(OutputError, match="Error opening PCM device"):
        SimpleaudioOutput(Ramp(), speaker.play)


def test_a_device_that_goes_is_told(open_output):
    clock = Clock()
    speaker = Speaker(clock)
    output = open_output(Ramp(), clock, speaker)
    assert output.health() is Health.WELL
    speaker.buffers.get(timeout=LIMIT_S).is_stopped = True
    assert output.health() is Health.SYSTEM_GONE


def test_a_device_that_is_gone_at_a_seam_is_told(open_output):
    clock = Clock(0.002)
    speaker = Speaker(clock)
    output = open_output(Ramp(), clock, speaker)
    played = speaker.buffers.get(timeout=LIMIT_S)
    speaker.is_broken = True
    output._thread.join(LIMIT_S)
    assert not output._thread.is_alive()
    played.is_stopped = True
    assert output.health() is Health.SYSTEM_GONE


def test_keys_after_a_seam_without_a_device_do_no_harm(open_output):
    clock = Clock(0.002)
    speaker, ramp = Speaker(clock), Ramp()
    output = open_output(ramp, clock, speaker)
    samples = speaker.buffers.get(timeout=LIMIT_S).samples
    speaker.is_broken = True
    output._thread.join(LIMIT_S)
    clock.step_s = 0.0
    for _ in range(50):
        clock.now_s += 0.05
        output.hurry(ramp.take_back)
    assert samples[-1].any(), "it is filled to its end"
    assert ramp.frames == SEGMENT_FRAMES


def test_keys_are_answered_while_a_device_does_not_open_at_a_seam(open_output):
    clock = Clock(0.002)
    speaker, ramp = Speaker(clock), Ramp()
    is_opening, release = threading.Event(), threading.Event()

    def play(*arguments):
        if not speaker.buffers.empty():
            is_opening.set()
            assert release.wait(LIMIT_S)
        return Speaker.play(speaker, *arguments)

    speaker.play = play
    output = open_output(ramp, clock, speaker)
    assert is_opening.wait(LIMIT_S)
    hurried = threading.Thread(target=output.hurry, args=(ramp.take_back,), daemon=True)
    hurried.start()
    hurried.join(LIMIT_S / 4)
    is_answered = not hurried.is_alive()
    release.set()
    assert is_answered


@pytest.mark.skipif(importlib.util.find_spec("simpleaudio") is not None, reason="simpleaudio is installed")
def test_without_the_package_it_says_how_to_get_it():
    with pytest.raises(OutputError, match="pip install simpleaudio-patched"):
        SimpleaudioSystem()


def test_every_output_that_can_be_chosen_has_its_sound_system():
    assert tuple(SOUND_SYSTEMS) == SOUND_OUTPUTS
