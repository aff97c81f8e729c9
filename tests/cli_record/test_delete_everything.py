"""Deleting everything: asked twice, done thoroughly, and said what is left."""

from __future__ import annotations

import pytest


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr("sleepcalm.commands.delete_everything.on_a_terminal", lambda: True)


@pytest.fixture
def full_folder(with_night, data_folder):
    with_night("backup")
    (data_folder / "preferences.json").write_text("{}")
    (data_folder / "voices" / "rendered").mkdir(parents=True)
    (data_folder / "voices" / "rendered" / "and-let-go.flac").write_text("a sentence")
    (data_folder / "routines").mkdir()
    (data_folder / "routines" / "mine.toml").write_text("mine")
    return data_folder


def test_two_yeses_delete_all_that_was_recorded_and_leave_the_users_own_files(full_folder, run, terminal):
    answer = run("delete-everything", given="y\ndelete\n")
    assert answer.status == 0
    assert [path.name for path in full_folder.iterdir()] == ["routines"]
    assert str(full_folder / "routines") in answer.out
    assert run("diary", "list", "--json").out.strip() == "[]"


@pytest.mark.parametrize("given", ["\n", "n\n", "y\n", "y\nyes\n", ""])
def test_anything_less_deletes_nothing(full_folder, run, terminal, given):
    answer = run("delete-everything", given=given)
    assert answer.status == 1
    assert "nothing was deleted" in answer.err
    assert run("diary", "show", "2026-11-22").status == 0


def test_on_no_terminal_nothing_is_deleted_unasked(full_folder, run):
    assert run("delete-everything").status == 2
    assert run("diary", "show", "2026-11-22").status == 0
    assert run("delete-everything", "--yes-delete-everything").status == 0
    assert not (full_folder / "record.json").exists()


def test_a_new_record_can_be_begun_afterwards(full_folder, run):
    run("delete-everything", "--yes-delete-everything")
    added = run("diary", "add", given='{"wake_date": "2026-11-21"}\n')
    assert added.out == "saved 2026-11-21\n"
    assert run("diary", "show", "2026-11-22").status == 1
