"""No peeking: which trial keeps the exploratory view of its own question closed."""

from __future__ import annotations

from collections.abc import Iterable

from sleepcalm.trends.factors import FACTORS
from sleepcalm.trends.figures import Series
from sleepcalm.trends.trial import Trial
from sleepcalm.trends.trial_analysis import SERIES


def closed_by(unfinished: Iterable[Trial], factor: str, outcome: Series) -> Trial | None:
    """The one of the trials without a result yet that asks what `factor` does to `outcome`.

    It closes that question from its planning on. A trial of a habit carries the person's own words; it asks
    the same where they are the factor's id or name.
    """
    return next(
        (trial for trial in unfinished if SERIES[trial.outcome] is outcome and _same(trial.factor, factor)),
        None,
    )


def _same(habit: str, factor_id: str) -> bool:
    names = {factor_id, FACTORS[factor_id].name} if factor_id in FACTORS else {factor_id}
    return _plain(habit) in set(map(_plain, names))


def _plain(name: str) -> str:
    words = name.casefold().replace("_", " ").replace("-", " ").split()
    return " ".join(word for word in words if word not in {"a", "an", "the"})
