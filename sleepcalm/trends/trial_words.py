"""What a trial found, in English words that say no more than it can bear, and as a document."""

from __future__ import annotations

from sleepcalm.trends.comparison_words import nights_in_words
from sleepcalm.trends.trial import FEWEST_PAIRS, PRACTICE, Outcome, Trial
from sleepcalm.trends.trial_analysis import TrialResult, Verdict
from sleepcalm.trends.trial_nights import Keeping

_BETTER = {Outcome.HYPNIC_JERKS: "fewer jolts", Outcome.SLEEP_ONSET_LATENCY: "less time to fall asleep"}
_WORSE = {Outcome.HYPNIC_JERKS: "more jolts", Outcome.SLEEP_ONSET_LATENCY: "more time to fall asleep"}
_UNITS = {Outcome.HYPNIC_JERKS: "jolts a night", Outcome.SLEEP_ONSET_LATENCY: "minutes to fall asleep"}


def wording(result: TrialResult) -> str:
    """The verdict, its figures, what was left out, how the nights were kept, and what limits it."""
    sentences = (
        _ended_early(result.trial),
        _verdict(result),
        _figures(result),
        _left_out(result),
        _keeping(result),
        _limits(result),
    )
    return " ".join(filter(None, sentences))


def result_document(result: TrialResult) -> dict[str, object]:
    """For machines: of the usable pairs, and of the known nights in them on both sides together."""
    interval = result.interval_95
    return {
        "pairs": [[pair.with_factor.mean, pair.without_factor.mean] for pair in result.usable_pairs],
        "effect": result.effect,
        "p_value": result.p_value,
        "interval_95": None if interval is None else list(interval),
        "nights_used": result.nights_used_with + result.nights_used_without,
        "wording": wording(result),
    }


def factor_in_words(trial: Trial) -> str:
    """To be read after "with" and "without"."""
    return "the routine" if trial.factor == PRACTICE else f"“{trial.factor}”"


def _ended_early(trial: Trial) -> str:
    if trial.ended_early is None:
        return ""
    if trial.ended_early < trial.start:
        return f"This trial was ended before its first night, {trial.start}."
    return (
        f"This trial was ended early: its last night is {trial.ended_early}, not {trial.planned_end}. An end "
        "that was not fixed beforehand makes chance look like more."
    )


def _verdict(result: TrialResult) -> str:
    outcome, factor = result.trial.outcome, factor_in_words(result.trial)
    match result.verdict:
        case Verdict.TOO_LITTLE_DATA:
            return (
                f"Too little data: {len(result.usable_pairs)} of {len(result.pairs)} pairs can be used, and "
                f"nothing can be concluded from fewer than {FEWEST_PAIRS}."
            )
        case Verdict.NO_CLEAR_DIFFERENCE:
            return (
                f"No clear difference between nights with and without {factor}. That does not show that "
                "there is none."
            )
        case Verdict.LIKELY_BETTER:
            return f"Likely better for you with {factor}: {_BETTER[outcome]}."
        case Verdict.LIKELY_WORSE:
            return f"Likely worse for you with {factor}: {_WORSE[outcome]}."


def _figures(result: TrialResult) -> str:
    """None with too little data, where a number would be read as an answer."""
    if result.verdict is Verdict.TOO_LITTLE_DATA:
        return ""
    if result.effect is None or result.p_value is None or result.interval_95 is None:
        raise ValueError("a verdict rests on an effect, a p-value and an interval")
    low, high = result.interval_95
    p_value = "p below 0.001" if result.p_value < 0.001 else f"p = {result.p_value:.2g}"
    return (
        f"Nights with it less nights without: {_figure(result.effect)} {_UNITS[result.trial.outcome]} on "
        f"average, 95 % interval from {_figure(low)} to {_figure(high)} ({p_value}; "
        f"{len(result.usable_pairs)} pairs, {nights_in_words(result.nights_used_with)} with and "
        f"{result.nights_used_without} without)."
    )


def _left_out(result: TrialResult) -> str:
    unusable = result.unusable
    if not unusable or result.verdict is Verdict.TOO_LITTLE_DATA:
        return ""
    pairs, are = ("pair", "is") if unusable == 1 else ("pairs", "are")
    return f"{unusable} {pairs} with too few recorded nights {are} left out; no night was filled in."


def _keeping(result: TrialResult) -> str:
    kept, swapped, missed = (result.kept[way] for way in (Keeping.KEPT, Keeping.SWAPPED, Keeping.MISSED))
    nights = kept + swapped + missed
    if not nights:
        return ""
    return (
        f"Of {nights_in_words(nights)}, {kept} went as drawn, {swapped} the other way round, and of {missed} "
        "neither is known; all are counted as they were drawn."
    )


def _limits(result: TrialResult) -> str:
    if result.verdict is Verdict.TOO_LITTLE_DATA:
        return ""
    return (
        "You knew which night was which, so expectation may have a part in it. This speaks of you and of "
        "these nights, not of other people."
    )


def _figure(value: float) -> str:
    """At most two decimals: a mean of few jolts is small."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown
