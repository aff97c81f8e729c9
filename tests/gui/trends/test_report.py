"""The page for a clinician, read back from the file as another program would read it."""

# ruff: noqa: RUF001 - the page has en dashes

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from sleepcalm import paper
from sleepcalm.gui.trends.report.devices import Paper, usual_paper
from sleepcalm.preferences import Preferences
from sleepcalm.program import UserError
from sleepcalm.trends.figures import NightFigures, night_figures
from sleepcalm.trends.periods import Period, week_around

from .pdf_text import Pdf, read_pdf
from .report_nights import (
    FORTNIGHT,
    LAST,
    NOW,
    dates,
    day_sleeper_fortnight,
    full_fortnight,
    nights_with,
    odd_fortnight,
    plain_night,
    wordy_fortnight,
)

pytestmark = pytest.mark.usefixtures("english")

SIZES = {"a4": (595, 842), "letter": (612, 792)}


@pytest.fixture
def english(qapp: QApplication) -> object:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def page(
    tmp_path: Path, nights: Sequence[NightFigures], period: Period = FORTNIGHT, **options: object
) -> Pdf:
    path = tmp_path / "page.pdf"
    paper.write_report(path, nights, period, week_starts=0, now=NOW, **options)  # type: ignore[arg-type]
    return read_pdf(path.read_bytes())


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("make", [lambda: nights_with([]), full_fortnight, odd_fortnight, wordy_fortnight])
def test_it_is_one_page_whatever_is_in_the_diary(tmp_path: Path, size: str, make: object) -> None:
    read = page(tmp_path, make(), paper=size, with_medicines=True, with_notes=True)  # type: ignore[operator]
    assert read.pages == 1
    assert read.size_pt == SIZES[size]
    assert read.images == 0
    assert "It makes no diagnosis" in read.words  # the last line has not fallen off


def test_every_word_is_text_that_can_be_searched(tmp_path: Path) -> None:
    words = page(tmp_path, full_fortnight()).words
    for expected in (
        "Sleep diary, 19 October – 1 November 2026",
        "written on 2 November 2026",
        "last caffeine",
        "Caffeine 80 mg 14",
        "Jolts a night 2 14",
        "Sleep efficiency 84 % 14",
        "Into bed 22:40 14",
        "Time to fall asleep 20 min 14",
        "dozing broken by jerks counts as still falling asleep",
        "14 of 14 nights recorded.",
    ):
        assert expected in words


def test_another_reader_finds_the_same_words(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here; it is in Debian's poppler-utils")
    page(tmp_path, full_fortnight())
    answer = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert not answer.stderr
    assert "Sleep diary, 19 October – 1 November 2026" in answer.stdout
    assert "caffeine" in answer.stdout


def test_a_night_not_recorded_is_said_so_and_has_no_figures(tmp_path: Path) -> None:
    words = page(tmp_path, odd_fortnight()).words
    assert "Mon 19 Oct not recorded Tue 20 Oct" in words
    assert "13 of 14 nights recorded. Not recorded: 19 Oct." in words


def test_nothing_recorded_gives_dashes_and_no_zero(tmp_path: Path) -> None:
    words = page(tmp_path, nights_with([])).words
    assert words.partition("into bed")[0].count("not recorded") == 14
    assert "Jolts a night – 0 " in words
    assert "Relaxation practice – 0" in words
    assert "0 of 14 nights recorded. Not recorded: 19 Oct–1 Nov." in words


def test_gaps_more_than_a_year_apart_are_told_with_their_years(tmp_path: Path) -> None:
    """ "1 Jan-25 Jul" of a year ago would be taken for this year's."""
    first = date(2024, 12, 30)
    entries = {day: plain_night(day) for day in (date(2025, 6, 1), LAST - timedelta(days=1))}
    nights = night_figures(entries, {}, (), first, LAST)
    words = page(tmp_path, nights, Period(None, first, LAST)).words
    gaps = "30 Dec 2024–31 May 2025, 2 Jun 2025–30 Oct 2026, 1 Nov 2026."
    assert f"2 of 672 nights recorded. Not recorded: {gaps}" in words


def test_days_to_come_are_not_missing(tmp_path: Path) -> None:
    period = week_around(NOW.date())
    nights = night_figures({}, {}, (), period.last - timedelta(days=13), period.last)
    words = page(tmp_path, nights, period).words
    assert words.count("still to come") == 6
    assert "0 of 8 nights recorded. Not recorded: 26 Oct–2 Nov." in words


def test_a_night_that_does_not_add_up_is_named_and_left_out(tmp_path: Path) -> None:
    words = page(tmp_path, odd_fortnight()).words
    assert "Wed 21 Oct – – – – – 0 2 3 C does not add up" in words
    assert "Times do not add up, left out of means of sleep: 21 Oct." in words
    assert "Asleep 6 h 53 10" in words


def test_a_night_without_sleep_counts_as_none(tmp_path: Path) -> None:
    assert re.search(
        r"Tue 20 Oct – – – 0:00 8:20 0 2 3 C did not sleep", page(tmp_path, odd_fortnight()).words
    )


def test_clocks_put_back_and_journeys_are_said_in_their_rows(tmp_path: Path) -> None:
    words = page(tmp_path, odd_fortnight()).words
    assert "Sun 25 Oct 20 1 20 8:00 9:20 45 2 3 C clocks back 1 h" in words
    assert "Tue 27 Oct 20 1 20 11:50 13:20 0 2 3 C time zone −5 h" in words


def test_bands_of_jolts_stay_bands(tmp_path: Path) -> None:
    words = page(tmp_path, odd_fortnight()).words
    assert "0 3–5 3" in words
    assert "0 6+ 3" in words
    assert "0 ? 3" in words
    assert "Jolts a night 2.4 or more 12" in words


def test_medicines_and_notes_are_there_only_if_asked_for(tmp_path: Path) -> None:
    silent = page(tmp_path, odd_fortnight()).words
    assert "zopiclone" not in silent
    assert "medicine" not in silent.lower()
    told = page(tmp_path, odd_fortnight(), with_medicines=True).words
    assert "Thu 29 Oct Medicines: zopiclone 3.75 mg 22:42 (for sleep)" in told
    assert "M medicine" in told
    noted = replace(plain_night(LAST), notes="woke with\na start")
    assert "Sun 1 Nov woke with a start" in page(tmp_path, nights_with([noted]), with_notes=True).words


def test_long_texts_are_cut_and_the_page_says_so(tmp_path: Path) -> None:
    cut = "Texts that end with … are shortened to fit the page"
    assert cut in page(tmp_path, wordy_fortnight(), with_notes=True, with_medicines=True).words
    short = replace(plain_night(LAST), notes="short")
    assert cut not in page(tmp_path, nights_with([short]), with_notes=True).words


def test_a_week_prints_the_two_weeks_that_end_with_it(tmp_path: Path) -> None:
    words = page(tmp_path, full_fortnight(), week_around(LAST)).words
    assert "Sleep diary, 19 October – 1 November 2026" in words
    assert "14 of 14 nights recorded." in words


def test_a_long_period_prints_its_last_two_weeks_and_the_means_of_all(tmp_path: Path) -> None:
    first = LAST - timedelta(days=399)
    entries = {
        day: plain_night(day) for number in range(400) if (day := first + timedelta(days=number)).day != 5
    }
    words = page(tmp_path, night_figures(entries, {}, (), first, LAST), Period(None, first, LAST)).words
    assert (
        "Grid: its last two weeks, 19 October – 1 November 2026. Strips and means: all 400 nights." in words
    )
    assert f"Time to fall asleep 20 min {len(entries)}" in words


def test_too_few_nights_handed_in_are_not_taken_for_missing_ones(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="every night from 2026-10-19"):
        page(tmp_path, full_fortnight()[7:], week_around(LAST))


def test_sleep_by_day_moves_the_hours_and_says_so(tmp_path: Path) -> None:
    words = page(tmp_path, day_sleeper_fortnight()).words
    assert "Rows begin at 18:00 because sleep was by day." in words
    assert "earlier 18 20 22 midnight 2" in words


@pytest.mark.parametrize("name", ["picture.png", "picture.svg"])
def test_pictures_of_the_chart_are_whole_and_the_owners_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for nights in (nights_with([]), odd_fortnight()):
        paper.write_chart(path, nights, FORTNIGHT, Preferences(), week_starts=0, now=NOW)
        assert path.stat().st_mode & 0o777 == 0o600
        beginning = b"\x89PNG" if name.endswith("png") else b"<?xml"
        assert path.read_bytes().startswith(beginning)
        assert [each.name for each in tmp_path.iterdir()] == [name]


def test_words_of_the_drawing_are_text_and_flat_lines_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    chosen = replace(Preferences(), trend_series=("caffeine_mg", "hypnic_jerks"))
    paper.write_chart(path, full_fortnight(), FORTNIGHT, chosen, week_starts=0, now=NOW)
    svg = path.read_text(encoding="utf-8")
    assert re.findall(r">(Caffeine|Jolts|Stress)</text>", svg) == ["Caffeine", "Jolts"]
    assert "80 mg</text>" in svg
    assert 'height="0"/>' not in svg
    assert "<image" not in svg


def test_a_chart_has_no_other_form(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"as \.png or \.svg"):
        paper.write_chart(tmp_path / "chart.jpg", [], FORTNIGHT, Preferences(), week_starts=0, now=NOW)
    assert not list(tmp_path.iterdir())


def test_without_any_font_there_is_a_sentence_and_no_empty_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", list)
    with pytest.raises(UserError, match="No font is installed"):
        page(tmp_path, full_fortnight())
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_to_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        page(tmp_path / "nowhere", full_fortnight())
    assert not list(tmp_path.iterdir())


def test_letter_is_for_those_whose_printers_hold_it() -> None:
    assert usual_paper(QLocale("en_US")) is Paper.LETTER
    assert usual_paper(QLocale("es_MX")) is Paper.LETTER
    assert usual_paper(QLocale("en_GB")) is Paper.A4
    assert usual_paper(QLocale("de_DE")) is Paper.A4
    assert usual_paper(QLocale.c()) is Paper.A4


def test_the_rows_are_dates_in_order(tmp_path: Path) -> None:
    words = page(tmp_path, full_fortnight()).words
    places = [words.index(f"{day:%a} {day.day} {day:%b}") for day in dates()]
    assert places == sorted(places)
    assert dates()[-1] == date(2026, 11, 1)
