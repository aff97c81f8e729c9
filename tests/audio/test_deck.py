"""The deck never clicks, keeps its place, and tells what is heard and not what is handed out."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scipy.signal import lfilter

from sleepcalm.audio.ambience_sounds import brown_noise, low_drone, soft_rain
from sleepcalm.audio.deck import Deck
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.samples import EDGE_FRAMES, START_FADE_FRAMES
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


class Rig:
    """A deck with a mix on it, and an output that holds a fixed number of frames."""

    def __init__(self, mixer: Mixer, held: int = 0) -> None:
        self.held = held
        self.deck = Deck(lambda: self.held, voice_gain=1.0, background_gain=1.0)
        self.deck.eject()
        self.deck.put_on(mixer)
        self.heard = [np.zeros((1, 2), np.float32)]

    def read(self, seconds: float, block: int = 1440) -> np.ndarray:
        blocks = [np.zeros((0, 2), np.float32)]
        frames = round(seconds * SAMPLE_RATE_HZ)
        while frames > 0:
            blocks.append(self.deck.read(min(block, frames)))
            frames -= block
        self.heard.extend(blocks)
        return np.concatenate(blocks)

    def largest_step(self) -> float:
        return float(np.abs(np.diff(np.concatenate(self.heard), axis=0)).max())


@pytest.fixture
def mixer(timeline, tone_clips, hum) -> Mixer:
    return Mixer(timeline, tone_clips, Bed(hum, fade_out_s=2), fade_in_s=0.1)


@pytest.fixture
def rig(mixer) -> Rig:
    return Rig(mixer)


@pytest.fixture
def natural_step(mixer) -> float:
    """The largest step in the mix itself; an edge of 20 ms adds a little to it."""
    mix = mixer.mix(0, mixer.total_frames, Gains.constant(1, 1))
    return float(np.abs(np.diff(mix, axis=0)).max()) + 1.6 * float(np.abs(mix).max()) / EDGE_FRAMES


def test_played_through_it_is_the_mix_after_a_soft_start(rig, mixer):
    rig.deck.play()
    heard = rig.read(7.5)
    mix = mixer.mix(0, len(heard), Gains.constant(1, 1))
    assert np.array_equal(heard[EDGE_FRAMES:], mix[EDGE_FRAMES:])
    assert rig.deck.is_at_rest()
    assert not heard[mixer.total_frames :].any()


def test_what_is_no_number_is_silence(rig):
    rig.deck.play()
    rig.deck.set_voice_gain(float("nan"))
    rig.deck.set_background_gain(float("nan"))
    heard = rig.read(3)
    assert not heard[SAMPLE_RATE_HZ:].any()


def test_silent_until_it_plays_and_while_it_is_paused(rig):
    assert not rig.read(0.2).any()
    rig.deck.play()
    assert rig.read(0.2).any()
    rig.deck.pause()
    rig.read(EDGE_FRAMES / SAMPLE_RATE_HZ)
    assert not rig.read(0.5).any()


def test_a_pause_loses_nothing_and_repeats_nothing_and_the_sound_comes_back_softly(rig, mixer):
    rig.deck.play()
    rig.read(0.5)
    rig.deck.pause()
    rig.read(1.0)
    place = rig.deck.heard_frame()
    assert place == round(0.5 * SAMPLE_RATE_HZ) + EDGE_FRAMES
    rig.deck.play()
    after = rig.read(2.3)
    mix = mixer.mix(place, len(after), Gains.constant(1, 1))
    assert np.array_equal(after[START_FADE_FRAMES:], mix[START_FADE_FRAMES:])
    rise = 0.2 + 0.8 * np.sqrt(np.arange(START_FADE_FRAMES) / START_FADE_FRAMES)[:, np.newaxis]
    np.testing.assert_allclose(
        after[EDGE_FRAMES:START_FADE_FRAMES],
        (mix[:START_FADE_FRAMES] * rise)[EDGE_FRAMES:],
        atol=1e-6,
    )
    assert np.abs(after[: SAMPLE_RATE_HZ // 20]).max() > 0.002, "it is to be heard at once all the same"


def test_what_a_lost_output_held_comes_again_softly(mixer):
    rig = Rig(mixer, held=4800)
    rig.deck.play()
    rig.read(0.5)
    place = rig.deck.heard_frame()
    rig.deck.cut()
    rig.held = 0
    again = rig.read(0.2)
    assert rig.deck.heard_frame() == place + len(again)
    mix = mixer.mix(place, len(again), Gains.constant(1, 1))
    assert np.abs(again).max() < 0.5 * np.abs(mix).max()


def test_a_jump_that_was_not_heard_yet_is_not_taken_back_with_the_output(mixer):
    rig = Rig(mixer, held=9600)
    rig.deck.play()
    rig.read(0.5)
    rig.deck.seek(100_000)
    rig.read(0.1)
    rig.deck.cut()
    assert rig.deck.heard_frame() == 100_000


JUMP_S = 0.25


def test_a_jump_goes_where_it_should(rig, mixer):
    rig.deck.play()
    rig.read(0.4)
    rig.deck.seek(150_000)
    after = rig.read(JUMP_S + 0.2)
    mix = mixer.mix(150_000, len(after), Gains.constant(1, 1))
    passed = round(JUMP_S * SAMPLE_RATE_HZ)
    assert np.array_equal(after[passed:], mix[passed:])


def test_a_jump_passes_from_the_old_place_into_the_new_one(timeline, tone_clips):
    """In an even sound it is neither louder nor softer in between than at both ends."""
    rig = Rig(Mixer(timeline, tone_clips, Bed(brown_noise())))
    rig.deck.play()
    rig.deck.set_voice_gain(0)
    rig.deck.seek(2 * SAMPLE_RATE_HZ)
    before = rig.read(10)[-12_000:]
    rig.deck.seek(10 * SAMPLE_RATE_HZ)
    heard = np.concatenate([before, rig.read(0.5)])
    power_db = 10 * np.log10((heard.reshape(-1, 2400, 2) ** 2).mean((1, 2)))
    assert np.ptp(power_db) < 4


def test_jumps_in_quick_succession_end_at_the_last(rig, mixer):
    rig.deck.play()
    rig.read(0.4)
    for frame in (10_000, 200_000, 60_000, 150_000):
        rig.deck.seek(frame)
        assert rig.deck.heard_frame() == frame
        rig.read(0.03)
    after = rig.read(1)
    place = rig.deck.heard_frame()
    assert np.array_equal(after[-100:], mixer.mix(place - 100, 100, Gains.constant(1, 1)))
    assert 150_000 + 30_000 < place <= 150_000 + 48_000 + 1440


def test_a_jump_to_the_very_end_ends_there(rig, mixer, natural_step):
    rig.deck.play()
    rig.read(0.4)
    rig.deck.seek(mixer.total_frames)
    rig.read(0.2)
    assert rig.deck.is_at_rest()
    assert rig.largest_step() <= 2 * natural_step


def pass_into(rig: Rig, mixer: Mixer, frame: int = 0, wait_s: float = 0.03) -> None:
    """What the key after a jolt does, and the way back; the other mix is ready after a while."""
    rig.deck.eject(bed_goes_on=True)
    rig.deck.seek(frame)
    rig.deck.play()
    assert rig.deck.heard_frame() == frame
    rig.read(wait_s)
    assert rig.deck.heard_frame() == frame
    rig.deck.put_on(mixer)


@pytest.mark.parametrize("sound", [brown_noise, soft_rain, low_drone])
def test_a_background_goes_on_from_one_mix_to_another_and_back(timeline, tone_clips, sound):
    """Its loudness of 400 ms stays within 2 LU of what it was."""
    bed = Bed(sound(), linger_s=60)
    rig = Rig(Mixer(timeline, tone_clips, bed))
    rig.deck.set_voice_gain(0)
    rig.deck.play()
    rig.read(12)
    start = sum(map(len, rig.heard))
    pass_into(rig, Mixer(timeline, tone_clips, bed))
    rig.read(3)
    pass_into(rig, Mixer(timeline, tone_clips, bed), 10 * SAMPLE_RATE_HZ)
    rig.read(3)
    heard = np.concatenate(rig.heard)
    usual = momentary_lufs(heard[start - 5 * SAMPLE_RATE_HZ : start])
    passing = momentary_lufs(heard[start - SAMPLE_RATE_HZ // 2 :])
    middle = (usual.max() + usual.min()) / 2
    assert np.abs(passing - middle).max() <= 2 + np.ptp(usual) / 2


def momentary_lufs(sound: np.ndarray) -> np.ndarray:
    """Of each 400 ms, every 50 ms, by the weighting of the library."""
    weighted = sound.astype(np.float64)
    for each in pyloudnorm.Meter(SAMPLE_RATE_HZ)._filters.values():
        weighted = lfilter(each.b, each.a, weighted, axis=0)
    hops = (weighted[: len(sound) // 2400 * 2400] ** 2).reshape(-1, 2400, 2).mean(axis=1).sum(axis=1)
    powers = np.convolve(hops, np.full(8, 1 / 8), "valid")
    return (-0.691 + 10 * np.log10(powers))[8:]  # the filters have settled then


def test_from_one_mix_to_another_the_voices_change_within_a_quarter_of_a_second(timeline, tone_clips):
    """The old one leaves though the new mix is not there yet; the new one rises as at any start."""
    rig = Rig(Mixer(timeline, tone_clips, Bed(None)))
    rig.deck.play()
    rig.read(0.5)
    rig.deck.eject(bed_goes_on=True)
    rig.deck.play()
    assert not rig.read(JUMP_S + 0.1)[-4800:].any()
    rig.deck.put_on(Mixer(timeline, tone_clips, Bed(None)))
    start = rig.read(3)
    mix = Mixer(timeline, tone_clips, Bed(None)).mix(0, len(start), Gains.constant(1, 1))
    assert np.abs(start[:12_000]).max() > 0.05
    assert np.all(np.abs(start) <= np.abs(mix) + 1e-6)
    assert np.array_equal(start[12_000:], mix[12_000:])
    pass_into(rig, Mixer(timeline, tone_clips, Bed(None)), 3 * SAMPLE_RATE_HZ)
    back = rig.read(2.5)
    mix = Mixer(timeline, tone_clips, Bed(None)).mix(3 * SAMPLE_RATE_HZ, len(back), Gains.constant(1, 1))
    rise = np.sqrt(np.minimum(np.arange(len(back)) / START_FADE_FRAMES, 1))[:, np.newaxis]
    np.testing.assert_allclose(back[12_000:], (mix * rise)[12_000:], atol=1e-6)


def test_a_background_that_has_only_begun_comes_up_no_faster_in_the_next_mix(timeline, tone_clips):
    bed = Bed(brown_noise(), linger_s=60)
    through, passing = (Rig(Mixer(timeline, tone_clips, bed)) for _ in range(2))
    for rig in (through, passing):
        rig.deck.set_voice_gain(0)
        rig.deck.play()
        rig.read(2)
    pass_into(passing, Mixer(timeline, tone_clips, bed))
    through.read(5)
    passing.read(5)
    expected, found = (momentary_lufs(np.concatenate(rig.heard)[:-1440]) for rig in (through, passing))
    shared = slice(30, min(len(expected), len(found)))
    assert np.abs(found[shared] - expected[shared]).max() < 3


def test_a_mix_that_is_handed_over_can_be_paused_stopped_and_ejected(timeline, tone_clips, hum):
    for how in ("pause", "fade_out", "eject"):
        rig = Rig(Mixer(timeline, tone_clips, Bed(hum)))
        rig.deck.play()
        rig.read(0.5)
        rig.deck.eject(bed_goes_on=True)
        rig.read(0.1)
        if how == "fade_out":
            rig.deck.fade_out(0.1)
        else:
            getattr(rig.deck, how)()
        assert not rig.read(0.3)[-4800:].any()
        rig.deck.put_on(Mixer(timeline, tone_clips, Bed(None)))
        assert not rig.read(0.3).any()
        assert rig.deck.heard_frame() == 0
        rig.deck.play()
        assert rig.read(0.3).any()


@pytest.mark.parametrize("how", ["pause", "cut"])
def test_a_mix_whose_jump_was_broken_off_is_handed_over_all_the_same(timeline, tone_clips, how):
    bed = Bed(brown_noise())
    rig = Rig(Mixer(timeline, tone_clips, bed))
    rig.deck.play()
    rig.read(2.5)
    rig.deck.seek(3 * SAMPLE_RATE_HZ)
    rig.read(JUMP_S / 2)
    getattr(rig.deck, how)()
    rig.read(0.1)
    rig.deck.play()
    rig.read(0.5)
    pass_into(rig, Mixer(timeline, tone_clips, bed))
    rig.read(1)
    assert rig.deck.heard_frame() == SAMPLE_RATE_HZ


ACTIONS = st.sampled_from(["play", "pause", "seek", "fade_out", "voice", "background", "change", "other"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.tuples(ACTIONS, st.floats(0, 1), st.integers(100, 5000)), max_size=12))
@example([("fade_out", 0.125, 100), ("pause", 0.75, 100)])  # the pause comes as the fade has just ended
def test_nothing_that_can_be_done_clicks(mixer, hum, natural_step, actions):
    rig = Rig(mixer)
    rig.deck.play()
    for action, amount, block in actions:
        rig.read(0.05 + amount / 10, block)
        match action:
            case "play" | "pause":
                getattr(rig.deck, action)()
            case "seek":
                rig.deck.seek(round(amount * mixer.total_frames))
            case "fade_out":
                rig.deck.fade_out(amount)
            case "voice":
                rig.deck.set_voice_gain(amount)
            case "background":
                rig.deck.set_background_gain(amount)
            case "change":
                rig.deck.change_bed(Bed(hum if amount < 0.5 else None, fade_out_s=2))
            case "other":
                pass_into(rig, mixer, round(amount * mixer.total_frames / 2), 0.01 + amount / 10)
    rig.read(0.3)
    assert rig.largest_step() <= 2 * natural_step


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 4000), min_size=1, max_size=30))
def test_the_size_of_the_blocks_is_not_heard(mixer, sizes):
    def heard(blocks: list[int]) -> np.ndarray:
        rig = Rig(mixer)
        rig.deck.play()
        rig.deck.read(4800)
        rig.deck.set_voice_gain(0.3)
        rig.deck.seek(40_000)
        rig.deck.read(15_000)
        pass_into(rig, mixer, 60_000)
        rig.deck.fade_out(0.4)
        return np.concatenate([rig.deck.read(size) for size in blocks])

    assert np.array_equal(heard(sizes), heard([sum(sizes)]))


def test_mixed_ahead_or_not_it_sounds_the_same(mixer):
    ahead, not_ahead = Rig(mixer), Rig(mixer)
    for rig in (ahead, not_ahead):
        rig.deck.play()
    for change in (None, "volume", None, "seek", "background"):
        for rig in (ahead, not_ahead):
            if change == "volume":
                rig.deck.set_voice_gain(0.4)
            elif change == "seek":
                rig.deck.seek(30_000)
            elif change == "background":
                rig.deck.change_bed(Bed(None))
        for _ in range(10):
            if ahead.deck.is_short():
                ahead.deck.mix_ahead()
            assert np.array_equal(ahead.read(0.1), not_ahead.read(0.1))
    assert not_ahead.deck.is_short()


def test_it_tells_the_frame_that_is_heard(mixer):
    rig = Rig(mixer, held=4800)
    rig.deck.play()
    rig.read(1.0)
    assert rig.deck.heard_frame() == SAMPLE_RATE_HZ - 4800
    rig.deck.pause()
    assert rig.deck.heard_frame() == SAMPLE_RATE_HZ - 4800
    rig.read(1.0)
    assert rig.deck.heard_frame() == SAMPLE_RATE_HZ + EDGE_FRAMES


def test_after_a_seek_it_tells_the_new_place_at_once_and_never_the_old_one_again(mixer):
    rig = Rig(mixer, held=4800)
    rig.deck.play()
    rig.read(1.0)
    rig.deck.seek(200_000)
    places = [rig.deck.heard_frame()]
    for _ in range(20):
        rig.read(0.01)
        places.append(rig.deck.heard_frame())
    assert places[0] == 200_000
    assert places == sorted(places)


def test_a_fade_out_ends_in_silence_and_at_rest_once_it_was_heard(mixer):
    rig = Rig(mixer, held=960)
    rig.deck.play()
    rig.read(0.5)
    rig.deck.fade_out(0.5)
    heard = rig.read(0.5)
    level = np.abs(heard).reshape(-1, 2400, 2).max((1, 2))
    assert level[-1] < 0.02 * level[0]
    rig.held = SAMPLE_RATE_HZ
    rig.read(0.1)
    assert not rig.deck.is_at_rest()
    rig.held = 0
    assert rig.deck.is_at_rest()
    assert rig.deck.is_silent()


def test_a_fade_out_can_be_called_back(rig):
    rig.deck.play()
    rig.read(0.2)
    rig.deck.fade_out(1.0)
    rig.read(0.5)
    rig.deck.play()
    loud = np.abs(rig.read(1.0)[-24000:]).max()
    assert loud > 0.05
    assert not rig.deck.is_at_rest()


def sink(rig: Rig) -> None:
    """Play, and let a fade-out come to a hundredth of the level."""
    rig.deck.play()
    rig.read(0.6)
    rig.deck.fade_out(2)
    rig.read(1.8)


@pytest.mark.parametrize("heard_between_s", [0, 0.01, 0.3])
def test_a_pause_in_a_fade_out_and_play_come_back_no_faster_than_a_start(rig, mixer, heard_between_s):
    """Two keys between two reads of the output are too quick for the gate to close."""
    sink(rig)
    rig.deck.pause()
    rig.read(heard_between_s)
    place = rig.deck.heard_frame()
    rig.deck.play()
    after = rig.read(2.2)
    mix = mixer.mix(place, len(after), Gains.constant(1, 1))
    start = (0.2 + 0.8 * np.sqrt(np.arange(START_FADE_FRAMES) / START_FADE_FRAMES))[:, np.newaxis]
    assert np.all(np.abs(after[:START_FADE_FRAMES]) <= np.abs(mix[:START_FADE_FRAMES]) * start + 1e-6)
    assert np.array_equal(after[START_FADE_FRAMES:], mix[START_FADE_FRAMES:])


def test_called_back_pausing_and_playing_on_do_not_hasten_the_rise(rig, mixer):
    sink(rig)
    rig.deck.play()
    rig.deck.pause()
    rig.deck.play()
    place = rig.deck.heard_frame()
    after = rig.read(0.1)
    assert np.abs(after).max() < 0.05 * np.abs(mixer.mix(place, len(after), Gains.constant(1, 1))).max()


@pytest.mark.parametrize("pauses_first", [True, False])
@pytest.mark.parametrize("bed_goes_on", [True, False])
def test_another_mix_in_a_fade_out_lets_nothing_of_the_old_one_rise(mixer, pauses_first, bed_goes_on):
    rig, fresh = Rig(mixer), Rig(mixer)
    sink(rig)
    level = np.abs(rig.heard[-1]).max()
    if pauses_first:
        rig.deck.pause()
    rig.deck.eject(bed_goes_on=bed_goes_on)
    rig.deck.seek(100_000)
    rig.deck.play()
    assert np.abs(rig.read(EDGE_FRAMES / SAMPLE_RATE_HZ)).max() <= level
    rig.deck.put_on(mixer)
    fresh.deck.seek(100_000)
    fresh.deck.play()
    assert np.array_equal(rig.read(3), fresh.read(3)), "the other mix starts as any does"


def test_play_before_the_mix_is_there_is_remembered(mixer):
    deck = Deck(lambda: 0, 1.0, 1.0)
    deck.eject()
    deck.play()
    deck.seek(10_000)
    assert not deck.read(5000).any()
    assert deck.heard_frame() == 10_000
    deck.put_on(mixer)
    assert deck.read(5000).any()
    assert deck.heard_frame() == 15_000


def test_ejecting_is_soft(rig, natural_step):
    rig.deck.play()
    rig.read(0.5)
    rig.deck.eject()
    rig.read(0.5)
    assert not rig.heard[-1].any()
    assert rig.largest_step() <= 2 * natural_step
    assert rig.deck.heard_frame() == 0
