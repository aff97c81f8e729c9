"""All recorded nights as a table: one row a night, newest first until sorted otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from sleepcalm.diary.averages import minutes_after_noon
from sleepcalm.diary.entry import Entry, SleepQuality
from sleepcalm.diary.jerk_counts import count_range
from sleepcalm.diary.measures import Measures, measure
from sleepcalm.gui.diary.wording import (
    DASH,
    duration_text,
    instant_text,
    jolts_text,
    share_text,
    short_date,
    word,
)

SORT_ROLE = Qt.ItemDataRole.UserRole
"""A number by which a cell is sorted; None where nothing is recorded."""
DATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The wake date of the row."""

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    measures: Measures


@dataclass(frozen=True, slots=True)
class _Column:
    """`number` sorts the column; None is not recorded."""

    title: str
    text: Callable[[_Row], str]
    number: Callable[[_Row], float | str | None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)


def _columns() -> tuple[_Column, ...]:
    def minutes(measure_name: str, title: str) -> _Column:
        def value(row: _Row) -> int | None:
            found: int | None = getattr(row.measures, measure_name)
            return found

        return _Column(title, lambda row: duration_text(value(row)), value)

    return (
        _Column(
            _tr("Night to"),
            lambda row: short_date(row.entry.wake_date),
            lambda row: row.entry.wake_date.toordinal(),
        ),
        _Column(_tr("Lights out"), _lights_out, _lights_out_number),
        minutes("total_sleep_time_min", _tr("Asleep")),
        minutes("time_in_bed_min", _tr("In bed")),
        minutes("sleep_onset_latency_min", _tr("To fall asleep")),
        minutes("wake_after_sleep_onset_min", _tr("Awake")),
        _Column(
            _tr("Efficiency"),
            lambda row: share_text(row.measures.sleep_efficiency_tib_pct),
            lambda row: row.measures.sleep_efficiency_tib_pct,
        ),
        _Column(_tr("Jolts"), lambda row: jolts_text(row.entry.hypnic_jerks.count), _jolts_number),
        _Column(
            _tr("Quality"),
            lambda row: word(row.entry.sleep_quality) if row.entry.sleep_quality else DASH,
            lambda row: _QUALITIES.index(row.entry.sleep_quality) if row.entry.sleep_quality else None,
        ),
        _Column(
            _tr("Notes"),
            lambda row: " ".join((row.entry.notes or "").split()),
            lambda row: (row.entry.notes or "").casefold() or None,
        ),
    )


_QUALITIES = list(SleepQuality)


def _lights_out(row: _Row) -> str:
    tried = row.entry.tried_to_sleep
    return instant_text(tried) if tried else DASH


def _lights_out_number(row: _Row) -> int | None:
    """Evenings before and after midnight in their order."""
    tried = row.entry.tried_to_sleep
    return minutes_after_noon(tried.wall.time()) if tried else None


def _jolts_number(row: _Row) -> float | None:
    count = count_range(row.entry.hypnic_jerks.count)
    return None if count is None else float(count.low)


class HistoryModel(QAbstractTableModel):
    """Every cell has its text, a number to sort by, and the wake date of its night."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._columns = _columns()

    def show_entries(self, entries: Mapping[date, Entry]) -> None:
        """Show these nights."""
        self.beginResetModel()
        self._rows = [_Row(entries[day], measure(entries[day])) for day in sorted(entries, reverse=True)]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        values: Mapping[int, Callable[[], Any]] = {
            int(Qt.ItemDataRole.DisplayRole): lambda: column.text(row),
            int(Qt.ItemDataRole.ToolTipRole): lambda: row.entry.notes,
            int(Qt.ItemDataRole.AccessibleTextRole): lambda: self._spoken(column, row),
            int(SORT_ROLE): lambda: column.number(row),
            int(DATE_ROLE): lambda: row.entry.wake_date,
        }
        return values[int(role)]() if int(role) in values else None

    def _spoken(self, column: _Column, row: _Row) -> str:
        text = column.text(row)
        return f"{column.title}: {self.tr('not recorded') if text in ('', DASH) else text}"


class HistorySorting(QSortFilterProxyModel):
    """Sorts by number and searches all words. What is not recorded comes last, whichever way it is sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def lessThan(self, left: _Index, right: _Index) -> bool:
        first, second = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if first is None or second is None:
            is_ascending = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (
                (second is None and first is not None)
                if is_ascending
                else first is None and second is not None
            )
        return bool(first < second)
