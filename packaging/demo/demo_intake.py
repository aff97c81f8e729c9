"""The invented days of intake that go with the nights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from demo_nights import AWAY_UNRECORDED, FIRST_WAKE_DATE, NIGHTS

from sleepcalm.minerals import checklist
from sleepcalm.minerals.compounds import load_compounds
from sleepcalm.minerals.food_table import load_foods
from sleepcalm.minerals.intake import (
    Amount,
    AmountUnit,
    ChecklistItem,
    DayIntake,
    Item,
    MineralContent,
    Source,
)
from sleepcalm.minerals.item_search import SearchableItem, resolve_item

CAPSULES_FROM = dt.date(2026, 10, 12)
LABEL_READ_AGAIN = dt.date(2026, 10, 20)
FOUR_CAPSULES = dt.date(2026, 11, 10)
NOTHING_TAKEN = dt.date(2026, 10, 23)
ONLY_OFFERED = dt.date(2026, 11, 3)


def kept_items(seeds: Path) -> tuple[ChecklistItem, ...]:
    """The items that the invented person keeps: two supplements of their own, and foods."""
    foods, compounds = load_foods(seeds / "foods.csv"), load_compounds(seeds / "supplements.toml")
    capsule = Item(
        id="own-magnesium-bisglycinate",
        name="Magnesium bisglycinate",
        serving="1 capsule",
        source=Source.SUPPLEMENT,
        magnesium=MineralContent(100.0),  # calcium is not on the label: not known, so not given
    )
    tablet = Item(
        id="own-calcium-citrate",
        name="Calcium citrate",
        serving="1 tablet",
        source=Source.SUPPLEMENT,
        magnesium=MineralContent(0.0),
        calcium=compounds["calcium-citrate-tetrahydrate"].content(1420.0),
    )
    return (
        ChecklistItem(capsule, dt.time(21, 0), favourite=True, daily=True),
        ChecklistItem(_food(foods, "Oatmeal, cooked"), dt.time(7, 30), favourite=True, daily=True),
        ChecklistItem(_food(foods, "Yogurt, plain, low-fat"), favourite=True),
        ChecklistItem(_food(foods, "Almonds"), favourite=True),
        ChecklistItem(_food(foods, "Spinach, boiled")),
        ChecklistItem(_food(foods, "Tofu, firm, calcium-set")),
        ChecklistItem(_food(foods, "Dark chocolate, 70-85 %"), dt.time(20, 30)),
        ChecklistItem(tablet, dt.time(8, 0)),
    )


def intake_days(chance: Random, kept: tuple[ChecklistItem, ...]) -> Iterator[DayIntake]:
    """The recorded calendar days before the nights, and one on which items were only offered."""
    for number in range(NIGHTS):
        wake_date = FIRST_WAKE_DATE + dt.timedelta(days=number)
        day = DayIntake(wake_date - dt.timedelta(days=1))
        forgotten = chance.random() < 0.15
        if day.date == NOTHING_TAKEN:
            yield checklist.record_nothing_taken(checklist.offer_daily_items(day, kept))
        elif day.date == ONLY_OFFERED:
            yield checklist.offer_daily_items(day, kept)
        elif wake_date not in AWAY_UNRECORDED and not forgotten:
            yield _day(chance, day, kept)


def _day(chance: Random, day: DayIntake, kept: tuple[ChecklistItem, ...]) -> DayIntake:
    capsule, oats, *sometimes = kept
    day = checklist.add(day, oats.item, time_of_day=oats.usual_time, checked=chance.random() < 0.8)
    for food in sometimes[:-1]:
        if chance.random() < 0.4:
            grams = food.item.name == "Almonds" and chance.random() < 0.5
            amount = Amount(40.0, AmountUnit.GRAMS) if grams else Amount(chance.choice([0.5, 1.0, 1.0, 2.0]))
            day = checklist.add(day, food.item, amount, food.usual_time)
    if chance.random() < 0.2:
        tablets = Amount(chance.choice([1.0, 2.0]))
        day = checklist.add(day, sometimes[-1].item, tablets, sometimes[-1].usual_time)
    if day.date >= CAPSULES_FROM:
        capsules = Amount(4.0 if day.date == FOUR_CAPSULES else chance.choice([1.0, 2.0, 2.0]))
        taken = day.date == FOUR_CAPSULES or chance.random() < 0.85
        as_known = _as_known_on(day.date, capsule.item)
        day = checklist.add(day, as_known, capsules, capsule.usual_time, checked=taken)
    if not day.checked_entries:
        day = checklist.toggle(day, day.entries[0].key)
    return day


def _as_known_on(date: dt.date, capsule: Item) -> Item:
    """Until the label was read again it was taken for 75 mg; the days before keep that figure."""
    return replace(capsule, magnesium=MineralContent(75.0)) if date < LABEL_READ_AGAIN else capsule


def _food(foods: tuple[SearchableItem, ...], name: str) -> Item:
    return resolve_item(name, foods).item
