"""Sound files: complete or absent, never in the way of what was there."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from sleepcalm.audio import tags
from sleepcalm.audio.mixdown import (
    FORMATS,
    MOST_WAV_FRAMES,
    MixdownError,
    UnfitNameError,
    check_length,
    write_mixdown,
)
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.tags import TAGGERS
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


def test_an_end_that_is_asked_for_late_is_heeded_too(mixer, tmp_path):
    shares = []

    def interrupt(share: float) -> None:
        shares.append(share)
        if shares.count(1) == 2:  # all is written, and has no name yet
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_mixdown(mixer, tmp_path / "night.ogg", GAINS, replace=False, on_progress=interrupt)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", sorted(TAGGERS))
def test_an_end_that_is_asked_for_while_the_tags_are_put_in_is_heeded_at_once(
    mixer, tmp_path, monkeypatch, suffix
):
    monkeypatch.setattr(tags, "_PIECE_BYTES", 1000)
    shares = []

    def interrupt(share: float) -> None:
        shares.append(share)
        if shares.count(1) == 2:
            untagged, tagged = (
                path.stat().st_size for path in sorted(tmp_path.glob(".*/*tagged*"), reverse=True)
            )
            assert tagged < untagged
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_mixdown(mixer, tmp_path / f"night{suffix}", GAINS, replace=False, on_progress=interrupt)
    assert list(tmp_path.iterdir()) == []


class Noise:
    """What no format makes small, in place of a mixer."""

    def __init__(self, mixer: Mixer, duration_s: int) -> None:
        self.timeline = mixer.timeline
        self.total_frames = duration_s * SAMPLE_RATE_HZ
        self._samples = 0.2 * np.random.default_rng(1).standard_normal((SAMPLE_RATE_HZ, 2))

    def mix(self, *_: object) -> np.ndarray:
        return self._samples


@pytest.mark.parametrize(("suffix", "duration_s"), [(".wav", 3), (".flac", 4), (".ogg", 40), (".mp3", 60)])
def test_a_full_disk_is_named_and_leaves_nothing(mixer, small_disk, suffix, duration_s):
    with pytest.raises(MixdownError, match=r"was not written: No space left on device$"):
        write(Noise(mixer, duration_s), small_disk / f"night{suffix}")
    assert list(small_disk.iterdir()) == []


def test_room_for_the_sound_but_not_for_its_tagged_copy_is_named_too(mixer, small_disk):
    done = []
    with pytest.raises(MixdownError, match=r"was not written: No space left on device$"):
        write_mixdown(
            Noise(mixer, 2), small_disk / "night.flac", GAINS, replace=False, on_progress=done.append
        )
    assert done == [0.5, 1]
    assert list(small_disk.iterdir()) == []


def test_by_force_a_link_stays_and_what_it_leads_to_is_replaced(mixer, tmp_path):
    (tmp_path / "music").mkdir()
    for name in ("there", "dangling"):
        (tmp_path / f"{name}.wav").symlink_to(f"music/{name}.wav")
    (tmp_path / "music" / "there.wav").write_text("mine")
    for name in ("there", "dangling"):
        write(mixer, tmp_path / f"{name}.wav", replace=True)
        assert (tmp_path / f"{name}.wav").is_symlink()
        assert soundfile.info(tmp_path / "music" / f"{name}.wav").frames == mixer.total_frames
    assert {path.name for path in (tmp_path / "music").iterdir()} == {"there.wav", "dangling.wav"}
    assert list(tmp_path.glob(".*")) == []


def test_a_link_into_no_folder_and_one_in_a_circle_are_told(mixer, tmp_path):
    (tmp_path / "lost.wav").symlink_to(tmp_path / "absent" / "lost.wav")
    (tmp_path / "circle.wav").symlink_to("circle.wav")
    with pytest.raises(MixdownError, match=r"there is no folder .*absent$"):
        write(mixer, tmp_path / "lost.wav", replace=True)
    with pytest.raises(MixdownError, match=r"circle\.wav was not written: Too many levels of symbolic links"):
        write(mixer, tmp_path / "circle.wav", replace=True)


def test_only_wav_is_refused_for_its_length_and_only_beyond_four_gigabytes(tmp_path):
    check_length(tmp_path / "night.WAV", MOST_WAV_FRAMES)
    assert 44 + 4 * MOST_WAV_FRAMES < 2**32
    with pytest.raises(
        UnfitNameError, match=r"6 h 12 min at most, and this takes 6 h 13 min; .* \.flac or \.ogg"
    ):
        check_length(tmp_path / "night.WAV", MOST_WAV_FRAMES + 1)
    for suffix in set(FORMATS) - {".wav"}:
        check_length(tmp_path / f"night{suffix}", 22 * 3600 * SAMPLE_RATE_HZ)


@pytest.mark.parametrize("mode", [0o700, 0o777])
def test_of_what_looks_abandoned_only_what_is_surely_ours_is_removed(mixer, tmp_path, mode):
    """Where others may write, a name says nothing of who left it, or of what it leads to."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "untagged.wav").write_text("mine")
    (tmp_path / ".sleepcalm-link").symlink_to("elsewhere")
    left = tmp_path / ".sleepcalm-0123456789abcdef"
    left.mkdir()
    (left / "untagged.wav").write_text("half")
    left.chmod(mode)
    write(mixer, tmp_path / "night.wav")
    assert left.exists() == (mode == 0o777)
    assert [file.read_text() for file in (tmp_path / "elsewhere").iterdir()] == ["mine"]
    assert (tmp_path / ".sleepcalm-link").is_symlink()
