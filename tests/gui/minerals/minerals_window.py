"""A window with a Minerals tab on a record in memory, and what a person does in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.minerals.entry_row import EntryRow
from sleepcalm.gui.minerals.minerals_tab import MineralsTab
from sleepcalm.gui.minerals.ports import MineralFacts
from sleepcalm.minerals.checklist import add
from sleepcalm.minerals.intake import (
    Amount,
    ChecklistItem,
    DayIntake,
    IntakeEntry,
    Item,
    MineralContent,
    Source,
)
from sleepcalm.preferences import Preferences

from .mineral_record_in_memory import TODAY, RecordInMemory

CAPSULE = Item(
    "own-capsule", "Night capsule", "1 capsule", Source.SUPPLEMENT, magnesium=MineralContent(100.0)
)
TABLET = Item("own-tablet", "Calcium tablet", "1 tablet", Source.SUPPLEMENT, calcium=MineralContent(501.0))
EVENING = dt.time(21, 30)


@dataclass
class Opened:
    """A window with its Minerals tab, its record and its preferences."""

    qtbot: QtBot
    window: MainWindow
    tab: MineralsTab
    record: RecordInMemory
    preferences: KeptPreferences

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifier)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClicks(focused, text)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    @property
    def names(self) -> list[str]:
        return [entry.item.name for entry in self.tab.keeper.day.entries]

    @property
    def notes(self) -> str:
        return " ".join(self.tab.totals.notes.texts)

    def entry(self, name: str) -> IntakeEntry:
        return next(entry for entry in self.tab.keeper.day.entries if entry.item.name == name)

    def row(self, name: str) -> EntryRow:
        return self.tab.checklist.entries.row(self.entry(name).key)


class Opener:
    def __init__(self, qtbot: QtBot, facts: MineralFacts) -> None:
        self._qtbot = qtbot
        self._facts = facts

    def __call__(
        self,
        *days: DayIntake,
        items: Sequence[ChecklistItem] = (),
        preferences: Preferences | None = None,
        read_only_reason: str = "",
        size: tuple[int, int] = (1040, 700),
    ) -> Opened:
        record = RecordInMemory(read_only_reason)
        record.stored = {day.date: day for day in days}
        record.items = {kept.item.id: kept for kept in items}
        kept = KeptPreferences(preferences or Preferences(), lambda _preferences: None)
        tab = MineralsTab(record, lambda: self._facts, kept)
        window = MainWindow([("&Minerals", tab)], "SleepCalm")
        window.resize(*size)
        self._qtbot.addWidget(window)
        with self._qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        tab.setFocus()
        self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return Opened(self._qtbot, window, tab, record, kept)


def day_with(*taken: tuple[Item, float, dt.time | None], date: dt.date = TODAY) -> DayIntake:
    """A day on which so many servings of each item were taken."""
    day = DayIntake(date)
    for item, servings, time in taken:
        day = add(day, item, Amount(servings), time)
    return day
