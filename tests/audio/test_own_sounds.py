"""The user's own files: any form of sound becomes a seamless loop, and whatever is none is one line."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Thread

import numpy as np
import pyloudnorm
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sleepcalm.audio import decoding, loop_making, own_sounds
from sleepcalm.audio.ambience import FULL_VOLUME_LUFS
from sleepcalm.audio.background_maker import BackgroundMaker
from sleepcalm.audio.conversions import Conversions
from sleepcalm.audio.looped_file import LoopedFile
from sleepcalm.audio.own_sounds import OwnSoundError, OwnSounds
from sleepcalm.backgrounds import Background, Part, parse_background
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

ONE = np.ones(1, np.float32)
LENGTH_S = 8


def noise(seconds: float, rate_hz: int = SAMPLE_RATE_HZ, channels: int = 2, level: float = 0.1) -> np.ndarray:
    """Soft noise without much treble, as of a brook."""
    white = np.random.default_rng(5).standard_normal((round(seconds * rate_hz) + 63, channels))
    taps = np.hanning(64) / 32
    smooth = [np.convolve(plane, taps, "valid") for plane in white.T]
    return level * np.stack(smooth, axis=1) / np.std(smooth)


class Place:
    """A folder of own sounds, and what is made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.converted = folder / "sounds", folder / "converted"
        self.folder.mkdir()
        self.sounds = OwnSounds(self.folder, self.converted)
        self.problems: list[str] = []

    def put(self, name: str, sound: np.ndarray, rate_hz: int = SAMPLE_RATE_HZ, **form: str) -> Path:
        path = self.folder / name
        soundfile.write(path, sound, rate_hz, **form)
        return path

    def loop(self, name: str) -> LoopedFile:
        self.sounds.convert(name)
        loop = self.sounds.ready(name, self.problems.append)
        assert loop is not None
        return loop

    def files(self) -> list[Path]:
        return sorted(self.converted.iterdir()) if self.converted.is_dir() else []


def heard(loop, start: int, frames: int) -> np.ndarray:
    planes = np.zeros((2, frames), np.float32)
    loop.add_to(planes, start, ONE)
    return planes.T


@pytest.fixture
def place(tmp_path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="module")
def brook(tmp_path_factory) -> LoopedFile:
    place = Place(tmp_path_factory.mktemp("brook"))
    place.put("brook.wav", noise(LENGTH_S))
    return place.loop("brook.wav")


FORMS = [
    ("brook.wav", SAMPLE_RATE_HZ, 2),
    ("brook.flac", 44_100, 1),
    ("brook.ogg", 22_050, 2),
    ("brook.mp3", 44_100, 2),
    ("brook.aiff", 96_000, 4),
]


@pytest.mark.parametrize(("name", "rate_hz", "channels"), FORMS)
def test_any_rate_and_any_number_of_channels_is_as_loud_as_our_own_backgrounds(
    place, name, rate_hz, channels
):
    place.put(name, noise(LENGTH_S, rate_hz, channels, level=0.03), rate_hz)
    loop = place.loop(name)
    assert loop.frames == pytest.approx((LENGTH_S - 1.5) * SAMPLE_RATE_HZ, abs=2500)
    twice = heard(loop, 0, 2 * loop.frames)
    loudness = pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(twice.astype(np.float64))
    assert loudness == pytest.approx(FULL_VOLUME_LUFS, abs=0.5)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_what_libsndfile_does_not_read_is_read_by_ffmpeg(place):
    wav = place.put("brook.wav", noise(LENGTH_S, 44_100, 1), 44_100)
    target = place.folder / "brook.m4a"
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(wav), str(target)], check=True)
    loop = place.loop("brook.m4a")
    assert loop.frames == pytest.approx((LENGTH_S - 1.5) * SAMPLE_RATE_HZ, abs=5000)
    assert 0.005 < np.std(heard(loop, 0, loop.frames)) < 0.05


def test_the_seam_is_like_any_other_place(brook):
    seam = heard(brook, brook.frames - 4800, 9600)
    elsewhere = heard(brook, 2 * SAMPLE_RATE_HZ, 4 * SAMPLE_RATE_HZ)
    assert np.abs(np.diff(seam, axis=0)).max() <= np.abs(np.diff(elsewhere, axis=0)).max()


def test_the_cross_fade_is_as_loud_as_the_rest(brook):
    """1.5 s before the end, the end passes into the beginning at equal power."""
    tenths = heard(brook, 0, brook.frames)[: brook.frames // 4800 * 4800].reshape(-1, 4800, 2)
    level_db = 10 * np.log10((tenths**2).mean((1, 2)))
    assert np.abs(level_db[-15:].mean() - level_db[:-15].mean()) < 0.5
    assert level_db[-15:].min() > level_db[:-15].min() - 1


def test_of_a_short_file_at_most_a_quarter_is_crossed(place):
    place.put("short.wav", noise(2.4))
    assert place.loop("short.wav").frames == round(2.4 * 0.75 * SAMPLE_RATE_HZ)


def test_of_a_long_file_the_first_part_is_used(place, monkeypatch):
    monkeypatch.setattr(loop_making, "LONGEST_S", 4)
    place.put("long.wav", noise(LENGTH_S))
    assert place.loop("long.wav").frames == 3 * SAMPLE_RATE_HZ


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**10), st.lists(st.integers(1, 20_000), min_size=1, max_size=8))
def test_it_is_the_same_from_any_frame_in_blocks_of_any_size(brook, start, sizes):
    whole = heard(brook, start, sum(sizes))
    at = np.cumsum([0, *sizes[:-1]])
    parts = [heard(brook, start + int(offset), size) for offset, size in zip(at, sizes, strict=True)]
    assert np.array_equal(np.concatenate(parts), whole)
    assert (
        np.array_equal(heard(brook, start % brook.frames, 100), whole[:100][: sum(sizes)]) or sum(sizes) < 100
    )


def test_two_threads_may_listen_at_once(brook):
    wanted = heard(brook, 0, brook.frames)
    wrong: list[int] = []

    def listen(seed: int) -> None:
        random = np.random.default_rng(seed)
        wrong.extend(
            start
            for start in random.integers(0, brook.frames - 5000, 200).tolist()
            if not np.array_equal(heard(brook, start, 5000), wanted[start : start + 5000])
        )

    threads = [Thread(target=listen, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_loop_follows_the_gains_of_each_frame(brook):
    gains = np.linspace(0, 1, 9000, dtype=np.float32)
    planes = np.zeros((2, 9000), np.float32)
    brook.add_to(planes, brook.frames - 4000, gains)
    wanted = heard(brook, brook.frames - 4000, 9000) * gains[:, np.newaxis]
    np.testing.assert_allclose(planes.T, wanted, atol=1e-7)


def test_a_bang_in_a_file_stays_below_the_ceiling_and_makes_the_rest_softer(place):
    sound = noise(LENGTH_S, level=0.01)
    sound[4 * SAMPLE_RATE_HZ : 4 * SAMPLE_RATE_HZ + 24_000] *= 50
    place.put("bang.wav", sound, subtype="FLOAT")
    loop = place.loop("bang.wav")
    everything = heard(loop, 0, loop.frames).astype(np.float64)
    assert np.abs(everything).max() <= 0.3
    bang = everything[2 * SAMPLE_RATE_HZ : 4 * SAMPLE_RATE_HZ]
    blocks = bang.reshape(-1, 4800, 2)
    loudest = max(
        pyloudnorm.Meter(SAMPLE_RATE_HZ, block_size=0.4).integrated_loudness(
            np.concatenate(list(blocks[i : i + 4]))
        )
        for i in range(len(blocks) - 3)
    )
    assert loudest < FULL_VOLUME_LUFS + 6.5


def not_numbers(place: Place) -> None:
    sound = noise(3)
    sound[70_000] = np.nan
    place.put("x.wav", sound, subtype="FLOAT")


def endless(place: Place) -> None:
    sound = noise(3)
    sound[70_000] = np.inf
    place.put("x.wav", sound, subtype="FLOAT")


def far_too_large(place: Place) -> None:
    place.put("x.wav", 1e20 * noise(3), subtype="FLOAT")


BAD_FILES = {
    "far too large": far_too_large,
    "not numbers": not_numbers,
    "infinite": endless,
    "empty": lambda place: (place.folder / "x.wav").write_bytes(b""),
    "no sound file": lambda place: (place.folder / "x.wav").write_bytes(b"Dear diary, " * 100),
    "without frames": lambda place: place.put("x.wav", np.zeros((0, 2))),
    "ten milliseconds": lambda place: place.put("x.wav", noise(0.01)),
    "one frame": lambda place: place.put("x.wav", noise(1 / SAMPLE_RATE_HZ)),
    "silent": lambda place: place.put("x.wav", np.zeros((200_000, 2))),
    "nearly silent": lambda place: place.put("x.wav", noise(3, level=1e-5), subtype="FLOAT"),
    "a constant": lambda place: place.put("x.wav", np.full((200_000, 2), 0.5)),
    "a folder": lambda place: (place.folder / "x.wav").mkdir(),
    "a pipe": lambda place: os.mkfifo(place.folder / "x.wav"),
    "a dangling link": lambda place: (place.folder / "x.wav").symlink_to("nowhere.wav"),
    "not there": lambda _place: None,
    "a strange rate": lambda place: place.put("x.wav", noise(3), 1000),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_one_line_and_the_rest_of_the_background_goes_on(place, kind):
    BAD_FILES[kind](place)
    maker = BackgroundMaker(place.sounds, place.problems.append)
    bed = maker.bed(Background((Part("own:x.wav", 0.5), Part("brown"))))
    assert len(place.problems) == 1
    assert place.problems[0].startswith("The background lacks x.wav: ")
    assert "\n" not in place.problems[0]
    only_brown = maker.bed(Background((Part("brown"),)))
    assert np.array_equal(heard(bed.ambience, 0, 1000), heard(only_brown.ambience, 0, 1000))
    assert not place.files(), "nothing is left of the attempt"


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_damaged_file_for_ffmpeg_is_one_line(place):
    (place.folder / "x.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + b"rubbish" * 300)
    assert (
        BackgroundMaker(place.sounds, place.problems.append).bed(Background((Part("own:x.m4a"),))).ambience
        is None
    )
    assert len(place.problems) == 1
    assert place.problems[0].startswith("The background lacks x.m4a: it cannot be read")


@pytest.mark.skipif(os.name != "posix", reason="a script stands in for ffmpeg")
def test_what_ffmpeg_says_can_neither_turn_nor_break_the_line(place, tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ffmpeg").write_text("#!/bin/sh\nprintf 'first\\nbad \\033[31mred\\rback' >&2\nexit 1\n")
    (programs / "ffmpeg").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    (place.folder / "x.m4a").write_bytes(b"anything")
    with pytest.raises(OwnSoundError) as caught:
        place.sounds.convert("x.m4a")
    assert str(caught.value) == "The background lacks x.m4a: it cannot be read: bad ?[31mred?back"


def test_a_disk_without_room_is_told_before_anything_is_written(place, monkeypatch):
    place.put("brook.wav", noise(LENGTH_S))
    full = shutil.disk_usage(place.folder)._replace(free=1_000_000)
    monkeypatch.setattr(own_sounds.shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(OwnSoundError, match="there is no room for it on the disk"):
        place.sounds.convert("brook.wav")
    assert not place.files()


@pytest.fixture
def hanging_ffmpeg(tmp_path, monkeypatch) -> Path:
    """A pipe from which its process number can be read once it runs; it never gives any sound."""
    started = tmp_path / "started"
    os.mkfifo(started)
    programs = tmp_path / "bin"
    programs.mkdir()
    ffmpeg = programs / "ffmpeg"
    ffmpeg.write_text(f"#!/bin/sh\necho $$ >{started}\nexec tail -f /dev/null\n")
    ffmpeg.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return started


def test_an_ffmpeg_that_hangs_is_killed_at_the_end(place, hanging_ffmpeg):
    (place.folder / "x.m4a").write_bytes(b"anything")
    told: list[str] = []
    conversions = Conversions(place.sounds, told.append, told.append)
    conversions.begin("x.m4a")
    number = int(hanging_ffmpeg.read_text())
    conversions.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    assert told == []
    assert not place.files()


def test_an_ffmpeg_that_gives_no_sound_for_long_is_given_up(place, hanging_ffmpeg, monkeypatch):
    monkeypatch.setattr(decoding, "STALL_S", 0.1)
    (place.folder / "x.m4a").write_bytes(b"anything")
    told: list[str] = []
    conversions = Conversions(place.sounds, told.append, told.append)
    conversions.begin("x.m4a")
    hanging_ffmpeg.read_text()
    conversions.wait()
    assert told == ["The background lacks x.m4a: ffmpeg has given no sound of it for 0.1 s"]
    conversions.close()


def test_a_name_that_is_no_text_is_told(place):
    maker = BackgroundMaker(place.sounds, place.problems.append)
    assert maker.bed(Background((Part("own:\ud800.ogg"),))).ambience is None
    assert place.problems == ["The background lacks ?.ogg: it is no name of a file"]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the names of files are text")
def test_a_name_in_another_encoding_is_read_all_the_same(place):
    name = os.fsdecode(b"\xff\xfe.flac")
    place.put("x.flac", noise(3)).rename(place.folder / name)
    assert place.loop(name) is not None
    assert "rename it" in place.sounds.listing()[0].problem


def test_without_ffmpeg_what_needs_it_says_so(place, monkeypatch):
    monkeypatch.setenv("PATH", "")
    (place.folder / "x.m4a").write_bytes(b"anything")
    assert "needs ffmpeg" in place.sounds.listing()[0].problem
    with pytest.raises(OwnSoundError, match="needs ffmpeg, which is not installed"):
        place.sounds.convert("x.m4a")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.sampled_from(["x.flac", "x.ogg", "x.mp3", "x.wav"]), st.data())
def test_damage_anywhere_in_a_file_never_raises_anything_else(tmp_path_factory, name, data):
    place = Place(tmp_path_factory.mktemp("damaged"))
    path = place.put(name, noise(3, 44_100), 44_100)
    content = bytearray(path.read_bytes())
    for at, octet in data.draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)))):
        content[at] = octet
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    bed = BackgroundMaker(place.sounds, place.problems.append).bed(Background((Part(f"own:{name}"),)))
    if bed.ambience is None:
        assert len(place.problems) == 1
        assert "\n" not in place.problems[0]
    else:
        assert np.isfinite(heard(bed.ambience, 0, 3 * SAMPLE_RATE_HZ)).all()


def test_what_was_converted_once_is_used_again_until_the_file_changes(place):
    path = place.put("brook.wav", noise(LENGTH_S))
    assert place.sounds.ready("brook.wav", place.problems.append) is None
    place.loop("brook.wav")
    first = place.files()
    assert [file.stat().st_mode & 0o777 for file in first] == [0o600]
    assert place.sounds.ready("brook.wav", place.problems.append) is not None
    place.put("brook.wav", noise(5))
    assert path.stat().st_size
    assert place.sounds.ready("brook.wav", place.problems.append) is None
    assert place.loop("brook.wav").frames == round(3.75 * SAMPLE_RATE_HZ)
    assert len(place.files()) == 1
    assert place.files() != first, "what belonged to the old file is gone"


def test_a_damaged_loop_is_made_again(place):
    place.put("brook.wav", noise(LENGTH_S))
    place.loop("brook.wav")
    place.files()[0].write_bytes(b"rubbish")
    assert place.sounds.ready("brook.wav", place.problems.append) is None
    assert place.loop("brook.wav").frames


def test_a_loop_that_is_cut_off_while_it_sounds_is_silent_from_there_on_and_says_so_once(place):
    place.put("brook.wav", noise(LENGTH_S))
    loop = place.loop("brook.wav")
    file = place.files()[0]
    os.truncate(file, file.stat().st_size // 2)
    sounds = [heard(loop, start, 4800).any() for start in range(0, loop.frames, 48_000)]
    assert sounds[0]
    assert not sounds[-1]
    assert place.problems == ["The background lacks brook.wav: it can no longer be read"]


def test_a_conversion_that_is_not_wanted_any_more_leaves_nothing(place):
    place.put("brook.wav", noise(LENGTH_S))
    answers = iter([True] * 12)
    place.sounds.convert("brook.wav", lambda: next(answers, False))
    assert not place.files()


def test_a_full_disk_is_one_line_and_leaves_nothing(place, small_disk):
    place.put("brook.wav", noise(60))
    sounds = OwnSounds(place.folder, small_disk)
    with pytest.raises(OwnSoundError, match=r"^The background lacks brook\.wav: .* no room for it"):
        sounds.convert("brook.wav")
    assert list(small_disk.iterdir()) == []


def test_a_disk_that_others_fill_meanwhile_is_told_of_as_a_full_one(place, small_disk):
    """Although what was written of the loop has left room again by then."""
    place.put("brook.wav", noise(2.1))

    def fill_once_it_is_written() -> bool:
        if any(part.stat().st_size > 100_000 for part in small_disk.glob("*.part")):
            with suppress(OSError), (small_disk / "anything").open("ab", buffering=0) as file:
                while file.write(bytes(4096)):
                    pass
        return True

    with pytest.raises(
        OwnSoundError, match=r"^The background lacks brook\.wav: .* no room for it on the disk"
    ):
        OwnSounds(place.folder, small_disk).convert("brook.wav", fill_once_it_is_written)
    assert [path.name for path in small_disk.iterdir()] == ["anything"]


def test_the_listing_names_what_can_be_chosen_and_why_something_cannot(place):
    for name in ("Brook.WAV", "fire: 2.ogg", "a+b.wav", "notes.txt", ".hidden.wav", "rain\n.wav"):
        (place.folder / name).touch()
    (place.folder / "folder.wav").mkdir()
    listed = {sound.name: sound.problem for sound in place.sounds.listing()}
    assert listed.keys() == {"Brook.WAV", "fire: 2.ogg", "a+b.wav", "rain\n.wav"}
    assert listed["Brook.WAV"] == listed["fire: 2.ogg"] == ""
    assert "rename it" in listed["a+b.wav"]
    assert "rename it" in listed["rain\n.wav"]
    for name in ("Brook.WAV", "fire: 2.ogg"):
        assert parse_background(f"own:{name}:1") == (Part(f"own:{name}"),)


def test_without_a_folder_there_are_none(tmp_path):
    assert OwnSounds(tmp_path / "absent", tmp_path / "converted").listing() == ()


@pytest.mark.parametrize("name", ["../x.wav", "/etc/passwd", "..", ""])
def test_no_name_leads_out_of_the_folder(place, name):
    with pytest.raises(OwnSoundError):
        place.sounds.convert(name)


def test_how_a_background_begins_and_ends_is_handed_on(place):
    bed = BackgroundMaker(place.sounds, place.problems.append).bed(Background((), 60, 5))
    assert (bed.ambience, bed.linger_s, bed.fade_out_s) == (None, 60, 5)


def test_its_level_in_a_mixture_is_that_of_a_volume_slider(place, brook):
    place.put("brook.wav", noise(LENGTH_S))
    bed = BackgroundMaker(place.sounds, place.problems.append).bed(Background((Part("own:brook.wav", 0.5),)))
    np.testing.assert_allclose(
        heard(bed.ambience, 0, 4800), 10 ** (-20.5 / 20) * heard(brook, 0, 4800), atol=1e-6
    )


@pytest.mark.parametrize("name", ["x.mp3", "x.flac", "x.wav", "x.ogg"])
def test_a_text_with_a_sounds_name_is_told_in_plain_words(place, name):
    place.folder.mkdir(parents=True, exist_ok=True)
    (place.folder / name).write_text("a letter, and no sound\n" * 200)
    BackgroundMaker(place.sounds, place.problems.append).bed(Background((Part(f"own:{name}"),)))
    assert place.problems == [f"The background lacks {name}: it is not a sound file that can be read"]


def test_a_sound_that_breaks_off_in_a_strange_way_is_damaged(place):
    soundfile.write(place.folder / "x.flac", noise(20), SAMPLE_RATE_HZ)
    whole = (place.folder / "x.flac").read_bytes()
    (place.folder / "x.flac").write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))
    BackgroundMaker(place.sounds, place.problems.append).bed(Background((Part("own:x.flac"),)))
    assert place.problems == ["The background lacks x.flac: it is damaged"]
