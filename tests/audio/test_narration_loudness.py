"""The measures and filters of clips against signals whose loudness and peak are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pyloudnorm import Meter
from scipy.ndimage import minimum_filter1d
from scipy.signal import butter, resample_poly, sosfiltfilt

from sleepcalm.audio.voices import loudness, speech_sound
from sleepcalm.audio.voices.loudness import limited, loudness_lufs, true_peak_dbtp
from sleepcalm.audio.voices.speech_sound import resampled, with_room, without_rumble

RATE_HZ = 48_000


def tone(seconds: float, hz: float, amplitude: float, rate_hz: int = RATE_HZ) -> NDArray[np.float64]:
    return amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


def syllables(seconds: float, seed: int = 5) -> NDArray[np.float64]:
    """Noise shaped like speech: mostly below 1 kHz, four syllables a second of uneven loudness."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    spectrum = np.fft.rfft(rng.standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    voice = np.fft.irfft(spectrum / (1 + (hz / 500) ** 2) * (hz > 100), count)
    rhythm = (
        np.abs(np.sin(2 * np.pi * 2 * np.arange(count) / RATE_HZ))
        * rng.uniform(0.5, 1, count // 12_000 + 1)[np.arange(count) // 12_000]
    )
    return 0.1 * voice * rhythm / np.abs(voice).max()


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.0, 4.0])
def test_a_steady_tone_has_the_loudness_of_the_recommendation(seconds: float) -> None:
    """A full-scale 997 Hz sine in one channel reads -3.01 LUFS (ITU-R BS.1770), and as much less as it fills
    of the one block where it is shorter."""
    expected = -3.01 - 20 + min(0.0, 10 * math.log10(seconds / 0.4))
    assert loudness_lufs(tone(seconds, 997, 0.1)) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_less_than_a_second_of_speech_is_about_as_loud_as_more_of_it(seed: int) -> None:
    speech = syllables(4, seed)
    short = speech[: round(0.9 * RATE_HZ)]
    repeated = np.tile(short, 5)
    assert loudness_lufs(short) == pytest.approx(loudness_lufs(repeated), abs=1)


@pytest.mark.parametrize("seconds", [0.05, 0.5, 3.0])
def test_silence_is_minus_infinity(seconds: float) -> None:
    assert loudness_lufs(np.zeros(round(seconds * RATE_HZ))) == -math.inf


def test_a_peak_between_the_samples_is_found() -> None:
    """A quarter-rate sine sampled at 45 degrees never shows its crest: 3 dB more than its samples."""
    sine = 0.5 * np.sin(2 * np.pi * np.arange(4800) / 4 + np.pi / 4)
    assert 20 * math.log10(np.abs(sine).max()) == pytest.approx(-9.03, abs=0.01)
    assert true_peak_dbtp(sine[1000:-1000]) == pytest.approx(-6.02, abs=0.3)
    assert true_peak_dbtp(np.zeros(10)) == -math.inf


def test_the_limiter_turns_down_a_peak_and_leaves_the_rest_alone() -> None:
    speech = syllables(2) * 2
    loud = speech.copy()
    loud[48_000:48_200] += tone(200 / RATE_HZ, 700, 0.9)
    softer = limited(loud, -3.0)
    assert true_peak_dbtp(loud) > -3
    assert true_peak_dbtp(softer) <= -2.9
    np.testing.assert_array_equal(softer[:47_000], loud[:47_000])
    np.testing.assert_array_equal(softer[49_500:], loud[49_500:])
    np.testing.assert_array_equal(limited(speech, -3.0), speech)


@pytest.mark.parametrize("from_hz", [8_000, 16_000, 22_050, 32_000, 44_100, 192_000])
def test_resampling_keeps_length_level_and_pitch(from_hz: int) -> None:
    sound = resampled(tone(1, 1000, 0.5, from_hz), from_hz)
    middle = slice(4800, -4800)
    assert len(sound) == RATE_HZ
    error = sound[middle] - tone(1, 1000, 0.5)[middle]
    assert 20 * math.log10(np.abs(error).max()) < -55


def test_rumble_goes_and_the_voice_stays() -> None:
    voice = tone(1, 200, 0.2)
    cleaned = without_rumble(voice + 0.05)
    middle = slice(9600, -9600)
    assert abs(cleaned[middle].mean()) < 1e-4
    np.testing.assert_allclose(cleaned[middle], voice[middle], atol=0.002)


def test_a_recording_cut_within_a_sound_is_joined_to_silence_without_a_step() -> None:
    cut = tone(0.5, 440, 0.3) + 0.2
    roomy = with_room(cut)
    assert len(roomy) > len(cut)
    assert roomy[0] == roomy[-1] == 0
    assert np.abs(np.diff(roomy)).max() < 0.04


@pytest.mark.parametrize("seed", range(3))
def test_loudness_is_what_pyloudnorm_measures(seed: int) -> None:
    speech = syllables(5, seed)
    assert loudness_lufs(speech) == pytest.approx(Meter(RATE_HZ).integrated_loudness(speech), abs=0.1)


def test_filters_are_those_of_scipy() -> None:
    speech = with_room(syllables(2))
    rumble = butter(2, 40.0, "highpass", fs=RATE_HZ, output="sos")
    np.testing.assert_allclose(
        without_rumble(speech), sosfiltfilt(rumble, speech, padlen=RATE_HZ // 4), atol=1e-9
    )
    middle = slice(4800, -4800)
    finer = resampled(speech, 22_050)
    np.testing.assert_allclose(finer[middle], resample_poly(speech, 320, 147)[middle], atol=3e-4)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.integers(0, 9))
def test_the_lowest_gain_around_is_that_of_scipy(gain: list[float], reach: int) -> None:
    expected = minimum_filter1d(np.array(gain), 2 * reach + 1, mode="nearest")
    np.testing.assert_array_equal(loudness._lowest_around(np.array(gain), reach), expected)


@settings(max_examples=20)
@given(st.integers(1, 400), st.sampled_from([8_000, 11_025, 44_100, 48_000, 96_000, 44_101]))
def test_a_sound_of_any_length_keeps_its_length(frames: int, from_hz: int) -> None:
    sound = speech_sound.resampled(np.ones(frames), from_hz)
    assert len(sound) == -(-frames * RATE_HZ // from_hz)
    assert np.isfinite(sound).all()
