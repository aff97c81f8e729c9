"""Sound files: complete or absent, never in the way of what was there."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from sleepcalm.audio.mixdown import FORMATS, MixdownError, write_mixdown
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

GAINS = Gains.constant(1, 1)


@pytest.fixture
def mixer(timeline, tone_clips, hum) -> Mixer:
    return Mixer(timeline, tone_clips, Bed(hum, fade_out_s=3), fade_in_s=1)


def write(mixer, path, *, replace=False):
    shares = []
    write_mixdown(mixer, path, GAINS, replace=replace, on_progress=shares.append)
    return shares


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_each_format_holds_the_mix_from_zero_on(mixer, tmp_path, suffix):
    path = tmp_path / f"night{suffix}"
    shares = write(mixer, path)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == SAMPLE_RATE_HZ
    mix = mixer.mix(0, mixer.total_frames, GAINS)
    lossless = suffix in (".wav", ".flac")
    assert len(samples) == len(mix) if lossless else len(samples) >= len(mix)
    if lossless:
        np.testing.assert_allclose(samples, mix, atol=1 / 32_000)
    else:  # what is heard is near enough, and not a millisecond late
        error = samples[: len(mix)] - mix
        assert np.sqrt(np.mean(error**2)) < 0.05 * np.sqrt(np.mean(mix**2))
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_kept_unless_told_otherwise(mixer, tmp_path):
    path = tmp_path / "night.wav"
    path.write_text("mine")
    with pytest.raises(MixdownError, match="exists and was kept"):
        write(mixer, path)
    assert path.read_text() == "mine"
    write(mixer, path, replace=True)
    assert soundfile.info(path).frames == mixer.total_frames


def test_a_file_that_appears_meanwhile_is_kept_too(mixer, tmp_path):
    path = tmp_path / "night.wav"
    with pytest.raises(MixdownError, match="exists and was kept"):
        write_mixdown(mixer, path, GAINS, replace=False, on_progress=lambda _: path.write_text("mine"))
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_neither_half_a_file_nor_a_lost_one(mixer, tmp_path):
    path = tmp_path / "night.flac"
    path.write_text("mine")

    def interrupt(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_mixdown(mixer, path, GAINS, replace=True, on_progress=interrupt)
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_suffix_and_a_missing_folder_are_named(mixer, tmp_path):
    with pytest.raises(MixdownError, match=r"must end in one of .wav, .flac, .ogg, .mp3"):
        write(mixer, tmp_path / "night.txt")
    with pytest.raises(MixdownError, match="was not written: there is no folder"):
        write(mixer, tmp_path / "absent" / "night.wav")


def test_a_full_disk_is_an_error_and_leaves_nothing(mixer, small_disk):
    with pytest.raises(MixdownError, match="was not written"):
        write(mixer, small_disk / "night.wav")
    assert list(small_disk.iterdir()) == []
