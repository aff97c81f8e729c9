"""The small window with the answer to one question: counts, medians, dots, and why it is no proof."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.dots import TwoSides
from sleepcalm.gui.trends.questions.words import (
    bands_text,
    difference_text,
    dots_text,
    factor_text,
    interval_text,
    median_text,
    not_proof_texts,
    outcome_text,
)
from sleepcalm.gui.trends.reading_dialog import ReadingDialog
from sleepcalm.gui.widgets.labels import heading, wrapped
from sleepcalm.trends.comparison import Comparison


class QuestionDialog(ReadingDialog):
    """Only for a comparison that rests on enough nights."""

    def __init__(self, comparison: Comparison, asked: int, parent: QWidget) -> None:
        super().__init__(parent.tr("Nights with and without"), parent.tr("Close"), parent, can_cancel=False)
        title = heading(f"{factor_text(comparison.factor)} · {outcome_text(comparison.outcome)}")
        title.setWordWrap(True)
        self.figures = wrapped(
            "\n".join(
                [
                    median_text(comparison, with_factor=True),
                    median_text(comparison, with_factor=False),
                    difference_text(comparison),
                ]
            ),
            theme.TEXT,
            1.0,
        )
        self.verdict = wrapped(
            " ".join(filter(None, (interval_text(comparison), bands_text(comparison)))), theme.TEXT
        )
        self.dots = TwoSides((self.tr("with"), self.tr("without")), outcome_text(comparison.outcome))
        self.dots.setAccessibleName(self.tr("A dot for each night; a bar at each median"))
        self.dots.setAccessibleDescription(dots_text(comparison))
        self.dots.show_sides(
            [value for _, value in comparison.values_with],
            [value for _, value in comparison.values_without],
            (comparison.median_with, comparison.median_without),
        )
        no_proof, why, questions = not_proof_texts(asked)
        self.no_proof = heading(no_proof)
        self.why = wrapped(why)
        self.questions = wrapped(questions)
        for part in (title, self.figures, self.verdict, self.dots, self.no_proof, self.why, self.questions):
            self.column.addWidget(part)
        self.done_button.setFocus()
