"""A fade-out that is cut short by another one: what is left of the sound neither clicks nor rises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepcalm.audio.deck import Deck
from sleepcalm.audio.gate import Gate
from sleepcalm.audio.mixer import Bed, Mixer
from sleepcalm.audio.samples import EDGE_FRAMES, START_FADE_FRAMES
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

BLOCK = 480


def open_gate() -> Gate:
    gate = Gate()
    gate.begin_rise(is_risen=True)
    gains_of(gate, START_FADE_FRAMES + EDGE_FRAMES)
    return gate


def gains_of(gate: Gate, frames: int) -> np.ndarray:
    """What the gate does to so many frames, or to those until it has closed."""
    blocks = [np.ones(0, np.float32)]
    while frames > 0 and (now := gate.frames_ahead(min(BLOCK, frames), is_opening=True)):
        block = np.ones((now, 2), np.float32)
        gate.shape(block, is_opening=True)
        blocks.append(block[:, 0])
        frames -= now
    return np.concatenate(blocks)


FRAMES = st.integers(EDGE_FRAMES, 10 * SAMPLE_RATE_HZ)


@settings(deadline=None, max_examples=60)
@given(FRAMES, FRAMES, st.floats(0, 1))
def test_whichever_of_two_fades_ends_sooner_is_heard_without_a_jump(long, short, share):
    gate = open_gate()
    gate.fade_out(long)
    before = gains_of(gate, round(long * share))
    left = long - len(before)
    gate.fade_out(short)
    after = gains_of(gate, 20 * SAMPLE_RATE_HZ)
    assert len(after) == min(left, short)
    gains = np.concatenate([before, after])
    steps = np.diff(gains)
    assert steps.max(initial=0) <= 0
    assert -steps.min(initial=0) <= 2.1 / min(long, short)


def test_what_is_called_back_rises_as_softly_as_a_start():
    gate = open_gate()
    gate.fade_out(60 * SAMPLE_RATE_HZ)
    gains_of(gate, 55 * SAMPLE_RATE_HZ)
    gate.call_back()
    gains = gains_of(gate, 3 * SAMPLE_RATE_HZ)
    assert np.diff(gains).min() >= 0
    assert gains[START_FADE_FRAMES - SAMPLE_RATE_HZ // 10] < 1
    assert gains[-1] == 1


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 1), st.integers(0, EDGE_FRAMES - 1))
def test_it_rises_as_softly_if_it_was_given_up_meanwhile_and_has_not_closed(share, closing):
    gate = open_gate()
    gate.fade_out(10 * SAMPLE_RATE_HZ)
    level = [1.0, *gains_of(gate, round(10 * SAMPLE_RATE_HZ * share))][-1]
    gate.give_up_fading()
    if closing:
        gate.shape(np.ones((closing, 2), np.float32), is_opening=False)
    gate.call_back()
    gains = gains_of(gate, START_FADE_FRAMES + EDGE_FRAMES)
    rise = np.sqrt(level) + np.arange(len(gains)) / START_FADE_FRAMES
    assert np.all(gains <= np.minimum(rise, 1) ** 2 + 1e-5)
    assert gains[-1] == 1


def test_a_start_knows_nothing_of_the_fade_before_it():
    gate = open_gate()
    gate.fade_out(EDGE_FRAMES)
    gains_of(gate, EDGE_FRAMES)
    gate.give_up_fading()
    gate.shut()
    gate.call_back()
    gate.begin_rise(is_risen=True)
    gains = gains_of(gate, 2 * EDGE_FRAMES)
    assert np.all(gains[EDGE_FRAMES:] == 1)


@pytest.fixture
def mixer(timeline, tone_clips, hum) -> Mixer:
    return Mixer(timeline, tone_clips, Bed(hum, fade_out_s=2), fade_in_s=0.1)


@pytest.mark.parametrize(
    ("first_s", "second_s", "rests_after_s"), [(300, 4, 4), (1, 4, 0.5), (600, 0.3, 0.3)]
)
def test_a_stop_in_the_midst_of_the_timer_s_fade_is_soon_silent(mixer, first_s, second_s, rests_after_s):
    deck = Deck(lambda: 0, voice_gain=1.0, background_gain=1.0)
    deck.eject()
    deck.put_on(mixer)
    deck.play()
    deck.read(SAMPLE_RATE_HZ)
    deck.fade_out(first_s)
    deck.read(SAMPLE_RATE_HZ // 2)
    deck.fade_out(second_s)
    heard = deck.read(round(rests_after_s * SAMPLE_RATE_HZ))
    assert heard[: SAMPLE_RATE_HZ // 10].any()
    assert not deck.read(BLOCK).any()
    assert deck.is_at_rest()
