"""What a phone's player shows of a rendered routine: title, artist, and a chapter for each step."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepcalm.audio.mixdown import MixdownError, write_mixdown
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.tags import MOST_CHAPTERS, Chapter, TagError, Tags, tags_of, write_tagged
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline, TimelineStep

TAGGED = (".flac", ".mp3", ".ogg")
needs_ffprobe = pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")


def probed(path: Path) -> tuple[dict[str, str], list[tuple[str, float, float]]]:
    """Tags and chapters as ffprobe reads them."""
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json"]
    done = subprocess.run([*command, str(path)], check=True, capture_output=True, text=True)
    assert not done.stderr
    answer = json.loads(done.stdout)
    tags = answer["format"].get("tags", {}) | answer["streams"][0].get("tags", {})
    chapters = [
        (each["tags"]["title"], float(each["start_time"]), float(each["end_time"]))
        for each in answer["chapters"]
    ]
    return {name.lower(): text for name, text in tags.items()}, chapters


@pytest.fixture(scope="module", params=TAGGED)
def untagged(request, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("untagged") / f"night{request.param}"
    sound = 0.1 * np.random.default_rng(1).standard_normal((10 * SAMPLE_RATE_HZ, 2))
    soundfile.write(path, sound, SAMPLE_RATE_HZ)
    return path


@needs_ffprobe
@pytest.mark.parametrize("suffix", TAGGED)
def test_a_rendered_routine_has_its_title_and_its_steps(timeline, tone_clips, hum, tmp_path, suffix):
    path = tmp_path / f"night{suffix}"
    mixer = Mixer(timeline, tone_clips, Bed(hum, fade_out_s=4))
    write_mixdown(mixer, path, Gains.constant(1, 1), replace=False, on_progress=lambda _: None)
    tags, chapters = probed(path)
    assert (tags["title"], tags["artist"]) == ("R", "SleepCalm")
    assert [title for title, _, _ in chapters] == ["First", "Second"]
    assert [start_s for _, start_s, _ in chapters] == pytest.approx([0, 3], abs=0.002)
    assert chapters[-1][2] == pytest.approx(8, abs=0.1)


@needs_ffprobe
def test_words_of_any_script_are_kept(untagged, tmp_path):
    tags = Tags("Größe 安らぎ — a = b", (Chapter("Прогулка", 0, 5000), Chapter("Zweitens: é", 5000, 10_000)))
    target = tmp_path / untagged.name
    write_tagged(untagged, target, tags)
    found, chapters = probed(target)
    assert found["title"] == tags.title
    assert [title for title, _, _ in chapters] == ["Прогулка", "Zweitens: é"]


@needs_ffprobe
def test_as_many_chapters_as_a_long_routine_has(untagged, tmp_path):
    tags = Tags("Long", tuple(Chapter(f"Step {n} of the routine", 30 * n, 30 * n + 30) for n in range(255)))
    target = tmp_path / untagged.name
    write_tagged(untagged, target, tags)
    _, chapters = probed(target)
    assert [title for title, _, _ in chapters] == [chapter.title for chapter in tags.chapters]
    assert [start_s for _, start_s, _ in chapters] == pytest.approx([0.03 * n for n in range(255)], abs=0.002)


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400), st.integers(0, 40))
def test_the_sound_is_as_it_was(untagged, tmp_path_factory, title, count):
    tags = Tags(title, tuple(Chapter(f"{title[:50]} {n}", 100 * n, 100 * n + 100) for n in range(count)))
    target = tmp_path_factory.mktemp("tagged") / untagged.name
    write_tagged(untagged, target, tags)
    assert np.array_equal(soundfile.read(target)[0], soundfile.read(untagged)[0])
    again = target.with_name(f"again{target.suffix}")
    if target.suffix != ".mp3":  # nobody tags twice, but what stands there is replaced and not added to
        write_tagged(target, again, tags)
        assert again.read_bytes() == target.read_bytes()


def test_steps_in_a_row_with_the_same_title_are_one_chapter(timeline):
    def step(title: str, start_s: float) -> TimelineStep:
        frame = round(start_s * SAMPLE_RATE_HZ)
        return replace(timeline.steps[0], title=title, start_frame=frame)

    steps = (step("Arm", 0), step("Arm", 10), step("Leg", 20), step("Arm", 30.5))
    tags = tags_of(replace(timeline, steps=steps), 40 * SAMPLE_RATE_HZ)
    assert tags.chapters == (
        Chapter("Arm", 0, 20_000),
        Chapter("Leg", 20_000, 30_500),
        Chapter("Arm", 30_500, 40_000),
    )


def test_more_steps_than_a_table_of_contents_can_count_end_in_one_long_chapter(timeline):
    steps = tuple(
        replace(timeline.steps[0], title=str(number), start_frame=number * 48) for number in range(300)
    )
    chapters = tags_of(replace(timeline, steps=steps), 48_000).chapters
    assert len(chapters) == MOST_CHAPTERS
    assert chapters[-1] == Chapter("254", 254, 1000)


def test_what_is_no_such_file_is_refused(tmp_path):
    tags = Tags("R", ())
    for suffix in (".flac", ".ogg"):
        for content in (b"", b"OggS", b"fLaC\0", b"rubbish" * 100):
            source = tmp_path / f"rubbish{suffix}"
            source.write_bytes(content)
            with pytest.raises(TagError):
                write_tagged(source, tmp_path / f"target{suffix}", tags)


def test_titles_that_have_no_room_are_an_error_and_leave_nothing(timeline: Timeline, tone_clips, tmp_path):
    long = replace(timeline, title="x" * 70_000)
    with pytest.raises(MixdownError, match=r"was not written: the titles are too long"):
        write_mixdown(
            Mixer(long, tone_clips, Bed(None)),
            tmp_path / "night.ogg",
            Gains.constant(1, 1),
            replace=False,
            on_progress=lambda _: None,
        )
    assert list(tmp_path.iterdir()) == []
