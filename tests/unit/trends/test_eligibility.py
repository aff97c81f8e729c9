"""What the diary lacks for a trial, in sentences with the figures; what cannot be planned at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from trend_nights import DAY, MONDAY, answered, instant, joined

from sleepcalm.diary.entry import Entry, Evening, JerkCountBand, Medicine
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.reference_intakes import LifeStage, Profile
from sleepcalm.trends.eligibility import shortfalls
from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.plan import Plan, refusal
from sleepcalm.trends.trial import PRACTICE, Outcome

TODAY = MONDAY + 13 * DAY
ADULT = Profile(age_years=40)
HABIT = Plan("coffee after lunch", Outcome.HYPNIC_JERKS, 6, 7, TODAY + DAY)
ROUTINE = Plan(PRACTICE, Outcome.HYPNIC_JERKS, 20, 1, TODAY + DAY, routine="pmr-7")


def fortnight(*counts: int | JerkCountBand | None) -> list[Entry]:
    """14 nights up to today; those beyond `counts` have 2 jerks each."""
    every = [*counts, *[2] * (14 - len(counts))]
    return [answered(MONDAY + n * DAY, jerks=count) for n, count in enumerate(every)]


def figures(entries: list[Entry], practice: tuple[Practice, ...] = ()) -> tuple[NightFigures, ...]:
    return joined(entries, MONDAY, 14, practice=practice)


def codes(nights: tuple[NightFigures, ...], plan: Plan = HABIT, profile: Profile = ADULT) -> list[str]:
    return [short.code for short in shortfalls(nights, plan, TODAY, profile)]


def sentence(nights: tuple[NightFigures, ...], code: str, plan: Plan = HABIT) -> str:
    return next(short.sentence for short in shortfalls(nights, plan, TODAY, ADULT) if short.code == code)


def test_a_fortnight_of_jolts_that_were_counted_lacks_nothing() -> None:
    assert codes(figures(fortnight())) == []


def test_nights_that_are_not_recorded_are_counted() -> None:
    nights = figures(fortnight()[5:])
    assert codes(nights) == ["baseline"]
    assert sentence(nights, "baseline").startswith("9 of the last 14 nights are recorded")


def test_this_morning_may_still_be_blank() -> None:
    yesterday = TODAY - DAY
    entries = [answered(yesterday - n * DAY, jerks=2) for n in range(14)]
    assert codes(joined(entries, MONDAY - 7 * DAY, 21)) == []


def test_jolts_in_fewer_than_three_nights_a_week() -> None:
    nights = figures(fortnight(*[0] * 9))
    assert codes(nights) == ["few_jerks"]
    assert sentence(nights, "few_jerks").startswith("Jolts came in 5 of the last 14 nights; a trial needs 6")
    assert codes(figures(fortnight(*[0] * 8))) == []


def test_a_trial_of_jolts_needs_exact_numbers_and_a_band_still_tells_that_there_were_some() -> None:
    nights = figures(fortnight(*[JerkCountBand.ONE_TO_TWO] * 6))
    assert codes(nights) == ["outcome_not_known"]
    assert sentence(nights, "outcome_not_known").startswith("8 of the last 14 nights have an exact number")


def test_a_trial_of_falling_asleep_needs_its_minutes_and_no_jolts() -> None:
    nights = figures(fortnight(*[0] * 14))
    plan = replace(HABIT, outcome=Outcome.SLEEP_ONSET_LATENCY)
    assert codes(nights, plan) == ["outcome_not_known"]
    timed = [replace(night, sleep_onset_latency_min=20) for night in fortnight(*[0] * 14)]
    assert codes(figures(timed), plan) == []


def test_a_new_medicine_is_named_with_its_night() -> None:
    entries = fortnight()
    medicines = (Medicine("Sertraline", new_or_changed=True), Medicine("Old", new_or_changed=False))
    entries[3] = replace(entries[3], evening=Evening(medicines=medicines))
    assert sentence(figures(entries), "medicine_changed").startswith(
        "New or changed in the last 14 nights: Sertraline (2026-11-19)."
    )


def test_a_routine_is_learnt_first_and_another_one_does_not_count() -> None:
    evenings = [instant(f"{MONDAY + (n - 1) * DAY}T22:00:00+01:00") for n in range(14)]
    practised = tuple(Practice("pmr-7", evening, minutes_heard=10) for evening in evenings)
    assert codes(figures(fortnight(), practised), ROUTINE) == []
    assert codes(figures(fortnight(), practised[1:]), ROUTINE) == ["training"]
    others = tuple(replace(practice, routine="rain") for practice in practised[:5])
    nights = figures(fortnight(), (*others, *practised[5:]))
    assert sentence(nights, "training", ROUTINE).startswith("The routine was practised before 9 of 14 nights")


def test_short_designs_are_named() -> None:
    assert "few_pairs" in codes(figures(fortnight()), replace(ROUTINE, pairs=12))
    assert codes(figures(fortnight()), replace(HABIT, period_nights=3)) == ["short_periods"]


def test_supplements_and_minors_come_with_a_caution() -> None:
    supplement = replace(HABIT, factor="Magnesium in the evening")
    assert codes(figures(fortnight()), supplement) == ["supplement"]
    pregnant = Profile(age_years=17, life_stage=LifeStage.PREGNANT)
    assert codes(figures(fortnight()), supplement, pregnant) == [
        "under_18",
        "supplement",
        "pregnant_or_lactating",
    ]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("evening supplement", True),
        ("vitamin D3", True),
        ("5-HTP", True),
        ("magnesium_citrate", True),
        ("ironing late", False),
        ("tablet in bed", False),
        ("coffee after lunch", False),
    ],
)
def test_a_supplement_is_known_by_its_name(name: str, is_one: bool) -> None:
    assert replace(HABIT, factor=name).names_a_supplement is is_one


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (replace(HABIT, pairs=5), "5 pairs are too few"),
        (replace(HABIT, start=TODAY - DAY), "cannot start in the past"),
        (replace(HABIT, period_nights=0), "at least one night"),
        (replace(HABIT, start=TODAY + 366 * DAY), "more than a year away"),
        (replace(HABIT, pairs=72), "1008 nights are too many"),
        (replace(HABIT, factor=" "), "needs the name of the habit"),
    ],
)
def test_what_cannot_be_planned_cannot_be_accepted(plan: Plan, reason: str) -> None:
    assert reason in (refusal(plan, TODAY) or "")


def test_six_pairs_from_today_on_can_be_planned() -> None:
    assert refusal(replace(HABIT, start=TODAY), TODAY) is None
