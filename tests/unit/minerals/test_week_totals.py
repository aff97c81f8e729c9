from __future__ import annotations

import datetime as dt

import pytest

from sleepcalm.minerals.intake import Amount, DayIntake, IntakeEntry, Source
from sleepcalm.minerals.reference_intakes import Profile, Region
from sleepcalm.minerals.totals import day_totals
from sleepcalm.minerals.week_totals import week_document, week_totals

MONDAY = dt.date(2026, 11, 16)


@pytest.fixture
def on(references):
    """The totals of the day `offset` days after Monday with one serving of each item."""

    def totals(offset, *items, **day_fields):
        entries = tuple(IntakeEntry(f"e/{n}", item, Amount(1)) for n, item in enumerate(items))
        day = DayIntake(MONDAY + dt.timedelta(days=offset), entries, **day_fields)
        return day_totals(
            day, references.reference_for(Region.US, Profile(age_years=40)), references.thresholds
        )

    return totals


def test_a_missing_day_is_not_a_day_of_zero(on, make_item):
    oats, capsule = make_item("Oats", 60, 20, Source.FOOD), make_item("Capsule", 100, 0)
    week = week_totals(MONDAY, [on(0, oats), on(2, oats, capsule), on(3), on(6, nothing_taken=True)])
    assert (week.first_day, week.last_day, week.recorded_days) == (MONDAY, dt.date(2026, 11, 22), 3)
    assert (week.magnesium.food_mg, week.magnesium.supplement_mg, week.magnesium.total_mg) == (120, 100, 220)
    assert (week.magnesium.days_known, week.magnesium.mean_total_mg) == (3, 73.3)


def test_a_week_without_a_recorded_day_is_unknown(on):
    for days in ([], [on(1)]):
        week = week_totals(MONDAY, days)
        assert week.recorded_days == 0
        assert (week.calcium.total_mg, week.calcium.mean_total_mg, week.calcium.days_known) == (None, None, 0)


def test_a_mean_rests_only_on_days_whose_figure_is_known(on, make_item):
    week = week_totals(MONDAY, [on(0, make_item("Capsule", 100)), on(1, make_item("Tablet", 50, 300))])
    assert week.recorded_days == 2
    assert (week.magnesium.days_known, week.magnesium.mean_total_mg) == (2, 75)
    assert (week.calcium.days_known, week.calcium.mean_total_mg) == (1, 300)


def test_days_outside_the_week_are_left_out_and_order_changes_nothing(on, make_item):
    oats = make_item("Oats", 60, 20, Source.FOOD)
    days = [on(-1, oats), on(0, oats), on(6, oats), on(7, oats)]
    week = week_totals(MONDAY, days)
    assert week.recorded_days == 2
    assert week == week_totals(MONDAY, reversed(days))


def test_a_date_given_twice_is_refused(on):
    with pytest.raises(ValueError, match="given twice"):
        week_totals(MONDAY, [on(0), on(0)])


def test_the_document_names_the_days_it_rests_on_and_those_with_a_warning(on, make_item, references):
    high = make_item("Capsules", 350, 0)
    week = week_totals(MONDAY, [on(0, high), on(1, make_item("Capsule", 100, 0))])
    reference = references.reference_for(Region.US, Profile(age_years=40))
    assert week_document(week, reference) == {
        "from": "2026-11-16",
        "to": "2026-11-22",
        "recorded_days": 2,
        "magnesium_mg": {
            "food": 0,
            "supplement": 450,
            "total": 450,
            "days_known": 2,
            "mean_total_per_day": 225,
            "target_per_day": {"low": 320, "high": 420},
        },
        "calcium_mg": {
            "food": 0,
            "supplement": 0,
            "total": 0,
            "days_known": 2,
            "mean_total_per_day": 0,
            "target_per_day": 1000,
        },
        "magnesium_supplement_warning_days": ["2026-11-16"],
    }
