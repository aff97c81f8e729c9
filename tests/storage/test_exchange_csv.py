"""The CSV tables: what a spreadsheet shows, and lossless for what they hold."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from exchange_values import NOW, READING, UNHURRIED, days, nights
from hypothesis import given

from sleepcalm.diary.entry import Entry, HypnicJerks, JerkCountBand
from sleepcalm.diary.entry_format import entry_from_json, entry_to_json
from sleepcalm.minerals.intake import DayIntake
from sleepcalm.storage.csv_table import DERIVED
from sleepcalm.storage.exchange import read_export
from sleepcalm.storage.exchange_diary_csv import DIARY_COLUMNS, write_diary
from sleepcalm.storage.exchange_intake_csv import INTAKE_COLUMNS, write_intake
from sleepcalm.storage.exchange_rows import Contents

NIGHT = entry_from_json(
    {
        "wake_date": "2026-11-22",
        "time_zone": "Europe/Berlin",
        "into_bed": "22:40",
        "tried_to_sleep": "23:05",
        "sleep_onset_latency_min": 24,
        "awakenings": 0,
        "final_awakening": "06:40",
        "out_of_bed": "07:00",
        "notes": "",
    },
    default_zone="UTC",
    now=NOW,
)


def read(text: str) -> Contents:
    return read_export(text.encode(), READING)


def reasons(text: str) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in read(text).rejected]


@UNHURRIED
@given(nights)
def test_the_diary_comes_back_as_it_was(entries: list[Entry]) -> None:
    found = read(write_diary(entries))
    assert found.rejected == ()
    assert [row.value for row in found.rows] == entries


@UNHURRIED
@given(days)
def test_the_intake_comes_back_as_it_was(recorded: list[DayIntake]) -> None:
    found = read(write_intake(recorded))
    assert found.rejected == ()
    assert [row.value for row in found.rows] == recorded


@UNHURRIED
@given(nights)
def test_semicolons_and_other_line_ends_do_as_well(entries: list[Entry]) -> None:
    rows = list(csv.reader(io.StringIO(write_diary(entries), newline="")))
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert [row.value for row in read(target.getvalue()).rows] == entries


def test_the_figures_stand_beside_the_answers() -> None:
    (row,) = csv.DictReader(io.StringIO(write_diary([NIGHT])))
    assert row["into_bed"] == "2026-11-21T22:40:00+01:00"
    assert row["awakenings"] == "0"
    assert row["wake_after_sleep_onset_min"] == ""
    assert row["derived.total_sleep_time_min"] == "431"
    assert row["derived.sleep_efficiency_dse_pct"] == ""


def test_zero_counted_and_zero_guessed_stay_two_things() -> None:
    counted = Entry(NIGHT.wake_date, "UTC", hypnic_jerks=HypnicJerks(count=0))
    guessed = Entry(NIGHT.wake_date, "UTC", hypnic_jerks=HypnicJerks(count=JerkCountBand.ZERO))
    for entry in (counted, guessed):
        (row,) = read(write_diary([entry])).rows
        assert row.value == entry
    assert reasons("wake_date,hypnic_jerks.count,hypnic_jerks.count_band\n2026-11-22,0,0\n") == [
        (2, "hypnic_jerks.count_band: a night has a count or a band, not both")
    ]


def test_every_field_of_a_night_has_its_column() -> None:
    written = entry_to_json(Entry(NIGHT.wake_date, "UTC"))
    fields = {name for name, value in written.items() if not isinstance(value, dict)}
    fields |= {
        f"{name}.{inner}" for name, value in written.items() if isinstance(value, dict) for inner in value
    }
    rare = {"recorded_at", "instant_zones", "time_notices"}
    assert set(DIARY_COLUMNS) == fields | rare | {"hypnic_jerks.count_band"}


def test_every_column_is_documented() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "exchange-format.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`([^`\s]+)`", documented)) | {"calcium_compound", "calcium_share_pct"}
    names |= {"calcium_compound_mg"}  # "and the same for calcium"
    for column in (*DIARY_COLUMNS, *INTAKE_COLUMNS):
        assert column in names or f".{column.rpartition('.')[2]}" in names, column


def test_a_table_typed_by_hand_needs_only_the_columns_it_fills() -> None:
    found = read("out_of_bed,wake_date,naps.count\n7,2026-11-22,\n07:10, 2026-11-21 ,1\n")
    assert found.rejected == ()
    assert [row.value for row in found.rows] == [
        entry_from_json(given, default_zone="Asia/Tokyo", now=NOW)
        for given in (
            {"wake_date": "2026-11-22", "out_of_bed": "7"},
            {"wake_date": "2026-11-21", "out_of_bed": "07:10", "naps": {"count": 1}},
        )
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wake_date,awakenings\n2026-11-22,two\n", [(2, "awakenings: must be a number, not 'two'")]),
        ("wake_date,awakenings\n2026-11-22,1_0\n", [(2, "awakenings: must be a number, not '1_0'")]),
        ("wake_date,awakenings\n2026-11-22,1,2\n", [(2, "3 cells under 2 column names")]),
        ("wake_date,awakenings\n2026-11-22\n", [(2, "1 cells under 2 column names")]),
        ("wake_date,evening.medicines\n2026-11-22,aspirin\n", [(2, "evening.medicines: is not JSON")]),
        ("wake_date,awakening\n", [(1, "'awakening': there is no such column; did you mean awakenings?")]),
        ("wake_date,notes,notes\n", [(1, "the column 'notes' is there twice")]),
        ('wake_date,notes\n2026-11-22,"a"b\n', [(2, "not CSV (',' expected after '\"')")]),
        ("wake_date\n2026-11-22\n\n2026-11-22\n", [(4, "2026-11-22 stands in line 2 already")]),
        ("night,notes\n", [(1, "neither an export of SleepCalm nor one of its CSV tables")]),
    ],
)
def test_what_cannot_be_read_is_rejected_with_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert reasons(text) == expected


def test_the_line_is_where_the_row_begins_also_after_a_note_of_several_lines() -> None:
    text = 'wake_date,notes\n2026-11-22,"one\ntwo\nthree"\n2026-11-40,\n'
    assert reasons(text) == [(5, "wake_date: 2026-11-40 is not in the calendar")]
    assert [row.line for row in read(text).rows] == [2]


def test_a_note_that_was_typed_with_quotation_marks_stays_as_it_is() -> None:
    (row,) = read('wake_date,notes\n2026-11-22,"""calm"" night"\n').rows
    assert isinstance(row.value, Entry)
    assert row.value.notes == '"calm" night'


HEADER = "date,nothing_taken,key,item_id,item,serving,source,magnesium_mg,amount,checked\n"


def intake(*rows: str) -> str:
    return HEADER + "".join(f"{row}\n" for row in rows)


def test_the_rows_of_a_day_make_one_day() -> None:
    found = read(
        intake(
            "2026-11-20,,a/1,a,A,1 cup,food,100,2,true",
            "2026-11-20,,b/1,b,B,1 cup,drink,,0.5,false",
            "2026-11-21,true,,,,,,,,",
        )
    )
    assert found.rejected == ()
    first, second = (row.value for row in found.rows)
    assert isinstance(first, DayIntake)
    assert isinstance(second, DayIntake)
    assert [entry.item.name for entry in first.entries] == ["A", "B"]
    assert [entry.checked for entry in first.entries] == [True, False]
    assert second == DayIntake(second.date, nothing_taken=True)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("2026-11-20,,b/1,b,B,1 cup,air,,1,", "entries[1].item.source: Invalid enum value 'air'"),
        ("2026-11-20,,a/1,b,B,1 cup,food,,1,", "two entries of one day have the same key"),
        ("2026-11-20,yes,b/1,b,B,1 cup,food,,1,", "nothing_taken: differs within the day"),
        ("2026-11-20,,b/1", "3 cells under 10 column names"),
    ],
)
def test_a_day_with_a_bad_row_is_left_out_whole(bad: str, reason: str) -> None:
    good = "2026-11-{},,a/1,a,A,1 cup,food,100,2,true"
    found = read(intake(good.format(19), good.format(20), bad, good.format(22)))
    read_days = [row.value.date.day for row in found.rows if isinstance(row.value, DayIntake)]
    assert 19 in read_days
    assert 20 not in read_days
    assert any(reason in row.reason for row in found.rejected)


@pytest.mark.parametrize("bad", ["torn", ",,a/1,a,A,1 cup,food,100,2,true"])
def test_a_row_whose_day_cannot_be_told_leaves_out_both_its_neighbours(bad: str) -> None:
    good = "2026-11-{},,a/1,a,A,1 cup,food,100,2,true"
    found = read(intake(good.format(19), good.format(20), bad, good.format(21), good.format(22)))
    assert [row.value.date.day for row in found.rows if isinstance(row.value, DayIntake)] == [19, 22]
    assert [row.line for row in found.rejected] == [4, 4]


def test_what_was_taken_stands_beside_each_row() -> None:
    (row,) = read(intake("2026-11-20,,a/1,a,A,1 cup,food,100,2.5,true")).rows
    assert isinstance(row.value, DayIntake)
    (written,) = csv.DictReader(io.StringIO(write_intake([row.value])))
    assert written[f"{DERIVED}magnesium_taken_mg"] == "250.0"
    assert written[f"{DERIVED}calcium_taken_mg"] == ""
    assert set(written) - set(INTAKE_COLUMNS) == {
        f"{DERIVED}magnesium_taken_mg",
        f"{DERIVED}calcium_taken_mg",
    }
