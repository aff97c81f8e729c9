"""Rendering a voice: what counts as done, what a stop, a kill or a fault leaves, and how loud it is."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest
import soundfile
from filelock import FileLock
from voice_desk import Desk, FakeEngine

from sleepcalm.audio.clips import ClipReader
from sleepcalm.audio.narration import NarrationError
from sleepcalm.audio.voices.background_renderer import BackgroundRenderer
from sleepcalm.audio.voices.engine import VoiceError
from sleepcalm.audio.voices.loudness import loudness_lufs, true_peak_dbtp
from sleepcalm.audio.voices.progress import Outcome, Progress

SENTENCES = ("And let go.", "Let a slow breath go out.", "It is quiet now.", "Rest a while longer here.")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, FakeEngine())


def test_every_sentence_becomes_a_clip_that_the_player_can_read(desk: Desk) -> None:
    outcome = desk.render(*SENTENCES)
    assert outcome == Outcome(4, 4, made=4)
    assert outcome.is_complete
    voice = desk.voice()
    assert (voice.name, voice.engine, set(voice.clips)) == (desk.narrator, "espeak-ng", set(SENTENCES))
    for clip in voice.clips.values():
        samples = ClipReader(desk.folder / "anywhere").samples(clip)
        assert len(samples) == clip.frames


def test_clips_are_as_loud_as_those_of_the_built_in_voice(desk: Desk) -> None:
    desk.render(*SENTENCES)
    for path in desk.rendered().glob("*.flac"):
        samples, rate_hz = soundfile.read(path)
        assert rate_hz == 48_000
        assert loudness_lufs(samples) == pytest.approx(-23, abs=0.5)
        assert true_peak_dbtp(samples) <= -3


def test_what_is_rendered_is_the_users_own(desk: Desk) -> None:
    desk.render(*SENTENCES)
    folder = desk.rendered()
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_second_run_speaks_nothing_and_progress_begins_at_what_is_there(desk: Desk) -> None:
    desk.render(*SENTENCES[:2], known=SENTENCES)
    desk.progress.clear()
    assert desk.render(*SENTENCES) == Outcome(4, 4, made=2)
    assert desk.engine.asked == list(SENTENCES)
    assert desk.progress == [Progress(2, 4), Progress(3, 4, SENTENCES[2]), Progress(4, 4, SENTENCES[3])]
    assert [progress.share for progress in desk.progress] == [0.5, 0.75, 1.0]


def test_clips_of_sentences_that_nobody_says_any_more_go_and_others_stay(desk: Desk) -> None:
    desk.render(*SENTENCES)
    desk.render(SENTENCES[0], known=SENTENCES[:2])
    assert set(desk.voice().clips) == set(SENTENCES[:2])
    assert len(list(desk.rendered().glob("*.flac"))) == 2


def test_a_stop_keeps_what_is_done_and_the_next_run_goes_on(desk: Desk) -> None:
    desk.engine.before = lambda sentence, cancel: cancel.set() if sentence == SENTENCES[2] else None
    outcome = desk.render(*SENTENCES)
    assert (outcome.done, outcome.was_cancelled, outcome.is_complete, outcome.problems) == (
        2,
        True,
        False,
        (),
    )
    assert set(desk.voice().clips) == set(SENTENCES[:2])
    assert not list(desk.rendered().glob(".part-*"))
    desk.engine.before = lambda _sentence, _cancel: None
    desk.cancel = Event()
    assert desk.render(*SENTENCES).is_complete
    assert desk.engine.asked == [*SENTENCES[:3], *SENTENCES[2:]]


def test_a_stop_while_clips_are_looked_at_changes_nothing(desk: Desk) -> None:
    desk.render(*SENTENCES)
    desk.cancel.set()
    assert desk.render(*SENTENCES).was_cancelled
    assert set(desk.voice().clips) == set(SENTENCES)


@pytest.mark.parametrize("damage", [b"", b"fLaC", None])
def test_a_damaged_clip_is_never_used_and_is_made_anew(desk: Desk, damage: bytes | None) -> None:
    desk.render(*SENTENCES)
    (path,) = desk.rendered().glob("and-let-go-*.flac")
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert set(desk.voice().clips) == set(SENTENCES[1:])
    assert desk.render(*SENTENCES) == Outcome(4, 4, made=1)
    assert set(desk.voice().clips) == set(SENTENCES)


def test_a_clip_with_a_changed_byte_is_made_anew(desk: Desk) -> None:
    desk.render(SENTENCES[0])
    (path,) = desk.rendered().glob("and-let-go-*.flac")
    content = bytearray(path.read_bytes())
    content[4:60] = bytes(56)
    path.write_bytes(content)
    assert desk.render(SENTENCES[0]).made == 1


@pytest.mark.parametrize("text", ["{", "[]", '{"clips": 7}', "\x00", '{"format": 9}'])
def test_a_damaged_manifest_is_named_and_mended(desk: Desk, text: str) -> None:
    desk.render(*SENTENCES)
    (desk.rendered() / "manifest.json").write_text(text)
    with pytest.raises(NarrationError, match=r"manifest\.json: "):
        desk.voice()
    assert desk.render(*SENTENCES) == Outcome(4, 4, made=4)
    assert set(desk.voice().clips) == set(SENTENCES)


def test_a_manifest_of_another_voice_is_not_believed(desk: Desk) -> None:
    desk.render(*SENTENCES)
    manifest = desk.rendered() / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "voice": "espeak-ng:de"}))
    with pytest.raises(NarrationError, match="is of the voice espeak-ng:de"):
        desk.voice()


def test_a_sentence_that_cannot_be_spoken_does_not_stop_the_others(desk: Desk) -> None:
    outcome = desk.render("An unspeakable word.", *SENTENCES, "...")
    assert (outcome.done, outcome.wanted, outcome.is_complete) == (4, 5, False)
    assert outcome.problems == ("the engine refuses 'An unspeakable word.'",)


def test_an_engine_that_always_fails_is_given_up(desk: Desk) -> None:
    outcome = desk.render(*(f"unspeakable {number}" for number in range(50)))
    assert len(desk.engine.asked) == 5
    assert outcome.problems[-1] == "gave up after 5 failures in a row"


def test_an_engine_that_has_gone_is_one_line_and_what_was_rendered_stays(desk: Desk) -> None:
    desk.render(*SENTENCES[:2], known=SENTENCES)
    desk.engine.is_there = False
    outcome = desk.render(*SENTENCES)
    assert (outcome.done, outcome.problems) == (2, ("there is no en-test here",))
    assert set(desk.voice().clips) == set(SENTENCES[:2])


@pytest.mark.parametrize("narrator", ["nobody", "espeak-ng:", "folder:../etc", "folder:", "folder:none", ""])
def test_a_voice_that_there_is_not_is_named(desk: Desk, narrator: str) -> None:
    with pytest.raises(VoiceError, match="there is no"):
        desk.render(*SENTENCES, narrator=narrator)
    assert not desk.folders.rendered.exists()


def test_two_do_not_render_one_voice_at_once(desk: Desk) -> None:
    desk.render(SENTENCES[0])
    with FileLock(desk.folders.locks / f"{desk.rendered().name}.lock"):
        outcome = desk.render(*SENTENCES)
    assert outcome.problems == ("espeak-ng:en-test is being rendered already, by another window or command",)
    assert set(desk.voice().clips) == {SENTENCES[0]}


def test_a_full_disk_is_one_line_and_leaves_whole_clips_only(small_disk: Path) -> None:
    desk = Desk(small_disk, FakeEngine())
    outcome = desk.render(*(f"{number} words to fill a small disk with, quite soon." for number in range(40)))
    assert not outcome.is_complete
    assert len(outcome.problems) == 1
    assert 0 < outcome.done < 40
    assert len(desk.voice().clips) == outcome.done
    assert not list(desk.rendered().glob(".part-*"))


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import soundfile
from voice_desk import Desk, FakeEngine

def die(sentence, cancel):
    if sentence == {at!r} and {when!r} == "speaking":
        os.kill(os.getpid(), signal.SIGKILL)

desk = Desk(Path({folder!r}), FakeEngine(die))
if {when!r} != "speaking":
    step = {when!r}
    original = getattr(Path, step) if step != "fsync" else os.fsync
    def dying(*arguments, **options):
        if sum(1 for _ in desk.rendered().glob("*.flac")) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **options)
    setattr(*((os, "fsync") if step == "fsync" else (Path, step)), dying)
desk.render(*{sentences!r})
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of POSIX systems")
@pytest.mark.parametrize("when", ["speaking", "fsync", "chmod", "replace"])
def test_killed_at_any_step_it_goes_on_from_whole_clips(desk: Desk, when: str) -> None:
    script = KILLED.format(
        tests=str(Path(__file__).parent),
        folder=str(desk.folder),
        at=SENTENCES[2],
        when=when,
        sentences=SENTENCES,
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    kept = desk.voice().clips
    assert {SENTENCES[0]} <= set(kept) <= set(SENTENCES[:2])
    for clip in kept.values():
        assert len(ClipReader(desk.folder).samples(clip)) == clip.frames
    outcome = desk.render(*SENTENCES)
    assert outcome == Outcome(4, 4, made=4 - len(kept))
    assert not list(desk.rendered().glob(".part-*"))


def test_in_the_background_it_tells_how_far_it_is_and_how_it_ended(desk: Desk) -> None:
    ended: SimpleQueue[Outcome] = SimpleQueue()
    renderer = BackgroundRenderer(ended.put)
    renderer.start(
        lambda cancel: desk.library.render(
            desk.narrator, SENTENCES, known=SENTENCES, on_progress=desk.progress.append, cancel=cancel
        )
    )
    assert ended.get(timeout=30) == Outcome(4, 4, made=4)
    renderer.close()
    assert ended.empty()
    assert desk.progress[-1] == Progress(4, 4, SENTENCES[3])


def test_in_the_background_it_can_be_stopped_while_an_engine_speaks(desk: Desk) -> None:
    ended: list[Outcome] = []
    is_speaking = Event()

    def long_sentence(_sentence: str, cancel: Event) -> None:
        is_speaking.set()
        assert cancel.wait(30)

    desk.engine.before = long_sentence
    renderer = BackgroundRenderer(ended.append)
    renderer.start(
        lambda cancel: desk.library.render(
            desk.narrator, SENTENCES, known=SENTENCES, on_progress=desk.progress.append, cancel=cancel
        )
    )
    assert is_speaking.wait(30)
    renderer.cancel()
    renderer.close()
    assert [(one.done, one.was_cancelled) for one in ended] == [(0, True)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_in_the_background_is_an_end_too() -> None:
    ended: list[Outcome] = []
    renderer = BackgroundRenderer(ended.append)

    def faulty(_cancel: Event) -> Outcome:
        raise ZeroDivisionError

    renderer.start(faulty)
    renderer.close()
    assert [one.problems for one in ended] == [("the rendering stopped by a fault of the program",)]
