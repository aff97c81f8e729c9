"""What is played in the terminal is part of the record."""

from __future__ import annotations


def test_a_routine_played_in_the_terminal_is_on_record(run, data_folder, tmp_path):
    answer = run("play", "pmr-7", "--output", "silent", "--background", "none", "--stop-after", "0.3")
    assert answer.status == 0
    export = tmp_path / "all.json"
    assert run("export", export).status == 0
    assert '"pmr-7"' in export.read_text()
