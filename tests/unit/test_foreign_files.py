"""What lies where a file is expected is read, or refused at once."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from sleepcalm.foreign_files import MAX_STOPS_IN_LINE, parsed_toml, printable, read_regular_file, resolved


def test_a_file_and_a_link_to_one_are_read(tmp_path):
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_regular_file(tmp_path / "file") == b"content"
    assert read_regular_file(tmp_path / "link", 7) == b"content"


@pytest.mark.parametrize("most_bytes", [None, 10])
def test_what_may_never_end_is_refused(tmp_path, most_bytes):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    for name in ("pipe", "endless"):
        with pytest.raises(OSError, match="it is no ordinary file"):
            read_regular_file(tmp_path / name, most_bytes)


def test_a_folder_and_nothing_are_what_they_are(tmp_path):
    with pytest.raises(IsADirectoryError):
        read_regular_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_regular_file(tmp_path / "nothing")


def test_what_is_larger_than_it_can_be_is_refused_unread(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(OSError, match="it is larger than 5 MB"):
        read_regular_file(tmp_path / "large", 5_000_000)


def test_a_name_stays_on_its_line():
    assert printable("night\n\u202erain\x1b[0m.toml") == "night??rain?[0m.toml"
    assert printable("Nachtigall - łąka.flac") == "Nachtigall - łąka.flac"


def test_a_real_path_has_no_links_in_it(tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    monkeypatch.chdir(tmp_path)
    assert resolved(Path("link/file")) == tmp_path.resolve() / "folder" / "file"
    assert resolved(Path("link/../none/file")) == tmp_path.resolve() / "none" / "file"


@pytest.mark.parametrize("name", ["itself", "itself/file", "there", "onto", "onto/folder/file"])
def test_links_in_a_circle_have_no_real_path(tmp_path, name):
    (tmp_path / "itself").symlink_to("itself")
    (tmp_path / "there").symlink_to("back")
    (tmp_path / "back").symlink_to(tmp_path / "there")
    (tmp_path / "onto").symlink_to("itself")
    with pytest.raises(OSError, match=re.escape(f"{tmp_path / name}'")) as refused:
        resolved(tmp_path / name)
    assert refused.value.errno == errno.ELOOP


def test_a_table_is_read_with_as_many_stops_as_a_line_may_have():
    assert parsed_toml(f'a.b = "{"." * (MAX_STOPS_IN_LINE - 1)}"\n"c.d" = 1') == {
        "a": {"b": "." * (MAX_STOPS_IN_LINE - 1)},
        "c.d": 1,
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (".".join("a" * 60_000) + " = 1", "has a line with more than 100 full stops"),
        ("[" + ".".join("a" * 60_000) + "]", "has a line with more than 100 full stops"),
        ("a = 1\nb = = 2", "is not valid TOML: Invalid value (at line 2, column 5)"),
        ("a = " + "[" * 5_000, "is not valid TOML: "),
        ("a = " + "1" * 5_000, "is not valid TOML: "),
        (f"[{'x' * 5_000}]\n[{'x' * 5_000}]", "is not valid TOML: Cannot declare ('xx"),
    ],
)
def test_what_is_no_table_is_refused_on_one_short_line(text, reason):
    with pytest.raises(ValueError, match=re.escape(reason)) as refused:
        parsed_toml(text)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 120
