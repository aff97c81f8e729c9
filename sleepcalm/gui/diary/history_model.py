"""All recorded nights as a table: one row a night, newest first until sorted otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter
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
    long_date,
    share_text,
    short_date,
    word,
)

DATE_ROLE = Qt.ItemDataRole.UserRole
"""The wake date of the row."""

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class _Row:
    """One night; its figures and words are made when they are first needed, ten years are many rows."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.texts: dict[int, str] = {}

    @cached_property
    def measures(self) -> Measures:
        return measure(self.entry)

    @cached_property
    def words(self) -> str:
        """What is searched, in small letters: the date in short and in full, the quality, the notes."""
        day, quality = self.entry.wake_date, self.entry.sleep_quality
        parts = (short_date(day), long_date(day), word(quality) if quality else "", self.entry.notes or "")
        return "\n".join(parts).casefold()


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
    """Every cell has its text and the wake date of its night; it sorts itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._columns = _columns()
        self._sorted_by = (0, Qt.SortOrder.DescendingOrder)

    def show_entries(self, entries: Mapping[date, Entry]) -> None:
        """Show these nights."""
        self.beginResetModel()
        self._rows = [_Row(entries[day]) for day in sorted(entries, reverse=True)]
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column. What is not recorded comes last, whichever way it is sorted."""
        self._sorted_by = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        nights = [self._rows[index.row()] for index in before]
        self._arrange()
        places = {id(row): place for place, row in enumerate(self._rows)}
        after = [
            self.index(places[id(row)], index.column()) for row, index in zip(nights, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def holds(self, row: int, words: str) -> bool:
        """Whether a night has these words in its date, its quality or its notes, in capitals or not."""
        return words.casefold() in self._rows[row].words

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
        row, column = self._rows[index.row()], index.column()
        values: Mapping[int, Callable[[], Any]] = {
            int(Qt.ItemDataRole.DisplayRole): lambda: self._text(row, column),
            int(Qt.ItemDataRole.ToolTipRole): lambda: row.entry.notes,
            int(Qt.ItemDataRole.AccessibleTextRole): lambda: self._spoken(row, column),
            int(DATE_ROLE): lambda: row.entry.wake_date,
        }
        return values[int(role)]() if int(role) in values else None

    def _arrange(self) -> None:
        column, order = self._sorted_by
        number = self._columns[column].number
        keys = [(number(row), row) for row in self._rows]
        known = [pair for pair in keys if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=order is Qt.SortOrder.DescendingOrder)
        self._rows = [row for _key, row in known] + [row for key, row in keys if key is None]

    def _text(self, row: _Row, column: int) -> str:
        if column not in row.texts:
            row.texts[column] = self._columns[column].text(row)
        return row.texts[column]

    def _spoken(self, row: _Row, column: int) -> str:
        text = self._text(row, column)
        return f"{self._columns[column].title}: {self.tr('not recorded') if text in ('', DASH) else text}"


class HistorySearch(QSortFilterProxyModel):
    """Shows the nights that hold some words; sorting is left to the model, which is faster at it."""

    def __init__(self, model: HistoryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = ""
        self.setSourceModel(model)

    def search(self, words: str) -> None:
        """Show only the nights that hold `words`; "" shows all."""
        self._words = words.strip()
        self.invalidate()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0:
            self._model.sort(column, order)

    def filterAcceptsRow(self, row: int, _parent: _Index) -> bool:
        return not self._words or self._model.holds(row, self._words)
