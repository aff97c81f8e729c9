"""No peeking: which trial keeps the exploratory view of its own question closed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sleepcalm.trends.factors import FACTORS
from sleepcalm.trends.figures import Series
from sleepcalm.trends.trial import Trial
from sleepcalm.trends.trial_analysis import SERIES

_CAFFEINE = frozenset({"caffeine", "coffee", "espresso"})
_EXERCISE = frozenset({"exercise", "sport", "sports", "workout", "workouts"})
_NAMING = {
    "late_caffeine": _CAFFEINE,
    "caffeine": _CAFFEINE,
    "alcohol": frozenset({"alcohol", "beer", "wine"}),
    "nicotine": frozenset({"nicotine", "cigarette", "cigarettes", "smoking"}),
    "screen_late": frozenset({"screen", "screens", "phone", "tv", "television"}),
    "exercise": _EXERCISE,
    "vigorous_exercise": _EXERCISE,
    "magnesium_supplement": frozenset({"magnesium"}),
    "calcium_supplement": frozenset({"calcium"}),
}
"""By factor the words by which people name it. To close one question too many until the trial is over does no
harm; to leave the trial's own open does."""


def closed_by(unfinished: Iterable[Trial], factor: str, outcome: Series) -> Trial | None:
    """The one of the trials without a result yet that asks what `factor` does to `outcome`.

    It closes that question from its planning on. A trial of a habit carries the person's own words; it asks
    the same where they are the factor's id or name, or name what the factor is about.
    """
    return next(
        (trial for trial in unfinished if SERIES[trial.outcome] is outcome and _same(trial.factor, factor)),
        None,
    )


def _same(habit: str, factor_id: str) -> bool:
    names = {factor_id, FACTORS[factor_id].name} if factor_id in FACTORS else {factor_id}
    if _plain(habit) in set(map(_plain, names)):
        return True
    return not _NAMING.get(factor_id, frozenset()).isdisjoint(re.findall(r"[a-z]+", habit.casefold()))


def _plain(name: str) -> str:
    words = name.casefold().replace("_", " ").replace("-", " ").split()
    return " ".join(word for word in words if word not in {"a", "an", "the"})
