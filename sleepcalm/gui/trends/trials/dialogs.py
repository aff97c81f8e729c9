"""The small windows of a trial under way: what was done in each night, and ending it early."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.reading_dialog import ReadingDialog
from sleepcalm.gui.trends.trials.page import focus_first
from sleepcalm.gui.trends.trials.ports import Trials
from sleepcalm.gui.trends.trials.words import condition_text, night_name, past_nights
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.choices import Segments
from sleepcalm.gui.widgets.labels import caption, label, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.trends.trial import Condition, Trial, assignments
from sleepcalm.trends.trial_nights import with_night_told

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class NightsToldDialog(ReadingDialog):
    """A row for each night that is over; every answer counts at once, and can be changed."""

    def __init__(self, trials: Trials, trial: Trial, parent: QWidget) -> None:
        super().__init__(parent.tr("How the nights went"), parent.tr("Done"), parent, can_cancel=False)
        self._trials = trials
        self._trial = trial
        self.answers: dict[date, Segments] = {}
        intro = self.tr(
            "What did you do, whatever the lot drew? Every night counts as it was drawn; "
            "this only tells how well the trial was kept. Nights may stay untold."
        )
        self.column.addWidget(wrapped(intro))
        rows = QGridLayout()
        rows.setHorizontalSpacing(line_height(self))
        rows.setColumnStretch(0, 1)
        self.column.addLayout(rows)
        self.column.addStretch(1)
        told = {night.wake_date: night.condition for night in trial.kept}
        drawn = {night.wake_date: night.condition for night in assignments(trial)}
        for row, wake_date in enumerate(past_nights(trials.keepings(trial))):
            self._add_row(rows, row, wake_date, drawn[wake_date], told.get(wake_date))
        focus_first(*self.answers.values(), self.done_button)

    def _add_row(
        self, rows: QGridLayout, row: int, wake_date: date, drawn: Condition, told: Condition | None
    ) -> None:
        name = night_name(wake_date)
        plan = self.tr("drawn: {condition}").format(condition=condition_text(self._trial.factor, drawn, ""))
        answer = _Answer(
            {Condition.WITH.value: self.tr("did it"), Condition.WITHOUT.value: self.tr("did not")},
            f"{name}, {plan}",
        )
        answer.set_value("" if told is None else told.value)
        answer.chosen.connect(lambda value, night=wake_date: self._tell(night, Condition(value)))
        self.answers[wake_date] = answer
        words = QGridLayout()
        words.setVerticalSpacing(0)
        words.addWidget(label(name), 0, 0)
        drawn_words = caption(plan)
        drawn_words.setWordWrap(True)
        words.addWidget(drawn_words, 1, 0)
        rows.addLayout(words, row, 0)
        rows.addWidget(answer, row, 1, Qt.AlignmentFlag.AlignVCenter)

    def _tell(self, wake_date: date, done: Condition) -> None:
        self._trial = with_night_told(self._trial, wake_date, done)
        self._trials.save(self._trial)


class _Answer(Segments):
    """Segments of which none may be chosen yet."""

    def set_value(self, value: str) -> None:
        super().set_value(value)
        if not value:
            self._segments[0].setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.value and event.key() in _ARROWS:
            self._choose(self._segments[0].value)
        else:
            super().keyPressEvent(event)


class EndTrialDialog(ReadingDialog):
    """Enter and Escape let the trial go on; ending it takes its own button."""

    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent.tr("End the trial early?"), parent.tr("Let it go on"), parent, can_cancel=False
        )
        words = self.tr(
            "The result can be seen then, and will say for ever that the trial was ended early. It cannot be "
            "taken up again. If something worries you, ending it is right: you owe it nothing."
        )
        self.column.addWidget(wrapped(words, theme.TEXT, 1.0))
        self.end_button = OutlinedButton(self.tr("End it early"))
        self.end_button.clicked.connect(self._end)
        self.column.addWidget(self.end_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.done_button.setFocus()

    def _end(self) -> None:
        self.ended.emit()
        self.accept()
