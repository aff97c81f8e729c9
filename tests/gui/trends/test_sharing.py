"""The Share card: what it saves, where, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from sleepcalm.gui.trends.file_maker import FileMaker
from sleepcalm.gui.trends.share_dialog import ShareDialog
from sleepcalm.gui.trends.sharing import ShareCard, ShareSource
from sleepcalm.storage.atomic_file import write_atomically
from sleepcalm.storage.trends_csv import write_nights
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import week_around

from .pdf_text import read_pdf
from .report_nights import LAST, NOW, full_fortnight, odd_fortnight


@dataclass
class Diary:
    """The source of a card, of which a test can change what it likes."""

    nights: Sequence[NightFigures] | None = field(default_factory=full_fortnight)
    write: Callable[[Path, bytes], None] = write_atomically

    def between(self, first: date, last: date) -> Sequence[NightFigures] | None:
        if self.nights is None:
            return None
        return [night for night in self.nights if first <= night.wake_date <= last]

    def _write(self, path: Path, data: bytes) -> None:
        self.write(path, data)

    def source(self) -> ShareSource:
        return ShareSource(
            period=lambda: week_around(LAST),
            series=lambda: (Series.HYPNIC_JERKS, Series.STRESS),
            nights=self.between,
            today=NOW.date,
            table=lambda nights, medicines, notes: write_nights(
                nights, with_medicines=medicines, with_notes=notes
            ),
            write=self._write,
            week_starts=0,
        )


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def card(qtbot: QtBot, diary: Diary) -> ShareCard:
    card = ShareCard(diary.source())
    qtbot.addWidget(card)
    card.show()
    return card


def saved(qtbot: QtBot, card: ShareCard, path: Path) -> bytes:
    qtbot.waitUntil(lambda: card.said.text().startswith("Saved as"), timeout=20_000)
    assert card.said.text() == f"Saved as {path.name} in {path.parent}."
    assert card.said.isVisible()
    return path.read_bytes()


def test_a_page_is_saved_on_the_paper_that_was_chosen(qtbot: QtBot, card: ShareCard, tmp_path: Path) -> None:
    path = tmp_path / "for the clinic.pdf"
    card.save_page(path, "letter", with_medicines=False, with_notes=False)
    assert not path.exists()  # the window goes on meanwhile
    read = read_pdf(saved(qtbot, card, path))
    assert read.size_pt == (612, 792)
    assert "14 of 14 nights recorded" in read.words


def test_medicines_go_along_if_they_were_ticked(
    qtbot: QtBot, card: ShareCard, diary: Diary, tmp_path: Path
) -> None:
    diary.nights = odd_fortnight()
    card.save_page(tmp_path / "page.pdf", "a4", with_medicines=True, with_notes=False)
    assert "zopiclone" in read_pdf(saved(qtbot, card, tmp_path / "page.pdf")).words


@pytest.mark.parametrize(("name", "beginning"), [("chart.png", b"\x89PNG"), ("chart.svg", b"<?xml")])
def test_a_picture_is_of_the_kind_that_its_name_says(
    qtbot: QtBot, card: ShareCard, tmp_path: Path, name: str, beginning: bytes
) -> None:
    card.save_picture(tmp_path / name)
    assert saved(qtbot, card, tmp_path / name).startswith(beginning)


def test_a_table_has_the_nights_of_the_period(qtbot: QtBot, card: ShareCard, tmp_path: Path) -> None:
    card.save_table(tmp_path / "table.csv", with_medicines=False, with_notes=True)
    rows = saved(qtbot, card, tmp_path / "table.csv").decode().splitlines()
    assert len(rows) == 1 + 7
    assert rows[0].endswith(",notes")


def test_why_nothing_was_saved_is_said_in_a_sentence(
    qtbot: QtBot, card: ShareCard, diary: Diary, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("as it was")

    def full_disk(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    diary.write = full_disk
    card.save_table(path, with_medicines=False, with_notes=False)
    qtbot.waitUntil(lambda: card.said.text().startswith("Not saved"))
    assert card.said.text() == "Not saved: No space left on device. No file was changed."
    assert path.read_text() == "as it was"
    diary.write = write_atomically
    card.save_table(path, with_medicines=False, with_notes=False)
    assert saved(qtbot, card, path) != b"as it was"


def test_nights_that_are_still_read_are_waited_for(card: ShareCard, diary: Diary, tmp_path: Path) -> None:
    diary.nights = None
    card.save_table(tmp_path / "table.csv", with_medicines=False, with_notes=False)
    assert card.said.text().startswith("The nights are still being read")
    assert not list(tmp_path.iterdir())


def test_one_file_after_the_other(qtbot: QtBot, card: ShareCard, tmp_path: Path) -> None:
    card.save_table(tmp_path / "first.csv", with_medicines=False, with_notes=False)
    card.save_table(tmp_path / "second.csv", with_medicines=False, with_notes=False)
    assert "still being written" in card.said.text()
    saved(qtbot, card, tmp_path / "first.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["first.csv"]


def test_a_window_that_closes_while_a_page_is_painted_takes_it_along(qtbot: QtBot, tmp_path: Path) -> None:
    made = ShareCard(Diary().source())
    made.save_page(tmp_path / "page.pdf", "a4", with_medicines=False, with_notes=False)
    qtbot.wait(1)
    made.deleteLater()
    with qtbot.waitSignal(made.destroyed):
        pass
    assert not list(tmp_path.iterdir())


def test_what_fails_while_painting_ends_the_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    def broken() -> object:
        yield
        raise ValueError("broken")

    parent = QObject()
    maker = FileMaker(write_atomically, parent)
    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(maker.failed):
        maker.make(tmp_path / "x", broken())  # type: ignore[arg-type]
    assert [kind for kind, _error, _trace in raised] == [ValueError]
    assert not maker.is_busy


@pytest.mark.parametrize("button", ["page", "table"])
def test_nothing_private_is_ticked_at_first(qtbot: QtBot, card: ShareCard, button: str) -> None:
    getattr(card, button).click()
    dialog = card.findChild(ShareDialog)
    assert dialog is not None
    assert not dialog.medicines.isChecked()
    assert not dialog.notes.isChecked()
    assert dialog.medicines.isVisible()
    dialog.reject()


@pytest.mark.parametrize(("button", "suffix"), [("page", "pdf"), ("picture", "svg"), ("table", "csv")])
def test_each_button_leads_to_a_file_under_a_proposed_name(
    qtbot: QtBot, card: ShareCard, tmp_path: Path, button: str, suffix: str
) -> None:
    getattr(card, button).click()
    dialog = card.findChild(ShareDialog)
    assert dialog is not None
    if button == "picture":
        assert dialog.kind is not None
        dialog.kind.set_value(suffix)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: card.findChild(ShareDialog) is None)  # by the time a person has chosen a place
    files = card.findChild(QFileDialog)
    assert files is not None
    assert [Path(name).name for name in files.selectedFiles()] == [f"sleep-2026-10-26-2026-11-01.{suffix}"]
    assert not files.testOption(QFileDialog.Option.DontConfirmOverwrite)
    files.fileSelected.emit(str(tmp_path / f"mine.{suffix}"))
    files.close()
    saved(qtbot, card, tmp_path / f"mine.{suffix}")


def test_everything_is_named_and_reached_by_the_keyboard(qtbot: QtBot, card: ShareCard) -> None:
    names = [button.accessibleName() for button in (card.page, card.picture, card.table)]
    assert names == ["For a clinician (PDF)", "Picture", "Table (CSV)"]
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    dialog = card.findChild(ShareDialog)
    assert dialog is not None
    dialog.reject()
