"""What is written below grid and strips: gaps, medicines and notes, definitions, what the page is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QRectF

from sleepcalm.gui.trends.report import words
from sleepcalm.gui.trends.report.ink import BLACK, GREY, MM, Ink, Wrapped
from sleepcalm.gui.trends.report.words import tr
from sleepcalm.gui.trends.wording import nights_text
from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.report import Report

_NOTE_PT = 6.3
_FOOT_PT = 5.9
_GAP = 4 * MM
_MOST_LINES = 12
_BESIDE_ROWS = 2.3
"""The heading, and the line that says what was cut, in lines."""
_NOON = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What one night's medicines or notes say."""

    name: str
    text: str


def told(nights: Sequence[NightFigures], *, with_medicines: bool, with_notes: bool) -> tuple[Told, ...]:
    """Medicines and notes of the nights, a paragraph each, as far as they are wanted and recorded."""
    found: list[Told] = []
    for night in nights:
        if night.entry is None:
            continue
        name = " ".join(words.weekday_and_day(night.wake_date))
        medicines = night.entry.evening.medicines
        if with_medicines and medicines:
            found.append(Told(name, tr("Medicines: {list}").format(list=words.medicines_text(medicines))))
        if with_notes and night.entry.notes and night.entry.notes.strip():
            found.append(Told(name, night.entry.notes))
    return tuple(found)


def wrapped(ink: Ink, width: float, paragraphs: Sequence[Told]) -> list[Wrapped]:
    """The paragraphs as they stand in two columns on that width, the longest already cut."""
    column = _column_width(width)
    return [ink.wrap(f"{one.name}  {one.text}", _NOTE_PT, column, _MOST_LINES) for one in paragraphs]


def told_height(ink: Ink, paragraphs: Sequence[Wrapped]) -> float:
    """The room that wrapped paragraphs would like to have."""
    rows = sum(len(found.lines) for found in paragraphs)
    longest = max((len(found.lines) for found in paragraphs), default=0)
    return ink.line_height(_NOTE_PT) * (_BESIDE_ROWS + (rows + longest) / 2)


def paint_told(ink: Ink, area: QRectF, paragraphs: Sequence[Wrapped]) -> None:
    """In two columns; what does not fit is cut, and the page says so."""
    height, column = ink.line_height(_NOTE_PT), _column_width(area.width())
    rows = max(floor(area.height() / height - _BESIDE_ROWS + 0.01), 1)
    shown = _fitting(ink, column, paragraphs, rows)
    left_out = len(paragraphs) - len(shown)
    half = ceil(sum(len(found.lines) for found in shown) / 2)
    rows = next((fewer for fewer in range(half, rows) if _in_columns(shown, fewer)), rows)
    placed = _in_columns(shown, rows)
    ink.text(QRectF(area.left(), area.top(), column, height), tr("Medicines and notes"), 6.8, bold=True)
    top = area.top() + height * 1.15
    for row, found in zip(placed, shown, strict=True):
        side, place = divmod(row, rows)
        left = area.left() + side * (column + _GAP)
        ink.lines(QRectF(left, top + place * height, column, height), found.lines, _NOTE_PT)
    if left_out or any(found.cut for found in shown):
        said = tr("Texts that end with … are shortened to fit the page; the diary holds all of them.")
        if left_out:
            said += " " + tr("Texts without any room: {count}.").format(count=left_out)
        box = QRectF(area.left(), area.bottom() - height, area.width(), height)
        ink.text(box, said, _FOOT_PT, colour=GREY)


def _column_width(width: float) -> float:
    return (width - _GAP) / 2


def _fitting(ink: Ink, column: float, paragraphs: Sequence[Wrapped], rows: int) -> list[Wrapped]:
    """Each with the most lines that all of them can have, and one more for the latest while there is room."""
    for most in range(_MOST_LINES, 0, -1):
        shown = [ink.shortened(found, _NOTE_PT, column, most) for found in paragraphs]
        if _in_columns(shown, rows):
            break
    else:
        return [ink.shortened(found, _NOTE_PT, column, 1) for found in paragraphs[: 2 * rows]]
    for place in reversed(range(len(shown))):
        longer = [*shown]
        longer[place] = ink.shortened(paragraphs[place], _NOTE_PT, column, most + 1)
        if _in_columns(longer, rows):
            shown = longer
    return shown


def _in_columns(paragraphs: Sequence[Wrapped], rows: int) -> list[int]:
    """The first row of each paragraph, counted through both columns; empty if they do not fit."""
    placed: list[int] = []
    row = 0
    for found in paragraphs:
        if row < rows < row + len(found.lines):
            row = rows  # no paragraph is torn apart
        if row + len(found.lines) > 2 * rows:
            return []
        placed.append(row)
        row += len(found.lines)
    return placed


def foot_lines(report: Report, *, first_hour: int) -> tuple[tuple[str, bool], ...]:
    """The paragraphs at the foot of the page; True marks those that speak of this period's own gaps."""
    return (
        (_gaps(report), True),
        *((text, False) for text in _definitions(first_hour)),
        (
            tr(
                "Kept by the person with SleepCalm, a wellness program. It makes no diagnosis and does not "
                "replace advice from a doctor."
            ),
            True,
        ),
    )


def foot_height(ink: Ink, width: float, report: Report, *, first_hour: int) -> float:
    lines = sum(
        len(ink.wrap(text, _FOOT_PT, width, 9).lines)
        for text, _own in foot_lines(report, first_hour=first_hour)
    )
    return lines * ink.line_height(_FOOT_PT)


def paint_foot(ink: Ink, area: QRectF, report: Report, *, first_hour: int) -> None:
    top = area.top()
    for text, own in foot_lines(report, first_hour=first_hour):
        lines = ink.wrap(text, _FOOT_PT, area.width(), 9).lines
        top = ink.lines(area.adjusted(0, top - area.top(), 0, 0), lines, _FOOT_PT, BLACK if own else GREY)


def _gaps(report: Report) -> str:
    past = sum(night.wake_date <= report.today for night in report.nights)
    parts = [tr("{recorded} of {nights} nights recorded.").format(recorded=report.recorded, nights=past)]
    if report.missing:
        parts.append(tr("Not recorded: {dates}.").format(dates=words.dates_text(report.missing)))
    if report.excluded:
        said = tr("Times do not add up, left out of means of sleep: {dates}.")
        parts.append(said.format(dates=words.dates_text(report.excluded)))
    if report.efficiency.nights_incomplete:
        said = tr("Left out of sleep efficiency for want of a time or an answer: {count}.")
        parts.append(said.format(count=nights_text(report.efficiency.nights_incomplete)))
    return " ".join(parts)


def _definitions(first_hour: int) -> tuple[str, ...]:
    axis = tr(
        "Grid: a row is the night to that morning, by the clock as it was shown; where clocks or the time "
        "zone changed in a night, its row says so and the figures give true lengths."
    )
    if first_hour != _NOON:
        axis += " " + tr("Rows begin at {hour}:00 because sleep was by day.").format(hour=first_hour)
    return (
        axis,
        tr(
            "To fall asleep: from trying to sleep until asleep; dozing broken by jerks counts as still "
            "falling asleep. Awake: all minutes awake between falling asleep and the final awakening (WASO). "
            "Asleep: from trying to sleep to the final awakening, less both (TST); naps and other sleeps are "
            "not in it. In bed: from going to bed to getting up (TIB). Sleep efficiency: sum of time asleep "
            "/ sum of time in bed over nights that have both. Quality: 1 very poor to 5 very good."
        ),
        tr(
            "Jolts: hypnic jerks (sleep starts) as counted or estimated by the person; an estimate such as "
            "3 to 5 makes the mean a range. Magnesium, calcium, caffeine, stress and practice belong to the "
            "day and evening before the night. Bars of weeks or months are means, their whiskers the middle "
            "half of the nights. Times of day are averaged around the clock. All figures are what the person "
            "estimated: on average a diary tells about 40 minutes more sleep than EEG, and means of fewer "
            "than seven nights say little."
        ),
    )
