"""`sleepcalm diary`: every line answered, every night saved or explained."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import NIGHT, Answer, command, night, run_process

Run = Callable[..., Answer]


def test_each_line_is_answered_and_the_others_go_on(run: Run) -> None:
    lines = [
        NIGHT,
        night("2026-11-23"),
        "",
        night("2026-11-20", evening={"stress": 12}),
        "good night",
        night("2026-11-21", awakenings=0),
    ]
    answer = run("diary", "add", "--json", "-", given="\n".join(lines))
    assert answer.status == 1
    assert answer.out == "saved 2026-11-22\nsaved 2026-11-21\n"
    assert answer.err.splitlines() == [
        "sleepcalm: line 2: wake_date: 2026-11-23 is in the future",
        "sleepcalm: line 4: evening.stress: must be from 0 to 10, not 12",
        "sleepcalm: line 5: entry: not JSON (Expecting value, column 1)",
    ]
    assert [row["wake_date"] for row in run("diary", "list", "--json").json] == ["2026-11-21", "2026-11-22"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"wake_date": "2026-11-22", "notes": "\xff"}', "entry: not UTF-8 text"),
        (b'{"wake_date": "2026-11-22", "awakenings": 1, "awakenings": 2}', "'awakenings': is given twice"),
        (b'{"wake_date": "2026-11-22", "awakenings": NaN}', "awakenings: must be a finite number"),
        (b'{"wake_date": "2026-11-22", "notes": "\\ud800"}', "notes: holds half of a character pair"),
        (b"[" * 100_000, "entry: too deeply nested"),
        (b'{"wake_date": "2026-11-22", "awakenings": ' + b"1" * 5000 + b"}", "Exceeds the limit"),
        (b"[]", "entry: must be an object, not a list"),
        (b"{}", "wake_date: is needed"),
    ],
)
def test_a_bad_line_gets_one_line_with_number_field_and_reason(run: Run, line: bytes, reason: str) -> None:
    answer = run("diary", "add", given=NIGHT.encode() + b"\r\n" + line)
    assert (answer.status, answer.out) == (1, "saved 2026-11-22\n")
    assert answer.error.startswith("line 2: ")
    assert reason in answer.error


def test_nights_can_come_from_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nights.jsonl").write_text(f"\ufeff{NIGHT}\n{night('2026-11-20')}", encoding="utf-8")
    assert (
        run("diary", "add", "--json", tmp_path / "nights.jsonl").out == "saved 2026-11-22\nsaved 2026-11-20\n"
    )
    missing = run("diary", "add", "--json", tmp_path / "none.jsonl")
    assert missing.status == 1
    assert "none.jsonl" in missing.error


def test_a_night_is_shown_with_its_measures(with_night: Run) -> None:
    shown = with_night("diary", "show", "2026-11-22", "--json").json
    assert shown["entry"]["into_bed"] == "2026-11-21T22:40:00+01:00"
    assert shown["entry"]["evening"]["caffeine_last"] == "2026-11-21T15:30:00+01:00"
    assert shown["entry"]["hypnic_jerks"]["count"] == "1-2"
    assert shown["entry"]["restedness"] is None
    assert shown["measures"] == {
        "time_in_bed_min": 500,
        "total_sleep_time_min": 411,
        "sleep_onset_latency_min": 24,
        "wake_after_sleep_onset_min": 20,
        "terminal_wakefulness_min": 20,
        "sleep_efficiency_tib_pct": 82.2,
        "sleep_efficiency_dse_pct": None,
    }
    assert shown["flags"] == []
    assert "sleep_efficiency_dse_pct                 not known" in with_night("diary", "show", "today").out


def test_what_is_odd_is_told_as_a_night_is_saved(run: Run) -> None:
    times = {
        "into_bed": "22:30",
        "tried_to_sleep": "21:00",
        "final_awakening": "06:30",
        "out_of_bed": "06:00",
    }
    answer = run("diary", "add", given=json.dumps({**json.loads(NIGHT), **times}))
    assert (answer.status, answer.out) == (0, "saved 2026-11-22\n")
    kept = "; kept as entered, and left out of averages."
    assert answer.err.splitlines() == [
        "sleepcalm: 2026-11-22: From bed to rising is more than 18 hours; is one time half a day off?",
        f"sleepcalm: 2026-11-22: tried_to_sleep 21:00 lies before into_bed 22:30{kept}",
        f"sleepcalm: 2026-11-22: out_of_bed 06:00 lies before final_awakening 06:30{kept}",
    ]
    shown = run("diary", "show", "2026-11-22", "--json").json
    assert {name: shown["entry"][name][11:16] for name in times} == times
    assert shown["measures"]["time_in_bed_min"] is None
    assert "does not add up" in run("diary", "list").out
    assert "1 night does not add up: its sleep figures are left out" in run("week").out


def test_a_night_of_long_ago_is_taken_in_without_a_remark(run: Run) -> None:
    earlier = run("diary", "add", given=json.dumps({**json.loads(NIGHT), "wake_date": "2026-11-20"}))
    assert (earlier.status, earlier.err) == (0, "")
    assert "Filled in on a later day." in run("diary", "show", "2026-11-20").out


def test_what_does_not_add_up_is_kept_and_flagged(run: Run) -> None:
    run("diary", "add", given=json.dumps({**json.loads(NIGHT), "sleep_onset_latency_min": 600}))
    shown = run("diary", "show", "2026-11-22", "--json").json
    assert shown["entry"]["sleep_onset_latency_min"] == 600
    assert shown["measures"]["total_sleep_time_min"] is None
    assert [flag["code"] for flag in shown["flags"]] == ["does_not_add_up"]
    assert "does not add up" in run("diary", "list").out


def test_the_list_can_be_limited(run: Run) -> None:
    run("diary", "add", given="\n".join(night(f"2026-11-{day}") for day in (18, 19, 20, 21)))
    rows = run("diary", "list", "--from", "2026-11-19", "--to", "2026-11-20", "--json").json
    assert [row["wake_date"] for row in rows] == ["2026-11-19", "2026-11-20"]
    assert [line.split()[0] for line in run("diary", "list", "--to", "2026-11-18").out.splitlines()] == [
        "2026-11-18"
    ]


def test_the_same_date_again_replaces_and_the_one_before_can_be_taken_back(with_night: Run) -> None:
    assert with_night("diary", "add", given=night("2026-11-22", awakenings=5)).out == "saved 2026-11-22\n"
    assert with_night("diary", "show", "2026-11-22", "--json").json["entry"]["awakenings"] == 5
    assert with_night("diary", "undelete", "2026-11-22").status == 0
    assert with_night("diary", "show", "2026-11-22", "--json").json["entry"]["awakenings"] == 2


def test_a_deleted_night_can_be_taken_back(with_night: Run) -> None:
    before = with_night("diary", "show", "2026-11-22", "--json").json
    answer = with_night("diary", "delete", "2026-11-22")
    assert answer.status == 0
    assert "diary undelete 2026-11-22" in answer.out
    gone = with_night("diary", "show", "2026-11-22", "--json")
    assert (gone.status, gone.out, gone.error) == (1, "", "there is no night 2026-11-22")
    assert with_night("diary", "undelete", "2026-11-22").status == 0
    assert with_night("diary", "show", "2026-11-22", "--json").json == before


def test_what_is_not_there_is_said_in_one_line(run: Run) -> None:
    assert run("diary", "delete", "2026-11-22").error.startswith("There is no 2026-11-22")
    assert run("diary", "undelete", "2026-11-22").error == "There is no night 2026-11-22 in the bin."
    assert run("diary", "show", "2026-11-22").error == "there is no night 2026-11-22"
    assert (run("diary", "list").out, run("diary", "list", "--json").json) == ("", [])


@pytest.mark.parametrize(
    "words", [("show", "22.11.2026"), ("show", "2026-02-30"), ("list", "--from", "x"), ()]
)
def test_wrong_use_gives_2(run: Run, words: tuple[str, ...]) -> None:
    assert run("diary", *words).status == 2


def test_reading_makes_no_folder(run: Run, data_folder: Path) -> None:
    run("diary", "list")
    assert not data_folder.exists()


def test_the_data_folder_may_stand_anywhere_on_the_line(with_night: Run, tmp_path: Path) -> None:
    for words in (
        ("--data-dir", tmp_path / "other", "diary", "list"),
        ("diary", "--data-dir", tmp_path / "other", "list"),
        ("diary", "list", "--data-dir", tmp_path / "other"),
    ):
        assert with_night(*words).out == ""


def test_a_line_is_answered_before_the_next_one_is_sent() -> None:
    with subprocess.Popen(
        command("diary", "add", "--json", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for day in (20, 21, 22):
            process.stdin.write(night(f"2026-11-{day}") + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == f"saved 2026-11-{day}\n"
            # Durable already: another process reads it while this one still waits for the next line.
            assert run_process("diary", "show", f"2026-11-{day}").status == 0
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_without_a_zone_of_its_own_a_night_is_in_the_zone_of_this_machine() -> None:
    line = '{"wake_date": "2026-07-22", "into_bed": "22:40", "out_of_bed": "07:00"}'
    assert run_process("diary", "add", given=line, TZ="America/New_York").status == 0
    shown = run_process("diary", "show", "2026-07-22", "--json").json["entry"]
    assert (shown["time_zone"], shown["into_bed"]) == ("America/New_York", "2026-07-21T22:40:00-04:00")
