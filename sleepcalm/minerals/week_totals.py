"""Seven days together, resting on the recorded ones only: a missing day is not a day of zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sleepcalm.minerals.notes import NoteCode
from sleepcalm.minerals.reference_intakes import DayReference, NutrientReference
from sleepcalm.minerals.totals import DayTotals, MineralTotals, known_sum_mg, target_document

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class MineralWeek:
    """Elemental mg over the recorded days; None where no day has a figure.

    `days_known` is how many days have a total, and `mean_total_mg` rests on these alone.
    """

    food_mg: float | None
    supplement_mg: float | None
    total_mg: float | None
    days_known: int
    mean_total_mg: float | None


@dataclass(frozen=True, slots=True)
class WeekTotals:
    first_day: dt.date
    last_day: dt.date
    recorded_days: int
    magnesium: MineralWeek
    calcium: MineralWeek
    warning_days: tuple[dt.date, ...]
    """Days on which magnesium from supplements reached the warning threshold."""


def week_totals(first_day: dt.date, days: Iterable[DayTotals]) -> WeekTotals:
    """The seven days from `first_day`; days outside it are ignored, days not given are not recorded.

    Raises ValueError when a date is given twice.
    """
    last_day = first_day + dt.timedelta(days=DAYS_IN_WEEK - 1)
    inside = sorted((d for d in days if first_day <= d.date <= last_day), key=lambda d: d.date)
    if len({day.date for day in inside}) != len(inside):
        raise ValueError("a date is given twice")
    recorded = [day for day in inside if day.recorded]
    return WeekTotals(
        first_day=first_day,
        last_day=last_day,
        recorded_days=len(recorded),
        magnesium=_mineral_week([day.magnesium for day in recorded]),
        calcium=_mineral_week([day.calcium for day in recorded]),
        warning_days=tuple(
            day.date
            for day in recorded
            if any(note.code is NoteCode.MAGNESIUM_SUPPLEMENT_WARNING for note in day.notes)
        ),
    )


def week_document(week: WeekTotals, reference: DayReference) -> dict[str, object]:
    """The week for machines. Targets are those of a day, to be held against the mean of a day."""

    def part(mineral: MineralWeek, of_day: NutrientReference) -> dict[str, object]:
        return {
            "food": mineral.food_mg,
            "supplement": mineral.supplement_mg,
            "total": mineral.total_mg,
            "days_known": mineral.days_known,
            "mean_total_per_day": mineral.mean_total_mg,
            "target_per_day": target_document(of_day.target),
        }

    return {
        "from": week.first_day.isoformat(),
        "to": week.last_day.isoformat(),
        "recorded_days": week.recorded_days,
        "magnesium_mg": part(week.magnesium, reference.magnesium),
        "calcium_mg": part(week.calcium, reference.calcium),
        "magnesium_supplement_warning_days": [day.isoformat() for day in week.warning_days],
    }


def _mineral_week(days: Sequence[MineralTotals]) -> MineralWeek:
    totals = [day.total_mg for day in days if day.total_mg is not None]
    total_mg = _sum_or_none(totals)
    return MineralWeek(
        food_mg=_sum_or_none([day.food_mg for day in days]),
        supplement_mg=_sum_or_none([day.supplement_mg for day in days]),
        total_mg=total_mg,
        days_known=len(totals),
        mean_total_mg=None if total_mg is None else round(total_mg / len(totals), 1),
    )


def _sum_or_none(figures: Sequence[float | None]) -> float | None:
    # Unlike a day, where no entry means zero, a week without a recorded day is unknown.
    return known_sum_mg(figures) if figures else None
