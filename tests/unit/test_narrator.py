"""Which voice a name in the preferences stands for, whatever the name and the folders hold."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.audio.narration import Voice
from sleepcalm.audio.narrator import (
    ENGINE_KINDS,
    FALLBACK_NAME,
    Narrator,
    read_narrator,
    remembered_fallback,
    with_fallback,
)
from sleepcalm.audio.voices.clip_names import folder_name
from sleepcalm.relaxation.clip import Clip

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


@pytest.mark.parametrize("name", ["n" * 4000, "nobody:" + "n" * 4000, "piper:" + "n" * 4000])
def test_however_long_a_name_is_its_notice_is_short(folders: tuple[Path, Path], name: str) -> None:
    audio, cache = folders
    damaged = cache / folder_name(name)
    damaged.mkdir(exist_ok=True)
    (damaged / "manifest.json").write_text("{")
    _, (notice,) = read_narrator(name, audio, cache)
    assert "n" * 10 in notice
    assert len(notice.replace(str(cache), "")) < 250


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


SLT = Voice("slt", "festival", "free", 48_000, {text: Clip(f"slt/{text}", 1) for text in "ABC"})


def engine_voice(name: str, sentences: str) -> Voice:
    clips = {text: Clip(f"{name}/{text}", 1) for text in sentences}
    return Voice(name, name.partition(":")[0], "free", 48_000, clips)


def speakers(narrator: Narrator, sentences: str) -> set[str]:
    clips = narrator.clips_for(set(sentences))
    return {clips[text].path.partition("/")[0] for text in sentences if text in clips}


def test_what_the_built_in_voice_lacks_the_fallback_speaks_once_it_has_all_of_it() -> None:
    ready = Narrator(SLT, fallback=engine_voice("piper:x", "AXY"))
    assert speakers(ready, "AXY") == {"piper:x"}
    assert ready.unspoken(set("AXY")) == 0
    half = Narrator(SLT, fallback=engine_voice("piper:x", "AX"))
    assert speakers(half, "AXY") == {"slt"}
    assert half.unspoken(set("AXY")) == 2


def test_the_built_in_voice_goes_before_the_fallback() -> None:
    assert speakers(Narrator(SLT, fallback=engine_voice("piper:x", "ABC")), "ABC") == {"slt"}


def test_an_engines_voice_that_was_chosen_speaks_it_or_nobody_does() -> None:
    chosen = Narrator(SLT, engine_voice("say:x", "AX"))
    assert speakers(chosen, "AX") == {"say:x"}
    assert chosen.unspoken(set("AXY")) == 2
    assert chosen.stand_in(set("AXY")) == ""
    assert chosen.left_to_built_in(set("AXY")) == 0
    assert chosen.left_to_built_in(set("AB")) == 1


def test_own_recordings_go_before_the_fallback_sentence_by_sentence() -> None:
    recorded = Narrator(SLT, engine_voice("folder:me", "AX"), mixes=True)
    assert recorded.unspoken(set("AXY")) == 1
    filled = replace(recorded, fallback=engine_voice("piper:x", "AXY"))
    assert speakers(filled, "AX") == {"folder:me"}
    assert speakers(filled, "AXY") == {"folder:me", "piper:x"}
    assert filled.unspoken(set("AXY")) == 0


texts = st.sets(st.sampled_from("ABCXYZ")).map(sorted).map("".join)


@given(chosen=st.none() | texts, mixes=st.booleans(), fallback=st.none() | texts, sentences=texts)
def test_no_routine_is_spoken_by_two_machine_voices(
    chosen: str | None, mixes: bool, fallback: str | None, sentences: str
) -> None:
    narrator = Narrator(
        SLT,
        None if chosen is None else engine_voice("folder:me" if mixes else "say:x", chosen),
        mixes=mixes and chosen is not None,
        fallback=None if fallback is None else engine_voice("piper:x", fallback),
    )
    machines = speakers(narrator, sentences) - {"folder:me"}
    assert len(machines) <= 1
    clips = narrator.clips_for(set(sentences))
    assert narrator.unspoken(set(sentences)) == sum(text not in clips for text in sentences)
    if "piper:x" in machines:
        assert not narrator.unspoken(set(sentences))


def test_the_fallback_is_the_voice_that_was_remembered(folders: tuple[Path, Path], tmp_path: Path) -> None:
    audio, cache = folders
    own = tmp_path / "cache"
    shutil.copytree(cache, own)
    narrator, _ = read_narrator("slt", audio, own)
    assert with_fallback(narrator, own) is narrator
    (own / FALLBACK_NAME).write_text("piper:one\n")
    assert speakers_of(with_fallback(narrator, own), {"One.", "Three."}) == {folder_name("piper:one")}
    chosen, _ = read_narrator("espeak-ng:en-gb", audio, own)
    assert with_fallback(chosen, own) is chosen
    (own / FALLBACK_NAME).write_text("piper:two")  # damaged
    assert with_fallback(narrator, own) is narrator


def speakers_of(narrator: Narrator, sentences: set[str]) -> set[str]:
    return {Path(clip.path).parent.name for clip in map(narrator.clips_for(sentences).get, sentences) if clip}


@given(
    st.binary(max_size=600)
    | st.sampled_from([b"piper:", b"slt", b"folder:x", b"piper:a\nb", b"../x:y", b"say:\0"])
)
def test_a_remembered_name_is_an_engines_voice_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    (cache / FALLBACK_NAME).write_bytes(content)
    name = remembered_fallback(cache)
    assert name == "" or (name.partition(":")[0] in ENGINE_KINDS and name.isprintable())
