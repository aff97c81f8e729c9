"""Totals beside references, notes at their thresholds, and what medicines ask for."""

from __future__ import annotations

import datetime as dt

import pytest

from sleepcalm.gui.minerals.medicines_dialog import MedicinesDialog
from sleepcalm.gui.minerals.person_dialog import PersonDialog
from sleepcalm.gui.minerals.ports import MineralFacts
from sleepcalm.minerals.intake import Item, Mineral, MineralContent, Source
from sleepcalm.minerals.reference_intakes import TargetRange
from sleepcalm.preferences import Preferences, RegularMedicine

from .mineral_record_in_memory import TODAY
from .minerals_window import CAPSULE, EVENING, TABLET, Opened, Opener, day_with

WOMAN = Preferences(sex="female", birth_year=1984)
MORNING = dt.time(7, 0)


def supplement(magnesium_mg: float) -> Item:
    return Item("own-x", "Powder", "1 spoon", Source.SUPPLEMENT, magnesium=MineralContent(magnesium_mg))


def target_of(opened: Opened, mineral: Mineral) -> str:
    return opened.tab.totals.panels[mineral].target.text()


def test_without_a_word_about_the_person_the_adult_range_is_shown(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)))
    assert target_of(opened, Mineral.MAGNESIUM) == "of 310\N{EN DASH}420 mg"
    assert "310\N{EN DASH}420" in opened.tab.totals.panels[Mineral.MAGNESIUM].bar.accessibleName()
    assert opened.tab.keeper.reference.magnesium.target == TargetRange(310, 420)
    assert "all adults" in opened.tab.totals.reference.text()


@pytest.mark.parametrize(
    ("preferences", "magnesium", "calcium"),
    [
        (WOMAN, "of 320 mg", "of 1000 mg"),
        (Preferences(sex="male"), "of 400\N{EN DASH}420 mg", "of 1000\N{EN DASH}1200 mg"),
        (Preferences(mineral_region="eu", sex="male", birth_year=1984), "of 350 mg", "of 950 mg"),
        (Preferences(life_stage="pregnant", birth_year=1990), "of 360 mg", "of 1000 mg"),
        (Preferences(mineral_region="eu"), "of 300\N{EN DASH}350 mg", "of 950\N{EN DASH}1000 mg"),
    ],
)
def test_the_target_follows_what_was_told(
    open_tab: Opener, preferences: Preferences, magnesium: str, calcium: str
) -> None:
    opened = open_tab(preferences=preferences)
    assert target_of(opened, Mineral.MAGNESIUM) == magnesium
    assert target_of(opened, Mineral.CALCIUM) == calcium


def test_food_and_supplement_stand_apart(open_tab: Opener, facts: MineralFacts) -> None:
    almonds = next(food.item for food in facts.foods if food.item.name == "Almonds")
    opened = open_tab(day_with((almonds, 2, None), (CAPSULE, 1, EVENING)), preferences=WOMAN)
    panel = opened.tab.totals.panels[Mineral.MAGNESIUM]
    assert panel.total.text() == "258"
    assert panel.food.text() == "158 mg from food"
    assert panel.supplements.text() == "100 mg from supplements"
    assert panel.remark.text() == "Upper limit for supplements: 350 mg"


@pytest.mark.parametrize(
    ("magnesium_mg", "says", "is_warning"),
    [(249.9, "", False), (250, "adds up to 250 mg", False), (349, "adds up", False), (350, "is a lot", True)],
)
def test_notes_on_supplement_magnesium(
    open_tab: Opener, magnesium_mg: float, says: str, is_warning: bool
) -> None:
    opened = open_tab(day_with((supplement(magnesium_mg), 1, EVENING)), preferences=WOMAN)
    assert (says in opened.notes) if says else (opened.notes == "")
    assert ("clinician" in opened.notes) == is_warning


def test_in_a_narrow_window_the_warning_stands_by_the_list(open_tab: Opener) -> None:
    day = day_with((supplement(400), 1, EVENING))
    narrow = open_tab(day, preferences=WOMAN, size=(800, 600))
    assert "is a lot" in " ".join(narrow.tab.checklist.warnings.texts)
    assert narrow.tab.checklist.summary.text().startswith("Mg 400 of 320 mg")
    narrow.window.resize(1366, 768)
    narrow.qtbot.waitUntil(narrow.tab.checklist.warnings.isHidden)
    assert narrow.tab.checklist.summary.isHidden()
    assert "is a lot" in narrow.notes


def test_a_lot_of_food_is_no_matter_for_a_note(open_tab: Opener, facts: MineralFacts) -> None:
    hemp = next(food.item for food in facts.foods if food.item.name == "Hemp hearts")
    assert open_tab(day_with((hemp, 5, None)), preferences=WOMAN).notes == ""


def test_calcium_over_500_mg_at_once_and_over_the_limit_in_all(open_tab: Opener) -> None:
    assert "501 mg of calcium at once" in open_tab(day_with((TABLET, 1, MORNING))).notes
    five = open_tab(day_with((TABLET, 5, MORNING)), preferences=WOMAN)
    assert "above the upper limit of 2500 mg" in five.notes


def test_under_18_only_food_counts(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 4, EVENING)), preferences=Preferences(birth_year=2012))
    panel = opened.tab.totals.panels[Mineral.MAGNESIUM]
    assert panel.total.text() == "0"
    assert panel.supplements.text() == "supplements not counted under 18"
    assert panel.remark.text() == ""
    assert "Under 18 only food is counted" in opened.notes
    assert opened.tab.good_to_know.condition.text().startswith("Age under 18")


def test_seven_days_rest_on_the_recorded_ones_and_lead_to_each(open_tab: Opener) -> None:
    earlier = TODAY - dt.timedelta(days=3)
    opened = open_tab(day_with((CAPSULE, 1, EVENING)), day_with((CAPSULE, 4, EVENING), date=earlier))
    opened.tab.totals.span.set_value("week")
    opened.tab.totals.show_totals()
    assert opened.tab.totals.panels[Mineral.MAGNESIUM].total.text() == "250"
    assert "2 recorded days" in opened.tab.totals.span_text.text()
    assert "Thu 19" in opened.notes
    cells = [magnesium.text() for magnesium, _calcium in opened.tab.totals.week.cells]
    dash = "\N{EN DASH}"
    assert cells == [dash, dash, dash, "400", dash, dash, "100"]
    assert "not recorded" in opened.tab.totals.week.days[0].accessibleName()
    opened.tab.totals.week.days[3].click()
    assert opened.tab.keeper.date == earlier


def test_the_rule_of_a_ticked_medicine_stands_beside_the_evening_dose(open_tab: Opener) -> None:
    day = day_with((CAPSULE, 1, EVENING), (TABLET, 1, MORNING))
    opened = open_tab(day, preferences=Preferences(medicines=(RegularMedicine("levothyroxine"),)))
    assert "at least 4 hours apart" in opened.row("Night capsule").tick.accessibleDescription()
    assert opened.row("Calcium tablet").tick.accessibleDescription() == ""


def test_times_too_close_are_worked_out_at_any_hour(open_tab: Opener) -> None:
    day = day_with((CAPSULE, 1, EVENING), (TABLET, 1, MORNING))
    medicines = (RegularMedicine("levothyroxine", ("06:30",)), RegularMedicine("zinc"))
    opened = open_tab(day, preferences=Preferences(medicines=medicines))
    assert "too close" in opened.row("Calcium tablet").tick.accessibleDescription()
    beside_evening = opened.row("Night capsule").tick.accessibleDescription()
    assert "4 hours apart" in beside_evening
    assert "too close" not in beside_evening
    assert "zinc" not in beside_evening.lower()  # it minds calcium only


def test_without_an_evening_dose_the_rules_stand_in_the_card(open_tab: Opener) -> None:
    opened = open_tab(preferences=Preferences(medicines=(RegularMedicine("digoxin"),)))
    assert opened.tab.good_to_know.rules.text().startswith("Digoxin: ")


def test_medicines_are_ticked_with_their_times(open_tab: Opener) -> None:
    known = RegularMedicine("of-an-older-list", ("08:00",))
    opened = open_tab(preferences=Preferences(medicines=(known,)))
    opened.tab.good_to_know.medicines.click()
    dialog = opened.tab.findChild(MedicinesDialog)
    row = dialog.rows["levothyroxine"]
    row.tick.click()
    row.times.setText("6.30, 25:00")
    dialog.done_button.click()
    assert "25:00" in dialog.problem.text()
    row.times.setText("9 pm; 630")
    dialog.done_button.click()
    assert opened.preferences.value.medicines == (known, RegularMedicine("levothyroxine", ("06:30", "21:00")))


def test_the_wellness_wording_is_there_until_read_and_not_at_every_click(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)))
    card = opened.tab.good_to_know
    assert card.wellness.isVisible()
    assert card.ask_first.isHidden()
    card.about.click()
    assert "Kidney disease" in card.ask_first.text()
    assert card.ask_first.isVisible()
    card.about.click()
    assert opened.preferences.value.wellness_read
    assert card.wellness.isHidden()
    card.about.click()
    assert card.wellness.isVisible()


def test_what_is_told_of_the_person_counts_at_once_and_can_be_taken_back(open_tab: Opener) -> None:
    opened = open_tab()
    opened.tab.totals.change_reference.click()
    dialog = opened.tab.findChild(PersonDialog)
    dialog.sex.chosen.emit("female")
    dialog.birth_year.setText("1984")
    dialog.life_stage.chosen.emit("lactating")
    assert target_of(opened, Mineral.MAGNESIUM) == "of 320 mg"
    assert "breastfeeding, at least 41 years" in opened.tab.totals.reference.text()
    dialog.birth_year.setText("")
    assert opened.preferences.value.birth_year is None
    dialog.sex.set_value("male")
    dialog.sex.chosen.emit("male")
    assert (opened.preferences.value.sex, opened.preferences.value.life_stage) == ("male", None)
    assert dialog.life_stage.isHidden()


def test_a_year_that_cannot_be_is_said_and_the_one_before_stays(open_tab: Opener) -> None:
    opened = open_tab(preferences=WOMAN)
    opened.tab.open_person()
    dialog = opened.tab.findChild(PersonDialog)
    dialog.birth_year.setText("19844")
    dialog.done_button.click()
    assert dialog.isVisible()
    assert "19844" in dialog.problem.text()
    assert opened.preferences.value.birth_year == 1984
