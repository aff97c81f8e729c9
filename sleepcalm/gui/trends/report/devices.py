"""Report and chart as the bytes of a file: PDF, PNG, SVG. Needs a QApplication, but no screen.

Everything is painted into memory first, so that a file is written whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from enum import StrEnum
from typing import TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtWidgets import QApplication

from sleepcalm.gui.trends.chart import STRIP_LINES, TrendChart
from sleepcalm.gui.trends.report.ink import DOTS_PER_INCH, MM, paper_font
from sleepcalm.gui.trends.report.page import PageOptions, paint_report
from sleepcalm.gui.trends.report.strips import StripsContent, paint_chart, paper_chart
from sleepcalm.gui.trends.report.words import period_text, tr
from sleepcalm.trends.report import Report

_MARGIN_MM = 12.0
_CHART_WIDTH = 820
"""Pixels of the chart's own; a picture has twice as many each way."""
_PICTURE_SCALE = 2
_CHART_FONT_PIXELS = 14
_DATES_LINES = 2.2
_PIXELS_PER_INCH = 96

_LETTER_TERRITORIES = {
    QLocale.Country.UnitedStates,
    QLocale.Country.Canada,
    QLocale.Country.Mexico,
    QLocale.Country.Philippines,
    QLocale.Country.PuertoRico,
    QLocale.Country.Chile,
    QLocale.Country.Colombia,
    QLocale.Country.CostaRica,
    QLocale.Country.ElSalvador,
    QLocale.Country.Guatemala,
    QLocale.Country.Nicaragua,
    QLocale.Country.Panama,
    QLocale.Country.Venezuela,
}
"""Where printers hold Letter (Unicode CLDR, supplemental data, paper size)."""


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"


class NoFontError(Exception):
    """Nothing can be written: no font is installed on this machine."""


def usual_paper(locale: QLocale) -> Paper:
    """What printers hold where that locale is from."""
    return Paper.LETTER if locale.territory() in _LETTER_TERRITORIES else Paper.A4


Painting: TypeAlias = Generator[None, None, bytes]
"""Paints on each time it is asked for more, so that a window sees to its events in between; gives a file."""


def finished(painting: Painting) -> bytes:
    """Paint to the end without a pause."""
    while True:
        try:
            next(painting)
        except StopIteration as end:
            return bytes(end.value)


def pdf_of(report: Report, paper: Paper, options: PageOptions, *, week_starts: int) -> Painting:
    """The page as PDF. Raises NoFontError."""
    family = _font_family()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    size = QPageSize.PageSizeId.A4 if paper is Paper.A4 else QPageSize.PageSizeId.Letter
    portrait = QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(QPageSize(size), portrait, QMarginsF(0, 0, 0, 0)))
    writer.setResolution(DOTS_PER_INCH)
    writer.setTitle(
        tr("Sleep diary, {dates}").format(dates=period_text(report.period.first, report.period.last))
    )
    writer.setCreator("SleepCalm")
    margin = _MARGIN_MM * MM
    page = QRectF(0, 0, writer.width(), writer.height()).adjusted(margin, margin, -margin, -margin)
    painter = QPainter(writer)
    try:
        yield from paint_report(painter, page, report, options, family=family, week_starts=week_starts)
    finally:
        painter.end()
    buffer.close()
    return bytes(data.data())


def png_of(content: StripsContent) -> Painting:
    """The chart as a picture on white. Raises NoFontError."""
    chart, size, head = _chart(content)
    yield
    image = QImage(size * _PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_PICTURE_SCALE, _PICTURE_SCALE)
    _paint_picture(painter, chart, content, size, head)
    yield
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know file names only
    buffer.close()
    return bytes(data.data())


def svg_of(content: StripsContent) -> Painting:
    """The chart as SVG, its words as text. Raises NoFontError."""
    from PySide6.QtSvg import QSvgGenerator  # noqa: PLC0415 - a library of its own, for this alone

    chart, size, head = _chart(content)
    yield
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setResolution(_PIXELS_PER_INCH)
    generator.setTitle(period_text(content.period.first, content.period.last))
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), Qt.GlobalColor.white)
    _paint_picture(painter, chart, content, size, head)
    buffer.close()
    return _seen_everywhere(bytes(data.data()).decode("utf-8")).encode("utf-8")


def _chart(content: StripsContent) -> tuple[TrendChart, QSize, int]:
    """The chart, the size of its picture, and the height of the title above it, in pixels."""
    font = paper_font(_font_family(), _CHART_FONT_PIXELS)
    line = QFontMetrics(font).height()
    height = round(line * (STRIP_LINES * len(content.series) + _DATES_LINES))
    chart = paper_chart(content, QSize(_CHART_WIDTH, height), font)
    return chart, QSize(_CHART_WIDTH + line, height + 3 * line), 2 * line


def _paint_picture(
    painter: QPainter, chart: TrendChart, content: StripsContent, size: QSize, head: int
) -> None:
    inset = chart.look.line / 2
    painter.setFont(chart.look.font)
    painter.setPen(Qt.GlobalColor.black)
    title = QRectF(inset, 0, size.width() - 2 * inset, head)
    painter.drawText(
        title, int(Qt.AlignmentFlag.AlignVCenter), period_text(content.period.first, content.period.last)
    )
    paint_chart(chart, painter, QRectF(inset, head, chart.width(), chart.height()))
    painter.end()


def _seen_everywhere(svg: str) -> str:
    """Qt's SVG for other programs: flat rectangles, which SVG does not draw, as lines; a font for all."""
    lines = _FLAT.sub(r'<path \1 d="M\2,\3 h\4"/>', svg)
    return re.sub(r'font-family="([^",]+)"', r'font-family="\1, sans-serif"', lines)


_FLAT = re.compile(r'<rect ([^>]*?)x="([^"]+)" y="([^"]+)" width="([^"]+)" height="0"/>')


def _font_family() -> str:
    """The application's font. Raises NoFontError where there is none at all, for the page would be empty."""
    if not QFontDatabase.families():
        raise NoFontError(
            tr("No font is installed, so nothing can be written. Install one, such as DejaVu Sans.")
        )
    return QFontInfo(QApplication.font()).family()
