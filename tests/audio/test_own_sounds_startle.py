"""Whatever a file of the user's is, it does not startle: measured on the mix at full background volume."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import soundfile
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_no_startle import HOP_FRAMES, LARGEST_STEP, SHORT_ROUTINE, made, measured

from sleepcalm.audio.background_maker import BackgroundMaker
from sleepcalm.audio.joining import MOST_CUT_FRAMES, joined
from sleepcalm.audio.mixer import BACKGROUND_FADE_IN_S, Gains, Mixer
from sleepcalm.audio.own_sounds import OwnSounds
from sleepcalm.audio.samples import equal_power, share_of
from sleepcalm.audio.softening import CEILING, soften
from sleepcalm.backgrounds import Background, Part
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

LENGTH_S = 12
FRAMES = LENGTH_S * SAMPLE_RATE_HZ
CROSSED = round(1.5 * SAMPLE_RATE_HZ)
AT_S = np.arange(FRAMES) / SAMPLE_RATE_HZ
MEASURED_FRAMES = 30 * SAMPLE_RATE_HZ
VOICE_STEP = 0.219


def white(level: float = 0.2, frames: int = FRAMES) -> np.ndarray:
    return level * np.random.default_rng(3).standard_normal(frames)


def soft_noise(level: float = 0.1, frames: int = FRAMES) -> np.ndarray:
    sound = np.convolve(white(1, frames + 63), np.hanning(64), "valid")
    return level * sound / sound.std()


def tone(periods_off: float) -> np.ndarray:
    """Its end stands so many periods from its beginning where the two cross."""
    periods = 440 * (LENGTH_S - 1.5) + periods_off
    return 0.3 * np.sin(2 * np.pi * periods * np.arange(FRAMES) / (FRAMES - CROSSED))


def clicks() -> np.ndarray:
    sound = np.zeros(FRAMES)
    sound[::SAMPLE_RATE_HZ], sound[1::SAMPLE_RATE_HZ] = 1, -1
    return sound


def one_click() -> np.ndarray:
    sound = np.zeros(FRAMES)
    sound[FRAMES // 2] = 1
    return sound


def jump_of_the_centre() -> np.ndarray:
    return np.where(AT_S < LENGTH_S / 2, 0.9, -0.9) + white(1e-3)


def one_burst() -> np.ndarray:
    sound = white(1e-4)
    sound[FRAMES // 2 : FRAMES // 2 + 480] = np.sign(white(1, 480))
    return sound


def noise_between_silences() -> np.ndarray:
    return soft_noise() * (AT_S % 6 > 4)


def ends_in_a_burst() -> np.ndarray:
    """So it is loud where the loop begins anew."""
    return soft_noise(0.003) + soft_noise() * ((AT_S < 2.5) | (AT_S > 11.5))


def crackling() -> np.ndarray:
    random = np.random.default_rng(4)
    sound = soft_noise(0.01)
    for start in random.integers(0, FRAMES - 3000, 30):
        length = random.integers(50, 2500)
        fading = np.exp(-5 * np.arange(length) / length)
        sound[start : start + length] += random.standard_normal(length) * fading * random.exponential(0.2)
    return sound


def notes() -> np.ndarray:
    """As of a piano: each begins at once and fades."""
    sound = np.zeros(FRAMES)
    for number, start in enumerate(range(0, FRAMES - SAMPLE_RATE_HZ, 3 * SAMPLE_RATE_HZ // 4)):
        at_s = AT_S[: FRAMES - start]
        pitch_hz = 220 * 2 ** (number * 7 % 24 / 12)
        sound[start:] += (
            0.2 * np.sin(2 * np.pi * pitch_hz * at_s) * np.exp(-2 * at_s) * np.minimum(at_s / 0.005, 1)
        )
    return sound


HOSTILE = {
    "a click each second": clicks,
    "one click": one_click,
    "a jump of the centre": jump_of_the_centre,
    "a square wave of 5 Hz": lambda: np.sign(np.sin(2 * np.pi * 5 * AT_S + 0.1)),
    "a square wave of 12 kHz": lambda: np.sign(np.sin(2 * np.pi * 12_000 * AT_S + 0.3)),
    "one burst": one_burst,
    "noise between silences": noise_between_silences,
    "a burst across the join": ends_in_a_burst,
    "a tone in antiphase": lambda: tone(0.5),
    "a tone in phase": lambda: tone(0.0),
    "white noise": white,
    "a fire": crackling,
    "a piano": notes,
}


def lying_under(sound: np.ndarray, folder: Path) -> Mixer:
    (folder / "own").mkdir()
    soundfile.write(folder / "own" / "x.wav", np.clip(sound, -1, 1), SAMPLE_RATE_HZ)
    maker = BackgroundMaker(OwnSounds(folder / "own", folder / "loops"), pytest.fail)
    return made(SHORT_ROUTINE, "brown", folder).with_bed(maker.bed(Background((Part("own:x.wav"),))))


def alone(mixer: Mixer) -> Mixer:
    return replace(mixer, timeline=replace(mixer.timeline, cues=()))


def loop_of(sound: np.ndarray, folder: Path) -> np.ndarray:
    lying_under(sound, folder)
    (path,) = (folder / "loops").iterdir()
    return soundfile.read(path, dtype="float32")[0]


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_file_clicks_or_startles_at_full_volume(kind, tmp_path):
    """Alone, once it has faded in: until then its own rises add to those of the fade."""
    mixer = alone(lying_under(HOSTILE[kind](), tmp_path))
    found = measured(mixer, MEASURED_FRAMES, Gains.constant(0, 1))
    assert found.largest_step + VOICE_STEP < LARGEST_STEP
    late = [rise for rise in found.startling(mixer.timeline) if rise[0] > BACKGROUND_FADE_IN_S + 1]
    assert late == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_nor_does_it_under_the_voice(kind, tmp_path):
    mixer = lying_under(HOSTILE[kind](), tmp_path)
    found = measured(mixer, MEASURED_FRAMES, Gains.constant(1, 1))
    assert found.largest_step < LARGEST_STEP
    late = [rise for rise in found.startling(mixer.timeline) if rise[0] > BACKGROUND_FADE_IN_S + 1]
    assert late == []


@pytest.mark.parametrize("kind", sorted(HOSTILE.keys() - {"a piano"}))
def test_at_the_default_volumes_it_does_not_startle_while_it_fades_in_either(kind, tmp_path):
    """But for music that rises again and again: for the first seconds that adds to what the fade rises."""
    mixer = alone(lying_under(HOSTILE[kind](), tmp_path))
    found = measured(mixer, MEASURED_FRAMES)
    assert found.startling(mixer.timeline) == []


@pytest.mark.parametrize("periods_off", [0.0, 0.25, 0.37, 0.5, 0.9])
def test_the_join_of_a_tone_is_as_loud_as_the_rest_of_it(periods_off, tmp_path):
    loop = loop_of(tone(periods_off), tmp_path)
    twice = np.concatenate([loop, loop])
    tenths = twice[: len(twice) // HOP_FRAMES * HOP_FRAMES].reshape(-1, HOP_FRAMES, 2)
    level_db = 10 * np.log10((tenths**2).mean((1, 2)))
    assert np.ptp(level_db) < 0.5
    assert np.abs(np.diff(twice, axis=0)).max() < 1.05 * np.abs(np.diff(loop[:SAMPLE_RATE_HZ], axis=0)).max()


def test_what_has_nothing_in_common_crosses_with_exactly_equal_power():
    sound = np.float32(np.stack([soft_noise(), soft_noise()[::-1]], axis=1))
    end, beginning = sound[-CROSSED - MOST_CUT_FRAMES :], sound[:CROSSED]
    share = share_of(0, CROSSED, CROSSED)[:, np.newaxis]
    passage = end[MOST_CUT_FRAMES:] * equal_power(np.float32(1) - share) + beginning * equal_power(share)
    wanted = np.concatenate([end[:MOST_CUT_FRAMES], passage])
    assert np.array_equal(joined(end, beginning), wanted)


def test_silence_can_be_joined():
    silence = np.zeros((CROSSED + MOST_CUT_FRAMES, 2), np.float32)
    assert not joined(silence, silence[:CROSSED]).any()


def rumble(pitch_hz: float, phase: float, level: float, noise_level: float) -> np.ndarray:
    """Two seconds with a tone that is high and hardly heard; its ends cross however the phase has it."""
    at_s = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    tone = level * np.sin(2 * np.pi * (pitch_hz * at_s + phase))
    return tone + soft_noise(noise_level, len(at_s))


@settings(max_examples=30)
@example(rumble(4.2, 0, 0.8, 0.004))
@given(
    st.builds(
        rumble, st.floats(0.5, 12), st.floats(0, 1), st.floats(0.2, 1), st.sampled_from([1e-3, 1e-2, 0.1])
    )
)
def test_no_sample_of_a_loop_is_beyond_the_ceiling_whatever_crosses(sound):
    with TemporaryDirectory() as folder:
        loop = loop_of(sound, Path(folder))
    assert len(loop) >= 1.45 * SAMPLE_RATE_HZ
    assert np.abs(loop).max() <= CEILING


def test_the_shortest_loop_that_can_be_softened(tmp_path):
    path = tmp_path / "x.wav"
    sound = soft_noise(1e-3, round(1.4 * SAMPLE_RATE_HZ))
    sound[-9600:] += soft_noise(0.1, 9600)
    soundfile.write(path, sound, SAMPLE_RATE_HZ)
    soften(path, 1.0, lambda: True)
    softened = soundfile.read(path)[0]
    assert len(softened) == len(sound)
    assert softened[-9600:].std() < 0.5 * sound[-9600:].std()


GENTLE = {
    "noise": lambda: soft_noise(0.02),
    "waves": lambda: soft_noise(0.02) * 10 ** (3 * np.sin(2 * np.pi * AT_S / LENGTH_S * 2) / 20),
    "a swell": lambda: soft_noise(0.02) * 10 ** (-np.abs(AT_S - LENGTH_S / 2) * 3 / 20),
}


@pytest.mark.parametrize("kind", GENTLE)
def test_a_gentle_loop_stays_as_it_is(kind, tmp_path):
    path = tmp_path / "x.wav"
    soundfile.write(path, np.repeat(GENTLE[kind]()[:, np.newaxis], 2, axis=1), SAMPLE_RATE_HZ)
    before = path.read_bytes()
    soften(path, 10.0, lambda: True)
    assert path.read_bytes() == before


def test_a_fire_keeps_its_glow_where_its_crackling_is_turned_down(tmp_path):
    """The rest of it does not become fainter than the crackling that stays."""
    loop = loop_of(crackling(), tmp_path)
    tenths = loop[: len(loop) // HOP_FRAMES * HOP_FRAMES].reshape(-1, HOP_FRAMES, 2)
    level_db = 10 * np.log10((tenths**2).mean((1, 2)))
    assert np.median(level_db) > level_db.max() - 10


def test_a_long_loop_is_softened_in_pieces(tmp_path):
    path = tmp_path / "x.wav"
    sound = np.float32(np.repeat(np.tile(noise_between_silences(), 5)[:, np.newaxis], 2, axis=1))
    soundfile.write(path, sound, SAMPLE_RATE_HZ)
    before = path.read_bytes()
    tracemalloc.start()
    soften(path, 1.0, lambda: True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.read_bytes() != before
    assert peak < sound.nbytes / 2


@pytest.mark.parametrize("looks", [1, 8, 14, 20, 30, 40])
def test_softening_can_be_given_up_at_any_moment(looks, tmp_path):
    path = tmp_path / "x.wav"
    soundfile.write(path, np.repeat(jump_of_the_centre()[:, np.newaxis] / 4, 2, axis=1), SAMPLE_RATE_HZ)
    answers = iter([True] * looks)
    soften(path, 2.0, lambda: next(answers, False))
    assert next(answers, False) is False, "nobody asks so often"
    assert soundfile.info(path).frames == FRAMES
