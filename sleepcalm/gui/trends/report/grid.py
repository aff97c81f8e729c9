"""The two-week grid: a row a night, 24 hours from noon to noon, marks at their times, figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt

from sleepcalm.diary.measures import Measures
from sleepcalm.gui.diary.wording import DASH
from sleepcalm.gui.trends.report import words
from sleepcalm.gui.trends.report.hours import ROW, paint_hours
from sleepcalm.gui.trends.report.ink import BLACK, GREY, MM, POINT, RULE, Ink
from sleepcalm.gui.trends.report.words import tr
from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.grid_row import GridRow, best_first_hour, grid_rows

HEAD = 8.2 * MM
_DAY_COLUMN = 16.5 * MM
_EARLIER_COLUMN = 7.5 * MM
_FIGURE_COLUMN = 8.0 * MM
_TEXT_PT = 6.8
_SMALL_PT = 5.6
_LEFT = Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class _Column:
    head: tuple[str, str]
    unit: str
    text: Callable[[NightFigures], str]


def grid_height(nights: int) -> float:
    return HEAD + nights * ROW


def first_hour_of(nights: Sequence[NightFigures]) -> int:
    """The hour of the day with which the grid's rows begin."""
    return best_first_hour(nights) % 24


def paint_grid(
    ink: Ink, area: QRectF, nights: Sequence[NightFigures], today: date, *, with_medicines: bool
) -> None:
    """Paint the grid from the top of `area`, over all its width."""
    columns = _columns()
    rows = grid_rows(nights, with_medicines=with_medicines)
    left = area.left() + _DAY_COLUMN + _EARLIER_COLUMN
    hours = QRectF(
        left, area.top() + HEAD, area.right() - len(columns) * _FIGURE_COLUMN - left, len(rows) * ROW
    )
    _paint_head(ink, area, hours, first_hour_of(nights), columns)
    for number, row in enumerate(rows):
        band = QRectF(area.left(), hours.top() + number * ROW, area.width(), ROW)
        room = _paint_row(ink, band, hours, row, columns)
        if row.night.recorded:
            ink.text(room, words.remark(row, today), _SMALL_PT, _RIGHT)
        else:
            ink.text(
                QRectF(hours.left(), band.top(), hours.width(), ROW),
                words.remark(row, today),
                _TEXT_PT,
                _CENTRE,
                colour=GREY,
            )
    _paint_rules(ink, area, hours, rows, len(columns))


def _columns() -> tuple[_Column, ...]:
    def minutes(read: Callable[[Measures], int | None]) -> Callable[[NightFigures], str]:
        return lambda night: _sleep_text(night, read, words.whole_text)

    def hours(read: Callable[[Measures], int | None]) -> Callable[[NightFigures], str]:
        return lambda night: _sleep_text(night, read, words.hours_text)

    return (
        _Column(
            (tr("To fall"), tr("asleep")),
            tr("min"),
            minutes(lambda measures: measures.sleep_onset_latency_min),
        ),
        _Column((tr("Times"), tr("awake")), "", _awakenings),
        _Column(
            ("", tr("Awake")),
            tr("min"),
            minutes(lambda measures: measures.wake_after_sleep_onset_min),
        ),
        _Column(("", tr("Asleep")), tr("h:min"), hours(lambda measures: measures.total_sleep_time_min)),
        _Column(("", tr("In bed")), tr("h:min"), hours(lambda measures: measures.time_in_bed_min)),
        _Column((tr("Naps"), tr("before")), tr("min"), lambda night: words.naps_text(night.entry)),
        _Column(("", tr("Jolts")), "", lambda night: words.jolts_text(night.entry)),
        _Column(("", tr("Quality")), tr("1 to 5"), lambda night: words.quality_text(night.entry)),
    )


def _sleep_text(
    night: NightFigures, read: Callable[[Measures], int | None], shown: Callable[[float | None], str]
) -> str:
    """A night that does not add up has no figures that rest on its minutes."""
    return DASH if night.measures is None or night.excluded else shown(read(night.measures))


def _awakenings(night: NightFigures) -> str:
    if night.entry is None or night.entry.did_not_sleep or night.excluded:
        return DASH
    return words.whole_text(night.entry.awakenings)


def _paint_head(ink: Ink, area: QRectF, hours: QRectF, first_hour: int, columns: Sequence[_Column]) -> None:
    line = HEAD / 3
    bottom = QRectF(area.left(), area.top() + 2 * line, area.width(), line * 0.9)
    ink.text(
        QRectF(bottom.left(), bottom.top(), _DAY_COLUMN, bottom.height()), tr("Night to"), _TEXT_PT, bold=True
    )
    earlier = QRectF(area.left() + _DAY_COLUMN, bottom.top(), _EARLIER_COLUMN, bottom.height())
    ink.text(earlier.adjusted(-2 * POINT, 0, -2 * POINT, 0), tr("earlier"), _SMALL_PT, colour=GREY)
    step = hours.width() / 24
    for place in range(0, 25, 2):
        hour = (first_hour + place) % 24
        name = {0: tr("midnight"), 12: tr("noon")}.get(hour, words.hour_text(hour))
        middle = hours.left() + place * step
        # The names of both ends stay within the hours, the others stand around their lines.
        left = {0: middle, 24: middle - 4 * step}.get(place, middle - 2 * step)
        align = {0: _LEFT, 24: _RIGHT}.get(place, _CENTRE)
        ink.text(QRectF(left, bottom.top(), 4 * step, bottom.height()), name, _TEXT_PT, align)
    for number, column in enumerate(columns):
        left = hours.right() + number * _FIGURE_COLUMN + POINT
        for row, (text, is_unit) in enumerate(
            ((column.head[0], False), (column.head[1], False), (column.unit, True))
        ):
            box = QRectF(left, area.top() + row * line * 0.97, _FIGURE_COLUMN - 2 * POINT, line)
            ink.text(box, text, _SMALL_PT, _CENTRE, bold=not is_unit, colour=GREY if is_unit else BLACK)


def _paint_row(ink: Ink, band: QRectF, hours: QRectF, row: GridRow, columns: Sequence[_Column]) -> QRectF:
    """Paint all of a row but its remark; where that has the most room."""
    weekday, day = words.weekday_and_day(row.night.wake_date)
    name = QRectF(band.left(), band.top(), _DAY_COLUMN, ROW)
    weekend = row.night.wake_date.isoweekday() >= 6
    ink.text(name.adjusted(0, 0, -_DAY_COLUMN * 0.56, 0), weekday, _TEXT_PT, bold=weekend)
    ink.text(name.adjusted(_DAY_COLUMN * 0.44, 0, -POINT, 0), day, _TEXT_PT, bold=weekend)
    earlier = QRectF(band.left() + _DAY_COLUMN, band.top(), _EARLIER_COLUMN, ROW)
    ink.text(earlier.adjusted(0, 0, -POINT, 0), " ".join(row.earlier_letters), _TEXT_PT, bold=True)
    if row.night.recorded:
        for number, column in enumerate(columns):
            box = QRectF(hours.right() + number * _FIGURE_COLUMN, band.top(), _FIGURE_COLUMN, ROW)
            ink.text(box.adjusted(POINT, 0, -POINT, 0), column.text(row.night), _TEXT_PT, _CENTRE)
    return paint_hours(ink, QRectF(hours.left(), band.top(), hours.width(), ROW), row)


def _paint_rules(ink: Ink, area: QRectF, hours: QRectF, rows: Sequence[GridRow], columns: int) -> None:
    for number in range(len(rows) + 1):
        y = hours.top() + number * ROW
        is_edge = number in (0, len(rows)) or rows[number].night.wake_date.weekday() == 0
        ink.rule(QPointF(area.left(), y), QPointF(area.right(), y), RULE, 0.7 if is_edge else 0.3)
    for x in (hours.left(), *(hours.right() + number * _FIGURE_COLUMN for number in range(columns))):
        ink.rule(QPointF(x, hours.top()), QPointF(x, hours.bottom()), RULE, 0.4)
