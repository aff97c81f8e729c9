"""The page that fixes outcome, length and beginning of a trial, and shows its end."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.trials.page import Page, at_left
from sleepcalm.gui.trends.trials.words import night_name, plan_text
from sleepcalm.gui.trends.wording import nights_text, number_text
from sleepcalm.gui.widgets.choices import DropDown, Segments
from sleepcalm.gui.widgets.labels import caption, labelled, wrapped
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.trial import FEWEST_PAIRS, PRACTICE, Outcome

PAIRS = (FEWEST_PAIRS, 8, 10, 12, 14, 16, 20, 24, 28, 35)
PERIOD_NIGHTS = (1, 2, 3, 4, 5, 7, 10, 14)
ROUTINE_PLAN = (20, 1)
"""Pairs and nights a period where nothing else is chosen: a routine works on its own evening."""
HABIT_PLAN = (8, 7)
"""A habit may work on for days, so its periods are weeks."""
START_DAYS = 28
_DAY = timedelta(days=1)


class PlanPage(Page):
    """Fewer than six pairs cannot be chosen, and no night that has begun."""

    changed = Signal()

    def __init__(self, earliest_start: date) -> None:
        super().__init__()
        self.title = self.tr("The plan")
        self.outcome = Segments(
            {
                Outcome.HYPNIC_JERKS.value: self.tr("Jolts a night"),
                Outcome.SLEEP_ONSET_LATENCY.value: self.tr("Minutes to fall asleep"),
            },
            self.tr("What is compared"),
        )
        self.outcome.set_value(Outcome.HYPNIC_JERKS.value)
        self.pairs, self.period_nights, self.start = DropDown(), DropDown(), DropDown()
        for number in PAIRS:
            self.pairs.addItem(number_text(number), number)
        for number in PERIOD_NIGHTS:
            self.period_nights.addItem(nights_text(number), number)
        for days in range(START_DAYS):
            first = earliest_start + days * _DAY
            name = night_name(first)
            self.start.addItem(name if days else self.tr("Tonight, {night}").format(night=name), first)
        self.summary = wrapped(role=theme.TEXT, size=1.0)
        self._factor = PRACTICE
        self._routine: str | None = None
        self._lay_out()
        for choice in (self.pairs, self.period_nights, self.start):
            choice.currentIndexChanged.connect(self._show)
        self.outcome.chosen.connect(lambda _value: self._show())

    @property
    def plan(self) -> Plan:
        return Plan(
            factor=self._factor,
            routine=self._routine,
            outcome=Outcome(self.outcome.value),
            pairs=self.pairs.currentData(),
            period_nights=self.period_nights.currentData(),
            start=self.start.currentData(),
        )

    def show_for(self, factor: str, routine: str | None) -> None:
        """Plan a trial of that; the usual length for its kind, unless the kind is the same as before."""
        was_routine, is_routine = self._factor == PRACTICE, factor == PRACTICE
        is_first = not self.summary.text()
        self._factor, self._routine = factor, routine
        if is_first or was_routine is not is_routine:
            pairs, nights = ROUTINE_PLAN if is_routine else HABIT_PLAN
            self.pairs.setCurrentIndex(self.pairs.findData(pairs))
            self.period_nights.setCurrentIndex(self.period_nights.findData(nights))
        self._show()

    def first_control(self) -> QWidget:
        return self.outcome

    def _show(self) -> None:
        self.summary.setText(plan_text(self.plan))
        self.changed.emit()

    def _lay_out(self) -> None:
        self.column.addWidget(caption(self.tr("What is compared: the exact number, every morning")))
        self.column.addWidget(at_left(self.outcome))
        row = QHBoxLayout()
        labelled(row, self.tr("&Pairs"), self.pairs)
        labelled(row, self.tr("&Nights a period"), self.period_nights)
        row.addStretch(1)
        self.column.addLayout(row)
        first = QHBoxLayout()
        labelled(first, self.tr("&First night"), self.start)
        first.addStretch(1)
        self.column.addLayout(first)
        self.column.addWidget(self.summary)
        self.column.addStretch(1)
