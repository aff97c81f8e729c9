"""One mineral in figures: the sum large, the bar, food and supplements apart, the upper limit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.minerals.intake_bar import IntakeBar, Swatch
from sleepcalm.gui.minerals.wording import figure_text, mineral_name, target_text
from sleepcalm.gui.widgets.labels import label, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.minerals.intake import Mineral
from sleepcalm.minerals.reference_intakes import Target


@dataclass(frozen=True, slots=True)
class Figures:
    """mg a day: of one day, or the mean of several. None is not known or not recorded.

    `remarks` are lines about limits and about what is not in the sum.
    """

    food_mg: float | None
    supplement_mg: float | None
    total_mg: float | None
    target: Target | None
    remarks: tuple[str, ...] = ()
    recorded: bool = True
    supplements_counted: bool = True


class MineralPanel(QWidget):
    """Shows the figures of one mineral, all of them as text too."""

    def __init__(self, mineral: Mineral) -> None:
        super().__init__()
        self._mineral = mineral
        self.total = label(size=1.55)
        self.target = label(role=theme.MUTED, size=0.95)
        self.bar = IntakeBar()
        self.food = wrapped()
        self.supplements = wrapped()
        self.remark = wrapped()
        self._swatches = (Swatch(is_food=True), Swatch(is_food=False))
        self._lay_out()

    def show_figures(self, figures: Figures) -> None:
        self.total.setText(figure_text(figures.total_mg))
        self.target.setText(target_text(figures.target))
        self.food.setText(_food_words(figures))
        self.supplements.setText(_supplements_words(figures))
        self._swatches[0].setVisible(figures.recorded)
        for part in (self._swatches[1], self.supplements):
            part.setVisible(bool(self.supplements.text()))
        self.remark.setText("\n".join(figures.remarks))
        self.remark.setVisible(bool(figures.remarks))
        sum_words = f"{figure_text(figures.total_mg)} {target_text(figures.target)}"
        if figures.total_mg is None:
            sum_words = self.tr("not known") if figures.recorded else self.tr("not recorded")
        parts = [self.food.text(), self.supplements.text()] if figures.recorded else []
        words = f"{mineral_name(self._mineral)}: {'; '.join([sum_words, *parts])}"
        self.bar.show_figures(figures.food_mg or 0.0, figures.supplement_mg or 0.0, figures.target, words)

    def _lay_out(self) -> None:
        line = line_height(self)
        head = QHBoxLayout()
        head.setSpacing(round(line * 0.3))
        head.addWidget(label(mineral_name(self._mineral)), 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.total, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.target, 0, Qt.AlignmentFlag.AlignBottom)
        self.target.setContentsMargins(0, 0, 0, round(line * 0.14))
        parts = QGridLayout()
        parts.setHorizontalSpacing(round(line * 0.45))
        parts.setVerticalSpacing(round(line * 0.1))
        parts.setColumnStretch(1, 1)
        for row, (swatch, part) in enumerate(zip(self._swatches, (self.food, self.supplements), strict=True)):
            box = QVBoxLayout()
            box.setContentsMargins(0, round(line * 0.22), 0, 0)
            box.addWidget(swatch, 0, Qt.AlignmentFlag.AlignTop)
            parts.addLayout(box, row, 0)
            parts.addWidget(part, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.25))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(parts)
        column.addWidget(self.remark)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Minerals", text)


def _food_words(figures: Figures) -> str:
    if figures.food_mg is not None:
        return _tr("{figure} mg from food").format(figure=figure_text(figures.food_mg))
    return _tr("food not known") if figures.recorded else _tr("not recorded")


def _supplements_words(figures: Figures) -> str:
    """Nothing where the day is not recorded: the line above says so of both."""
    if not figures.supplements_counted and figures.recorded:
        return _tr("supplements not counted under 18")
    if figures.supplement_mg is not None:
        return _tr("{figure} mg from supplements").format(figure=figure_text(figures.supplement_mg))
    return _tr("supplements not known") if figures.recorded else ""
