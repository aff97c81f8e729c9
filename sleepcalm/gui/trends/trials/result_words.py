"""The words of what a trial found: no more than its figures can bear."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from sleepcalm.gui.trends.trials.words import kept_text, outcome_name
from sleepcalm.gui.trends.wording import MINUS, day_text, nights_text, number_text
from sleepcalm.trends.trial import FEWEST_PAIRS, PRACTICE, Outcome, Trial
from sleepcalm.trends.trial_analysis import TrialResult, Verdict


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trends", text)


def verdict_text(result: TrialResult, routine_title: str) -> str:
    """The verdict in a sentence."""
    what = routine_title if result.trial.factor == PRACTICE else result.trial.factor
    fewer = result.trial.outcome is Outcome.HYPNIC_JERKS
    match result.verdict:
        case Verdict.LIKELY_BETTER:
            words = _tr("Likely better: fewer jolts with “{what}”.")
            return (words if fewer else _tr("Likely better: sooner asleep with “{what}”.")).format(what=what)
        case Verdict.LIKELY_WORSE:
            words = _tr("Likely worse: more jolts with “{what}”.")
            return (words if fewer else _tr("Likely worse: later asleep with “{what}”.")).format(what=what)
        case Verdict.NO_CLEAR_DIFFERENCE:
            return _tr("No clear difference. That is the usual result; it does not show that there is none.")
        case Verdict.TOO_LITTLE_DATA:
            return _tr(
                "Too little data: {usable} of {pairs} pairs can be used, and fewer than {fewest} say nothing."
            ).format(
                usable=number_text(len(result.usable_pairs)),
                pairs=number_text(len(result.pairs)),
                fewest=FEWEST_PAIRS,
            )


def figures_text(result: TrialResult) -> str:
    """Effect, interval and what they rest on; "" with too little data, where a number would mislead."""
    if result.verdict is Verdict.TOO_LITTLE_DATA or result.effect is None or result.interval_95 is None:
        return ""
    low, high = result.interval_95
    effect = _tr("With minus without: {effect} {outcome} (95 % interval {low} to {high}).").format(
        effect=_signed(result.effect),
        outcome=outcome_name(result.trial.outcome),
        low=_signed(low),
        high=_signed(high),
    )
    rests = _tr("It rests on {usable} of {pairs} pairs: {nights} with, {without} without.").format(
        usable=number_text(len(result.usable_pairs)),
        pairs=number_text(len(result.pairs)),
        nights=nights_text(result.nights_used_with),
        without=number_text(result.nights_used_without),
    )
    return f"{effect} {rests}"


def ended_text(trial: Trial) -> str:
    """That it was ended early, for ever; "" if it was not."""
    if trial.ended_early is None:
        return ""
    if trial.ended_early < trial.start:
        return _tr("This trial was ended before its first night.")
    return _tr(
        "This trial was ended early: its last morning was {last}, not {planned}. "
        "An end that was not fixed beforehand makes chance look like more."
    ).format(last=day_text(trial.ended_early), planned=day_text(trial.planned_end))


def keeping_text(result: TrialResult) -> str:
    """How the nights were kept, which changes nothing of how they are counted."""
    ways = [way for way, number in result.kept.items() for _ in range(number)]
    if not ways:
        return ""
    kept = kept_text(ways, of_habit=result.trial.factor != PRACTICE)
    return f"{kept} {_tr('Every night counts as the lot drew it; none was filled in.')}"


def accepted_text(trial: Trial) -> str:
    """What it was begun in spite of; "" if nothing was short."""
    if not trial.accepted:
        return ""
    return _tr("You began it knowing: {sentences}").format(
        sentences=" ".join(short.sentence for short in trial.accepted)
    )


def limits_text() -> str:
    return _tr(
        "You knew which night was which, so what you expected may have a part in it. "
        "It speaks of you and of these nights, not of other people."
    )


def pairs_text(result: TrialResult) -> str:
    """Every usable pair in words, for those who do not see the lines."""
    return "; ".join(
        _tr("pair {number}: {with_mean} with, {without} without").format(
            number=number_text(pair.number),
            with_mean=number_text(pair.with_factor.mean),
            without=number_text(pair.without_factor.mean),
        )
        for pair in result.usable_pairs
    )


def _signed(value: float) -> str:
    """At most two decimals: a mean of few jolts is small."""
    rounded = round(value, 2)
    if rounded == 0:
        return "0"
    words = QLocale().toString(abs(rounded), "f", 2)
    point = QLocale().decimalPoint()
    words = words.rstrip("0").rstrip(point) if point in words else words
    return f"{MINUS}{words}" if rounded < 0 else f"+{words}"
