"""The words of the page: dates, figures, what the columns and measures mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from sleepcalm.diary.averages import MeanClockTime
from sleepcalm.diary.entry import Entry, JerkCountBand, Medicine
from sleepcalm.gui.diary.wording import DASH, clock_text, instant_text, number_text
from sleepcalm.trends.figures import quality_grade
from sleepcalm.trends.grid_row import ClockChange, GridRow

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)


def tr(text: str) -> str:
    return QCoreApplication.translate("Report", text)


def day_text(day: date) -> str:
    """9 Nov."""
    return QLocale().toString(_qdate(day), "d MMM")


def weekday_and_day(day: date) -> tuple[str, str]:
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat), day_text(day)


def period_text(first: date, last: date) -> str:
    """9 - 22 November 2026. On paper the year always stands."""
    whole = "d MMMM yyyy"
    if first == last:
        return QLocale().toString(_qdate(last), whole)
    start = whole
    if first.year == last.year:
        start = "d" if first.month == last.month else "d MMMM"
    return f"{QLocale().toString(_qdate(first), start)} – {QLocale().toString(_qdate(last), whole)}"  # noqa: RUF001


def dates_text(days: Sequence[date], most: int = 12) -> str:
    """9-11 Nov, 14 Nov; after `most` stretches only how many more nights there are.

    Days that lie more than a year apart have their years.
    """
    if not days:
        return ""
    write = _day_and_year_text if days[-1] - days[0] > _YEAR else day_text
    stretches: list[tuple[date, date]] = []
    for day in days:
        if stretches and stretches[-1][1] + _DAY == day:
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
    text = ", ".join(_stretch_text(first, last, write) for first, last in stretches[:most])
    rest = sum((last - first).days + 1 for first, last in stretches[most:])
    return tr("{dates} and {count} more").format(dates=text, count=rest) if rest else text


def hours_text(minutes: float | None) -> str:
    """7:05."""
    if minutes is None:
        return DASH
    hours, rest = divmod(round(minutes), 60)
    return f"{hours}:{rest:02d}"


def hour_text(hour: int) -> str:
    """22 or 10, as the locale counts hours; noon and midnight stand between as words."""
    return clock_text(time(hour)).partition(":")[0]


def whole_text(number: float | None) -> str:
    return DASH if number is None else number_text(round(number, 1))


def jolts_text(entry: Entry | None) -> str:
    """The count, a band as it was answered, "?" where the answer is that it is not known."""
    count = None if entry is None else entry.hypnic_jerks.count
    if count is None:
        return DASH
    if count is JerkCountBand.UNKNOWN:
        return "?"
    return str(count).replace("-", "–")  # noqa: RUF001


def naps_text(entry: Entry | None) -> str:
    """Minutes of naps in the day before; 0 where it was answered that there were none."""
    if entry is None or (entry.naps.minutes is None and entry.naps.count != 0):
        return DASH
    return str(entry.naps.minutes or 0)


def quality_text(entry: Entry | None) -> str:
    grade = None if entry is None else quality_grade(entry.sleep_quality)
    return DASH if grade is None else str(grade)


def mean_clock_text(mean: MeanClockTime) -> str:
    return DASH if mean.clock is None else clock_text(mean.clock)


def remark(row: GridRow, today: date) -> str:
    """What a row has to say beside its marks; "" if nothing."""
    night = row.night
    if night.entry is None:
        return tr("still to come") if night.wake_date > today else tr("not recorded")
    parts = []
    if night.entry.did_not_sleep:
        parts.append(tr("did not sleep"))
    elif night.excluded:
        parts.append(tr("does not add up"))
    elif row.asleep is not None and not row.onset_known:
        parts.append(tr("minutes to fall asleep not recorded"))
    if row.clock_change is not None:
        parts.append(_change_text(row.clock_change))
    return ", ".join(parts)


def medicines_text(medicines: Iterable[Medicine]) -> str:
    """Zolpidem 10 mg 22:30 (for sleep), one after the other."""
    return "; ".join(_medicine_text(medicine) for medicine in medicines)


def _medicine_text(medicine: Medicine) -> str:
    parts = [medicine.name, medicine.dose or "", instant_text(medicine.time) if medicine.time else ""]
    text = " ".join(part for part in parts if part)
    remarks = [
        words
        for words, holds in (
            (tr("for sleep"), medicine.for_sleep),
            (tr("new or changed"), medicine.new_or_changed),
        )
        if holds
    ]
    return f"{text} ({', '.join(remarks)})" if remarks else text


def _change_text(change: ClockChange) -> str:
    size = number_text(abs(change.minutes) / 60)
    if change.by_travel:
        words = tr("time zone +{hours} h") if change.minutes > 0 else tr("time zone −{hours} h")  # noqa: RUF001
    else:
        words = tr("clocks on {hours} h") if change.minutes > 0 else tr("clocks back {hours} h")
    return words.format(hours=size)


def _stretch_text(first: date, last: date, write: Callable[[date], str]) -> str:
    if first == last:
        return write(first)
    if first.year != last.year:
        start = write(first)
    elif first.month != last.month:
        start = day_text(first)
    else:
        start = QLocale().toString(_qdate(first), "d")
    return f"{start}–{write(last)}"  # noqa: RUF001


def _day_and_year_text(day: date) -> str:
    return QLocale().toString(_qdate(day), "d MMM yyyy")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
