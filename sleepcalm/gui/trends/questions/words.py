"""The words of "Nights with and without"."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from sleepcalm.gui.trends.wording import MINUS, amount_text, day_text, nights_text, number_text
from sleepcalm.trends.comparison import FEWEST_NIGHTS, FEWEST_NIGHTS_A_SIDE, Comparison, Dot
from sleepcalm.trends.factors import Factor
from sleepcalm.trends.figures import Series
from sleepcalm.trends.trial import Trial


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trends", text)


def factor_text(factor: Factor) -> str:
    """The factor's name as the first words of a line."""
    name = _tr(factor.name)
    return name[:1].upper() + name[1:]


def outcome_text(outcome: Series) -> str:
    """What is compared, as the first words of a line."""
    return {
        Series.HYPNIC_JERKS: _tr("Jolts a night"),
        Series.SLEEP_ONSET_LATENCY: _tr("Minutes to fall asleep"),
        Series.TOTAL_SLEEP_TIME: _tr("Time asleep"),
        Series.SLEEP_QUALITY: _tr("Sleep quality, 1 to 5"),
    }[outcome]


def sides_text(comparison: Comparison) -> str:
    """How many nights there are with and without."""
    return _tr("{with_nights} with, {without} without.").format(
        with_nights=nights_text(comparison.nights_with), without=number_text(comparison.nights_without)
    )


def missing_text(comparison: Comparison) -> str:
    """How many nights are missing before a number is shown."""
    missing = comparison.missing
    parts = [
        words.format(number=number_text(number))
        for number, words in (
            (missing.with_factor, _tr("{number} with")),
            (missing.without_factor, _tr("{number} without")),
            (missing.in_all, _tr("{number} in all")),
        )
        if number > 0
    ]
    rule = _tr("A comparison needs {nights} nights, {side} on each side.").format(
        nights=FEWEST_NIGHTS, side=FEWEST_NIGHTS_A_SIDE
    )
    short = _tr("Still missing: {parts}. Until then no number is shown.").format(parts=", ".join(parts))
    return f"{rule} {short}"


def bands_text(comparison: Comparison) -> str:
    """The nights that only say about how many jolts there were; "" without any."""
    number = comparison.nights_without_exact_number
    if number == 0:
        return ""
    words = _tr("{nights} with jolts told only as a range cannot take part here.")
    return words.format(nights=nights_text(number))


def closed_text(trial: Trial) -> str:
    words = _tr(
        "A trial asks just this until {day}. Until it is over this comparison stays closed, "
        "so that no answer on the way can sway you."
    )
    return words.format(day=day_text(trial.planned_end))


def asked_text(number: int) -> str:
    if number == 0:
        return _tr("No question asked so far.")
    return _tr("Questions asked so far: {number}.").format(number=number_text(number))


def median_text(comparison: Comparison, *, with_factor: bool) -> str:
    """ "With: 18 nights, median 1"."""
    if with_factor:
        words, nights, value = (
            _tr("With: {nights}, median {value}"),
            comparison.nights_with,
            comparison.median_with,
        )
    else:
        words = _tr("Without: {nights}, median {value}")
        nights, value = comparison.nights_without, comparison.median_without
    return words.format(nights=nights_text(nights), value=_value(comparison.outcome, value))


def difference_text(comparison: Comparison) -> str:
    """The difference of the medians with its interval."""
    low, high = comparison.interval_95 or (None, None)
    return _tr("Difference, with minus without: {difference} (95 % interval {low} to {high})").format(
        difference=_signed(comparison.outcome, comparison.difference),
        low=_signed(comparison.outcome, low),
        high=_signed(comparison.outcome, high),
    )


def interval_text(comparison: Comparison) -> str:
    """What the interval says, in words that claim no cause."""
    if comparison.interval_95 is None:
        return ""
    low, high = comparison.interval_95
    if low <= 0 <= high:
        return _tr("The interval holds zero: these nights show no clear difference.")
    return _tr("The interval does not hold zero: these nights differ. Why they do is not known.")


def not_proof_texts(asked: int) -> tuple[str, str, str]:
    """A heading, why this is no proof, and what the number of questions does."""
    return (
        _tr("This is not proof"),
        _tr(
            "Nothing was drawn by lot. What else was different on those nights, such as the day of the week, "
            "stress, or why you did it just then, may be the cause as well. Neighbouring nights resemble "
            "each other, too; the interval allows for that, but not for the rest."
        ),
        _tr(
            "This was one of {asked} questions so far. Of twenty questions about things that change nothing, "
            "about one looks as if it did. A trial asks one question, and draws lots."
        ).format(asked=number_text(asked))
        if asked > 1
        else _tr(
            "This was the first question. Of twenty questions about things that change nothing, "
            "about one looks as if it did. A trial asks one question, and draws lots."
        ),
    )


def dots_text(comparison: Comparison) -> str:
    """Every value in words, for those who do not see the dots."""
    return _tr("With: {values_with}. Without: {values_without}.").format(
        values_with=_values(comparison.outcome, comparison.values_with),
        values_without=_values(comparison.outcome, comparison.values_without),
    )


def _values(outcome: Series, dots: tuple[Dot, ...]) -> str:
    return ", ".join(amount_text(outcome, value) for value in sorted(value for _, value in dots))


def _value(outcome: Series, value: float | None) -> str:
    return "" if value is None else amount_text(outcome, value)


def _signed(outcome: Series, value: float | None) -> str:
    if value is None:
        return ""
    words = amount_text(outcome, abs(value))
    if words == amount_text(outcome, 0.0):
        return words
    return f"{MINUS}{words}" if value < 0 else f"+{words}"
