"""The words of trials: what is compared, what a night is to be, how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from sleepcalm.gui.trends.trials.ports import Chance
from sleepcalm.gui.trends.wording import day_text, nights_text, number_text
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.trial import PRACTICE, Assignment, Condition, Outcome, Trial
from sleepcalm.trends.trial_nights import Keeping


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trends", text)


def subject_text(factor: str, routine_title: str) -> str:
    """What is tried against what, as the first words of a line."""
    if factor == PRACTICE:
        return _tr("{routine} against quiet audio").format(routine=routine_title)
    return _tr("With and without “{habit}”").format(habit=factor)


def outcome_name(outcome: Outcome) -> str:
    return {
        Outcome.HYPNIC_JERKS: _tr("jolts a night"),
        Outcome.SLEEP_ONSET_LATENCY: _tr("minutes to fall asleep"),
    }[outcome]


def condition_text(factor: str, condition: Condition, routine_title: str) -> str:
    """What a night is to be."""
    is_with = condition is Condition.WITH
    if factor == PRACTICE:
        return routine_title if is_with else _tr("quiet audio")
    words = _tr("with “{habit}”") if is_with else _tr("without “{habit}”")
    return words.format(habit=factor)


def tonight_text(trial: Trial, night: Assignment, number: int, routine_title: str) -> str:
    words = _tr("Tonight: {what}").format(what=condition_text(trial.factor, night.condition, routine_title))
    if night.washout:
        words += " " + _tr("(the first nights of a period settle in, and are not counted)")
    place = _tr("Night {number} of {total}, until {day}.").format(
        number=number_text(number), total=number_text(trial.nights), day=day_text(trial.planned_end)
    )
    return f"{words}. {place}"


def begins_text(trial: Trial) -> str:
    words = _tr("It begins with the night {night}, and takes {nights} until {day}.")
    return words.format(
        night=night_name(trial.start), nights=nights_text(trial.nights), day=day_text(trial.planned_end)
    )


def past_trial_text(trial: Trial, routine_title: str) -> str:
    """A trial that is over, in a line that leads to what it found."""
    what = routine_title if trial.factor == PRACTICE else trial.factor
    if trial.ended_early is not None:
        return _tr("{what}, ended early {day}").format(what=what, day=short_day(trial.end))
    return _tr("{what}, {day}").format(what=what, day=short_day(trial.end))


def short_day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def kept_text(keepings: Iterable[Keeping], *, of_habit: bool) -> str:
    """ "5 nights as planned, 1 the other way round, 2 missed"."""
    counts = Counter(keepings)
    missed = _tr("{number} not told") if of_habit else _tr("{number} missed")
    parts = [_tr("{nights} as planned").format(nights=nights_text(counts[Keeping.KEPT]))]
    for keeping, words in ((Keeping.SWAPPED, _tr("{number} the other way round")), (Keeping.MISSED, missed)):
        if counts[keeping]:
            parts.append(words.format(number=number_text(counts[keeping])))
    return ", ".join(parts) + "."


def keeping_word(keeping: Keeping, *, of_habit: bool) -> str:
    if keeping is Keeping.MISSED:
        return _tr("not told") if of_habit else _tr("missed")
    return {Keeping.KEPT: _tr("as planned"), Keeping.SWAPPED: _tr("the other way round")}[keeping]


def plan_text(plan: Plan) -> str:
    """How long the trial takes, and what happens in it."""
    last_night = date.fromordinal(plan.start.toordinal() + plan.nights - 1)
    length = _tr("{pairs} pairs, {nights} in all, until the morning of {day}.").format(
        pairs=number_text(plan.pairs), nights=nights_text(plan.nights), day=day_text(last_night)
    )
    if plan.period_nights == 1:
        order = _tr("In each pair of nights a lot decides which of the two comes first.")
    else:
        order = _tr("In each pair of periods of {nights} a lot decides which of the two comes first.").format(
            nights=nights_text(plan.period_nights)
        )
    parts = [length, order]
    if plan.washout_nights:
        parts.append(
            _tr(
                "Not counted, because the habit before may still work on: {nights} at the start of each."
            ).format(nights=nights_text(plan.washout_nights))
        )
    parts.append(
        _tr("Outcome, plan and end stay as they are once it begins. No result is shown before the end.")
    )
    return " ".join(parts)


def chance_text(plan: Plan, chance: Chance) -> str:
    """How likely the trial is to find something, said plainly."""
    usual = _tr("“No clear difference” is the usual result, and then nothing is wrong.")
    if chance.mean is None or chance.found_of_100 is None:
        unknown = _tr(
            "Your diary holds too few nights with {outcome} to say how likely the trial is to find something."
        )
        return f"{unknown.format(outcome=outcome_name(plan.outcome))} {usual}"
    rates = {
        Outcome.HYPNIC_JERKS: _tr("With your about {mean} jolts a night"),
        Outcome.SLEEP_ONSET_LATENCY: _tr("With your about {mean} minutes to fall asleep"),
    }
    found = _tr("{rate} ({nights}), a true halving would be found in about {number} of 100 such trials.")
    text = found.format(
        rate=rates[plan.outcome].format(mean=number_text(chance.mean)),
        nights=nights_text(chance.nights),
        number=number_text(chance.found_of_100),
    )
    return f"{text} {usual}"


def past_nights(keepings: Mapping[date, Keeping]) -> list[date]:
    """The nights that are over, the newest first."""
    return sorted(keepings, reverse=True)


def night_name(wake_date: date) -> str:
    """The evening and the morning of a night, as one says it: "Sun 22 to Mon 23 November"."""
    morning = QDate(wake_date.year, wake_date.month, wake_date.day)
    locale = QLocale()
    return _tr("{evening} to {morning}").format(
        evening=locale.toString(morning.addDays(-1), "ddd d"), morning=locale.toString(morning, "ddd d MMMM")
    )
