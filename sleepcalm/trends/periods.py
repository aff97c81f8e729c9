"""Which nights are looked at together, all by wake date: a week, a month, three months, a year, all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

MONDAY = 0
SUNDAY = 6
"""Days of the week are counted as `date.weekday` counts them."""

_WEEK_NIGHTS = 7
_YEAR_MONTHS = 12

RecordedSpan: TypeAlias = tuple[date, date]
"""The wake dates of the first and the last recorded night."""


class Span(StrEnum):
    """What one can choose to look at."""

    WEEK = "week"
    MONTH = "month"
    """A calendar month."""
    THREE_MONTHS = "three_months"
    """Calendar months, the last of them that of the day one looks from."""
    YEAR = "year"
    """A calendar year."""
    ALL = "all"
    """From the first recorded night to the last."""


_MONTHS = {Span.MONTH: 1, Span.THREE_MONTHS: 3}


@dataclass(frozen=True, slots=True)
class Period:
    """Wake dates from `first` to `last`, both included; a `span` of None says that the dates were chosen.

    Where the calendar of Python ends (the years 1 and 9999) a period is cut off there.
    """

    span: Span | None
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period ends no earlier than it begins, not {self.first} to {self.last}")

    @property
    def nights(self) -> int:
        return self.last.toordinal() - self.first.toordinal() + 1

    def __contains__(self, wake_date: date) -> bool:
        return self.first <= wake_date <= self.last


def period_around(
    span: Span, day: date, *, week_starts: int = MONDAY, recorded: RecordedSpan | None = None
) -> Period:
    """The period of that span with `day` in it; three months end with the month of `day`.

    All is `recorded`, whether `day` lies in it or not, or the week of `day` where nothing is recorded.
    """
    match span:
        case Span.WEEK:
            return week_around(day, week_starts)
        case Span.MONTH | Span.THREE_MONTHS:
            return _ending_with_month(span, _month_number(day))
        case Span.YEAR:
            return Period(span, date(day.year, 1, 1), date(day.year, 12, 31))
        case Span.ALL:
            week = week_around(day, week_starts)
            return Period(span, *(recorded or (week.first, week.last)))


def week_around(day: date, week_starts: int = MONDAY) -> Period:
    """The week of a day, whatever weekday it starts with: 0 is Monday, 6 Sunday."""
    first = day.toordinal() - (day.weekday() - week_starts) % _WEEK_NIGHTS
    return Period(Span.WEEK, _date(first), _date(first + _WEEK_NIGHTS - 1))


def previous(period: Period) -> Period | None:
    """The period just before, with which one compares.

    For chosen dates that is as many nights. None for all, and where the calendar has no room for it.
    """
    if period.first == date.min:
        return None
    return _beside(period, period.first.toordinal() - 1, forward=False)


def following(period: Period) -> Period | None:
    """The period just after; as `previous` otherwise."""
    if period.last == date.max:
        return None
    return _beside(period, period.last.toordinal() + 1, forward=True)


def _beside(period: Period, nearest: int, *, forward: bool) -> Period | None:
    """The period that touches this one with its day `nearest`, a day's ordinal."""
    day = date.fromordinal(nearest)
    match period.span:
        case Span.WEEK:
            return _stretch(Span.WEEK, nearest, _WEEK_NIGHTS, forward=forward)
        case Span.MONTH | Span.THREE_MONTHS as span:
            ahead = _MONTHS[span] - 1 if forward else 0
            return _ending_with_month(span, _month_number(day) + ahead)
        case Span.YEAR:
            return period_around(Span.YEAR, day)
        case Span.ALL:
            return None
        case None:
            found = _stretch(None, nearest, period.nights, forward=forward)
            return found if found.nights == period.nights else None


def _stretch(span: Span | None, nearest: int, nights: int, *, forward: bool) -> Period:
    first = nearest if forward else nearest - nights + 1
    return Period(span, _date(first), _date(first + nights - 1))


def _ending_with_month(span: Span, month: int) -> Period:
    first = _first_of_month(month - _MONTHS[span] + 1)
    return Period(span, _date(first), _date(_first_of_month(month + 1) - 1))


def _month_number(day: date) -> int:
    return day.year * _YEAR_MONTHS + day.month - 1


def _first_of_month(number: int) -> int:
    """The ordinal of the first of a month, which may lie just outside the years that a date can have."""
    year, month = divmod(number, _YEAR_MONTHS)
    if year < date.min.year:
        return date.min.toordinal() - 1
    if year > date.max.year:
        return date.max.toordinal() + 1
    return date(year, month + 1, 1).toordinal()


def _date(ordinal: int) -> date:
    """The day with that ordinal, or the first or last one that there is."""
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
