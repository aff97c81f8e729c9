"""`sleepcalm voices` and `routines --example`: with a small script as engine, and the real espeak-ng."""

from __future__ import annotations

import shutil
import signal
import stat
import tomllib
from pathlib import Path

import pytest

from sleepcalm.audio.voices.clip_names import folder_name
from sleepcalm.audio.voices.library import VoiceLibrary, VoiceListing
from sleepcalm.storage.preferences_file import PreferencesFile

VOICE = "espeak-ng:en-gb"
UNSPOKEN = "No narrator has spoken this."


def test_voices_for_machines(sleepcalm, engine, two_words, data):
    rows = {row["narrator"]: row for row in sleepcalm("voices", "--json").json}
    assert list(rows) == ["slt", VOICE]
    assert rows["slt"]["is_chosen"]
    assert not rows["slt"]["speaks_own_routines"]
    assert rows["slt"]["clips"] == rows["slt"]["wanted"] - 1
    assert rows[VOICE] == {
        "narrator": VOICE, "engine": "espeak-ng", "language": "en-gb", "clips": 0,
        "wanted": rows["slt"]["wanted"], "is_chosen": False, "speaks_own_routines": True,
    }  # fmt: skip
    assert [path.name for path in data.iterdir()] == ["routines"]


def test_voices_for_people(sleepcalm, engine):
    lines = sleepcalm("voices").out.splitlines()
    assert lines[0].startswith("* slt ")
    assert lines[1].startswith(f"+ {VOICE} ")
    sleepcalm("voices", "use", VOICE)
    assert [line[0] for line in sleepcalm("voices").out.splitlines()] == [" ", "*"]
    everyone = sleepcalm("voices", "--all").out
    assert "espeak-ng:de " in everyone
    assert "mbrola" not in everyone


def test_the_columns_stand_below_one_another_whatever_the_names(sleepcalm, engine, monkeypatch):
    long = VoiceListing("espeak-ng:en-gb-scotland-of-a-long-name", "espeak-ng", "en-gb-scotland", 0, 482)
    short = VoiceListing("slt", "built-in", "en", 482, 482)
    monkeypatch.setattr(VoiceLibrary, "listings", lambda *_args, **_how: ((short, long), ()))
    lines = sleepcalm("voices").out.splitlines()
    assert len({line.index(" of 482 sentences") for line in lines}) == 1
    assert lines[0].index(" en ") == lines[1].index(" en-gb-scotland ")


def test_a_chosen_speaker_that_the_list_lacks_is_named(sleepcalm, engine, two_words, data):
    """It is the one that `play` tries, so the list must not keep quiet about it."""
    sleepcalm("voices", "use", "espeak-ng:de")
    of_english = sleepcalm("voices")
    assert [line[0] for line in of_english.out.splitlines()] == [" ", " "]
    told = "sleepcalm: espeak-ng:de is chosen to speak your own routines, and is not among these voices"
    assert of_english.complaint == told
    rows = sleepcalm("voices", "--all", "--json")
    assert rows.err == ""
    assert [row["narrator"] for row in rows.json if row["speaks_own_routines"]] == ["espeak-ng:de"]
    (engine().parent / "bin" / "espeak-ng").unlink()
    assert told in sleepcalm("voices", "--all").err.splitlines()
    played = sleepcalm("play", two_words, "--output=silent", "--speed=50", "--background=none")
    assert "espeak-ng:de is speaking" in played.err
    assert "espeak-ng is not installed" in played.err


def test_a_routine_is_spoken_by_the_voice_once_all_of_it_is_rendered(sleepcalm, engine, two_words, data):
    assert sleepcalm("voices", "use", VOICE).out.splitlines()[0] == f"{VOICE} speaks from now on"
    before = sleepcalm("timeline", two_words, "--json")
    assert [cue["clip"] for cue in before.json["cues"] if cue["text"] == UNSPOKEN] == [None]
    assert before.complaint == (
        "sleepcalm: 1 of 2 sentences have no clip yet and get the time that reading takes; "
        "sleepcalm play two-words has them spoken first, where a speech engine is installed"
    )
    sentences = {cue["text"] for cue in sleepcalm("timeline", "pmr-7", "--json").json["cues"]}
    lacks = sleepcalm("timeline", "pmr-7").complaint
    assert lacks.startswith(f"sleepcalm: {VOICE} lacks ")
    assert lacks.endswith(f", so slt speaks it; to make them: sleepcalm voices render {VOICE}")
    assert len(sentences) > 2
    answer = sleepcalm("voices", "render", VOICE, two_words)
    assert (answer.status, answer.out, answer.err) == (0, "2 of 2 clips are there, 2 of them new\n", "")
    after = sleepcalm("timeline", two_words, "--json")
    assert after.err == ""
    folder = data / "voices" / folder_name(VOICE)
    for cue in after.json["cues"]:
        if cue["text"]:
            assert Path(cue["clip"]).parent == folder
            assert Path(cue["clip"]).is_file()
    other = sleepcalm("timeline", "pmr-7", "--json")
    assert "so slt speaks it" in other.complaint
    assert all(not cue["clip"] or cue["clip"].startswith("audio/slt/") for cue in other.json["cues"])


def test_a_damaged_clip_gives_the_whole_routine_back_to_the_built_in_voice(
    sleepcalm, engine, two_words, data
):
    sleepcalm("voices", "use", VOICE)
    sleepcalm("voices", "render", VOICE, two_words)
    next((data / "voices" / folder_name(VOICE)).glob("no-narrator-*.flac")).write_bytes(b"fLaC")
    answer = sleepcalm("timeline", two_words, "--json")
    assert "1 of 2 sentences have no clip yet" in answer.complaint
    assert [bool(cue["clip"]) for cue in answer.json["cues"] if cue["text"]] == [True, False]
    assert answer.json["cues"][0]["clip"].startswith("audio/slt/")


def test_what_was_rendered_is_not_rendered_again(sleepcalm, engine, two_words):
    log = engine()
    sleepcalm("voices", "render", VOICE, two_words)
    assert sleepcalm("voices", "render", VOICE, two_words).out == "2 of 2 clips are there, 0 of them new\n"
    assert sorted(log.read_text().splitlines()) == sorted(
        [UNSPOKEN, "There is nothing to get right tonight."]
    )


@pytest.mark.parametrize(
    ("voice", "reason"),
    [
        ("nobody", "there is no voice 'nobody'"),
        ("folder:nowhere", "there is no folder 'nowhere' in "),
        ("folder:..", "there is no folder '..' in "),
        ("slt", "slt comes with the program and has all its clips"),
        ("espeak-ng:", "there is no voice 'espeak-ng:'"),
    ],
)
def test_a_voice_that_cannot_be_rendered_is_wrong_use(sleepcalm, engine, voice, reason):
    answer = sleepcalm("voices", "render", voice)
    assert answer.status == 2
    assert reason in answer.complaint


@pytest.mark.parametrize(
    "voice",
    [
        "nobody",
        "espeak-ng:nobody",
        "folder:nowhere",
        "",
        "../slt",
        "piper:none",
        "piper:~nobody-here/en.onnx",
        "espeak-ng:\udcff",  # as an argument that is not UTF-8 comes
    ],
)
def test_a_voice_that_is_not_there_cannot_be_chosen(sleepcalm, engine, data, voice):
    answer = sleepcalm("voices", "use", voice)
    assert answer.status == 2
    assert answer.complaint
    assert not (data / "preferences.json").exists()


def test_a_folder_of_recordings_has_one_line_whatever_it_is_called(sleepcalm, data):
    for name in ("an\nna", "b\x1b[2J", "b\udcff"):
        (data / "recordings" / name).mkdir(parents=True)
    lines = [line for line in sleepcalm("voices").out.splitlines() if "folder:" in line]
    assert [line.split()[0] for line in lines] == ["folder:an?na", "folder:b?[2J", "folder:b?"]
    assert all(line.endswith(" sentences") for line in lines)
    assert "some of it is no text" in sleepcalm("voices", "render", "folder:b\udcff").complaint


@pytest.mark.parametrize("narrator", ["nobody", "../../etc", "robot:en", "espeak-ng:", "folder: "])
def test_an_unknown_narrator_leaves_the_word_to_the_built_in_one(sleepcalm, data, narrator):
    data.mkdir()
    (data / "preferences.json").write_text(f'{{"narrator": "{narrator}"}}')
    answer = sleepcalm("timeline", "pmr-7", "--json")
    assert answer.complaint == f"sleepcalm: There is no narrator {narrator!r}; slt speaks."
    assert answer.json["cues"][0]["clip"].startswith("audio/slt/")


def test_an_engine_that_is_not_installed_is_named(sleepcalm, tmp_path, monkeypatch, two_words):
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = sleepcalm("voices", "render", VOICE, two_words)
    assert answer.status == 1
    assert answer.complaint == "sleepcalm: espeak-ng is not installed: on Debian, apt-get install espeak-ng"


def test_ctrl_c_keeps_what_is_done(processes, engine, two_words, data):
    log = engine(stuck_at=3)
    processes.environment["PATH"] = str(log.parent / "bin")
    process = processes.start("voices", "render", VOICE)
    manifest = data / "voices" / folder_name(VOICE) / "manifest.json"
    while not manifest.exists() or manifest.read_text().count('"sentence"') < 2:
        assert process.poll() is None, process.stderr.read()
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert err.startswith("sleepcalm: stopped; ")
    assert err.count("\n") == 1
    done = manifest.read_text().count('"sentence"')
    assert f"stopped; {done} of " in err
    assert not list(manifest.parent.glob(".part-*"))


def test_file_names_for_recordings(sleepcalm, two_words):
    lines = sleepcalm("voices", "names", two_words).out.splitlines()
    names = dict(reversed(line.split("\t")) for line in lines)
    assert names[UNSPOKEN].startswith("no-narrator-has-spoken-this-")


def test_an_example_of_an_own_routine_is_written_once_and_works(sleepcalm, data):
    answer = sleepcalm("routines", "--example")
    path = data / "routines" / "example.toml"
    assert (answer.status, str(path) in answer.out) == (0, True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tomllib.loads(path.read_text())["id"] == "my-own-routine"
    listed = sleepcalm("routines", "--json")
    assert listed.err == ""
    assert "my-own-routine" in [row["id"] for row in listed.json]
    path.write_text("mine now")
    again = sleepcalm("routines", "--example")
    assert again.status == 1
    assert again.complaint == f"sleepcalm: {path} is there already and was kept"
    assert path.read_text() == "mine now"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_real_espeak_ng_from_rendering_to_the_timeline(sleepcalm, two_words, data):
    assert any(row["narrator"] == VOICE for row in sleepcalm("voices", "--json").json)
    assert sleepcalm("voices", "render", VOICE, two_words).status == 0
    assert sleepcalm("voices", "use", VOICE).status == 0
    assert PreferencesFile(data).load(None)[0].narrator == VOICE
    cues = [cue for cue in sleepcalm("timeline", two_words, "--json").json["cues"] if cue["text"]]
    assert all(1 < cue["end_s"] - cue["start_s"] < 4 and Path(cue["clip"]).is_file() for cue in cues)
    refused = sleepcalm("voices", "use", "espeak-ng:nobody")
    assert refused.status == 2
    assert "voice does not exist" in refused.complaint
