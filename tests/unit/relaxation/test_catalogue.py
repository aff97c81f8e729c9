"""What is shipped can be listed before its steps are read, and is the same once they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.strict_values import RoutineFormatError
from sleepcalm.shipped_files import shipped_folder

SCRIPTS = shipped_folder("assets") / "scripts"


def test_a_trusted_folder_gives_the_same_routines():
    at_once, later = read_catalogue([SCRIPTS]), read_catalogue([], trusted=SCRIPTS)
    assert later.heads == at_once.heads
    assert list(later.routines) == list(at_once.routines)
    assert dict(later.routines) == at_once.routines
    assert later.routines["pmr-7"] is later.routines["pmr-7"]
    assert later.routines.get("nothing") is None


def test_an_own_routine_cannot_take_the_place_of_a_shipped_one(tmp_path):
    (tmp_path / "mine.toml").write_text((SCRIPTS / "pmr-7.toml").read_text(encoding="utf-8"))
    catalogue = read_catalogue([tmp_path], trusted=SCRIPTS)
    assert catalogue.errors == ("mine.toml: id 'pmr-7' is taken by another routine",)


def test_damage_behind_the_head_shows_when_the_routine_is_asked_for(tmp_path):
    text = (SCRIPTS / "pmr-7.toml").read_text(encoding="utf-8")
    (tmp_path / "pmr-7.toml").write_text(text.replace('phase = "silence"', 'phase = "noise"'))
    (tmp_path / "lost-head.toml").write_text(text[40:])
    catalogue = read_catalogue([], trusted=tmp_path)
    assert [head.id for head in catalogue.heads] == ["pmr-7"]
    assert len(catalogue.errors) == 1
    with pytest.raises(RoutineFormatError, match=r"pmr-7\.toml, step 17 .Quiet."):
        catalogue.routines["pmr-7"]


def test_no_shipped_file_says_where_its_steps_begin_inside_a_text():
    """Heads are cut off at the first step, so nothing before it may look like one."""
    for path in SCRIPTS.glob("*.toml"):
        head, mark, _ = path.read_text(encoding="utf-8").partition("\n[[steps]]")
        assert mark
        assert "'''" not in head
        assert '"""' not in head


def test_a_folder_that_cannot_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    catalogue = read_catalogue([tmp_path / "routines"])
    assert catalogue.errors == ("routines: the folder cannot be read: Permission denied",)


def test_a_file_in_the_place_of_the_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "routines").write_text("")
    catalogue = read_catalogue([tmp_path / "routines"])
    assert catalogue.errors == ("routines: the folder cannot be read: Not a directory",)


def test_whatever_a_file_is_called_its_error_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "night\n\u202etime.toml").write_text("id = ")
    (error,) = read_catalogue([tmp_path]).errors
    assert error.startswith("night??time.toml: is not valid TOML")
    assert error.isprintable()
