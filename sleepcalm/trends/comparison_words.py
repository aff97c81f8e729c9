"""What a comparison of nights says, in English words and as a document."""

from __future__ import annotations

from sleepcalm.trends.comparison import Comparison
from sleepcalm.trends.figures import Series

_WHAT_IS_COMPARED = {
    Series.HYPNIC_JERKS: "the exact number of jolts",
    Series.SLEEP_ONSET_LATENCY: "the minutes to fall asleep",
    Series.TOTAL_SLEEP_TIME: "the minutes asleep",
    Series.SLEEP_QUALITY: "the sleep quality (1 very poor to 5 very good)",
}


def wording(comparison: Comparison, questions_asked: int) -> str:
    """What was found and why it proves nothing, or how many nights are missing.

    `questions_asked` counts this question too.
    """
    sentences = _finding(comparison) if comparison.enough else _shortage(comparison)
    left_out = comparison.nights_without_exact_number
    if left_out:
        sentences.append(
            f"{nights_in_words(left_out)} with the jolts in a range, such as 3-5, {_is(left_out)} left out."
        )
    if comparison.enough:
        sentences.append(_not_proof(questions_asked))
    return " ".join(sentences)


def comparison_document(comparison: Comparison, questions_asked: int) -> dict[str, object]:
    """For machines; every number of the finding is null below the minimum of nights."""
    interval = comparison.interval_95
    return {
        "factor": comparison.factor.id,
        "outcome": comparison.outcome.value,
        "nights_with": comparison.nights_with,
        "nights_without": comparison.nights_without,
        "median_with": comparison.median_with,
        "median_without": comparison.median_without,
        "difference": comparison.difference,
        "interval_95": None if interval is None else list(interval),
        "questions_asked": questions_asked,
        "wording": wording(comparison, questions_asked),
    }


def nights_in_words(number: int) -> str:
    return "1 night" if number == 1 else f"{number} nights"


def figure_in_words(value: float) -> str:
    """At most one decimal, and none where it is zero; a minus sign that a screen reader speaks."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _finding(comparison: Comparison) -> list[str]:
    median_with, median_without = comparison.median_with, comparison.median_without
    difference, interval = comparison.difference, comparison.interval_95
    if median_with is None or median_without is None or difference is None or interval is None:
        raise ValueError("a comparison with enough nights has all its numbers")
    low, high = interval
    as_well = ", so no difference at all is possible too" if low <= 0 <= high else ""
    what = (
        f"Nights with {comparison.factor.name} and nights without: {_WHAT_IS_COMPARED[comparison.outcome]}."
    )
    medians = (
        f"The median with is {figure_in_words(median_with)} ({nights_in_words(comparison.nights_with)}), "
        f"without {figure_in_words(median_without)} ({nights_in_words(comparison.nights_without)}); "
        f"the difference is {figure_in_words(difference)}, with a 95 % interval from {figure_in_words(low)} "
        f"to {figure_in_words(high)}{as_well}."
    )
    return [what, medians]


def _shortage(comparison: Comparison) -> list[str]:
    missing = comparison.missing
    on_sides = missing.with_factor + missing.without_factor
    sides = [
        f"{number} {side}"
        for number, side in (
            (missing.with_factor, f"with {comparison.factor.name}"),
            (
                missing.without_factor,
                "without" if missing.with_factor else f"without {comparison.factor.name}",
            ),
        )
        if number
    ]
    number = max(missing.in_all, on_sides)
    of_them = f", at least {' and '.join(sides)}" if sides else ""
    needed = f"Too few nights for a number yet: {number} more {_is(number)} needed{of_them}."
    so_far = (
        f"So far {_WHAT_IS_COMPARED[comparison.outcome]} and this factor are both known for "
        f"{nights_in_words(comparison.nights_with)} with and {comparison.nights_without} without."
    )
    return [needed, so_far]


def _not_proof(questions_asked: int) -> str:
    if questions_asked == 1:
        asked = "This is the first question asked"
    else:
        asked = f"{questions_asked} questions were asked so far"
    return (
        "This is not proof: nobody drew lots for these nights, so what else differed between them may be the "
        f"reason. {asked}; the more are asked, the more find a difference by chance alone."
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
