"""The figures of the open night, and what is missing for those that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.measures import Measures
from sleepcalm.gui import theme
from sleepcalm.gui.diary.wording import DASH, duration_text, share_text, time_name
from sleepcalm.gui.widgets.labels import caption, heading, label
from sleepcalm.gui.widgets.painting import line_height

_ORDER = (
    "into_bed",
    "tried_to_sleep",
    "sleep_onset_latency_min",
    "awakenings",
    "wake_after_sleep_onset_min",
    "final_awakening",
    "out_of_bed",
)
"""The answers on which the figures rest, in the order of the sheet."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("MeasuresPanel", text)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the card; `is_shown` is False for what only matters once it is known."""

    measure: str
    title: str
    value: str
    is_shown: bool = True


class MeasuresPanel(QWidget):
    """Follows what is typed. Nothing is graded."""

    def __init__(self) -> None:
        super().__init__()
        line = line_height(self)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(round(line * 0.15))
        self._grid.setColumnStretch(0, 1)
        self._labels: dict[str, tuple[QLabel, QLabel]] = {}
        self.missing = caption()
        self.missing.setWordWrap(True)
        hint = caption(self.tr("An estimate is enough. No need to watch the clock."))
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.5))
        column.addWidget(heading(self.tr("This night")))
        column.addLayout(self._grid)
        column.addWidget(self.missing)
        column.addWidget(hint)
        column.addStretch(1)

    def value(self, measure: str) -> str:
        """What stands beside a measure. Raises KeyError before it was shown."""
        return self._labels[measure][1].text()

    def show_measures(self, entry: Entry, measures: Measures) -> None:
        tips = {
            "sleep_efficiency_tib_pct": self.tr("Sleep as a share of the time in bed"),
            "sleep_efficiency_dse_pct": self.tr(
                "Sleep as a share of the time spent sleeping or trying to; a routine in bed does not lower it"
            ),
        }
        for figure in self._figures(entry, measures):
            if figure.measure not in self._labels and figure.is_shown:
                self._add_row(figure.measure)
            if figure.measure not in self._labels:
                continue
            title, value = self._labels[figure.measure]
            title.setText(figure.title)
            value.setText(figure.value)
            value.setAccessibleName(f"{figure.title}: {_spoken(figure.value, self.tr('not known'))}")
            title.setToolTip(tips.get(figure.measure, ""))
            title.setVisible(figure.is_shown)
            value.setVisible(figure.is_shown)
        self.missing.setText(missing_text(measures))
        self.missing.setVisible(bool(self.missing.text()))

    def _add_row(self, measure: str) -> None:
        title, value = label("", theme.MUTED), label("", theme.TEXT)
        title.setWordWrap(True)
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = self._grid.rowCount()
        self._grid.addWidget(title, row, 0)
        self._grid.addWidget(value, row, 1)
        self._labels[measure] = (title, value)

    def _figures(self, entry: Entry, measures: Measures) -> list[Figure]:
        onset = duration_text(measures.sleep_onset_latency_min)
        if entry.did_not_sleep:
            onset = self.tr("did not sleep")
        waso, awake = measures.wake_after_sleep_onset_min, measures.terminal_wakefulness_min
        return [
            Figure("total_sleep_time_min", self.tr("Asleep"), duration_text(measures.total_sleep_time_min)),
            Figure("time_in_bed_min", self.tr("In bed"), duration_text(measures.time_in_bed_min)),
            Figure("sleep_onset_latency_min", self.tr("To fall asleep"), onset),
            Figure("wake_after_sleep_onset_min", self.tr("Awake in the night"), duration_text(waso)),
            Figure(
                "terminal_wakefulness_min",
                self.tr("Awake before rising"),
                duration_text(awake),
                awake is not None,
            ),
            Figure(
                "sleep_efficiency_tib_pct",
                self.tr("Efficiency"),
                share_text(measures.sleep_efficiency_tib_pct),
            ),
            Figure(
                "sleep_efficiency_dse_pct",
                self.tr("Efficiency, trying"),
                share_text(measures.sleep_efficiency_dse_pct),
                measures.sleep_efficiency_dse_pct is not None,
            ),
        ]


def missing_text(measures: Measures) -> str:
    """Once for all figures: the answers without which one of them stays open."""
    open_fields: set[str] = set()
    for measure in ("total_sleep_time_min", "time_in_bed_min", "wake_after_sleep_onset_min"):
        open_fields.update(measures.missing_for(measure))
    if not open_fields:
        return ""
    # Of times awake and their minutes only one is named at a time.
    if len(open_fields) >= len(_ORDER) - 1:
        return _tr("Nothing is recorded yet.")
    names = ", ".join(time_name(name) for name in _ORDER if name in open_fields)
    return _tr("Still open: {names}.").format(names=names)


def brief_text(measures: Measures) -> str:
    """The main figures and what is missing, where there is no room for the card."""
    parts = (
        (_tr("asleep {value}"), duration_text(measures.total_sleep_time_min)),
        (_tr("in bed {value}"), duration_text(measures.time_in_bed_min)),
        (_tr("efficiency {value}"), share_text(measures.sleep_efficiency_tib_pct)),
    )
    known = " · ".join(text.format(value=value) for text, value in parts if value != DASH)
    return f"{known}. {missing_text(measures)}".strip() if known else ""


def _spoken(value: str, unknown: str) -> str:
    return unknown if value == DASH else value
