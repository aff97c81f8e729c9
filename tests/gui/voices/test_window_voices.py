"""The window's voices on files and threads: made beside what goes on, and taken up between routines."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot
from voice_window import SHORT, VOICE, SlowEngine, VoiceWindow, build, clips_of

from sleepcalm.audio.voices.clip_names import folder_name
from sleepcalm.audio.voices.linux_engines import EspeakNg
from sleepcalm.gui.relax.volume_check import VOLUME_CHECK
from sleepcalm.gui.voices.ports import Made
from sleepcalm.storage.errors import StorageError


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> SlowEngine:
    engine = SlowEngine()
    monkeypatch.setattr("sleepcalm.audio.voices.library.installed_engines", lambda _folders: (engine,))
    return engine


@pytest.fixture
def open_voices(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., VoiceWindow]]:
    all_opened: list[VoiceWindow] = []

    def opened(narrator: str = "slt") -> VoiceWindow:
        window = build(qtbot, tmp_path, narrator)
        all_opened.append(window)
        return window

    yield opened
    for each in all_opened:
        each.voices.close()


@pytest.fixture
def window(engine: SlowEngine, open_voices: Callable[..., VoiceWindow]) -> VoiceWindow:
    return open_voices()


def made_whole(window: VoiceWindow, qtbot: QtBot) -> Made:
    qtbot.waitUntil(lambda: bool(window.made), timeout=30_000)
    made = window.made[-1]
    assert isinstance(made, Made)
    return made


def test_voices_are_found_while_the_window_goes_on(
    engine: SlowEngine, open_voices: Callable[..., VoiceWindow], qtbot: QtBot
) -> None:
    window = open_voices()
    engine.may_list.clear()
    window.voices.look()
    assert window.found == []
    engine.may_list.set()
    qtbot.waitUntil(lambda: bool(window.found))
    offered, problems = window.found[0]
    assert [(voice.narrator, voice.clips, voice.wanted) for voice in offered] == [
        ("slt", 0, 4),
        (VOICE, 0, 4),
    ]
    assert problems == ()


def test_a_voice_that_is_gone_is_still_shown_as_chosen(
    engine: SlowEngine, open_voices: Callable[..., VoiceWindow], qtbot: QtBot
) -> None:
    engine.is_there = False
    window = open_voices(VOICE)
    window.voices.look()
    qtbot.waitUntil(lambda: bool(window.found))
    assert [(voice.narrator, voice.is_found) for voice in window.found[0][0]] == [
        ("slt", True),
        (VOICE, False),
    ]
    window.voices.make(VOICE)
    assert "apt-get install espeak-ng" in made_whole(window, qtbot).problems[0]


def test_the_chosen_routine_is_made_first_and_can_be_heard_before_the_others_are(
    engine: SlowEngine, window: VoiceWindow, qtbot: QtBot
) -> None:
    window.voices.choose(VOICE)
    qtbot.waitUntil(lambda: len(window.adopted) > 1)
    stand_in = window.opened.tab.settings.stand_in
    assert stand_in.text() == "Built-in voice: 2 of 2 sentences not made yet."
    engine.holds_at = 2
    window.voices.make(VOICE)
    qtbot.waitUntil(lambda: clips_of(window) == {folder_name(VOICE)}, timeout=30_000)
    assert set(engine.asked[:2]) == set(SHORT)
    assert not stand_in.isVisible()
    assert window.made == []
    engine.may_go_on.set()
    assert (made_whole(window, qtbot).done, made_whole(window, qtbot).wanted) == (4, 4)


def test_what_cannot_be_computed_is_told_beside_the_player(window: VoiceWindow, qtbot: QtBot) -> None:
    def fail() -> None:
        raise StorageError("The folder cannot be used (Permission denied).")

    window.voices._background.compute(fail, lambda _nothing: None)
    qtbot.waitUntil(
        lambda: window.opened.tab.stage.notice.text() == "The folder cannot be used (Permission denied)."
    )


def test_what_was_stopped_goes_on_where_it_was(engine: SlowEngine, window: VoiceWindow, qtbot: QtBot) -> None:
    engine.holds_at = 1
    window.voices.make(VOICE)
    qtbot.waitUntil(lambda: len(engine.asked) > 1, timeout=30_000)
    window.voices.stop()
    assert made_whole(window, qtbot).was_stopped
    assert window.voices.making is None
    window.made.clear()
    engine.may_go_on.set()
    window.voices.make(VOICE)
    made = made_whole(window, qtbot)
    assert (made.done, made.was_stopped) == (4, False)
    assert len(engine.asked) == 5  # the one that was interrupted twice, the others once


def test_another_voice_waits_for_the_end_of_what_is_heard(window: VoiceWindow, qtbot: QtBot) -> None:
    tab, sound = window.opened.tab, window.opened.sound
    tab.playback.toggle()
    sound.hear(1)
    loaded = len(sound.loaded)
    window.voices.choose(VOICE)
    qtbot.waitUntil(lambda: window.voices._narrated.waits)
    assert window.remarks == ["This takes effect from the next start on."]
    assert (len(window.adopted), len(sound.loaded)) == (1, loaded)
    tab.playback.stop()
    sound.end()
    assert len(window.adopted) == 2
    assert window.adopted[-1].narrator.voice.name == VOICE
    assert window.preferences.value.narrator == VOICE


def test_hearing_a_voice_makes_one_sentence_and_leads_back(
    engine: SlowEngine, window: VoiceWindow, qtbot: QtBot
) -> None:
    window.voices.look()
    qtbot.waitUntil(lambda: bool(window.found))
    tab, sound = window.opened.tab, window.opened.sound
    window.voices.hear(window.found[0][0][1])
    qtbot.waitUntil(lambda: tab.playback.routine.id == VOLUME_CHECK, timeout=30_000)
    assert engine.asked == ["Nothing has to be done now."]
    assert clips_of(window) == {folder_name(VOICE)}
    assert sound.transport.is_playing
    assert tab.is_aside
    sound.hear(0.2)
    sound.transport.frame = sound.transport.total_frames
    sound.end()
    assert tab.playback.routine.id == "short"
    assert not sound.transport.is_playing
    assert window.made == []


def test_no_call_keeps_the_window_waiting_for_50_ms(window: VoiceWindow, qtbot: QtBot) -> None:
    calls: list[float] = []
    for call in (
        window.voices.look,
        lambda: window.voices.make(VOICE),
        lambda: window.voices.choose(VOICE),
        window.voices.stop,
    ):
        clock = QElapsedTimer()
        clock.start()
        call()
        calls.append(clock.nsecsElapsed() / 1e6)
    made_whole(window, qtbot)
    assert max(calls) < 50


def test_closing_stops_what_is_made(engine: SlowEngine, window: VoiceWindow, qtbot: QtBot) -> None:
    engine.holds_at = 0
    window.voices.make(VOICE)
    qtbot.waitUntil(lambda: bool(engine.asked), timeout=30_000)
    window.voices.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "voice"]


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_real_espeak_ng_speaks_a_routine_of_two_sentences(
    open_voices: Callable[..., VoiceWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sleepcalm.audio.voices.library.installed_engines", lambda _folders: (EspeakNg(),))
    window = open_voices()
    dialog = window.voices.open()
    qtbot.waitUntil(lambda: len(dialog.list.rows) > 1, timeout=30_000)
    next(row for row in dialog.list.rows if row.voice.narrator == "espeak-ng:en-gb").click()
    dialog.panel.make.click()
    dialog.panel.choose.click()
    assert made_whole(window, qtbot).done == 4
    qtbot.waitUntil(lambda: dialog.list.voice is not None and dialog.list.voice.is_whole)
    qtbot.waitUntil(lambda: clips_of(window) == {folder_name("espeak-ng:en-gb")})
    assert dialog.panel.about.text() == "All 4 sentences are made."
    assert window.opened.tab.settings.stand_in.isHidden()
    dialog.close()
