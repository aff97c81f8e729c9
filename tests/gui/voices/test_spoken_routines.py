"""A routine that no voice has, opened in the window: it is made, told of, and spoken from then on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from voice_window import LONG, SHORT, VOICE, SlowEngine, VoiceWindow, build, clips_of

from sleepcalm.audio.voices.clip_names import folder_name
from sleepcalm.audio.voices.engine import VoiceError
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

MACHINE = {folder_name(VOICE)}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> SlowEngine:
    engine = SlowEngine()
    monkeypatch.setattr("sleepcalm.audio.voices.library.installed_engines", lambda _folders: (engine,))
    return engine


@pytest.fixture
def opened(engine: SlowEngine, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], VoiceWindow]]:
    windows: list[VoiceWindow] = []

    def opened() -> VoiceWindow:
        window = build(qtbot, tmp_path, "slt")
        windows.append(window)
        window.voices.speak_own_routines()
        return window

    yield opened
    engine.may_go_on.set()
    engine.may_list.set()
    for window in windows:
        window.voices.close()


def line(window: VoiceWindow) -> str:
    return window.opened.tab.stage.notice.text()


def made(window: VoiceWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: clips_of(window) == MACHINE, timeout=30_000)


def test_it_is_made_at_once_and_laid_out_anew_when_all_of_it_is_there(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.holds_at = 1
    window = opened()
    tab = window.opened.tab
    before = tab.playback.timeline.duration_frames
    assert line(window) == "Looking for a voice that can speak your routine…"
    qtbot.waitUntil(
        lambda: line(window) == "Your routine is being spoken by espeak-ng… 1 of 2", timeout=30_000
    )
    assert clips_of(window) == set()
    assert tab.settings.stand_in.isHidden()
    engine.may_go_on.set()
    made(window, qtbot)
    qtbot.waitUntil(lambda: line(window) == "")
    assert sorted(engine.asked) == sorted(SHORT)
    assert tab.playback.timeline.duration_frames != before
    spoken = [cue.clip.frames for cue in tab.playback.timeline.cues if cue.clip]
    assert spoken == [cue.end_frame - cue.start_frame for cue in tab.playback.timeline.cues if cue.text]


def test_the_line_tells_of_a_voice_that_is_made_as_long_as_nothing_is_heard(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    window = opened()
    made(window, qtbot)
    qtbot.waitUntil(lambda: line(window) == "" and window.voices.making is None)
    engine.holds_at = 3
    window.voices.make(VOICE)
    words = "A voice is being made: 3 of 4 sentences"
    qtbot.waitUntil(lambda: line(window) == words, timeout=30_000)
    tab = window.opened.tab
    tab.playback.toggle()
    assert line(window) == ""
    tab.playback.pause()
    assert line(window) == ""
    tab.playback.stop()
    window.opened.sound.end()
    assert line(window) == words
    engine.may_go_on.set()
    qtbot.waitUntil(lambda: line(window) == "", timeout=30_000)


def test_the_list_follows_the_length_of_the_clips(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sleepcalm.gui.relax.lengths.length_text",
        lambda timeline: f"{timeline.duration_frames / SAMPLE_RATE_HZ:.2f} s",
    )
    window = opened()
    lengths = {}
    window.opened.tab._lengths.found.connect(lengths.__setitem__)
    made(window, qtbot)
    duration = f"{window.opened.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ:.2f} s"
    qtbot.waitUntil(lambda: lengths.get("short") == duration)


def test_what_is_heard_keeps_its_voice_to_the_end(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.holds_at = 1
    window = opened()
    tab, sound = window.opened.tab, window.opened.sound
    tab.playback.toggle()
    sound.hear(1)
    loaded = len(sound.loaded)
    engine.may_go_on.set()
    qtbot.waitUntil(lambda: line(window).startswith("Your routine is ready"), timeout=30_000)
    qtbot.waitUntil(lambda: window.voices._narrated.waits)
    assert (len(sound.loaded), len(window.adopted)) == (loaded, 1)
    tab.playback.stop()
    sound.end()
    made(window, qtbot)
    assert line(window) == ""
    assert len(engine.asked) == 2


def test_the_next_one_waits_for_the_one_that_is_being_made(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.holds_at = 1
    window = opened()
    qtbot.waitUntil(lambda: "1 of 2" in line(window), timeout=30_000)
    window.opened.tab.choose_routine("long")
    assert line(window) == "Your routine is spoken once the voice that is being made now is done."
    engine.may_go_on.set()
    qtbot.waitUntil(lambda: set(engine.asked) == set(LONG), timeout=30_000)
    made(window, qtbot)
    assert len(engine.asked) == len(LONG)
    window.opened.tab.choose_routine("short")
    assert clips_of(window) == MACHINE


def test_the_next_window_goes_on_where_the_closed_one_stopped(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.holds_at = 1
    first = opened()
    qtbot.waitUntil(lambda: "1 of 2" in line(first) and len(engine.asked) == 2, timeout=30_000)
    first.voices.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "voice"]
    engine.may_go_on.set()
    second = opened()
    assert clips_of(second) == set()
    made(second, qtbot)
    assert len(engine.asked) == 3  # the one that was interrupted twice


def test_the_next_start_asks_no_engine(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    made(opened(), qtbot)
    engine.may_list.clear()  # whoever asks now waits
    again = opened()
    assert clips_of(again) == MACHINE
    assert (line(again), again.voices.making) == ("", None)


def test_without_an_engine_the_line_says_what_would_help(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.is_there = False
    window = opened()
    qtbot.waitUntil(lambda: line(window).startswith("Its words are shown; espeak-ng or piper"))
    assert window.opened.tab.playback.moment is not None


def test_an_engine_that_fails_is_one_line_until_the_routine_is_opened_again(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(_voice: str, sentence: str, _wav: Path, _cancel: threading.Event) -> None:
        engine.asked.append(sentence)
        raise VoiceError("espeak-ng did not answer within 60 s")

    with monkeypatch.context() as broken:
        broken.setattr(engine, "speak", hang)
        window = opened()
        failure = "espeak-ng did not answer within 60 s; its words are shown."
        qtbot.waitUntil(lambda: line(window) == failure, timeout=30_000)
        window.opened.tab.playback.toggle()
        window.opened.sound.hear(1)
        assert (len(engine.asked), line(window)) == (1, failure)
    window.opened.tab.choose_routine("long")
    qtbot.waitUntil(lambda: clips_of(window) == MACHINE, timeout=30_000)
    window.opened.tab.choose_routine("short")
    assert clips_of(window) == MACHINE


def test_stopping_it_in_the_small_window_leaves_the_words(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.holds_at = 1
    window = opened()
    qtbot.waitUntil(lambda: "1 of 2" in line(window), timeout=30_000)
    window.voices.stop()
    qtbot.waitUntil(lambda: line(window) == "That was stopped; its words are shown.")
    assert window.voices.making is None


@pytest.mark.parametrize("is_there", [True, False])
def test_an_open_small_window_shows_its_end(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot, *, is_there: bool
) -> None:
    engine.is_there = is_there
    engine.may_list.clear()
    window = opened()
    dialog = window.voices.open()
    assert dialog.panel.news.text() == "Looking for a voice that can speak your routine"
    engine.may_list.set()
    qtbot.waitUntil(lambda: window.voices.making is None, timeout=30_000)
    assert (dialog.panel.news.text(), dialog.panel.progress.isVisible()) == ("", False)
    qtbot.waitUntil(lambda: len(window.found) == 2, timeout=30_000)
    clips = {offer.narrator: offer.clips for offer in window.found[-1][0]}
    assert clips.get(VOICE) == (len(SHORT) if is_there else None)
    dialog.close()


def test_a_notice_of_the_sound_goes_before_the_line(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.holds_at = 1
    window = opened()
    qtbot.waitUntil(lambda: "1 of 2" in line(window), timeout=30_000)
    window.opened.sound.notice_changed.emit("No sound device.")
    assert line(window) == "No sound device."
    window.opened.sound.notice_changed.emit("")
    assert "1 of 2" in line(window)


def test_closing_ends_an_engine_that_does_not_answer(
    engine: SlowEngine, opened: Callable[[], VoiceWindow], qtbot: QtBot
) -> None:
    engine.may_list.clear()
    window = opened()
    window.voices.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "voice"]
