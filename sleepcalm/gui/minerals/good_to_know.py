"""The quiet card: what goes badly with a medicine, and what the program is not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from sleepcalm.gui import theme
from sleepcalm.gui.minerals.checklist_keeper import ChecklistKeeper
from sleepcalm.gui.minerals.dose_rules import rule_text
from sleepcalm.gui.minerals.ports import ChangingPreferences
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.labels import heading, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.minerals.interactions import InteractionGuide, is_evening_dose, rules_to_show
from sleepcalm.minerals.reference_intakes import ADULT_FROM_AGE_YEARS, LifeStage, Profile
from sleepcalm.person import profile_of


class GoodToKnowCard(Card):
    """The wellness wording stands here until it is read, and is one click away from then on."""

    medicines_wanted = Signal()

    def __init__(self, keeper: ChecklistKeeper, preferences: ChangingPreferences) -> None:
        super().__init__()
        self._keeper = keeper
        self._preferences = preferences
        guide = keeper.facts.guide
        self.rules = wrapped(role=theme.TEXT)
        self.medicines = FlushLink("")
        self.condition = wrapped(role=theme.TEXT)
        self.wellness = wrapped(guide.wellness)
        self.ask_first = wrapped(_ask_first_text(guide))
        self.side_effects = wrapped(guide.side_effects)
        self.about = FlushLink("")
        self._shows_all = False
        self._lay_out()
        self.medicines.clicked.connect(self.medicines_wanted)
        self.about.clicked.connect(self._turn)

    def show_facts(self) -> None:
        """Show what fits the day and the person."""
        guide, ticked = self._keeper.facts.guide, self._keeper.medicines
        medicines = rules_to_show(guide, ticked)
        at_dose = any(is_evening_dose(entry) for entry in self._keeper.day.entries)
        if medicines and at_dose:
            names = ", ".join(medicine.name for medicine in medicines)
            self.rules.setText(self.tr("{medicines}: see beside the evening dose.").format(medicines=names))
        else:
            self.rules.setText("\n\n".join(rule_text(medicine) for medicine in medicines))
        self.rules.setVisible(bool(medicines))
        self.medicines.setText(self.tr("Medicines…") if ticked else self.tr("Do you take medicines?"))
        self.medicines.updateGeometry()
        condition = self._condition_text(profile_of(self._preferences.value, self._keeper.date))
        self.condition.setText(condition)
        self.condition.setVisible(bool(condition))
        is_read = self._preferences.value.wellness_read
        self.wellness.setVisible(not is_read or self._shows_all)
        self.ask_first.setVisible(self._shows_all)
        self.side_effects.setVisible(self._shows_all)
        if self._shows_all:
            self.about.setText(self.tr("Fold away"))
        else:
            self.about.setText(self.tr("About supplements") if is_read else self.tr("When to ask first"))
        self.about.updateGeometry()

    def _turn(self) -> None:
        """Unfold everything there is to know; folding it away means that it was read."""
        self._shows_all = not self._shows_all
        if not self._shows_all:
            self._preferences.change(wellness_read=True)
        self.show_facts()

    def _condition_text(self, profile: Profile) -> str:
        """What was told of the person is itself a reason to ask first."""
        told = {LifeStage.PREGNANT: "pregnancy", LifeStage.LACTATING: "breastfeeding"}
        ids = [told[profile.life_stage]] if profile.life_stage is not None else []
        if profile.age_years is not None and profile.age_years < ADULT_FROM_AGE_YEARS:
            ids.append("under-18")
        names = [one.name for one in self._keeper.facts.guide.conditions if one.id in ids]
        words = self.tr("{condition}: please take supplements only with a clinician's advice.")
        return words.format(condition=", ".join(names)) if names else ""

    def _lay_out(self) -> None:
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, round(line * 0.6))
        column.setSpacing(round(line * 0.5))
        column.addWidget(heading(self.tr("Good to know")))
        left = Qt.AlignmentFlag.AlignLeft
        column.addWidget(self.rules)
        column.addWidget(self.condition)
        column.addWidget(self.medicines, 0, left)
        for part in (self.wellness, self.ask_first, self.side_effects):
            column.addWidget(part)
        column.addWidget(self.about, 0, left)


def _ask_first_text(guide: InteractionGuide) -> str:
    names = ", ".join(condition.name for condition in guide.conditions)
    return f"{guide.ask_first} {names}."
