"""What the diary lacks for a trial. Each shortfall may be accepted knowingly, and is then recorded with it.

The rules are those of the AHRQ's guide to trials with one person (Kravitz & Duan 2014) and of the simulation
in `sleepcalm.trends.power`; what makes a plan impossible is in `plan.refusal`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.minerals.reference_intakes import Profile
from sleepcalm.trends.factors import FEWEST_PRACTICE_MIN
from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.trial import Outcome, Shortfall
from sleepcalm.trends.trial_analysis import SERIES

BASELINE_NIGHTS = 14
FEWEST_JERK_NIGHTS = 6
"""Of 14: three a week."""
FEWEST_KNOWN_OUTCOMES = 9
"""Of 14: the share of a period's nights that a trial needs, three fifths, rounded up."""
TRAINING_NIGHTS = 14
RECOMMENDED_NIGHTLY_PAIRS = 20
RECOMMENDED_PERIOD_NIGHTS = 7
ADULT_YEARS = 18

_DAY = timedelta(days=1)


def baseline(nights: Sequence[NightFigures], today: date) -> tuple[NightFigures, ...]:
    """The recorded ones of the last 14 nights.

    The last of the 14 has the wake date `today`, or the day before while this morning is not recorded yet.
    """
    recorded = {night.wake_date: night for night in nights if night.recorded}
    last = today if today in recorded else today - _DAY
    days = (last - number * _DAY for number in reversed(range(BASELINE_NIGHTS)))
    return tuple(recorded[day] for day in days if day in recorded)


def shortfalls(
    nights: Sequence[NightFigures], plan: Plan, today: date, profile: Profile
) -> tuple[Shortfall, ...]:
    """Everything that is short of `plan`, the weightiest first. `nights` reach back to the first practice."""
    before = baseline(nights, today)
    return (
        *_cautions(plan, profile),
        *_recording(before),
        *_outcome(before, plan.outcome),
        *_medicines(before),
        *_training(nights, plan, today),
        *_length(plan),
    )


def _cautions(plan: Plan, profile: Profile) -> Iterator[Shortfall]:
    age = profile.age_years
    if age is not None and age < ADULT_YEARS:
        yield Shortfall(
            "under_18", "Under 18 a trial is for you and a clinician together, not for you on your own."
        )
    if plan.names_a_supplement:
        yield Shortfall(
            "supplement",
            "A clinician or pharmacist should have agreed to a supplement before a trial asks about it; the "
            "program assigns none on its own account.",
        )
        if profile.life_stage is not None:
            yield Shortfall(
                "pregnant_or_lactating",
                "In pregnancy and while breastfeeding a supplement is a clinician's decision.",
            )


def _recording(before: Sequence[NightFigures]) -> Iterator[Shortfall]:
    if len(before) < BASELINE_NIGHTS:
        yield Shortfall(
            "baseline",
            f"{len(before)} of the last {BASELINE_NIGHTS} nights are recorded; all of them should be.",
        )


def _outcome(before: Sequence[NightFigures], outcome: Outcome) -> Iterator[Shortfall]:
    values = [night.values[SERIES[outcome]] for night in before]
    exact = sum(value is not None and not isinstance(value, CountRange) for value in values)
    jerks = outcome is Outcome.HYPNIC_JERKS
    if exact < FEWEST_KNOWN_OUTCOMES:
        what = "an exact number of jolts" if jerks else "the minutes to fall asleep"
        yield Shortfall(
            "outcome_not_known",
            f"{exact} of the last {BASELINE_NIGHTS} nights have {what}; {FEWEST_KNOWN_OUTCOMES} should.",
        )
    if jerks:
        with_jerks = sum((value.low if isinstance(value, CountRange) else value or 0) > 0 for value in values)
        if with_jerks < FEWEST_JERK_NIGHTS:
            yield Shortfall(
                "few_jerks",
                f"Jolts came in {with_jerks} of the last {BASELINE_NIGHTS} nights; a trial needs "
                f"{FEWEST_JERK_NIGHTS} or more, three a week, to tell anything.",
            )


def _medicines(before: Sequence[NightFigures]) -> Iterator[Shortfall]:
    changed = {
        medicine.name: night.wake_date
        for night in before
        if night.entry is not None
        for medicine in night.entry.evening.medicines or ()
        if medicine.new_or_changed
    }
    if changed:
        names = _listed(changed)
        yield Shortfall(
            "medicine_changed",
            f"New or changed in the last {BASELINE_NIGHTS} nights: {names}. A trial needs steady medicines.",
        )


def _listed(changed: Mapping[str, date]) -> str:
    return ", ".join(f"{name} ({day})" for name, day in changed.items())


def _training(nights: Sequence[NightFigures], plan: Plan, today: date) -> Iterator[Shortfall]:
    if not plan.is_practice:
        return
    trained = sum(night.wake_date <= today and _trained(night, plan.routine) for night in nights)
    if trained < TRAINING_NIGHTS:
        yield Shortfall(
            "training",
            f"The routine was practised before {trained} of {TRAINING_NIGHTS} nights; it is a skill to be "
            "learnt first, and is not unlearnt between the nights of a trial.",
        )


def _trained(night: NightFigures, routine: str | None) -> bool:
    heard = (played.minutes_heard for played in night.practice if routine in {None, played.routine})
    return sum(heard) >= FEWEST_PRACTICE_MIN


def _length(plan: Plan) -> Iterator[Shortfall]:
    if plan.is_practice and plan.period_nights == 1 and plan.pairs < RECOMMENDED_NIGHTLY_PAIRS:
        yield Shortfall(
            "few_pairs",
            f"{plan.pairs} pairs of single nights; {RECOMMENDED_NIGHTLY_PAIRS} or more are recommended.",
        )
    if not plan.is_practice and plan.period_nights < RECOMMENDED_PERIOD_NIGHTS:
        nights = "1 night" if plan.period_nights == 1 else f"{plan.period_nights} nights"
        yield Shortfall(
            "short_periods",
            f"Periods of {nights}; {RECOMMENDED_PERIOD_NIGHTS} are recommended for a habit, in 6 to 8 pairs, "
            "so that what lasts into the next period can be left out.",
        )
