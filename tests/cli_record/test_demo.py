"""`sleepcalm --demo`: a diary to look around in, which leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Answer

Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def at_its_own_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SLEEPCALM_NOW")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


@pytest.mark.parametrize(
    "words", [("--demo", "diary", "list"), ("diary", "--demo", "list"), ("diary", "list", "--demo")]
)
def test_ten_weeks_are_there_and_marked_as_a_demo(run: Run, words: tuple[str, ...]) -> None:
    answer = run(*words, "--json")
    assert answer.status == 0
    assert answer.error.startswith("demo: an invented diary")
    rows = answer.json
    assert (rows[0]["wake_date"], rows[-1]["wake_date"]) == ("2026-09-14", "2026-11-22")
    assert len(rows) == 61
    assert any(flag["code"] == "does_not_add_up" for row in rows for flag in row["flags"])


def test_its_evening_is_today(run: Run) -> None:
    assert run("--demo", "minerals", "log", "almonds").out.endswith("on 2026-11-22\n")
    assert run("--demo", "minerals", "totals", "--json").json["date"] == "2026-11-22"


def test_nothing_is_left_behind_and_nothing_of_the_users_is_touched(
    run: Run, tmp_path: Path, data_folder: Path
) -> None:
    assert run("--demo", "diary", "delete", "2026-11-22").status == 0
    assert run("--demo", "diary", "show", "2026-11-22").status == 0
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not data_folder.exists()
    assert not (tmp_path / "state").exists()


def test_everything_of_it_can_be_exported_and_imported(run: Run, tmp_path: Path) -> None:
    assert run("--demo", "export", tmp_path / "demo.json").status == 0
    answer = run("import", tmp_path / "demo.json", "--json")
    assert answer.status == 0
    assert answer.json["added"] == 61 + 57 + 8 + 36
    assert run("--demo", "export", tmp_path / "demo.csv").status == 0
    assert run("import", tmp_path / "demo.csv", "--json").json["same"] == 61


def test_a_folder_of_ones_own_and_the_demo_exclude_each_other(run: Run, tmp_path: Path) -> None:
    answer = run("--demo", "--data-dir", tmp_path, "diary", "list")
    assert answer.status == 2
    assert "--data-dir" in answer.error
