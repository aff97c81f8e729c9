"""The small window with what a trial found."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.dots import TwoSides
from sleepcalm.gui.trends.reading_dialog import ReadingDialog
from sleepcalm.gui.trends.trials.result_words import (
    accepted_text,
    ended_text,
    figures_text,
    keeping_text,
    limits_text,
    pairs_text,
    verdict_text,
)
from sleepcalm.gui.trends.trials.words import outcome_name, subject_text
from sleepcalm.gui.widgets.labels import heading, wrapped
from sleepcalm.trends.trial_analysis import TrialResult


class TrialResultDialog(ReadingDialog):
    """Only for a trial that is over."""

    def __init__(self, result: TrialResult, routine_title: str, parent: QWidget) -> None:
        super().__init__(parent.tr("What the trial found"), parent.tr("Close"), parent, can_cancel=False)
        trial = result.trial
        title = heading(
            self.tr("{subject}, compared by {outcome}").format(
                subject=subject_text(trial.factor, routine_title),
                outcome=outcome_name(trial.outcome),
            )
        )
        title.setWordWrap(True)
        self.ended = wrapped(ended_text(trial), theme.ACCENT)
        self.verdict = wrapped(verdict_text(result, routine_title), theme.TEXT, 1.15)
        self.figures = wrapped(figures_text(result), theme.TEXT)
        self.pairs = self._pairs_of(result) if result.usable_pairs else None
        self.begun_knowing = wrapped(accepted_text(trial))
        self.keeping = wrapped(keeping_text(result))
        self.limits = wrapped(limits_text())
        for part in (
            title,
            self.ended,
            self.verdict,
            self.figures,
            self.pairs,
            self.begun_knowing,
            self.keeping,
        ):
            if part is not None:
                self.column.addWidget(part)
        self.column.addWidget(self.limits)
        for words in (self.ended, self.figures, self.begun_knowing, self.keeping):
            words.setVisible(bool(words.text()))
        self.done_button.setFocus()

    def _pairs_of(self, result: TrialResult) -> TwoSides:
        usable = result.usable_pairs
        sides = TwoSides((self.tr("with"), self.tr("without")), outcome_name(result.trial.outcome))
        sides.setAccessibleName(self.tr("A line for each pair, from with to without"))
        sides.setAccessibleDescription(pairs_text(result))
        sides.show_pairs([(pair.with_factor.mean, pair.without_factor.mean) for pair in usable])
        return sides
