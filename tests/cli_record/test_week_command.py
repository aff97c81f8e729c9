"""`sleepcalm week` and `sleepcalm trends`: a period in every form it can be given in."""

from __future__ import annotations

import csv
import io
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from command_line import Answer, night, run_process

from sleepcalm.program import civil_now, load_program

Run = Callable[..., Answer]

MONDAY_FIRST = ("--week-starts", "monday")
SLEEP = {
    "into_bed": "22:30",
    "tried_to_sleep": "23:00",
    "sleep_onset_latency_min": 30,
    "awakenings": 0,
    "final_awakening": "06:30",
    "out_of_bed": "07:00",
}
DATES = [f"2026-11-{day}" for day in range(16, 23)]


def add(run: Run, *nights: str) -> None:
    assert run("diary", "add", given="\n".join(nights)).status == 0


def week(run: Run, *words: object) -> dict:
    answer = run("week", *words, "--json", *MONDAY_FIRST)
    assert (answer.status, answer.err) == (0, "")
    return answer.json


def test_a_week_with_no_night(run: Run, data_folder: Path) -> None:
    shown = week(run)
    assert (shown["from"], shown["to"], shown["dates"]) == (DATES[0], DATES[-1], DATES)
    assert shown["nights_recorded"] == 0
    assert all(values == [None] * 7 for values in shown["series"].values())
    assert all(mean == {"value": None, "nights": 0} for mean in shown["means"].values())
    assert shown["sleep_efficiency_pct"] is None
    assert "0 of 7 nights recorded" in run("week", *MONDAY_FIRST).out
    assert not data_folder.exists(), "reading makes no record"


def test_a_week_with_one_night(with_night: Run) -> None:
    shown = week(with_night)
    assert shown["nights_recorded"] == 1
    assert shown["series"]["hypnic_jerks"][6] == {"low": 1, "high": 2}
    assert shown["series"]["total_sleep_time_min"] == [None] * 6 + [411]
    assert shown["series"]["caffeine_mg"][6] == 160
    assert shown["series"]["magnesium_mg"] == [None] * 7
    assert shown["means"]["hypnic_jerks"] == {"value": {"low": 1, "high": 2}, "nights": 1}
    assert shown["sleep_efficiency_pct"] == 82.2


def test_a_week_of_only_do_not_know(run: Run) -> None:
    add(run, *(night(date, hypnic_jerks={"count": "unknown"}) for date in DATES))
    shown = week(run)
    assert shown["nights_recorded"] == 7
    assert shown["series"]["hypnic_jerks"] == [None] * 7
    assert shown["means"]["hypnic_jerks"] == {"value": None, "nights": 0}


def test_bands_are_averaged_as_ranges_with_an_open_end(run: Run) -> None:
    counts = ["0", 2, "3-5", "6+"]
    add(run, *(night(date, hypnic_jerks={"count": n}) for date, n in zip(DATES, counts, strict=False)))
    assert week(run)["means"]["hypnic_jerks"] == {"value": {"low": 2.75, "high": None}, "nights": 4}
    table = run("week", *MONDAY_FIRST).out
    mean = next(line for line in table.splitlines() if line.startswith("mean"))
    assert mean.split()[1] == "2.8+"
    assert "3-5" in table


def test_both_sides_of_a_change_of_clocks(run: Run) -> None:
    add(run, *(night(date, **SLEEP) for date in ("2026-10-24", "2026-10-25", "2026-10-26")))
    shown = week(run, "2026-10-25")
    assert shown["series"]["total_sleep_time_min"] == [None] * 5 + [420, 480]
    assert week(run, "2026-10-26")["series"]["total_sleep_time_min"][0] == 420


def test_a_night_between_two_zones(run: Run) -> None:
    flown = SLEEP | {
        "into_bed": "2026-11-17T22:30:00+01:00",
        "tried_to_sleep": "2026-11-17T23:00:00+01:00",
        "final_awakening": "2026-11-18T00:30:00-05:00",
        "out_of_bed": "2026-11-18T01:00:00-05:00",
    }
    add(run, night("2026-11-18", **flown), night("2026-11-19", **SLEEP | {"time_zone": "America/New_York"}))
    shown = week(run)
    assert shown["series"]["total_sleep_time_min"][2:4] == [420, 420]
    assert shown["excluded"] == []


def test_two_sleeps_on_one_date_count_as_one_night(run: Run) -> None:
    nap = {"started": "2026-11-18T13:00:00+01:00", "ended": "2026-11-18T14:30:00+01:00", "sleep_min": 80}
    add(run, night("2026-11-18", **SLEEP, other_sleeps=[nap]))
    shown = week(run)
    assert shown["nights_recorded"] == 1
    assert shown["means"]["total_sleep_time_min"] == {"value": 420, "nights": 1}


def test_what_does_not_add_up_is_excluded_and_counted(run: Run) -> None:
    add(run, night("2026-11-17", **SLEEP | {"sleep_onset_latency_min": 600}), night("2026-11-18", **SLEEP))
    shown = week(run)
    assert shown["excluded"] == ["2026-11-17"]
    assert shown["series"]["sleep_onset_latency_min"][1:3] == [None, 30]
    assert shown["sleep_efficiency_pct"] == 82.35
    table = run("week", *MONDAY_FIRST).out
    assert "* 1 night does not add up: its sleep figures are left out." in table
    assert "2026-11-17 *" in table


def test_minerals_of_a_day_are_with_the_night_after_it(run: Run) -> None:
    run("minerals", "log", "almonds", "--grams", "56", "--date", "2026-11-21")
    run("minerals", "log", "almonds", "--grams", "28", "--date", "2026-11-22")
    shown = week(run)
    assert shown["series"]["magnesium_mg"] == [None] * 6 + [158]
    assert shown["nights_recorded"] == 0
    assert week(run, "2026-11-23")["series"]["magnesium_mg"][0] == 79


def test_a_year_of_birth_and_references_change_nothing_of_what_was_taken(run: Run, data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "preferences.json").write_text('{"birth_year": 2020}')
    run("minerals", "log", "almonds", "--grams", "56", "--date", "2026-11-21")
    assert week(run)["series"]["magnesium_mg"][6] == 158


def test_the_demo_diary_has_everything_at_once(run: Run) -> None:
    shown = run("--demo", "trends", "--json").json
    assert (shown["from"], shown["to"]) == ("2026-09-14", "2026-11-22")
    assert (shown["nights_recorded"], len(shown["dates"])) == (61, 70)
    assert len(shown["excluded"]) == 2
    assert all(len(values) == 70 for values in shown["series"].values())
    rests_on = {name: mean["nights"] for name, mean in shown["means"].items()}
    for name, values in shown["series"].items():
        assert rests_on[name] == sum(value is not None for value in values)
    assert max(rests_on.values()) <= 70
    one = run("--demo", "week", "2026-11-22", "--json", *MONDAY_FIRST).json
    assert one["series"]["total_sleep_time_min"] == shown["series"]["total_sleep_time_min"][-7:]


@pytest.mark.parametrize(("starts", "first"), [("sunday", "2026-11-22"), ("saturday", "2026-11-21")])
def test_a_week_starts_where_it_is_told_to(run: Run, starts: str, first: str) -> None:
    assert run("week", "--json", "--week-starts", starts).json["from"] == first


@pytest.mark.parametrize(
    ("locale", "first"), [("C", "2026-11-16"), ("de_DE.UTF-8", "2026-11-16"), ("en_US.UTF-8", "2026-11-22")]
)
def test_else_the_locale_says_where(locale: str, first: str) -> None:
    answer = run_process("week", "--json", LC_ALL=locale, LANG=locale, LANGUAGE="")
    assert answer.status == 0
    assert answer.json["from"] == first


def test_trends_go_from_the_first_night_to_today_unless_told(run: Run) -> None:
    add(run, night("2026-11-02"), night("2026-11-20"))
    shown = run("trends", "--json").json
    assert (shown["from"], shown["to"], shown["nights_recorded"]) == ("2026-11-02", "2026-11-22", 2)
    part = run("trends", "--from", "2026-11-20", "--to", "yesterday", "--json").json
    assert part["dates"] == ["2026-11-20", "2026-11-21"]
    before = run("trends", "--to", "2026-10-01", "--json").json
    assert (before["dates"], before["nights_recorded"]) == (["2026-10-01"], 0)


def test_trends_of_nothing_recorded_are_an_empty_today(run: Run) -> None:
    assert run("trends", "--json").json["dates"] == ["2026-11-22"]


def test_a_table_fits_a_terminal_and_is_the_default(run: Run) -> None:
    answer = run("--demo", "week", *MONDAY_FIRST)
    assert answer.out == run("--demo", "week", "--table", *MONDAY_FIRST).out
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "sum of sleep / sum of time in bed" in answer.out
    assert answer.out.splitlines()[0] == "2026-11-16 to 2026-11-22: 7 of 7 nights recorded"


def test_a_csv_is_private_whole_and_not_written_over(with_night: Run, tmp_path: Path) -> None:
    path = tmp_path / "week.csv"
    words = ("week", "--csv", path, "--notes", *MONDAY_FIRST)
    answer = with_night(*words)
    assert (answer.status, answer.out) == (0, f"{path}: 2026-11-16 to 2026-11-22, 1 of 7 nights recorded\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert [row["wake_date"] for row in rows] == DATES
    assert rows[-1]["into_bed"] == "2026-11-21T22:40:00+01:00"
    assert "notes" in rows[0]
    path.write_text("mine", encoding="utf-8")
    again = with_night(*words)
    assert (again.status, again.error) == (1, f"{path} is there already; --force replaces it")
    assert path.read_text(encoding="utf-8") == "mine"
    assert with_night(*words, "--force").status == 0
    assert path.read_text(encoding="utf-8").startswith("wake_date,")


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF-")])
def test_chart_and_page_are_painted_without_a_screen(tmp_path: Path, form: str, begins: bytes) -> None:
    path = tmp_path / f"week.{form}"
    screenless = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    answer = run_process("--demo", "week", "2026-11-22", f"--{form}", path, **screenless)
    assert answer.status == 0, answer.err
    assert path.read_bytes().startswith(begins)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.glob("*week*")] == [path.name]


def test_a_short_period_still_makes_a_page_of_two_weeks(tmp_path: Path) -> None:
    answer = run_process(
        *("--demo", "trends", "--from", "2026-11-20", "--to", "2026-11-22", "--pdf", tmp_path / "page.pdf"),
        *("--paper", "letter", "--medicines", "--notes"),
    )
    assert answer.status == 0, answer.err
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


def test_a_folder_that_is_not_there_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "week.csv"
    answer = run("week", "--csv", path, *MONDAY_FIRST)
    assert answer.status == 1
    assert answer.error == f"{path} was not written: No such file or directory"


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_what_is_no_ordinary_file_is_not_written_over(
    run: Run, tmp_path: Path, force: tuple[str, ...]
) -> None:
    folder, pipe = tmp_path / "folder.csv", tmp_path / "pipe.csv"
    folder.mkdir()
    os.mkfifo(pipe)
    for path, what in ((folder, "a folder"), (pipe, "no ordinary file"), (Path(), "a folder")):
        answer = run("week", "--csv", path, *MONDAY_FIRST, *force)
        assert (answer.status, answer.out, answer.error) == (2, "", f"{path} is {what}; give a file's name")
    assert folder.is_dir()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("week", "next"), "date: must be a date"),
        (("week", "2026-02-30"), "date: 2026-02-30 is not in the calendar"),
        (("week", "--week-starts", "weekend"), "invalid choice"),
        (("week", "--json", "--table"), "not allowed with"),
        (("week", "--json", "--paper", "a4"), "--paper goes with --pdf"),
        (("week", "--json", "--notes"), "--notes goes with --pdf or --csv"),
        (("week", "--table", "--medicines"), "--medicines goes with --pdf or --csv"),
        (("week", "--force"), "--force goes with a file"),
        (("week", "--png", "chart.svg"), "the name of FILE ends with .png"),
        (
            ("trends", "--from", "2026-11-22", "--to", "2026-11-01"),
            "--from 2026-11-22 is after --to 2026-11-01",
        ),
    ],
)
def test_wrong_use_gives_2_and_says_why(run: Run, words: Sequence[str], reason: str) -> None:
    answer = run(*words, *(() if "--week-starts" in words else MONDAY_FIRST))
    assert answer.status == 2
    assert reason in answer.err
    assert answer.out == ""


def test_a_night_that_cannot_be_read_is_told_and_is_a_gap(with_night: Run, data_folder: Path) -> None:
    with load_program(data_folder, civil_now()).open_record("a test") as book:
        book.database.put("nights", "2026-11-21", {"awakenings": "two"})
    answer = with_night("week", "--json", *MONDAY_FIRST)
    assert answer.status == 0
    assert "2026-11-21 in nights could not be read" in answer.error
    assert answer.json["nights_recorded"] == 1


INTERRUPTED_WHILE_QT_LOADS = """
import os, signal, sys
from sleepcalm.cli import main

def interrupt(frame, event, argument):
    if "shibokensupport" in frame.f_code.co_filename:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.setprofile(interrupt)
sys.exit(main(sys.argv[1:]))
"""


def test_an_interruption_while_qt_loads_ends_in_one_line(tmp_path: Path) -> None:
    """Interrupted there, Qt for Python would end the process with a dump of its stacks."""
    path = tmp_path / "week.pdf"
    words = ("week", "--pdf", str(path), *MONDAY_FIRST)
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_QT_LOADS, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "sleepcalm: interrupted\n")
    assert not path.exists()
