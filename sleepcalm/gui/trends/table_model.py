"""What the chart shows as a table: a row for each night or bucket, a column for each strip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sleepcalm.gui.diary.wording import DASH
from sleepcalm.gui.trends.wording import (
    amount_text,
    bucket_dates,
    cell_text,
    mean_text,
    nights_text,
    series_name,
)
from sleepcalm.trends.averages import Mean
from sleepcalm.trends.buckets import Bucket
from sleepcalm.trends.figures import Series

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
Means = Mapping[Series, Mean | None]


class TrendTableModel(QAbstractTableModel):
    """The last row holds the means; a dash is a gap. The time in bed has a column beside the sleep."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buckets: tuple[Bucket, ...] = ()
        self._columns: list[Series | None] = []
        """None is the time in bed."""
        self._means: Means = {}

    def show_buckets(self, buckets: Sequence[Bucket], series: Sequence[Series], means: Means) -> None:
        self.beginResetModel()
        self._buckets, self._means = tuple(buckets), means
        self._columns = []
        for one in series:
            self._columns += [one, None] if one is Series.TOTAL_SLEEP_TIME else [one]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() or not self._buckets else len(self._buckets) + 1

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._title(section) if 0 <= section <= len(self._columns) else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            spoken = self.tr("not recorded") if text == DASH else text
            return f"{self._title(index.column())}: {spoken}"
        return None

    def as_text(self) -> str:
        """Rows and columns with tabs between, as spreadsheets take them from the clipboard."""
        rows = [[self._title(column) for column in range(self.columnCount())]]
        rows += [
            [self._text(row, column) for column in range(self.columnCount())]
            for row in range(self.rowCount())
        ]
        return "\n".join("\t".join(row) for row in rows)

    def _title(self, column: int) -> str:
        if column == 0:
            return self.tr("Night to") if self._by_night() else self.tr("Nights")
        series = self._columns[column - 1]
        return self.tr("In bed") if series is None else series_name(series)

    def _by_night(self) -> bool:
        return all(bucket.first == bucket.last for bucket in self._buckets)

    def _text(self, row: int, column: int) -> str:
        if row == len(self._buckets):
            return self._mean_text(column)
        bucket = self._buckets[row]
        if column == 0:
            return bucket_dates(bucket)
        series = self._columns[column - 1]
        if series is None:
            in_bed = bucket.time_in_bed
            return DASH if in_bed is None else amount_text(Series.TOTAL_SLEEP_TIME, in_bed.mean.low)
        return cell_text(series, bucket)

    def _mean_text(self, column: int) -> str:
        series = self._columns[column - 1] if column else None
        if column == 0:
            return self.tr("Mean")
        mean = None if series is None else self._means.get(series)
        if series is None or mean is None:
            return DASH
        return f"{mean_text(series, mean)} ({nights_text(mean.nights)})"
