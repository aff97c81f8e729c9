"""The words of the Trends tab that stand for series, figures, means, nights and periods."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from sleepcalm.diary.entry import SleepQuality
from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.gui.diary.wording import DASH, word
from sleepcalm.trends.averages import Mean
from sleepcalm.trends.buckets import Bucket, Cell
from sleepcalm.trends.figures import Figure, Series
from sleepcalm.trends.periods import Period, Span

MINUS = "\N{MINUS SIGN}"
_MINUTES_AN_HOUR = 60


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trends", text)


def series_name(series: Series) -> str:
    """What a strip is called."""
    names = {
        Series.HYPNIC_JERKS: _tr("Jolts"),
        Series.SLEEP_ONSET_LATENCY: _tr("Time to fall asleep"),
        Series.TOTAL_SLEEP_TIME: _tr("Asleep"),
        Series.SLEEP_QUALITY: _tr("Quality"),
        Series.MAGNESIUM: _tr("Magnesium"),
        Series.CALCIUM: _tr("Calcium"),
        Series.PRACTICE: _tr("Practice"),
        Series.CAFFEINE: _tr("Caffeine"),
        Series.STRESS: _tr("Stress"),
    }
    return names[series]


def series_unit(series: Series) -> str:
    """What a figure of the series counts, in words that stand below its name."""
    units = {
        Series.HYPNIC_JERKS: _tr("a night"),
        Series.SLEEP_ONSET_LATENCY: _tr("minutes"),
        Series.TOTAL_SLEEP_TIME: _tr("hours, in bed behind"),
        Series.SLEEP_QUALITY: _tr("1 very poor, 5 very good"),
        Series.MAGNESIUM: _tr("mg, the day before"),
        Series.CALCIUM: _tr("mg, the day before"),
        Series.PRACTICE: _tr("minutes a night"),
        Series.CAFFEINE: _tr("mg, the day before"),
        Series.STRESS: _tr("0 none, 10 extreme"),
    }
    return units[series]


def number_text(number: float, places: int = 1) -> str:
    """At most so many places, as the locale writes numbers; a whole number has none."""
    rounded = round(number, places)
    if rounded == int(rounded):
        return QLocale().toString(int(rounded))
    return QLocale().toString(rounded, "f", places)


def duration_text(minutes: float) -> str:
    """6 h 35; under an hour the minutes alone."""
    hours, rest = divmod(round(minutes), _MINUTES_AN_HOUR)
    if not hours:
        return _tr("{minutes} min").format(minutes=rest)
    return _tr("{hours} h {minutes:02d}").format(hours=hours, minutes=rest)


def amount_text(series: Series, amount: float) -> str:
    """A figure with its unit: 37 min, 6 h 35, 269 mg, 1.8."""
    match series:
        case Series.TOTAL_SLEEP_TIME:
            return duration_text(amount)
        case Series.SLEEP_ONSET_LATENCY | Series.PRACTICE:
            return _tr("{minutes} min").format(minutes=number_text(amount, 0))
        case Series.MAGNESIUM | Series.CALCIUM | Series.CAFFEINE:
            return _tr("{amount} mg").format(amount=number_text(amount, 0))
        case _:
            return number_text(amount)


def mean_text(series: Series, mean: Mean | None) -> str:
    """The mean with its unit; a range as a range, an open one as its low end; a dash for none."""
    if mean is None:
        return DASH
    low = amount_text(series, mean.low)
    if mean.exact:
        return low
    if mean.high is None:
        return _tr("{low} or more").format(low=low)
    return _tr("{low} to {high}").format(low=low, high=amount_text(series, mean.high))


def not_recorded() -> str:
    return _tr("not recorded")


def nights_text(nights: int) -> str:
    return _tr("1 night") if nights == 1 else _tr("{number} nights").format(number=number_text(nights))


def figure_text(series: Series, figure: Figure) -> str:
    """One night's figure; a dash where there is none."""
    if figure is None:
        return DASH
    if isinstance(figure, CountRange):
        return f"{figure.low}+" if figure.high is None else f"{figure.low}–{figure.high}"  # noqa: RUF001
    if series is Series.SLEEP_QUALITY:
        return word(list(SleepQuality)[round(figure) - 1])
    return amount_text(series, figure)


def cell_text(series: Series, bucket: Bucket, *, with_spread: bool = True) -> str:
    """What a bucket says of a series: the night's own figure, or the mean with its spread and its nights."""
    cell = bucket.cells[series]
    if cell is None:
        return DASH
    if bucket.first == bucket.last:
        return _night_text(series, cell.mean)
    parts = [mean_text(series, cell.mean)]
    if with_spread and cell.mean.nights > 1:
        parts.append(spread_text(series, cell))
    return _tr("{mean} ({nights})").format(mean=", ".join(parts), nights=nights_text(cell.mean.nights))


def spread_text(series: Series, cell: Cell) -> str:
    low = amount_text(series, cell.spread_low)
    if cell.spread_high is None:
        return _tr("half of them {low} or more").format(low=low)
    high = amount_text(series, cell.spread_high)
    return _tr("half of them {low} to {high}").format(low=low, high=high)


def _night_text(series: Series, mean: Mean) -> str:
    if mean.exact:
        return figure_text(series, mean.low)
    return figure_text(series, CountRange(round(mean.low), None if mean.high is None else round(mean.high)))


def period_title(period: Period, today: date) -> str:
    """16 to 22 November; a whole month or year as such. The year stands with it unless it is this one."""
    locale, first, last = QLocale(), period.first, period.last
    if period.span is Span.YEAR:
        return str(first.year)
    if period.span is Span.MONTH:
        month = locale.standaloneMonthName(first.month, QLocale.FormatType.LongFormat)
        return month if first.year == today.year else f"{month} {first.year}"
    year = "" if last.year == today.year else " yyyy"
    end = _day(last, f"d MMMM{year}" if first.year == last.year else "d MMMM yyyy")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        start = _day(first, "d")
    else:
        start = _day(first, "d MMMM" if first.year == last.year else "d MMMM yyyy")
    return f"{start} – {end}"  # noqa: RUF001


def day_text(day: date) -> str:
    return _day(day, "d MMMM yyyy")


def bucket_name(bucket: Bucket) -> str:
    """In full, for the line that is read out: the night to a day, or the days of several nights."""
    if bucket.first == bucket.last:
        return _tr("Night to {day}").format(day=_day(bucket.first, "dddd d MMMM yyyy"))
    return _tr("{first} to {last}").format(
        first=_day(bucket.first, "d MMM yyyy"), last=_day(bucket.last, "d MMM yyyy")
    )


def bucket_dates(bucket: Bucket) -> str:
    """The wake date, or the first and the last."""
    if bucket.first == bucket.last:
        return _day(bucket.first, "ddd d MMM yyyy")
    return f"{_day(bucket.first, 'd MMM yyyy')} – {_day(bucket.last, 'd MMM yyyy')}"  # noqa: RUF001


def _day(day: date, form: str) -> str:
    return QLocale().toString(_qdate(day), form)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def tick_texts(buckets: tuple[Bucket, ...]) -> list[str]:
    """The words below the marks: days in a week, days of a month, else what a mark begins with."""
    days = buckets[0].first, buckets[-1].last
    count = (days[1] - days[0]).days + 1
    if count <= 2 * 7:
        return [_day(bucket.first, "ddd d") for bucket in buckets]
    if len(buckets) == count:
        first_of_all = buckets[0].first
        return [
            _day(bucket.first, "d MMM" if bucket.first.day == 1 or bucket.first == first_of_all else "d")
            for bucket in buckets
        ]
    longest = max((bucket.last - bucket.first).days + 1 for bucket in buckets)
    if longest <= 7:
        return [_day(bucket.first, "d MMM") for bucket in buckets]
    if longest > 31:
        return [str(bucket.first.year) for bucket in buckets]
    return [_day(bucket.first, "MMM yyyy" if _opens_year(bucket, buckets) else "MMM") for bucket in buckets]


def _opens_year(bucket: Bucket, buckets: tuple[Bucket, ...]) -> bool:
    spans_years = buckets[0].first.year != buckets[-1].last.year
    return spans_years and (bucket.first.month == 1 or bucket is buckets[0])
