"""A Diary tab on a record in memory, in a window that need not be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from diary.fake_record import BERLIN, MORNING, FakeRecord
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.gui.diary.diary_tab import DiaryTab
from sleepcalm.gui.diary.night_sheet import NightSheet
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.preferences import DIARY_ITEMS

LAST_NIGHT = date(2026, 11, 22)
EXAMPLE: dict[str, Any] = {
    "wake_date": "2026-11-22",
    "time_zone": BERLIN,
    "into_bed": "22:40",
    "tried_to_sleep": "23:05",
    "sleep_onset_latency_min": 24,
    "awakenings": 2,
    "wake_after_sleep_onset_min": 20,
    "final_awakening": "06:40",
    "out_of_bed": "07:00",
    "sleep_quality": "good",
    "hypnic_jerks": {"count": "1-2", "strongest": "jerk"},
    "evening": {"caffeine_mg": 160, "caffeine_last": "15:30", "alcohol_drinks": 0, "exercise": "moderate"},
    "notes": "slept with the window open",
}


def night(**changes: object) -> Entry:
    """The example night with these answers changed; None leaves one out."""
    return entry_from_json(EXAMPLE | changes, default_zone=BERLIN, now=MORNING)


@dataclass
class Opened:
    """A Diary tab that is shown, its record, and the choices of questions that it asked to keep."""

    window: MainWindow
    tab: DiaryTab
    record: FakeRecord
    kept: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def sheet(self) -> NightSheet:
        return self.tab.sheet

    @property
    def entry(self) -> Entry:
        """What the record holds of the night that is open."""
        found = self.record.entry(self.tab.editing.wake_date)
        assert found is not None
        return found

    def press(self, *keys: str | Qt.Key) -> int:
        """Press keys one after the other, each where the keyboard is then; gives how many."""
        count = 0
        for part in keys:
            for key in part if isinstance(part, str) else (part,):
                target = QApplication.focusWidget()
                assert target is not None
                if isinstance(key, str):
                    QTest.keyClicks(target, key)
                else:
                    QTest.keyClick(target, key)
                count += 1
        return count

    def type_into(self, name: str, text: str) -> None:
        """Replace the text of a field of the night, and leave it."""
        line = self.sheet.night.fields[name].line
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)


Opener = Callable[..., Opened]


@pytest.fixture
def open_diary(qtbot: QtBot) -> Opener:
    """Opens Diary tabs for a test; each is closed after it."""

    def open_it(
        entries: Iterable[Entry] = (),
        now: datetime = MORNING,
        size: tuple[int, int] = (1040, 700),
        asked: tuple[str, ...] = DIARY_ITEMS,
        record: FakeRecord | None = None,
    ) -> Opened:
        used, kept = record or FakeRecord(entries, now), list[tuple[str, ...]]()
        tab = DiaryTab(used, asked, kept.append)
        window = MainWindow([("&Diary", tab)], "SleepCalm")
        window.resize(*size)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        tab.setFocus()
        return Opened(window, tab, used, kept)

    return open_it


@pytest.fixture
def opened(open_diary: Opener) -> Opened:
    """A morning on which nothing is recorded yet."""
    return open_diary()


@pytest.fixture
def example() -> Callable[..., Entry]:
    return night
