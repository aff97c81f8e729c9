"""The table of a period: what a spreadsheet, and a reader of docs/trends-csv.md, find in it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.diary.practice import Practice
from sleepcalm.storage.trends_csv import COLUMNS, MEDICINES, NOTES, write_nights
from sleepcalm.trends.figures import NightFigures, night_figures

MANUAL = Path(__file__).parents[2] / "docs" / "trends-csv.md"
MONDAY = date(2026, 11, 16)
SLEEP = {
    "into_bed": "22:30",
    "tried_to_sleep": "23:00",
    "sleep_onset_latency_min": 30,
    "awakenings": 0,
    "final_awakening": "06:30",
    "out_of_bed": "07:00",
}


def nights(
    *given: dict[str, object], first: date = MONDAY, count: int = 1, practice: Sequence[Practice] = ()
) -> tuple[NightFigures, ...]:
    entries = [
        entry_from_json(
            {
                "wake_date": (first + n * timedelta(days=1)).isoformat(),
                "time_zone": "Europe/Berlin",
                **fields,
            },
            default_zone="UTC",
            now=datetime(2030, 1, 1, tzinfo=UTC),
        )
        for n, fields in enumerate(given)
    ]
    last = first + timedelta(days=count - 1)
    return night_figures({entry.wake_date: entry for entry in entries}, {}, practice, first, last)


def rows(found: Sequence[NightFigures], **asked: bool) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_nights(found, **asked))))


def test_a_row_for_every_night_and_empty_cells_for_a_gap() -> None:
    recorded, gap = rows(nights(SLEEP, count=2))
    assert recorded["into_bed"] == "2026-11-15T22:30:00+01:00"
    assert recorded["total_sleep_time_min"] == "420"
    assert recorded["sleep_efficiency_tib_pct"] == "82.35"
    assert recorded["practice_min"] == "0"
    assert recorded["recorded"] == "true"
    filled = {name: cell for name, cell in gap.items() if cell}
    assert filled == {"wake_date": "2026-11-17", "recorded": "false"}


@pytest.mark.parametrize(
    ("count", "cells"),
    [
        (4, ("4", "4", "4")),
        ("3-5", ("", "3", "5")),
        ("6+", ("", "6", "")),
        ("0", ("0", "0", "0")),
        ("unknown", ("", "", "")),
        (None, ("", "", "")),
    ],
)
def test_a_band_is_its_two_ends(count: object, cells: tuple[str, str, str]) -> None:
    (row,) = rows(nights({"hypnic_jerks": {"count": count}}))
    assert (row["hypnic_jerks"], row["hypnic_jerks_low"], row["hypnic_jerks_high"]) == cells


def test_what_does_not_add_up_has_no_figures_of_sleep() -> None:
    (row,) = rows(nights({**SLEEP, "sleep_onset_latency_min": 600}))
    assert row["excluded"] == "true"
    assert row["into_bed"]
    assert not any(
        row[name] for name in row if name.endswith(("_pct", "onset_latency_min", "sleep_time_min"))
    )


def test_times_have_the_offset_that_held_then() -> None:
    (row,) = rows(nights(SLEEP, first=date(2026, 10, 25)))
    assert (row["tried_to_sleep"], row["final_awakening"]) == (
        "2026-10-24T23:00:00+02:00",
        "2026-10-25T06:30:00+01:00",
    )
    assert row["total_sleep_time_min"] == "480"


def test_practice_in_the_night_has_a_column_of_its_own() -> None:
    asleep = Instant.as_written(datetime.fromisoformat("2026-11-16T02:00:00+01:00"), "Europe/Berlin")
    (row,) = rows(nights(SLEEP, practice=[Practice("rescue", asleep, minutes_heard=5.04)]))
    assert (row["practice_min"], row["practice_in_the_night_min"]) == ("0", "5")


def test_medicines_and_notes_are_there_only_if_asked_for() -> None:
    told = {
        **SLEEP,
        "notes": "a bad dream",
        "evening": {"medicines": [{"name": "Melatonin", "dose": "1 mg", "time": "22:00"}, {"name": "X"}]},
    }
    assert not {MEDICINES, NOTES} & rows(nights(told))[0].keys()
    assert "dream" not in write_nights(nights(told))
    (row,) = rows(nights(told), with_medicines=True, with_notes=True)
    assert row[MEDICINES] == "Melatonin 1 mg 2026-11-15T22:00:00+01:00; X"
    assert row[NOTES] == "a bad dream"
    none, unsaid = rows(nights({"evening": {"medicines": []}}, SLEEP, count=2), with_medicines=True)
    assert (none[MEDICINES], unsaid[MEDICINES]) == ("none", "")


@pytest.mark.parametrize("note", ["=1+1", "+49 30 1", "-", "@home", "\t=1", "  =HYPERLINK(1)"])
def test_no_text_is_a_formula(note: str) -> None:
    medicine = {"evening": {"medicines": [{"name": note}]}, "notes": note}
    (row,) = rows(nights(medicine), with_medicines=True, with_notes=True)
    assert row[NOTES].startswith("'")
    assert row[NOTES].endswith(note.strip())
    assert row[MEDICINES].startswith("'")


def test_every_column_is_described_in_the_manual_and_no_other() -> None:
    table = [line for line in MANUAL.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    described = [name for line in table for name in re.findall(r"`(\w+)`", line.split("|")[1])]
    assert sorted(described) == sorted([*COLUMNS, MEDICINES, NOTES])


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_as_it_is(tmp_path: Path) -> None:
    """Numbers and dates arrive as such, moments and texts as they were written, and no formula."""
    table = tmp_path / "week.csv"
    told = {**SLEEP, "hypnic_jerks": {"count": "3-5"}, "notes": '=1+1, "quoted"\nsecond line'}
    written = write_nights(nights(told, count=2), with_notes=True)
    table.write_text(written, encoding="utf-8", newline="")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(table)], check=True, capture_output=True, timeout=120)
    sheet = ET.parse(tmp_path / "week.fods").getroot()  # noqa: S314 - made just now, on this machine
    cells = [
        _Cell(node) for node in sheet.iter(f"{{{_TABLE}}}table-cell") if node.get(f"{{{_OFFICE}}}value-type")
    ]
    assert not any(cell.formula for cell in cells)
    found = {cell.text: cell.kind for cell in cells}
    assert found["2026-11-16"] == "date"
    assert found["2026-11-15T22:30:00+01:00"] == "string"
    assert found["420"] == found["82.35"] == found["5"] == "float"
    assert found['\'=1+1, "quoted"\nsecond line'] == "string"


_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


class _Cell:
    """A cell of a sheet as LibreOffice keeps it."""

    def __init__(self, node: ET.Element) -> None:
        self.kind = node.get(f"{{{_OFFICE}}}value-type")
        self.formula = node.get(f"{{{_TABLE}}}formula")
        self.text = "\n".join("".join(line.itertext()) for line in node.iter(f"{{{_TEXT}}}p"))
