"""Makes the files that leave the program: the page for a clinician, and pictures of the chart.

With a window open they are painted beside it; without a screen Qt runs off it. Each file is written whole or
not at all, and is readable by its owner only.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Literal

from sleepcalm.display import missing_qt_libraries
from sleepcalm.preferences import Preferences
from sleepcalm.program import UserError
from sleepcalm.storage.atomic_file import write_atomically
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period
from sleepcalm.trends.report import make_report

PaperName = Literal["a4", "letter"]


def first_weekday() -> int:
    """The day with which weeks begin where the system's locale is from: 0 Monday to 6 Sunday."""
    with _libraries():
        from PySide6.QtCore import QLocale  # noqa: PLC0415 - Qt, only when asked

        return int(QLocale.system().firstDayOfWeek().value) - 1


def usual_paper() -> PaperName:
    """The paper that printers hold where the system's locale is from."""
    with _qt():
        from PySide6.QtCore import QLocale  # noqa: PLC0415

        from sleepcalm.gui.trends.report import devices  # noqa: PLC0415

        return "letter" if devices.usual_paper(QLocale.system()) is devices.Paper.LETTER else "a4"


def write_chart(
    path: Path,
    nights: Sequence[NightFigures],
    period: Period,
    preferences: Preferences,
    *,
    week_starts: int,
    now: datetime,
) -> None:
    """Write the chart of `period` with the strips that the user chose: `.png` or `.svg`.

    Raises UserError for another suffix and where Qt cannot run, OSError where the file cannot be written.
    """
    with _qt():
        from sleepcalm.gui.trends.report import devices  # noqa: PLC0415
        from sleepcalm.gui.trends.report.strips import StripsContent  # noqa: PLC0415

        paint = {".png": devices.png_of, ".svg": devices.svg_of}
        suffix = path.suffix.lower()
        if suffix not in paint:
            raise UserError(f"{path}: a chart is written as .png or .svg", status=2)
        series = [Series(name) for name in preferences.trend_series]
        painting = paint[suffix](StripsContent(nights, period, series, week_starts, now.date()))
        data = devices.finished(painting)
    write_atomically(path, data)


def write_report(
    path: Path,
    nights: Sequence[NightFigures],
    period: Period,
    *,
    paper: PaperName = "a4",
    with_medicines: bool = False,
    with_notes: bool = False,
    week_starts: int,
    now: datetime,
) -> None:
    """Write the page for `period` as PDF.

    `nights` holds every date of `sleepcalm.trends.report.report_period(period)`, else ValueError is raised.
    Raises UserError where Qt cannot run, OSError where the file cannot be written.
    """
    report = make_report(nights, period, now.date())
    with _qt():
        from sleepcalm.gui.trends.report.devices import Paper, finished, pdf_of  # noqa: PLC0415
        from sleepcalm.gui.trends.report.page import PageOptions  # noqa: PLC0415

        options = PageOptions(with_medicines=with_medicines, with_notes=with_notes)
        data = finished(pdf_of(report, Paper(paper), options, week_starts=week_starts))
    write_atomically(path, data)


@contextmanager
def _qt() -> Iterator[None]:
    """Qt inside, off the screen unless a window has it already; what is lacking for it, as a UserError."""
    with _libraries():
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - Qt, only when something is painted

        from sleepcalm.gui.trends.report.devices import NoFontError  # noqa: PLC0415

        if QApplication.instance() is None:
            # Qt keeps it until the process ends, and must not have a second one.
            QApplication(["sleepcalm", "-platform", "offscreen"])
        try:
            yield
        except NoFontError as error:
            raise UserError(str(error)) from error


@contextmanager
def _libraries() -> Iterator[None]:
    """Libraries of the system that Qt does not find, as a UserError."""
    try:
        _load_qt()
        yield
    except ImportError as error:
        packages = " ".join(missing_qt_libraries())
        raise UserError(f"pages and pictures need system libraries; install: {packages or error}") from error


def _load_qt() -> None:
    """Import Qt. Ctrl-C waits until that is done, for Qt for Python would abort the process."""
    handler = signal.getsignal(signal.SIGINT)
    on_main_thread = threading.current_thread() is threading.main_thread()
    if "PySide6.QtCore" in sys.modules or not on_main_thread or handler is not signal.default_int_handler:
        return  # it is there, or nothing is raised here
    interrupted = False

    def note(_number: int, _frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True

    signal.signal(signal.SIGINT, note)
    try:
        import PySide6.QtCore  # noqa: F401, PLC0415 - slow, only when asked
    finally:
        signal.signal(signal.SIGINT, handler)
    if interrupted:
        raise KeyboardInterrupt
