"""`sleepcalm export`, `import`, `backup` and `restore`."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import NIGHT, Answer, night, run_on_terminal

Run = Callable[..., Answer]


@pytest.fixture
def filled(with_night: Run) -> Run:
    with_night("diary", "add", given=night("2026-11-21", notes="calm, mostly"))
    with_night("minerals", "log", "almonds")
    with_night("minerals", "add-item", "Tea", "--serving", "1 cup", "--source", "drink", "--daily")
    return with_night


def test_everything_exported_as_json_is_there_again_after_an_import(filled: Run, tmp_path: Path) -> None:
    exported = filled("export", tmp_path / "a.json")
    counts = "2 nights, 1 day of intake, 1 item, 0 practices, 0 trials, 0 questions asked"
    assert (exported.status, exported.out) == (0, f"{tmp_path / 'a.json'}: {counts}\n")
    elsewhere = ("--data-dir", tmp_path / "other")
    answer = filled(*elsewhere, "import", tmp_path / "a.json", "--json")
    assert answer.status == 0
    assert answer.json == {
        "added": 4,
        "same": 0,
        "conflicting": 0,
        "rejected": [],
        "conflicts": [],
        "imported": True,
    }
    filled(*elsewhere, "export", tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600
    assert filled("import", tmp_path / "a.json", "--json").json["same"] == 4


def test_the_tables_are_two_files_and_come_back(filled: Run, tmp_path: Path) -> None:
    assert filled("export", tmp_path / "diary.csv").status == 0
    elsewhere = ("--data-dir", tmp_path / "other")
    assert filled(*elsewhere, "import", tmp_path / "diary.csv", "--json").json["added"] == 2
    assert filled(*elsewhere, "import", tmp_path / "diary-intake.csv", "--json").json["added"] == 1
    assert filled(*elsewhere, "diary", "list", "--json").out == filled("diary", "list", "--json").out


def test_an_existing_file_is_not_overwritten_unasked(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "diary-intake.csv").write_text("mine")
    refused = filled("export", tmp_path / "diary", "--format", "csv")
    assert refused.status == 1
    assert "--force" in refused.error
    assert not (tmp_path / "diary").exists()
    assert filled("export", tmp_path / "diary", "--format", "csv", "--force").status == 0


def test_a_dry_run_tells_and_changes_nothing(filled: Run, tmp_path: Path, data_folder: Path) -> None:
    filled("export", tmp_path / "a.json")
    filled("diary", "add", given=night("2026-11-21", notes="otherwise"))
    filled("diary", "delete", "2026-11-22")
    before = (data_folder / "record.json").read_bytes()
    preview = filled("import", tmp_path / "a.json", "--dry-run", "--json").json
    assert (preview["added"], preview["same"], preview["conflicting"]) == (1, 2, 1)
    assert preview["conflicts"][0]["reason"] == "nights 2026-11-21: the record holds something else"
    assert preview["imported"] is False
    lines = (tmp_path / "a.json").read_text().split("\n")
    assert "2026-11-21" in lines[preview["conflicts"][0]["line"] - 1]
    assert (data_folder / "record.json").read_bytes() == before


def test_what_is_recorded_stays_in_a_conflict_unless_it_may_be_replaced(filled: Run, tmp_path: Path) -> None:
    filled("export", tmp_path / "a.json")
    filled("diary", "add", given=night("2026-11-21", notes="otherwise"))
    kept = filled("import", tmp_path / "a.json", "--json")
    assert kept.status == 0
    assert "1 row conflicting: what is recorded stays" in kept.error
    assert filled("diary", "show", "2026-11-21", "--json").json["entry"]["notes"] == "otherwise"
    filled("import", tmp_path / "a.json", "--json", "--replace")
    assert filled("diary", "show", "2026-11-21", "--json").json["entry"]["notes"] == "calm, mostly"
    filled("diary", "undelete", "2026-11-21")
    assert filled("diary", "show", "2026-11-21", "--json").json["entry"]["notes"] == "otherwise"


def test_with_a_rejected_row_nothing_is_imported_unless_it_may_be_left_out(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "diary.csv"
    table.write_text("wake_date,awakenings\n2026-11-20,1\n2026-11-21,often\n")
    refused = run("import", table, "--json")
    assert refused.status == 1
    assert refused.json["rejected"] == [{"line": 3, "reason": "awakenings: must be a number, not 'often'"}]
    assert "--skip-rejected" in refused.error
    assert run("diary", "list", "--json").json == []
    assert run("import", table, "--json", "--skip-rejected").json["imported"] is True
    assert len(run("diary", "list", "--json").json) == 1


def test_a_file_that_is_no_export_is_one_rejected_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    answer = run("import", tmp_path / "photo.jpg", "--dry-run", "--json")
    assert answer.status == 1
    assert answer.json["rejected"] == [{"line": 1, "reason": "not UTF-8 text"}]


@pytest.mark.parametrize("options", [(), ("--skip-rejected",)])
def test_a_file_that_is_no_export_is_said_to_be_none(
    run: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    (tmp_path / "README.md").write_text("# Sleep\n\nWell.\n")
    answer = run("import", tmp_path / "README.md", *options)
    assert (answer.status, answer.out) == (1, "")
    assert answer.error == (
        "nothing in README.md can be imported: neither an export of SleepCalm nor one of its CSV tables"
    )


def test_a_table_of_which_no_row_can_be_taken_shows_them_all(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "diary.csv"
    table.write_text("wake_date,awakenings\n2026-11-20,rarely\n2026-11-21,often\n")
    answer = run("import", table)
    assert answer.status == 1
    assert "line 2: awakenings" in answer.out
    assert "line 3: awakenings" in answer.out
    assert answer.error == "nothing in diary.csv can be imported"


@pytest.mark.parametrize(("typed", "imported"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_somebody_at_a_terminal_is_asked(run: Run, tmp_path: Path, typed: str, imported: bool) -> None:
    (tmp_path / "diary.csv").write_text("wake_date,awakenings\n2026-11-20,1\n")
    answer = run_on_terminal("import", tmp_path / "diary.csv", typed=typed)
    assert answer.status == (0 if imported else 1)
    assert "to import: 1, the same: 0, conflicting: 0" in answer.out
    assert "Import 1 row? [y/N]" in answer.err
    assert bool(run("diary", "list", "--json").json) is imported


def test_a_backup_is_restored_after_a_look_and_that_can_be_undone(filled: Run, tmp_path: Path) -> None:
    backup = filled("backup", tmp_path / "disk").out.strip()
    assert Path(backup).parent == tmp_path / "disk"
    before = filled("diary", "list", "--json").json
    filled("diary", "add", given=night("2026-11-20"))
    filled("diary", "delete", "2026-11-21")
    after = filled("diary", "list", "--json").json
    looked = filled("restore", backup)
    assert (looked.status, looked.error) == (1, "nothing was changed; --yes restores")
    assert "goes: nights 2026-11-20" in looked.out
    assert "comes back: nights 2026-11-21" in looked.out
    assert filled("diary", "list", "--json").json == after
    done = filled("restore", backup, "--yes", "--json").json
    assert done["restored"] is True
    assert filled("diary", "list", "--json").json == before
    undone = filled("restore", done["undo"], "--yes")
    assert undone.status == 0
    assert "undoes it" in undone.out
    assert filled("diary", "list", "--json").json == after
    assert "nothing to restore" in filled("restore", done["undo"], "--yes").out


def test_a_look_for_machines_changes_nothing(filled: Run, tmp_path: Path) -> None:
    backup = filled("backup", tmp_path).out.strip()
    filled("diary", "delete", "2026-11-21")
    looked = filled("restore", backup, "--json")
    assert looked.status == 0
    assert looked.json["restored"] is False
    assert {"table": "nights", "key": "2026-11-21", "change": "added", "fields": []} in looked.json[
        "documents"
    ]
    assert filled("diary", "show", "2026-11-21").status == 1


def test_preferences_are_part_of_it(filled: Run, tmp_path: Path, data_folder: Path) -> None:
    preferences = data_folder / "preferences.json"
    preferences.write_text('{"routine": "pmr-7"}')
    backup = filled("backup").out.strip()
    preferences.write_text('{"routine": "breath-awareness"}')
    assert "replaced: preferences.json" in filled("restore", backup, "--yes").out
    assert json.loads(preferences.read_text()) == {"routine": "pmr-7"}


def test_a_backup_goes_to_no_place_that_is_not_there(filled: Run, tmp_path: Path) -> None:
    answer = filled("backup", tmp_path / "stick" / "sleep")
    assert (answer.status, answer.out) == (1, "")
    assert answer.error == f"there is no folder {tmp_path / 'stick'}; nothing was backed up"
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("content", [b"", b"PK no zip", NIGHT.encode()])
def test_what_is_no_backup_is_refused_in_one_line(filled: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    answer = filled("restore", tmp_path / "x.zip", "--yes")
    assert answer.status == 1
    assert "x.zip" in answer.error


def test_a_backup_of_the_day_is_made_once(filled: Run, data_folder: Path) -> None:
    made = [path.name for path in (data_folder / "backups").iterdir()]
    assert made == ["sleepcalm-2026-11-22T071500-daily.zip"]


def test_an_import_reads_no_file_without_an_end_and_none_that_is_huge(filled: Run, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(10**12)  # a hole: it takes no room
    for path, words in ((Path("/dev/zero"), "not a file"), (tmp_path, "not a file"), (huge, "larger than")):
        answer = filled("import", path, "--json")
        assert (answer.status, answer.out) == (1, "")
        assert words in answer.error
        assert "nothing was imported" in answer.error


def test_a_file_to_import_that_is_not_there_is_named(filled: Run, tmp_path: Path) -> None:
    missing = tmp_path / "no.json"
    answer = filled("import", missing)
    assert answer.status == 1
    assert answer.error == f"{missing} could not be read (No such file or directory)."
