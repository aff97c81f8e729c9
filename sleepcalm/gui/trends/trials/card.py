"""The card of trials: what tonight is, how far it is, what trials that are over found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.trials.dialogs import EndTrialDialog, NightsToldDialog
from sleepcalm.gui.trends.trials.ports import Trials
from sleepcalm.gui.trends.trials.wizard import TrialWizard
from sleepcalm.gui.trends.trials.words import (
    begins_text,
    kept_text,
    outcome_name,
    past_trial_text,
    subject_text,
    tonight_text,
)
from sleepcalm.gui.widgets.buttons import FlushLink, OutlinedButton
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.keys import press_by_space
from sleepcalm.gui.widgets.labels import caption, heading, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.trends.trial import PRACTICE, Trial
from sleepcalm.trends.trial_analysis import TrialResult
from sleepcalm.trends.trial_nights import Stage, night_of, tonight


class TrialCard(Card):
    """No result before the end: until then the card knows nothing but the plan and how it was kept."""

    def __init__(self, trials: Trials) -> None:
        super().__init__()
        self._trials = trials
        self._under_way: Trial | None = None
        self.subject = wrapped(role=theme.TEXT, size=1.0)
        self.state = wrapped(role=theme.TEXT)
        self.kept = wrapped()
        self.problem = wrapped(role=theme.ACCENT)
        self.plan_button = OutlinedButton(self.tr("Plan a trial…"))
        self.nights_button = OutlinedButton(self.tr("How the nights went…"))
        self.end_link = FlushLink(self.tr("End early…"))
        self.past_title = caption(self.tr("Trials that are over"))
        self.past: list[FlushLink] = []
        self._over: list[Trial] = []
        self._past_column = QVBoxLayout()
        self._lay_out()
        self.plan_button.clicked.connect(self.plan)
        self.nights_button.clicked.connect(self.tell_nights)
        self.end_link.clicked.connect(self.end_early)
        trials.changed.connect(self._refresh)
        trials.problem.connect(self._show_problem)
        self._refresh()

    def plan(self) -> None:
        """Open the window that plans a trial; there is one trial at a time."""
        if self._under_way is None and not self._trials.read_only_reason:
            TrialWizard(self._trials, self).open()

    def tell_nights(self) -> None:
        if self._under_way is not None:
            NightsToldDialog(self._trials, self._under_way, self).open()

    def end_early(self) -> None:
        trial = self._under_way
        if trial is not None:
            dialog = EndTrialDialog(self)
            dialog.ended.connect(lambda: self._end(trial.id))
            dialog.open()

    def show_result(self, trial: Trial) -> None:
        """Open the window with what the trial found, once it is computed."""
        self._trials.result(trial, self._open_result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_space(event):
            super().keyPressEvent(event)

    def _open_result(self, result: TrialResult) -> None:
        from sleepcalm.gui.trends.trials.result_dialog import TrialResultDialog  # noqa: PLC0415 - draws

        TrialResultDialog(result, self._title(result.trial), self).open()

    def _end(self, trial_id: str) -> None:
        """Its nights may have been told of meanwhile."""
        trial = next((one for one in self._trials.trials() if one.id == trial_id), None)
        if trial is not None and self._trials.stage(trial) in (Stage.AHEAD, Stage.RUNNING):
            self._trials.end_early(trial)

    def _refresh(self) -> None:
        self.problem.hide()
        trials = list(self._trials.trials())
        over = [trial for trial in trials if self._trials.stage(trial) is Stage.OVER]
        self._under_way = next((trial for trial in trials if trial not in over), None)
        self._show_under_way()
        self.past_title.setVisible(bool(over))
        self._show_past(over)

    def _show_under_way(self) -> None:
        trial, reason = self._under_way, self._trials.read_only_reason
        self.plan_button.setVisible(trial is None and not reason)
        stage = None if trial is None else self._trials.stage(trial)
        is_open = stage in (Stage.AHEAD, Stage.RUNNING) and not reason
        self.end_link.setVisible(is_open)
        self.kept.setVisible(trial is not None and stage is not Stage.AHEAD)
        if trial is None:
            self.nights_button.hide()
            self.subject.setText(
                self.tr(
                    "Does a routine, or a habit, change your nights? A trial asks one question, and "
                    "draws lots."
                )
            )
            self.state.setText(reason)
            self.state.setVisible(bool(reason))
            return
        keepings = self._trials.keepings(trial)
        is_habit = trial.factor != PRACTICE
        self.nights_button.setVisible(is_habit and bool(keepings) and not reason)
        self.subject.setText(
            self.tr("{subject}, by {outcome}").format(
                subject=subject_text(trial.factor, self._title(trial)), outcome=outcome_name(trial.outcome)
            )
        )
        self.kept.setText(kept_text(keepings.values(), of_habit=is_habit))
        self.state.setText(self._state_text(trial))
        self.state.show()

    def _state_text(self, trial: Trial) -> str:
        now = self._trials.now()
        night = night_of(trial, tonight(now))
        if night is None and tonight(now) < trial.start:
            return begins_text(trial)
        if night is None:
            return self.tr(
                "The last night is over. Once this morning is in the diary, or from tomorrow on, "
                "the result is here."
            )
        return tonight_text(trial, night.assignment, night.number, self._title(trial))

    def _show_past(self, over: list[Trial]) -> None:
        if over == self._over:
            return
        self._over = over
        self.past.clear()
        while (item := self._past_column.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.deleteLater()
        for trial in reversed(over):
            words = past_trial_text(trial, self._title(trial))
            link = FlushLink(self.tr("What it found…"))
            link.setAccessibleName(self.tr("What it found: {trial}").format(trial=words))
            link.clicked.connect(lambda _checked=False, trial=trial: self.show_result(trial))
            self._past_column.addWidget(wrapped(words, theme.TEXT))
            self._past_column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self.past.append(link)

    def _title(self, trial: Trial) -> str:
        return self._trials.routines.get(trial.routine or "", trial.routine or "")

    def _show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _lay_out(self) -> None:
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line)
        column.setSpacing(round(line * 0.5))
        column.addWidget(heading(self.tr("A trial on yourself")))
        parts: tuple[QWidget, ...] = (self.subject, self.state, self.kept, self.problem)
        for part in parts:
            column.addWidget(part)
        for button in (self.plan_button, self.nights_button, self.end_link):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.past_title)
        column.addLayout(self._past_column)
