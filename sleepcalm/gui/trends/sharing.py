"""The card from which the shown period goes to others: a page for a clinician, a picture, a table."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from sleepcalm.gui import theme
from sleepcalm.gui.trends.file_maker import FileMaker
from sleepcalm.gui.trends.share_dialog import ShareDialog
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.keys import press_by_space
from sleepcalm.gui.widgets.labels import heading, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period
from sleepcalm.trends.report import make_report, report_period

Painting = Generator[None, None, bytes]


@dataclass(frozen=True, slots=True)
class ShareSource:
    """What the card needs from outside; each is asked when a file is wanted, not before."""

    period: Callable[[], Period]
    series: Callable[[], Sequence[Series]]
    """The strips from the top."""
    nights: Callable[[date, date], Sequence[NightFigures] | None]
    """A row for each wake date, both included; None where they have to be waited for."""
    today: Callable[[], date]
    table: Callable[[Sequence[NightFigures], bool, bool], str]
    """CSV of the nights, with medicines, with notes."""
    write: Callable[[Path, bytes], None]
    """Puts a whole file in place or raises OSError; called on another thread."""
    week_starts: int
    """0 Monday to 6 Sunday."""


class ShareCard(Card):
    """Says below the buttons where a file was saved, or why it was not."""

    def __init__(self, source: ShareSource) -> None:
        super().__init__()
        self._source = source
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self._maker = FileMaker(source.write, self)
        self._maker.written.connect(self._say_where)
        self._maker.failed.connect(self._say_why_not)
        self.page = OutlinedButton(self.tr("For a &clinician (PDF)"))
        self.picture = OutlinedButton(self.tr("P&icture"))
        self.table = OutlinedButton(self.tr("Table (CS&V)"))
        self.said = wrapped(role=theme.TEXT)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.hide()
        self.page.clicked.connect(self._ask_about_page)
        self.picture.clicked.connect(self._ask_about_picture)
        self.table.clicked.connect(self._ask_about_table)
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, round(line * 0.8), line, round(line * 0.8))
        column.setSpacing(round(line * 0.5))
        column.addWidget(heading(self.tr("Share")))
        for button in (self.page, self.picture, self.table):
            button.setAccessibleName(button.text().replace("&", ""))
            column.addWidget(button)
        column.addWidget(self.said)

    def save_page(self, path: Path, paper: str, *, with_medicines: bool, with_notes: bool) -> None:
        """Save the page of the shown period, on "a4" or "letter"."""
        from sleepcalm.gui.trends.report.devices import Paper, pdf_of  # noqa: PLC0415 - not before it is wanted
        from sleepcalm.gui.trends.report.page import PageOptions  # noqa: PLC0415

        period = self._source.period()
        wanted = report_period(period)
        nights = self._nights(wanted)
        if nights is not None:
            report = make_report(nights, period, self._source.today())
            options = PageOptions(with_medicines=with_medicines, with_notes=with_notes)
            self._make(path, pdf_of(report, Paper(paper), options, week_starts=self._source.week_starts))

    def save_picture(self, path: Path) -> None:
        """Save the chart, as SVG if the name ends so, else as PNG."""
        from sleepcalm.gui.trends.report.devices import png_of, svg_of  # noqa: PLC0415
        from sleepcalm.gui.trends.report.strips import StripsContent  # noqa: PLC0415

        source, period = self._source, self._source.period()
        nights = self._nights(period)
        if nights is not None:
            content = StripsContent(nights, period, source.series(), source.week_starts, source.today())
            self._make(path, (svg_of if path.suffix.lower() == ".svg" else png_of)(content))

    def save_table(self, path: Path, *, with_medicines: bool, with_notes: bool) -> None:
        """Save the nights of the shown period, a row each."""
        nights = self._nights(self._source.period())
        if nights is not None:
            self._make(path, _encoded(self._source.table, nights, with_medicines, with_notes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_space(event):
            super().keyPressEvent(event)

    def _ask_about_page(self) -> None:
        from sleepcalm.gui.trends.report.devices import usual_paper  # noqa: PLC0415

        dialog = ShareDialog(
            self.tr("One page for a clinician"),
            self.tr("Two weeks night by night, the strips of the shown period, and its means."),
            self,
            kinds=(
                self.tr("Paper"),
                {"a4": self.tr("A4"), "letter": self.tr("Letter")},
                usual_paper(QLocale.system()).value,
            ),
        )
        dialog.accepted.connect(lambda: self._choose_place("pdf", self._page_as_asked_for(dialog)))
        dialog.open()

    def _ask_about_picture(self) -> None:
        dialog = ShareDialog(
            self.tr("Picture"),
            self.tr("The strips of the shown period on white."),
            self,
            kinds=(
                self.tr("Kind"),
                {"png": self.tr("Picture (PNG)"), "svg": self.tr("Drawing (SVG)")},
                "png",
            ),
            asks_what_is_private=False,
        )
        dialog.accepted.connect(
            lambda: self._choose_place(dialog.kind.value if dialog.kind else "png", self.save_picture)
        )
        dialog.open()

    def _ask_about_table(self) -> None:
        about = self.tr("The nights of the shown period, a row each, for a spreadsheet.")
        dialog = ShareDialog(self.tr("Table"), about, self)
        dialog.accepted.connect(lambda: self._choose_place("csv", self._table_as_asked_for(dialog)))
        dialog.open()

    def _page_as_asked_for(self, dialog: ShareDialog) -> Callable[[Path], None]:
        """What saves the page. It holds the answers, for the window that asked is gone by then."""
        return partial(
            self.save_page,
            paper=dialog.kind.value if dialog.kind else "a4",
            with_medicines=dialog.medicines.isChecked(),
            with_notes=dialog.notes.isChecked(),
        )

    def _table_as_asked_for(self, dialog: ShareDialog) -> Callable[[Path], None]:
        """What saves the table; it holds the answers as well."""
        return partial(
            self.save_table,
            with_medicines=dialog.medicines.isChecked(),
            with_notes=dialog.notes.isChecked(),
        )

    def _choose_place(self, suffix: str, save: Callable[[Path], None]) -> None:
        """Ask for a name; Qt asks before a file that is there is replaced."""
        period = self._source.period()
        proposed = f"sleep-{period.first.isoformat()}-{period.last.isoformat()}.{suffix}"
        dialog = QFileDialog(self, self.tr("Save as"), str(self._folder), f"{suffix.upper()} (*.{suffix})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(proposed)
        dialog.fileSelected.connect(lambda name: save(Path(name)))
        dialog.open()

    def _nights(self, period: Period) -> Sequence[NightFigures] | None:
        nights = self._source.nights(period.first, period.last)
        if nights is None:
            self._say(self.tr("The nights are still being read; please try again in a moment."))
        return nights

    def _make(self, path: Path, painting: Painting) -> None:
        if self._maker.is_busy:
            self._say(self.tr("The file before this one is still being written; please try again."))
            return
        self._folder = path.parent
        self._say(self.tr("Saving …"))
        self._maker.make(path, painting)

    def _say_where(self, path: Path) -> None:
        self._say(self.tr("Saved as {name} in {folder}.").format(name=path.name, folder=path.parent))

    def _say_why_not(self, reason: str) -> None:
        self._say(self.tr("Not saved: {reason}. No file was changed.").format(reason=reason))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)
        self.said.setVisible(bool(sentence))


def _encoded(
    table: Callable[[Sequence[NightFigures], bool, bool], str],
    nights: Sequence[NightFigures],
    with_medicines: bool,
    with_notes: bool,
) -> Painting:
    yield
    return table(nights, with_medicines, with_notes).encode("utf-8")
