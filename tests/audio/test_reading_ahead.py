"""What was read far ahead comes again when something else is asked for, and a pause closes the output."""

from __future__ import annotations

import numpy as np
import pytest

from sleepcalm.audio.deck import Deck
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.output_keeper import OutputKeeper
from sleepcalm.audio.outputs import Health
from sleepcalm.audio.samples import EDGE_FRAMES, START_FADE_FRAMES
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

LEAD = SAMPLE_RATE_HZ
PLAYED = START_FADE_FRAMES + 2 * LEAD
BLOCK = EDGE_FRAMES // 2


class Ahead:
    """A deck read far ahead: `held` frames wait to be heard."""

    def __init__(self, mixer: Mixer) -> None:
        self.held = 0
        self.deck = Deck(lambda: self.held, voice_gain=1.0, background_gain=1.0)
        self.deck.eject()
        self.deck.put_on(mixer)
        self.deck.play()

    def read(self, frames: int) -> np.ndarray:
        self.held += frames
        return np.concatenate([self.deck.read(BLOCK) for _ in range(frames // BLOCK)])

    def take_back(self, frames: int) -> int:
        before = self.held
        self.deck.take_back(frames, self._let_go)
        return before - self.held

    def _let_go(self, frames: int) -> None:
        self.held -= frames


@pytest.fixture
def mixer(timeline, tone_clips, hum) -> Mixer:
    return Mixer(timeline, tone_clips, Bed(hum, fade_out_s=2), fade_in_s=0.1)


@pytest.fixture
def ahead(mixer) -> Ahead:
    ahead = Ahead(mixer)
    ahead.read(PLAYED)
    ahead.held = LEAD
    return ahead


def test_what_was_taken_back_is_handed_out_again(ahead, mixer):
    assert ahead.take_back(LEAD // 2) == LEAD // 2
    again = ahead.read(LEAD)
    assert np.array_equal(again, mixer.mix(PLAYED - LEAD // 2, LEAD, Gains.constant(1, 1)))


def test_what_is_heard_stays_where_it_is(ahead):
    heard = ahead.deck.heard_frame()
    assert heard == PLAYED - LEAD
    ahead.take_back(LEAD // 2)
    assert ahead.deck.heard_frame() == heard
    ahead.read(LEAD)
    assert ahead.deck.heard_frame() == heard


def test_a_volume_that_was_asked_for_since_is_in_what_comes_again(ahead, mixer):
    ahead.deck.set_background_gain(0.0)
    ahead.deck.set_voice_gain(0.5)
    ahead.take_back(LEAD // 2)
    softer = ahead.read(LEAD // 2)[EDGE_FRAMES:]
    begin = PLAYED - LEAD // 2 + EDGE_FRAMES
    assert np.array_equal(softer, mixer.mix(begin, len(softer), Gains.constant(0.5, 0)))


def test_no_start_is_taken_back(mixer):
    ahead = Ahead(mixer)
    ahead.deck.seek(SAMPLE_RATE_HZ)
    ahead.read(START_FADE_FRAMES // 2)
    assert ahead.take_back(LEAD) == 0


def test_a_change_is_taken_back_to_its_end_and_no_further(ahead):
    ahead.deck.set_voice_gain(0.5)
    ahead.read(EDGE_FRAMES)
    ahead.read(LEAD // 4)
    assert ahead.take_back(LEAD) == LEAD // 4
    assert ahead.take_back(LEAD) == 0


class Rests:
    """An output that is closed in a pause."""

    name = "rests"
    device_name = ""

    def __init__(self, *, can_pause: bool, log: list[str]) -> None:
        self.can_pause = can_pause
        self._log = log

    def open(self, _read):
        self._log.append("open")
        return self

    def held_frames(self) -> int:
        return 7

    def hurry(self, _take_back) -> None:
        self._log.append("hurry")

    def health(self) -> Health:
        return Health.WELL

    def close(self) -> None:
        self._log.append("close")


def keeper_of(output: Rests, log: list[str]) -> OutputKeeper:
    keeper = OutputKeeper(
        output,
        lambda frames: np.zeros((frames, 2), np.float32),
        before_break=lambda: log.append(f"cut, {keeper.held_frames()} frames unheard"),
        on_lost=lambda: None,
        on_notice=lambda _text: None,
        on_device=lambda _name: None,
    )
    keeper.open(0.0)
    return keeper


def test_a_pause_closes_an_output_that_cannot_pause_and_keeps_what_it_had_not_played():
    log: list[str] = []
    keeper = keeper_of(Rests(can_pause=False, log=log), log)
    keeper.rest()
    assert not keeper.is_open
    keeper.rest()
    keeper.open(1.0)
    assert log == ["open", "close", "cut, 7 frames unheard", "open"]


def test_a_pause_leaves_an_output_that_can_pause_alone():
    log: list[str] = []
    keeper = keeper_of(Rests(can_pause=True, log=log), log)
    keeper.rest()
    keeper.hurry(lambda _frames, _let_go: None)
    assert keeper.is_open
    assert log == ["open", "hurry"]
