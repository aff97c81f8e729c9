"""A trial as it is being planned: nothing is drawn, and nothing of it is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sleepcalm.trends.trial import FEWEST_PAIRS, LONGEST_TRIAL_NIGHTS, PRACTICE, Outcome, washout_nights

LONGEST_WAIT_DAYS = 365

_SUPPLEMENTS = (
    r"supplements?|magnesium|calcium|vitamins?|melatonin|zinc|iron|potassium|valerian|ashwagandha|theanine"
    r"|glycine|tryptophan|5-?htp|cbd|capsules?|pills?"
)
_SUPPLEMENT = re.compile(rf"(?<![a-z0-9])(?:{_SUPPLEMENTS})(?![a-z])")


@dataclass(frozen=True, slots=True)
class Plan:
    """`factor` is `PRACTICE` or the habit's own name; `routine` is the id of the routine to be tried."""

    factor: str
    outcome: Outcome
    pairs: int
    period_nights: int
    start: date
    """The wake date of the first night."""
    routine: str | None = None

    @property
    def washout_nights(self) -> int:
        return washout_nights(self.factor, self.period_nights)

    @property
    def nights(self) -> int:
        return 2 * self.pairs * self.period_nights

    @property
    def is_practice(self) -> bool:
        return self.factor == PRACTICE

    @property
    def names_a_supplement(self) -> bool:
        """Whether the habit's name speaks of one, so that the cautions about supplements come first.

        One that goes by a brand is not recognised: the screen asks as well.
        """
        return not self.is_practice and _SUPPLEMENT.search(self.factor.lower().replace("_", " ")) is not None


def refusal(plan: Plan, today: date) -> str | None:
    """Why a trial cannot be planned like this, accepted knowingly or not; None if it can."""
    rules = (
        (
            plan.pairs < FEWEST_PAIRS,
            f"{plan.pairs} pairs are too few: nothing can be concluded from fewer than {FEWEST_PAIRS}.",
        ),
        (plan.period_nights < 1, "A period has at least one night."),
        (
            plan.nights > LONGEST_TRIAL_NIGHTS,
            f"{plan.nights} nights are too many; at most {LONGEST_TRIAL_NIGHTS} can be planned.",
        ),
        (plan.start < today, f"A trial cannot start in the past: {plan.start} is before {today}."),
        (
            (plan.start - today).days > LONGEST_WAIT_DAYS,
            f"{plan.start} is more than a year away; until then too much will be different.",
        ),
        (not plan.factor.strip(), "A trial needs the name of the habit that it asks about."),
    )
    return next((sentence for is_broken, sentence in rules if is_broken), None)
