"""Which voice a name in the preferences stands for, whatever the name and the folders hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.audio.narrator import read_narrator
from sleepcalm.audio.voices.clip_names import folder_name

ROOT = Path(__file__).resolve().parents[2]


def write_voice(folder: Path, name: str, engine: str, *sentences: str) -> None:
    folder.mkdir(parents=True)
    clips = [
        {"sentence": sentence, "file": f"{number}.flac", "frames": 9, "bytes": 3}
        for number, sentence in enumerate(sentences)
    ]
    for clip in clips:
        (folder / clip["file"]).write_bytes(b"abc")
    table = {"format": 1, "voice": name, "engine": engine, "licence": "free", "sample_rate_hz": 48_000}
    (folder / "manifest.json").write_text(json.dumps({**table, "clips": clips}))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Built-in voices slt and ann; robot:one is rendered, robot:two damaged."""
    root = tmp_path_factory.mktemp("voices")
    audio, cache = root / "audio", root / "cache"
    write_voice(audio / "slt", "slt", "festival", "One.", "Two.")
    write_voice(audio / "ann", "ann", "festival", "One.")
    write_voice(cache / folder_name("piper:one"), "piper:one", "piper", "One.", "Three.")
    write_voice(cache / folder_name("piper:two"), "piper:two", "piper", "One.")
    (cache / folder_name("piper:two") / "manifest.json").write_text("{")
    return audio, cache


def test_a_built_in_voice_speaks_for_itself(folders: tuple[Path, Path]) -> None:
    narrator, notices = read_narrator("ann", *folders)
    assert (narrator.voice and narrator.voice.name, narrator.chosen, notices) == ("ann", None, ())


def test_a_rendered_voice_speaks_the_routines_that_it_has_all_of(folders: tuple[Path, Path]) -> None:
    narrator, notices = read_narrator("piper:one", *folders)
    assert notices == ()
    clip = narrator.clips_for({"One.", "Three."})["Three."]
    assert Path(clip.path) == folders[1].absolute() / folder_name("piper:one") / "1.flac"
    assert narrator.clips_for({"One.", "Two."})["One."].path == "slt/0.flac".replace("slt", "audio/slt")
    assert narrator.missing({"One.", "Two."}) == 1


def test_a_voice_that_is_not_rendered_yet_is_no_reason_for_a_notice(folders: tuple[Path, Path]) -> None:
    narrator, notices = read_narrator("espeak-ng:en-gb", *folders)
    assert (narrator.voice and narrator.voice.name, notices) == ("espeak-ng:en-gb", ())
    assert narrator.stand_in({"One."}).startswith("espeak-ng:en-gb lacks 1 of the 1 sentences")


def test_a_damaged_voice_is_named_and_the_built_in_one_speaks(folders: tuple[Path, Path]) -> None:
    narrator, (notice,) = read_narrator("piper:two", *folders)
    assert notice.startswith("piper:two has to be rendered anew, slt speaks meanwhile: ")
    assert narrator.clips_for({"One."})["One."].path == "audio/slt/0.flac"


@given(name=st.text(max_size=40) | st.from_regex(r"(piper|folder|say|[a-z]*):?[ -~]*", fullmatch=True))
def test_any_name_gives_a_narrator_and_at_most_one_notice(folders: tuple[Path, Path], name: str) -> None:
    narrator, notices = read_narrator(name, *folders)
    assert len(notices) <= 1
    assert all("\n" not in notice for notice in notices)
    assert narrator.clips_for({"Two."})["Two."].path.startswith("audio/")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["format", "clips", "voice", "sentence", "file", "frames", "bytes", "engine"]
                ),
                inner,
            )
        ),
    )
)
def test_any_manifest_gives_a_narrator(tmp_path_factory: pytest.TempPathFactory, table: object) -> None:
    cache = tmp_path_factory.mktemp("cache")
    folder = cache / folder_name("piper:x")
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(table))
    narrator, notices = read_narrator("piper:x", cache / "none", cache)
    assert len(notices) == 2
    assert narrator.clips_for({"One."}) == {}


def test_reading_a_narrator_brings_in_no_sound_library() -> None:
    script = (
        "import sys, sleepcalm.audio.narrator;"
        "print(sorted({'numpy', 'soundfile', 'pydub', 'filelock', 'subprocess'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
