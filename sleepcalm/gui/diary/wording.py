"""The words of the Diary tab that stand for values: nights, times, answers, flags, measures."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, Exercise, JerkCountBand, JerkStrength, Restedness, Side, SleepQuality
from sleepcalm.diary.joining import day_before

DASH = "–"  # noqa: RUF001
"""Stands where nothing is recorded."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Diary", text)


def clock_text(clock: time) -> str:
    """6:40 or 6:40 am, as the locale has it, and always such that it can be typed back."""
    if "a" in QLocale().timeFormat(QLocale.FormatType.ShortFormat).lower():
        half = "am" if clock.hour < 12 else "pm"
        return f"{clock.hour % 12 or 12}:{clock.minute:02d} {half}"
    return f"{clock.hour}:{clock.minute:02d}"


def instant_text(instant: Instant) -> str:
    return clock_text(instant.wall.time())


def number_text(number: float) -> str:
    """At most two places, none that say nothing."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def duration_text(minutes: int | None) -> str:
    """6 h 51 min; under an hour the minutes alone."""
    if minutes is None:
        return DASH
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _tr("{minutes} min").format(minutes=rest)
    return _tr("{hours} h {minutes:02d} min").format(hours=hours, minutes=rest)


def share_text(share: float | None) -> str:
    return DASH if share is None else _tr("{share} %").format(share=round(share))


def night_title(wake_date: date) -> str:
    """Saturday night to Sunday."""
    evening, morning = weekday(day_before(wake_date)), weekday(wake_date)
    return _tr("{evening} night to {morning}").format(evening=evening, morning=morning)


def night_name(wake_date: date) -> str:
    """The night to Sunday 22 November 2026."""
    return _tr("the night to {day}").format(day=long_date(wake_date))


def weekday(day: date) -> str:
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.LongFormat)


def long_date(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM yyyy")


def short_date(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")


def month_name(year: int, month: int) -> str:
    return f"{QLocale().standaloneMonthName(month, QLocale.FormatType.LongFormat)} {year}"


def word(value: StrEnum) -> str:
    """A choice in the user's language."""
    words = (
        (SleepQuality.VERY_POOR, _tr("very poor")),
        (SleepQuality.POOR, _tr("poor")),
        (SleepQuality.FAIR, _tr("fair")),
        (SleepQuality.GOOD, _tr("good")),
        (SleepQuality.VERY_GOOD, _tr("very good")),
        (Restedness.NOT_AT_ALL, _tr("not at all")),
        (Restedness.A_LITTLE, _tr("a little")),
        (Restedness.PARTLY, _tr("partly")),
        (Restedness.WELL, _tr("well")),
        (Restedness.FULLY, _tr("fully")),
        (JerkCountBand.ZERO, _tr("none")),
        (JerkCountBand.ONE_TO_TWO, _tr("1–2")),  # noqa: RUF001
        (JerkCountBand.THREE_TO_FIVE, _tr("3–5")),  # noqa: RUF001
        (JerkCountBand.SIX_OR_MORE, _tr("6+")),
        (JerkCountBand.UNKNOWN, _tr("don’t know")),  # noqa: RUF001
        (JerkStrength.NONE, _tr("no movement")),
        (JerkStrength.TWITCH, _tr("twitch")),
        (JerkStrength.JERK, _tr("jerk")),
        (JerkStrength.WHOLE_BODY, _tr("whole body")),
        (JerkStrength.JUMPED, _tr("jumped")),
        (Side.LEFT, _tr("left")),
        (Side.RIGHT, _tr("right")),
        (Side.BOTH, _tr("both")),
        (Exercise.NONE, _tr("none")),
        (Exercise.LIGHT, _tr("light")),
        (Exercise.MODERATE, _tr("moderate")),
        (Exercise.VIGOROUS, _tr("vigorous")),
    )
    # Members of two enumerations with the same text are equal as strings, so no dictionary can hold both.
    return next(text for member, text in words if member is value)


def jolts_text(count: Any) -> str:
    """The number of jolts; none, a band, or a dash where it is not recorded."""
    if count is None:
        return DASH
    if isinstance(count, StrEnum):
        return word(count)
    return str(count) if count else _tr("none")


def time_name(field: str) -> str:
    """What a time or a number of the night is called on the sheet."""
    names = {
        "into_bed": _tr("into bed"),
        "tried_to_sleep": _tr("lights out"),
        "asleep": _tr("asleep"),
        "sleep_onset_latency_min": _tr("minutes to fall asleep"),
        "awakenings": _tr("times awake"),
        "wake_after_sleep_onset_min": _tr("minutes awake in all"),
        "final_awakening": _tr("woke up"),
        "out_of_bed": _tr("got up"),
        "minutes_trying_after_waking": _tr("minutes trying to sleep on"),
    }
    return names.get(field, field)


def line_text(entry: Entry) -> str:
    """The night line in words, for those who do not see it."""
    parts = [f"{time_name(field)} {instant_text(instant)}" for field, instant in entry.night_times.items()]
    if entry.did_not_sleep:
        parts.append(_tr("did not sleep"))
    elif entry.sleep_onset_latency_min is not None:
        parts.insert(
            min(len(parts), 2),
            _tr("{minutes} min to fall asleep").format(minutes=entry.sleep_onset_latency_min),
        )
    if entry.wake_after_sleep_onset_min:
        parts.append(_tr("{minutes} min awake in the night").format(minutes=entry.wake_after_sleep_onset_min))
    return ", ".join(parts) if parts else _tr("Nothing is recorded yet.")
