"""The entries of a day, one below the other, for the keyboard and the mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.minerals.dose_rules import DoseRule
from sleepcalm.gui.minerals.entry_row import EntryRow
from sleepcalm.minerals.intake import IntakeEntry


class EntryList(QWidget):
    """Up and down move, Space checks, Enter opens the amount, Delete removes; the signals carry keys."""

    toggled = Signal(str)
    amount_wanted = Signal(str)
    removal_wanted = Signal(str)
    menu_wanted = Signal(str)
    focus_moved = Signal(QWidget)
    """A row has the keyboard now and should be in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Checklist"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rows: dict[str, EntryRow] = {}
        self._current = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def rows(self) -> tuple[EntryRow, ...]:
        return tuple(self._rows.values())

    @property
    def current_key(self) -> str:
        """The entry that the keyboard is at; "" in an empty list."""
        return self._current

    def row(self, key: str) -> EntryRow:
        return self._rows[key]

    def show_entries(
        self,
        entries: Sequence[IntakeEntry],
        rules: Mapping[str, tuple[DoseRule, ...]],
        *,
        can_change: bool,
    ) -> None:
        """Show the entries with their rules, by key. The keyboard stays at its entry, or near it."""
        had_focus = any(row.tick.hasFocus() for row in self.rows)
        keys = [entry.key for entry in entries]
        if keys != list(self._rows):
            self._current = _nearest(self._current, list(self._rows), keys)
            self._rebuild(keys)
        for entry in entries:
            self._rows[entry.key].show_entry(entry, rules.get(entry.key, ()), can_change=can_change)
        self._mark_current()
        if had_focus:
            self.focus_entry(self._current)

    def focus_entry(self, key: str) -> None:
        """Give the keyboard to an entry, or to the current one if there is none of that key."""
        self._current = key if key in self._rows else self._current
        self._mark_current()
        if self._current:
            self._rows[self._current].tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_entry(self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = list(self._rows)
        if not keys or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        place = keys.index(self._current)
        target = {
            Qt.Key.Key_Up: place - 1,
            Qt.Key.Key_Down: place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }.get(Qt.Key(event.key()))
        wanted = {
            Qt.Key.Key_Return: self.amount_wanted,
            Qt.Key.Key_Enter: self.amount_wanted,
            Qt.Key.Key_Delete: self.removal_wanted,
            Qt.Key.Key_Menu: self.menu_wanted,
        }.get(Qt.Key(event.key()))
        if target is not None and 0 <= target < len(keys):
            self.focus_entry(keys[target])
        elif wanted is not None:
            wanted.emit(self._current)
        else:
            event.ignore()

    def _rebuild(self, keys: Sequence[str]) -> None:
        old, self._rows = self._rows, {}
        for key in keys:
            self._rows[key] = old.pop(key) if key in old else self._new_row(key)
        for row in old.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, row in enumerate(self._rows.values()):
            self._column.insertWidget(place, row)
            row.show()  # at once, so that it can have the keyboard
        previous: QWidget | None = None
        for row in self._rows.values():
            if previous is not None:
                QWidget.setTabOrder(previous, row.tick)
            QWidget.setTabOrder(row.tick, row.more)
            previous = row.more

    def _new_row(self, key: str) -> EntryRow:
        row = EntryRow(key)
        row.toggled.connect(self._toggle)
        row.more_wanted.connect(self.menu_wanted)
        row.focused.connect(self._note_focus)
        return row

    def _toggle(self, key: str) -> None:
        self._current = key
        self.toggled.emit(key)

    def _note_focus(self, key: str) -> None:
        self._current = key
        self._mark_current()
        self.focus_moved.emit(self._rows[key])

    def _mark_current(self) -> None:
        for key, row in self._rows.items():
            row.set_reachable(is_reachable=key == self._current)


def _nearest(current: str, before: Sequence[str], now: Sequence[str]) -> str:
    """The entry that is where `current` was: itself, or what came to its place."""
    if current in now:
        return current
    if not now:
        return ""
    place = before.index(current) if current in before else 0
    return now[min(place, len(now) - 1)]
