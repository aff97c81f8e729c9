"""The small window about the person: whose references are shown. Each answer is optional."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui.minerals.ports import ChangingPreferences
from sleepcalm.gui.widgets.choices import Segments
from sleepcalm.gui.widgets.labels import caption, labelled, wrapped
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog
from sleepcalm.gui.widgets.text_field import TextField
from sleepcalm.minerals.reference_intakes import LifeStage, Region, Sex
from sleepcalm.preferences import BIRTH_YEAR_LIMITS

NOT_TOLD = ""
_OLDEST_YEARS = 120


class PersonDialog(QuietDialog):
    """Every choice counts at once, so there is nothing to cancel."""

    def __init__(self, preferences: ChangingPreferences, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent.tr("About me"), parent.tr("Done"), parent, can_cancel=False)
        self._preferences = preferences
        self._today = today
        self.region = Segments(
            {Region.US.value: self.tr("US"), Region.EU.value: self.tr("EU")}, self.tr("Reference intakes")
        )
        self.sex = Segments(
            {
                NOT_TOLD: self.tr("Not told"),
                Sex.FEMALE.value: self.tr("Female"),
                Sex.MALE.value: self.tr("Male"),
            },
            self.tr("Sex"),
        )
        self.birth_year = TextField(self.tr("not told"), width_lines=6)
        stages = {
            NOT_TOLD: self.tr("No, or not told"),
            LifeStage.PREGNANT.value: self.tr("Pregnant"),
            LifeStage.LACTATING.value: self.tr("Breastfeeding"),
        }
        self.life_stage = Segments(stages, self.tr("Pregnancy"))
        self._stage_caption = caption(self.tr("Pregnancy"))
        self._lay_out()
        self._show()
        self.birth_year.setFocus()
        self.region.chosen.connect(lambda value: self._preferences.change(mineral_region=value))
        self.sex.chosen.connect(self._choose_sex)
        self.life_stage.chosen.connect(lambda value: self._preferences.change(life_stage=value or None))
        self.birth_year.textChanged.connect(lambda _text: self._take_year())

    def _show(self) -> None:
        value = self._preferences.value
        self.region.set_value(value.mineral_region)
        self.sex.set_value(value.sex or NOT_TOLD)
        self.life_stage.set_value(value.life_stage or NOT_TOLD)
        self.birth_year.setText("" if value.birth_year is None else str(value.birth_year))
        self._show_stages()

    def _choose_sex(self, value: str) -> None:
        """Who is told to be male is not asked about pregnancy, and no earlier answer stays behind."""
        if value == Sex.MALE.value:
            self.life_stage.set_value(NOT_TOLD)
            self._preferences.change(sex=value, life_stage=None)
        else:
            self._preferences.change(sex=value or None)
        self._show_stages()

    def _show_stages(self) -> None:
        is_asked = self.sex.value != Sex.MALE.value
        self.life_stage.setVisible(is_asked)
        self._stage_caption.setVisible(is_asked)

    def _take_year(self) -> bool:
        """Keep the year if it can be one; whether it could."""
        text = self.birth_year.text().strip()
        if not text:
            self._preferences.change(birth_year=None)
            return True
        first = max(BIRTH_YEAR_LIMITS[0], self._today.year - _OLDEST_YEARS)
        if text.isascii() and text.isdigit() and first <= int(text) <= self._today.year:
            self._preferences.change(birth_year=int(text))
            self.show_problem("")
            return True
        return False

    def _finish(self) -> None:
        if self._take_year():
            self.accept()
        else:
            words = self.tr("“{text}” is not a year of birth, so the one from before stays.")
            self.show_problem(words.format(text=self.birth_year.text().strip()))
            self.birth_year.blockSignals(True)
            year = self._preferences.value.birth_year
            self.birth_year.setText("" if year is None else str(year))
            self.birth_year.blockSignals(False)

    def _lay_out(self) -> None:
        intro = self.tr(
            "Each answer is optional. Without it the range over everyone it could be is shown, not a guess."
        )
        self.column.addWidget(wrapped(intro))
        for title, control in (
            (caption(self.tr("Reference intakes of")), self.region),
            (caption(self.tr("Sex")), self.sex),
        ):
            self.column.addWidget(title)
            self.column.addWidget(_at_left(control))
        year = QHBoxLayout()
        labelled(year, self.tr("Year of &birth"), self.birth_year)
        year.addStretch(1)
        self.column.addLayout(year)
        self.column.addWidget(
            wrapped(self.tr("Under 18 only food is counted. The age is that of the beginning of the year."))
        )
        self.column.addWidget(self._stage_caption)
        self.column.addWidget(_at_left(self.life_stage))
        self.column.addStretch(1)


def _at_left(control: QWidget) -> QWidget:
    """Segments as wide as their words."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(control)
    row.addStretch(1)
    return box
