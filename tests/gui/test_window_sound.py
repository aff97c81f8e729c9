"""The window's sound takes calls before it is there, and never floods the window with news."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from PySide6.QtCore import QThread

from sleepcalm.preferences import Preferences
from sleepcalm.window.sound import WindowSound

LIMIT_S = 20


class FakePlayer:
    """Writes down what it is told; its making waits until the test allows it."""

    may_be_made = Event()
    made: list[FakePlayer] = []  # noqa: RUF012 - emptied by the fixture

    def __init__(
        self, _assets, *, voice_volume, background_volume, on_progress, on_notice, on_interrupted, **_
    ) -> None:
        assert self.may_be_made.wait(LIMIT_S)
        self.calls: list[tuple] = [("made", voice_volume, background_volume)]
        self.progress, self.notice, self.interrupt = on_progress, on_notice, on_interrupted
        self.total_frames = 7
        self.made.append(self)

    def __getattr__(self, name: str):
        return lambda *arguments, **named: self.calls.append((name, *arguments, *named.values()))

    def heard_frame(self) -> int:
        return 123

    def is_at_rest(self) -> bool:
        return True

    def is_silent(self) -> bool:
        return False


@pytest.fixture
def sound(qapp, monkeypatch):
    FakePlayer.may_be_made.clear()
    FakePlayer.made.clear()
    monkeypatch.setattr("sleepcalm.audio.player.Player", FakePlayer)
    sound = WindowSound(Path("nowhere"), Preferences(voice_volume=0.3, background_volume=0.2), Path("data"))
    yield sound
    FakePlayer.may_be_made.set()
    sound.close()


def test_it_says_when_the_player_is_there(sound, qtbot):
    with qtbot.waitSignal(sound.ready):
        sound.start()
        FakePlayer.may_be_made.set()
    assert FakePlayer.made


def state(sound: WindowSound) -> tuple[int, bool, bool, int]:
    return sound.heard_frame(), sound.is_at_rest(), sound.is_silent(), sound.total_frames


def ready(sound: WindowSound) -> FakePlayer:
    FakePlayer.may_be_made.set()
    sound.start()
    sound._starter.join(LIMIT_S)
    return FakePlayer.made[0]


def test_calls_before_the_player_is_there_reach_it_in_order(sound):
    sound.load("timeline", "rain", background_goes_on=True)
    sound.seek(480)
    sound.play()
    sound.set_voice_volume(0.1)
    sound.fade_out(4)
    player = ready(sound)
    sound.pause()
    assert player.calls == [
        ("made", 0.3, 0.2),
        ("load", "timeline", "rain", True),
        ("seek", 480),
        ("play",),
        ("set_voice_volume", 0.1),
        ("fade_out", 4),
        ("pause",),
    ]


def test_until_the_player_is_there_the_place_is_the_one_asked_for(sound):
    sound.load("timeline", "rain")
    assert state(sound) == (0, False, True, 0)
    sound.seek(480)
    assert state(sound) == (480, False, True, 0)
    ready(sound)
    assert state(sound) == (123, True, False, 7)


def test_only_one_player_is_made(sound):
    sound.start()
    sound.play()
    ready(sound)
    assert len(FakePlayer.made) == 1


def test_a_busy_window_gets_one_word_of_progress_for_many(sound, qtbot):
    player = ready(sound)
    heard = []
    sound.progressed.connect(lambda: heard.append(1))
    teller = Thread(target=lambda: [player.progress() for _ in range(100)])
    teller.start()
    teller.join(LIMIT_S)  # the window does not look at its events meanwhile
    qtbot.waitUntil(lambda: bool(heard))
    assert len(heard) == 1
    with qtbot.waitSignal(sound.progressed):
        Thread(target=player.progress).start()


def test_notices_arrive_on_the_windows_thread(sound, qtbot):
    player = ready(sound)
    with qtbot.waitSignal(sound.notice_changed) as caught:
        Thread(target=player.notice, args=("No sound device.",)).start()
    assert caught.args == ["No sound device."]


def test_closing_before_anything_was_played_needs_no_player(qapp):
    WindowSound(Path("nowhere"), Preferences(), Path("data")).close()


def test_that_the_device_has_gone_arrives_on_the_windows_thread(sound, qtbot):
    player = ready(sound)
    threads = []
    sound.interrupted.connect(lambda: threads.append(QThread.currentThread()))
    Thread(target=player.interrupt).start()
    qtbot.waitUntil(lambda: threads == [sound.thread()])
