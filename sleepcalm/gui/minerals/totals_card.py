"""The card beside the checklist: what a day, or the days before it, add up to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from sleepcalm.gui.minerals.checklist_keeper import ChecklistKeeper
from sleepcalm.gui.minerals.mineral_panel import Figures, MineralPanel
from sleepcalm.gui.minerals.notes_box import NotesBox
from sleepcalm.gui.minerals.week_table import WeekTable
from sleepcalm.gui.minerals.wording import figure_text, number_text, short_day_text
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.choices import Segments
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.minerals.intake import Mineral
from sleepcalm.minerals.notes import NoteCode
from sleepcalm.minerals.reference_intakes import NutrientReference
from sleepcalm.minerals.totals import DayTotals, MineralTotals
from sleepcalm.minerals.week_totals import MineralWeek, WeekTotals, week_totals

DAY, WEEK = "day", "week"
_SHOWN_ABOVE = (NoteCode.NOT_RECORDED, NoteCode.FIGURE_UNKNOWN)
"""Notes that the figures themselves say, by a dash and a line."""


class TotalsCard(Card):
    """Shows the keeper's day, and asks for another day or for other references."""

    references_wanted = Signal()
    day_wanted = Signal(object)

    def __init__(self, keeper: ChecklistKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self.span = Segments({DAY: self.tr("Day"), WEEK: self.tr("7 days")}, self.tr("Totals of"))
        self.span.set_value(DAY)
        self.panels = {mineral: MineralPanel(mineral) for mineral in Mineral}
        self.span_text = wrapped()
        self.notes = NotesBox()
        self.week = WeekTable()
        self.reference = wrapped()
        self.change_reference = FlushLink(self.tr("About me…"))
        self.change_reference.setAccessibleDescription(
            self.tr("References of the US or the EU, sex, age, pregnancy; each as you like.")
        )
        self._lay_out()
        self.span.chosen.connect(lambda _value: self.show_totals())
        self.change_reference.clicked.connect(self.references_wanted)
        self.week.day_wanted.connect(self.day_wanted)

    def show_totals(self) -> None:
        """Show what the keeper has now."""
        shows_week = self.span.value == WEEK
        self.week.setVisible(shows_week)
        self.span_text.setVisible(shows_week)
        if shows_week:
            self._show_week()
        else:
            self._show_day(self._keeper.totals())

    def show_reference(self, text: str) -> None:
        self.reference.setText(text)

    def _show_day(self, totals: DayTotals) -> None:
        limits = {
            Mineral.MAGNESIUM: self.tr("Upper limit for supplements: {limit} mg"),
            Mineral.CALCIUM: self.tr("Upper limit from all sources: {limit} mg"),
        }
        counted = self._keeper.reference.supplements_counted
        of = {Mineral.MAGNESIUM: totals.magnesium, Mineral.CALCIUM: totals.calcium}
        for mineral, of_mineral in of.items():
            limit_mg = of_mineral.reference.upper_limit_mg
            # Where supplements are not counted, a limit for them would read like an allowance.
            shows_limit = limit_mg is not None and (counted or mineral is Mineral.CALCIUM)
            remarks = [limits[mineral].format(limit=figure_text(limit_mg))] if shows_limit else []
            remarks += [
                self.tr("Not known and not in the sum: {items}").format(items=", ".join(note.items))
                for note in totals.notes
                if note.code is NoteCode.FIGURE_UNKNOWN and note.mineral is mineral
            ]
            self.panels[mineral].show_figures(_of_day(totals, of_mineral, tuple(remarks), counted=counted))
        self.notes.show_notes(note for note in totals.notes if note.code not in _SHOWN_ABOVE)

    def _show_week(self) -> None:
        days = self._keeper.last_days()
        week, reference = week_totals(days[0].date, days), self._keeper.reference
        self.week.show_days(days)
        counted = reference.supplements_counted
        self.panels[Mineral.MAGNESIUM].show_figures(
            _of_week(week.magnesium, reference.magnesium, counted=counted)
        )
        self.panels[Mineral.CALCIUM].show_figures(_of_week(week.calcium, reference.calcium, counted=counted))
        self.span_text.setText(self._span_words(week))
        self.notes.show_sentences([(text, True) for text in self._week_warning(week)])

    def _span_words(self, week: WeekTotals) -> str:
        days = week.recorded_days
        if days == 0:
            return self.tr("None of these seven days is recorded.")
        if days == 1:
            return self.tr("One of these seven days is recorded; it stands for itself.")
        return self.tr("A day on average, over the {days} recorded days of seven.").format(days=days)

    def _week_warning(self, week: WeekTotals) -> list[str]:
        if not week.warning_days:
            return []
        limit_mg = self._keeper.facts.references.thresholds.magnesium_supplement_warning_mg
        words = self.tr("{limit} mg or more of magnesium from supplements: {days}.")
        days = ", ".join(short_day_text(day) for day in week.warning_days)
        return [words.format(limit=number_text(limit_mg), days=days)]

    def _lay_out(self) -> None:
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, round(line * 0.8))
        column.setSpacing(round(line * 0.7))
        column.addWidget(self.span, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.span_text)
        for panel in self.panels.values():
            column.addWidget(panel)
        column.addWidget(self.notes)
        column.addWidget(self.week)
        foot = QVBoxLayout()
        foot.setSpacing(round(line * 0.1))
        foot.addWidget(self.reference)
        foot.addWidget(self.change_reference, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot)


def _of_day(day: DayTotals, of_mineral: MineralTotals, remarks: tuple[str, ...], *, counted: bool) -> Figures:
    return Figures(
        of_mineral.food_mg,
        of_mineral.supplement_mg,
        of_mineral.total_mg,
        of_mineral.reference.target,
        remarks,
        recorded=day.recorded,
        supplements_counted=counted,
    )


def _of_week(week: MineralWeek, reference: NutrientReference, *, counted: bool) -> Figures:
    """Means over the days with a total; the parts are spread over the same days."""

    def mean(sum_mg: float | None) -> float | None:
        return None if sum_mg is None or not week.days_known else sum_mg / week.days_known

    return Figures(
        mean(week.food_mg),
        mean(week.supplement_mg),
        week.mean_total_mg,
        reference.target,
        recorded=week.food_mg is not None or week.supplement_mg is not None,
        supplements_counted=counted,
    )
