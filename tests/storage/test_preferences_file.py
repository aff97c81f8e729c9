"""The preferences file: whole, private, and never the poorer for what a version does not know."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sleepcalm.preferences import Preferences
from sleepcalm.storage.preferences_file import PreferencesFile

NOW = datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
CHOSEN = Preferences(pause_scale=1.5, skipped_groups=("left_arm",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "sleepcalm"


@pytest.fixture
def written(folder: Path):
    """Writes the file as a text editor would."""

    def write(text: str | bytes) -> PreferencesFile:
        folder.mkdir(parents=True, exist_ok=True)
        file = PreferencesFile(folder)
        file.path.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    return write


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_saved_is_loaded_by_the_next_start(folder):
    PreferencesFile(folder).save(CHOSEN)
    assert PreferencesFile(folder).load(NOW) == (CHOSEN, ())


def test_a_first_start_has_defaults_and_writes_nothing(folder):
    assert PreferencesFile(folder).load(NOW) == (Preferences(), ())
    assert not folder.exists()


def test_only_the_owner_can_read_it(folder):
    before = os.umask(0)
    try:
        PreferencesFile(folder).save(CHOSEN)
    finally:
        os.umask(before)
    assert (mode(folder), mode(folder / "preferences.json")) == (0o700, 0o600)
    assert names(folder) == ["preferences.json"]


def test_a_person_can_read_it(folder):
    PreferencesFile(folder).save(CHOSEN)
    assert '\n  "pause_scale": 1.5,\n' in (folder / "preferences.json").read_text()


@pytest.mark.parametrize(
    "unknown",
    [
        {"theme": "day", "später": {"deep": [1, None]}},
        {"half a character": "\ud83d"},
        {"voice": float("inf")},
    ],
)
def test_keys_of_another_version_are_kept(written, unknown):
    file = written(json.dumps({**unknown, "pause_scale": 2}))
    preferences, notices = file.load(NOW)
    assert notices == ()
    file.save(preferences)
    values = json.loads(file.path.read_text())
    assert unknown.items() <= values.items()
    assert values["pause_scale"] == 2


def test_a_wrong_value_costs_only_itself(written):
    preferences, (notice,) = written('{"hold_s": 5, "pause_scale": 99}').load(NOW)
    assert preferences == Preferences(hold_s=5)
    assert notice == "preferences: pause_scale: 99 is not a number from 0.5 to 3; the default is used"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"text"',
        b"\xff\xfe{\x00}",
        b"\0" * 100,
        "[" * 100_000,
        f'{{"a": {"9" * 5000}}}',
    ],
    ids=str,
)
def test_a_damaged_file_is_set_aside_whole(written, folder, text):
    file = written(text)
    before = file.path.read_bytes()
    preferences, (notice,) = file.load(NOW)
    assert preferences == Preferences()
    aside = "preferences.damaged-20260329-023000-000000.json"
    assert notice == f"preferences were damaged; the file is kept as {aside}, defaults are used"
    assert names(folder) == [aside]
    assert (folder / aside).read_bytes() == before


def test_setting_aside_never_overwrites(written, folder):
    for text in ("{first", "{second", "{third"):
        written(text).load(NOW)
    stem = "preferences.damaged-20260329-023000-000000"
    contents = {path.name: path.read_text() for path in folder.iterdir()}
    assert contents == {
        f"{stem}.json": "{first",
        f"{stem}-2.json": "{second",
        f"{stem}-3.json": "{third",
    }


def test_a_mark_at_the_beginning_is_no_damage(written):
    preferences, notices = written(b'\xef\xbb\xbf{"pause_scale": 2}').load(NOW)
    assert (preferences.pause_scale, notices) == (2, ())


def test_a_damaged_file_that_could_not_be_set_aside_is_not_overwritten(written, monkeypatch):
    """Some file systems know no links."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    file = written("{damaged")
    _, (notice,) = file.load(NOW)
    assert "could not be set aside (Operation not permitted)" in notice
    with pytest.raises(OSError, match="cannot be read and is kept"):
        file.save(CHOSEN)
    assert file.path.read_text() == "{damaged"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else_is_not_overwritten(written):
    file = written('{"pause_scale": 2}')
    file.path.chmod(0)
    _, (notice,) = file.load(NOW)
    assert "could not be read (Permission denied)" in notice
    with pytest.raises(OSError, match="cannot be read and is kept"):
        file.save(CHOSEN)
    file.path.chmod(0o600)
    assert file.path.read_text() == '{"pause_scale": 2}'


def test_a_file_that_cannot_be_read_is_left_alone(folder):
    folder.mkdir(parents=True)
    (folder / "preferences.json").mkdir()
    preferences, (notice,) = PreferencesFile(folder).load(NOW)
    assert preferences == Preferences()
    assert notice == "preferences could not be read (Is a directory); defaults are used"


def test_several_wrong_values_are_one_line_that_leads_to_the_rest(written):
    file = written('{"pause_scale": "slow", "fade_s": -1, "at_end": "nothing"}')
    _, (notice,) = file.load(NOW)
    assert notice == ("2 preferences were not understood, their defaults are used; details: sleepcalm doctor")
    assert [complaint.partition(":")[0] for complaint in file.complaints] == ["fade_s", "pause_scale"]


@pytest.mark.parametrize("in_the_way", ["pipe", "link to an endless device", "huge file"])
def test_what_may_never_end_is_not_read(folder, in_the_way):
    folder.mkdir(parents=True)
    path = folder / "preferences.json"
    if in_the_way == "pipe":
        os.mkfifo(path)
    elif in_the_way == "huge file":
        with path.open("wb") as file:
            file.truncate(10**12)
    else:
        path.symlink_to("/dev/zero")
    file = PreferencesFile(folder)
    preferences, (notice,) = file.load(NOW)
    assert preferences == Preferences()
    assert notice.startswith("preferences could not be read (it is ")
    with pytest.raises(OSError, match="cannot be read and is kept"):
        file.save(CHOSEN)
    assert names(folder) == ["preferences.json"]


@pytest.mark.parametrize("content", ['{"pause_scale": 2}', "{damaged"])
def test_a_file_that_others_may_read_is_the_owners_alone_from_then_on(written, content):
    file = written(content)
    file.path.chmod(0o644)
    file.load(NOW)
    assert [path.stat().st_mode & 0o777 for path in file.path.parent.iterdir()] == [0o600]


def test_a_file_that_is_kept_elsewhere_keeps_its_mode(folder, tmp_path):
    folder.mkdir(parents=True)
    (tmp_path / "dotfiles.json").write_text("{}")
    (tmp_path / "dotfiles.json").chmod(0o644)
    (folder / "preferences.json").symlink_to(tmp_path / "dotfiles.json")
    PreferencesFile(folder).load(NOW)
    assert (tmp_path / "dotfiles.json").stat().st_mode & 0o777 == 0o644


def test_a_link_to_the_file_stays_a_link(folder, tmp_path):
    """People keep their settings elsewhere, under version control."""
    folder.mkdir(parents=True)
    (folder / "preferences.json").symlink_to(tmp_path / "dotfiles.json")
    (tmp_path / "dotfiles.json").write_text('{"pause_scale": 2}')
    file = PreferencesFile(folder)
    assert file.load(NOW)[0].pause_scale == 2
    file.save(CHOSEN)
    assert (folder / "preferences.json").is_symlink()
    assert json.loads((tmp_path / "dotfiles.json").read_text())["pause_scale"] == 1.5


def test_a_full_disk_keeps_what_was_there(small_disk):
    file = PreferencesFile(small_disk)
    file.save(CHOSEN)
    (small_disk / "filler").write_bytes(b"\0" * (512 * 1024 - 4096 * 4))
    large = Preferences(cautions_heard=tuple(f"routine-{number}" for number in range(5000)))
    with pytest.raises(OSError, match="No space left"):
        file.save(large)
    assert file.load(NOW) == (CHOSEN, ())
    assert names(small_disk) == ["filler", "preferences.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_keeps_the_file(folder):
    file = PreferencesFile(folder)
    file.save(CHOSEN)
    folder.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            file.save(Preferences())
    finally:
        folder.chmod(0o700)
    assert file.load(NOW) == (CHOSEN, ())


def test_a_file_where_the_folder_should_be_is_left_alone(folder):
    folder.parent.mkdir()
    folder.write_text("mine")
    file = PreferencesFile(folder)
    with pytest.raises(OSError, match=r"exists|Not a directory"):
        file.save(CHOSEN)
    assert file.load(NOW)[1] == ("preferences could not be read (Not a directory); defaults are used",)
    assert folder.read_text() == "mine"
