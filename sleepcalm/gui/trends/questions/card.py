"""The card on which a question to the diary is chosen: nights with and without something."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from sleepcalm.gui import theme
from sleepcalm.gui.trends.questions.ports import NightQuestions
from sleepcalm.gui.trends.questions.words import (
    asked_text,
    bands_text,
    closed_text,
    factor_text,
    missing_text,
    outcome_text,
    sides_text,
)
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.choices import DropDown
from sleepcalm.gui.widgets.keys import press_by_space
from sleepcalm.gui.widgets.labels import heading, labelled, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.trends.comparison import OUTCOMES, Comparison
from sleepcalm.trends.factors import FACTORS
from sleepcalm.trends.figures import Series


class QuestionCard(Card):
    """Choosing tells how many nights there are; the numbers, which count as a question asked, come by the
    button alone.
    """

    def __init__(self, questions: NightQuestions) -> None:
        super().__init__()
        self._questions = questions
        self._comparison: Comparison | None = None
        self.factor = _Choice()
        for factor in FACTORS.values():
            self.factor.addItem(factor_text(factor), factor.id)
        self.outcome = _Choice()
        self.factor.setToolTip(self.factor.currentText())
        for outcome in OUTCOMES:
            self.outcome.addItem(outcome_text(outcome), outcome.value)
        self.state = wrapped(role=theme.TEXT)
        self.show_button = OutlinedButton(self.tr("Show the comparison"))
        self.asked = wrapped()
        self._lay_out()
        self.factor.currentTextChanged.connect(self.factor.setToolTip)
        self.factor.currentIndexChanged.connect(self._ask)
        self.outcome.currentIndexChanged.connect(self._ask)
        self.show_button.clicked.connect(self.show_comparison)
        questions.changed.connect(self._ask)
        questions.problem.connect(self._show_problem)

    @property
    def chosen(self) -> tuple[str, Series]:
        return self.factor.currentData(), Series(self.outcome.currentData())

    def show_comparison(self) -> None:
        """Open the window with the numbers: from then on the question counts as asked."""
        from sleepcalm.gui.trends.questions.dialog import QuestionDialog  # noqa: PLC0415 - draws

        comparison = self._comparison
        if comparison is None or not comparison.enough:
            return
        self._questions.remember(comparison.factor.id, comparison.outcome)
        self.asked.setText(asked_text(self._questions.asked()))
        QuestionDialog(comparison, self._questions.asked(), self).open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_space(event):
            super().keyPressEvent(event)

    def _ask(self) -> None:
        """Find out how things stand with what is chosen; what nobody sees is asked when it is shown."""
        if not self.isVisible():
            return
        self._comparison = None
        self.asked.setText(asked_text(self._questions.asked()))
        trial = self._questions.closed_by(*self.chosen)
        if trial is not None:
            self._show_state(closed_text(trial))
        else:
            self._questions.compare(*self.chosen, self._take)

    def _take(self, comparison: Comparison) -> None:
        """An answer to what was chosen before is of no use any more; nor one that a trial has closed."""
        if (comparison.factor.id, comparison.outcome) != self.chosen:
            return
        if self._questions.closed_by(*self.chosen) is not None:
            return
        self._comparison = comparison
        parts = [sides_text(comparison)]
        if not comparison.enough:
            parts.append(missing_text(comparison))
        parts.append(bands_text(comparison))
        self._show_state(" ".join(filter(None, parts)))

    def _show_state(self, text: str) -> None:
        self.state.setText(text)
        has_focus = self.show_button.hasFocus()
        self.show_button.setVisible(self._comparison is not None and self._comparison.enough)
        if has_focus and not self.show_button.isVisible():
            self.factor.setFocus()

    def _show_problem(self, text: str) -> None:
        self._show_state(text)

    def _lay_out(self) -> None:
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line)
        column.setSpacing(round(line * 0.5))
        title = heading(self.tr("Nights with and without"))
        title.setWordWrap(True)
        column.addWidget(title)
        labelled(column, self.tr("Nights with and without…"), self.factor, self.tr("Factor"))
        labelled(column, self.tr("compared by…"), self.outcome, self.tr("Outcome"))
        column.addWidget(self.state)
        column.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.asked)
        self.show_button.hide()


class _Choice(DropDown):
    """A list that may be narrower than its longest line: a side card is."""

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 8, super().minimumSizeHint().height())
