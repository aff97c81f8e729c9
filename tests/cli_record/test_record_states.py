"""The record while another program writes to it, damaged, edited by hand, too new, or on a full disk."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import NIGHT, Answer, command, night, run_on_terminal, run_process

from sleepcalm.storage.record_file import Header, Intact, compose, judge

Run = Callable[..., Answer]


@pytest.fixture
def writer() -> Iterator[subprocess.Popen[str]]:
    """A process that has the record open for writing and waits for its next line."""
    with subprocess.Popen(
        command("diary", "add"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(NIGHT + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "saved 2026-11-22\n"
        yield process
        process.stdin.close()


@pytest.mark.parametrize(
    "words",
    [
        ("diary", "add"),
        ("diary", "delete", "2026-11-22"),
        ("diary", "undelete", "2026-11-22"),
        ("minerals", "log", "almonds"),
        ("minerals", "add-item", "A", "--serving", "1", "--source", "food"),
        ("backup",),
    ],
)
def test_a_second_writer_is_refused_and_told_who_writes(
    run: Run, writer: subprocess.Popen[str], words: tuple[str, ...]
) -> None:
    answer = run(*words, given=night("2026-11-21"))
    assert (answer.status, answer.out) == (1, "")
    assert f"being written to by sleepcalm diary add (process {writer.pid}, since 2026-11-22" in answer.error
    assert answer.error.endswith("; close it or let it end, then try again.")
    assert [row["wake_date"] for row in run("diary", "list", "--json").json] == ["2026-11-22"]


def test_reading_goes_on_while_another_program_writes(
    run: Run, writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert run("diary", "show", "2026-11-22", "--json").json["entry"]["awakenings"] == 2
    assert run("minerals", "totals").status == 0
    assert run("minerals", "foods", "oat").status == 0
    assert run("export", tmp_path / "a.json").status == 0
    assert run("import", tmp_path / "a.json", "--dry-run", "--json").json["same"] == 1


def test_a_writer_that_was_killed_is_in_nobodys_way(run: Run, writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.wait(timeout=60)
    assert run("diary", "add", given=night("2026-11-21")).out == "saved 2026-11-21\n"


def cut_in_place(record: Path) -> None:
    """As a failing disk does it; the generation that shares the file is cut as well."""
    os.truncate(record, record.stat().st_size // 2)


def test_a_damaged_record_is_read_from_its_last_good_state_and_that_is_said(
    with_night: Run, data_folder: Path
) -> None:
    with_night("diary", "add", given=night("2026-11-21"))
    cut_in_place(data_folder / "record.json")
    damaged = (data_folder / "record.json").read_bytes()
    shown = with_night("diary", "list", "--json")
    assert [row["wake_date"] for row in shown.json] == ["2026-11-22"]
    assert shown.error.startswith("The record is damaged")
    assert (data_folder / "record.json").read_bytes() == damaged


def test_a_damaged_record_is_set_aside_and_restored_before_it_is_written(
    with_night: Run, data_folder: Path
) -> None:
    with_night("diary", "add", given=night("2026-11-21"))
    cut_in_place(data_folder / "record.json")
    damaged = (data_folder / "record.json").read_bytes()
    answer = with_night("diary", "add", given=night("2026-11-20"))
    assert (answer.status, answer.out) == (0, "saved 2026-11-20\n")
    assert "missing" in answer.error
    (kept,) = (data_folder / "set-aside").iterdir()
    assert str(kept) in answer.error
    assert kept.read_bytes() == damaged
    again = with_night("diary", "list", "--json")
    assert [row["wake_date"] for row in again.json] == ["2026-11-20", "2026-11-22"]
    assert again.err == ""


@pytest.fixture
def edited(with_night: Run, data_folder: Path) -> Run:
    """A record in which an editor has changed the night."""
    record = data_folder / "record.json"
    changed = re.sub(r'"awakenings":2', '"awakenings":7', record.read_text(encoding="utf-8"))
    beside = record.with_name("editor's own")
    beside.write_text(changed, encoding="utf-8")
    beside.replace(record)
    return with_night


def awakenings(run: Run) -> int:
    found: int = run("diary", "show", "2026-11-22", "--json").json["entry"]["awakenings"]
    return found


def test_a_record_edited_by_hand_is_not_written_to_unasked(edited: Run, data_folder: Path) -> None:
    before = (data_folder / "record.json").read_bytes()
    answer = edited("diary", "add", given=night("2026-11-21"))
    assert (answer.status, answer.out) == (1, "")
    assert "changed by something other than SleepCalm" in answer.error
    assert "--if-changed use or --if-changed restore" in answer.error
    assert (data_folder / "record.json").read_bytes() == before


@pytest.mark.parametrize(("choice", "left"), [("use", 7), ("restore", 2)])
def test_a_script_says_beforehand_what_to_do_with_it(edited: Run, choice: str, left: int) -> None:
    answer = edited("diary", "--if-changed", choice, "add", given=night("2026-11-21"))
    assert (answer.status, answer.out) == (0, "saved 2026-11-21\n")
    assert answer.error
    assert awakenings(edited) == left


@pytest.mark.parametrize(("typed", "left"), [("u\n", 7), ("restore\n", 2)])
def test_somebody_at_a_terminal_is_asked_what_to_do_with_it(edited: Run, typed: str, left: int) -> None:
    answer = run_on_terminal("minerals", "log", "almonds", typed=typed)
    assert answer.status == 0
    assert "[u]se it as it is, [r]estore the last good state" in answer.err
    assert "nights 2026-11-22 changed" in answer.err
    assert awakenings(edited) == left


def test_no_answer_leaves_it_alone(edited: Run, data_folder: Path) -> None:
    before = (data_folder / "record.json").read_bytes()
    answer = run_on_terminal("minerals", "log", "almonds", typed="\n")
    assert answer.status == 1
    assert "stopped; nothing was changed" in answer.err
    assert (data_folder / "record.json").read_bytes() == before


def test_a_record_of_a_newer_version_is_read_and_not_written(with_night: Run, data_folder: Path) -> None:
    record = data_folder / "record.json"
    found = judge(record.read_bytes())
    assert isinstance(found, Intact)
    header = Header(99, found.header.generation + 1, datetime(2030, 1, 1, tzinfo=UTC))
    record.write_bytes(compose(header, found.tables))
    before = record.read_bytes()
    assert awakenings(with_night) == 2
    answer = with_night("diary", "add", given=night("2026-11-21"))
    assert answer.status == 1
    assert "newer version" in answer.error
    assert record.read_bytes() == before


def test_a_full_disk_is_said_line_by_line_and_loses_nothing(run: Run, small_disk: Path) -> None:
    lines = [
        night(f"2026-{m:02d}-{d:02d}", notes="a word " * 1500) for m in range(1, 11) for d in range(1, 6)
    ]
    answer = run("--data-dir", small_disk / "data", "diary", "add", given="\n".join(lines))
    assert answer.status == 1
    saved = [line.removeprefix("saved ") for line in answer.out.splitlines()]
    refused = [line for line in answer.err.splitlines() if "No space left on device" in line]
    assert saved
    assert refused[0].startswith(f"sleepcalm: line {len(saved) + 1}: Not saved (No space left on device)")
    shown = run("--data-dir", small_disk / "data", "diary", "list", "--json")
    assert [row["wake_date"] for row in shown.json] == saved
    assert shown.err == ""
    assert not list((small_disk / "data").glob(".*.tmp"))


def test_a_folder_that_cannot_be_used_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("--data-dir", tmp_path / "file" / "data", "diary", "add", given=NIGHT)
    assert answer.status == 1
    assert "Traceback" not in answer.err


def test_no_reader_of_the_output_is_no_traceback() -> None:
    with subprocess.Popen(
        command("minerals", "foods", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 1


def test_the_commands_of_the_record_need_no_qt_and_no_sound() -> None:
    loaded = run_process("diary", "list", PYTHONVERBOSE="1").err
    for module in ("PySide6", "miniaudio", "numpy", "soundfile", "pydub"):
        assert f"import '{module}" not in loaded
    assert "import 'tinydb'" not in run_process("routines", PYTHONVERBOSE="1").err


def test_a_file_that_is_not_there_is_named_in_plain_words(run, tmp_path):
    path = tmp_path / "nights.json"
    answer = run("diary", "add", "--json", path)
    assert (answer.status, answer.err) == (1, f"sleepcalm: {path}: No such file or directory\n")
