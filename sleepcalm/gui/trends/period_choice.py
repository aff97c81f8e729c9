"""Which period is looked at, and where one can go from there."""

from __future__ import annotations

from datetime import date

from sleepcalm.trends.buckets import Bucket
from sleepcalm.trends.periods import Period, RecordedSpan, Span, following, period_around, previous

_LONGEST_NIGHTS = {Span.WEEK: 7, Span.MONTH: 31, Span.YEAR: 366}


class PeriodChoice:
    """Never a period that begins after today, nor one before everything that is recorded."""

    def __init__(self, span: Span, today: date, recorded: RecordedSpan | None, week_starts: int) -> None:
        self._week_starts = week_starts
        self._today = today
        self._recorded = recorded
        self.period = self._around(span, today)

    @property
    def before(self) -> Period | None:
        """The period to compare with."""
        return previous(self.period)

    @property
    def has_earlier(self) -> bool:
        is_first = self._recorded is None or self.period.first <= self._recorded[0]
        return self.before is not None and not is_first

    @property
    def has_later(self) -> bool:
        after = following(self.period)
        return after is not None and after.first <= self._today

    def follow(self, today: date, recorded: RecordedSpan | None) -> None:
        """Another day has begun, or other nights are recorded."""
        was_now = self._today in self.period
        self._today, self._recorded = today, recorded
        span = self.period.span or Span.ALL
        if span is Span.ALL or (was_now and today not in self.period):
            self.period = self._around(span, today)

    def choose(self, span: Span) -> None:
        """Another length, with the last day of what was looked at in it."""
        self.period = self._around(span, min(self.period.last, self._today))

    def go_earlier(self) -> None:
        if self.has_earlier and self.before is not None:
            self.period = self.before

    def go_later(self) -> None:
        after = following(self.period)
        if self.has_later and after is not None:
            self.period = after

    def go_into(self, bucket: Bucket) -> None:
        """The period one level down: the week, month or year that the bucket is or is a part of."""
        nights = (bucket.last - bucket.first).days + 1
        span = next(span for span, most in _LONGEST_NIGHTS.items() if nights <= most)
        self.period = self._around(span, bucket.first)

    def _around(self, span: Span, day: date) -> Period:
        return period_around(span, day, week_starts=self._week_starts, recorded=self._recorded)
