"""Reading a voice's manifest: what is accepted, what is refused, and that it costs no heavy import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sleepcalm.audio.narration import NarrationError, read_voice, voices
from sleepcalm.relaxation.timeline import Clip

ROOT = Path(__file__).resolve().parents[2]


def manifest(**changes: object) -> dict[str, object]:
    table: dict[str, object] = {
        "format": 1,
        "voice": "ann",
        "engine": "festival",
        "engine_voice": "ann_hts",
        "licence": "free",
        "sample_rate_hz": 48_000,
        "preparation": 1,
        "clips": [{"sentence": "And let go.", "file": "and-let-go-1a2b3c4d.flac", "frames": 33_000}],
    }
    return table | changes


def voice_folder(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "audio" / "ann"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder


def test_a_voice_maps_each_sentence_to_its_clip_below_the_assets_folder(tmp_path: Path) -> None:
    voice = read_voice(voice_folder(tmp_path, json.dumps(manifest())))
    assert (voice.name, voice.engine, voice.licence, voice.sample_rate_hz) == (
        "ann",
        "festival",
        "free",
        48_000,
    )
    assert dict(voice.clips) == {"And let go.": Clip("audio/ann/and-let-go-1a2b3c4d.flac", 33_000)}


def test_a_clip_has_the_loudness_that_is_listed(tmp_path: Path) -> None:
    text = json.dumps(manifest(clips=clip(loudness_lufs=-22.4)))
    (found,) = read_voice(voice_folder(tmp_path, text)).clips.values()
    assert found.loudness_lufs == -22.4


def test_voices_are_the_folders_with_a_manifest_sorted_by_name(tmp_path: Path) -> None:
    for name in ("slt", "ann"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").touch()
    (tmp_path / "empty").mkdir()
    assert voices(tmp_path) == ("ann", "slt")
    assert voices(tmp_path / "not there") == ()


def clip(**changes: object) -> list[dict[str, object]]:
    return [{"sentence": "And let go.", "file": "a.flac", "frames": 1} | changes]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not valid JSON"),
        ("[]", "must hold an object"),
        ("{}", "'format' is missing"),
        (json.dumps(manifest(format=2)), "format 2 is not the known format 1"),
        (json.dumps(manifest(sample_rate_hz=44_100)), "sample_rate_hz must be 48000"),
        (json.dumps(manifest(licence=" ")), "licence must be text"),
        (json.dumps(manifest(voice=None)), "voice must be text"),
        (json.dumps(manifest(clips={})), "clips must be a list"),
        (json.dumps(manifest(clips=["a"])), "clip 1 must be an object"),
        (json.dumps(manifest(clips=clip(frames=0))), "clip 1: frames must be a whole number above 0"),
        (json.dumps(manifest(clips=clip(frames=True))), "clip 1: frames must be"),
        (json.dumps(manifest(clips=clip(frames=1.5))), "clip 1: frames must be"),
        (json.dumps(manifest(clips=clip(loudness_lufs=-12.0))), "clip 1: loudness_lufs must be near -23.0"),
        (json.dumps(manifest(clips=clip(loudness_lufs=None))), "clip 1: loudness_lufs must be near"),
        (json.dumps(manifest(clips=clip(loudness_lufs=float("nan")))), "loudness_lufs must be near"),
        (json.dumps(manifest(clips=clip(file="../a.flac"))), "clip 1: file '../a.flac' must be a plain"),
        (json.dumps(manifest(clips=clip(file=7))), "file must be text"),
        (json.dumps(manifest(clips=clip() + clip())), "clip 2: the sentence 'And let go.' has a clip"),
        (json.dumps(manifest(clips=[{"file": "a.flac", "frames": 1}])), "'sentence' is missing"),
    ],
)
def test_a_damaged_manifest_gives_one_line_with_file_and_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    folder = voice_folder(tmp_path, text)
    with pytest.raises(NarrationError) as error:
        read_voice(folder)
    message = str(error.value)
    assert message.startswith(f"{folder / 'manifest.json'}: ")
    assert reason in message
    assert "\n" not in message


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(NarrationError, match="cannot be read: No such file"):
        read_voice(tmp_path)


def test_a_manifest_that_may_never_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "slt").mkdir()
    os.mkfifo(tmp_path / "slt" / "manifest.json")
    with pytest.raises(NarrationError, match="cannot be read: it is no ordinary file"):
        read_voice(tmp_path / "slt")


def test_a_manifest_that_is_not_text_is_refused(tmp_path: Path) -> None:
    folder = voice_folder(tmp_path, "")
    (folder / "manifest.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NarrationError, match="not valid JSON"):
        read_voice(folder)


def test_the_reader_brings_in_no_sound_library() -> None:
    script = (
        "import sys, sleepcalm.audio.narration as n; n.voices;"
        "print(sorted({'numpy', 'soundfile', 'pydub', 'scipy', 'miniaudio'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
