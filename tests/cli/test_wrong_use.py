"""Whatever is asked wrongly is answered with one short line and the right exit status."""

from __future__ import annotations

import gc
import json
import os
import sys
from types import SimpleNamespace

import pytest

from sleepcalm import __version__, cli


def folders(answer) -> dict[str, str]:
    return answer.json["folders"]


def test_the_version(sleepcalm):
    assert sleepcalm("--version").out == f"sleepcalm {__version__}\n"


def test_no_words_at_all_mean_what_the_parser_makes_of_them():
    assert cli._parsed([]) == cli._parser(cli.COMMANDS).parse_args([])


@pytest.mark.parametrize(
    "arguments",
    [
        ("snore",),
        ("timeline",),
        ("render", "pmr-7"),
        ("routines", "--colour"),
        ("routines", "--js"),  # what is left out today may mean something else tomorrow
        ("timeline", "pmr-7", "--dominant-hand", "both"),
        ("timeline", "pmr-7", "--skip", "tail"),
        ("timeline", "pmr-7", "--seed", "1.5"),
        ("timeline", "pmr-7", "--seed", "9" * 30),
        ("play", "pmr-7", "--output", "loud"),
        ("play", "pmr-7", "--background", "drums"),
        ("--data-dir", "", "routines"),
        ("routines", "--data-dir", ""),
        ("--begin", "pmr-7", "routines"),
        ("--resume",),
        ("--resume", "routines"),
    ],
)
def test_wrong_use_exits_with_2(sleepcalm, arguments):
    answer = sleepcalm(*arguments)
    assert answer.status == 2
    assert answer.complaint.startswith("sleepcalm")
    assert answer.out == ""


ODD_NUMBERS = (
    "nan",
    "inf",
    "-1",
    "1e999",
    "-1e999",
    "0x5",
    "",
    "five",
    "9" * 5000,
    "٣",
    "1_0",
    "1.0_0",
    "\uff11",
)


@pytest.mark.parametrize("number", ODD_NUMBERS)
@pytest.mark.parametrize(
    "option",
    [
        "--pause-scale",
        "--hold",
        "--length",
        "--voice-volume",
        "--background-volume",
        "--start-at",
        "--stop-after",
        "--speed",
    ],
)
def test_odd_numbers_are_refused(sleepcalm, option, number):
    answer = sleepcalm("play", "pmr-7", "--output", "silent", f"{option}={number}")
    assert answer.status == 2
    assert f"argument {option}" in answer.complaint
    assert "is not a number from" in answer.complaint
    assert len(answer.complaint) < 200


@pytest.fixture
def opened(monkeypatch):
    """What the window is opened with, on a screen that nobody sees."""
    found = []
    monkeypatch.setattr("sleepcalm.display.has_display", lambda: True)
    monkeypatch.setattr("sleepcalm.display.missing_qt_libraries", list)

    def run_window(program, begin=None, *, goes_on=False):
        found.append((begin, program.notices, goes_on))
        return 0

    monkeypatch.setitem(sys.modules, "sleepcalm.app", SimpleNamespace(run_window=run_window))
    yield found
    gc.enable()


def test_a_routine_that_is_not_there_opens_the_window_and_is_told_there(sleepcalm, opened):
    answer = sleepcalm("--begin", "snore")
    assert answer.status == 0
    assert opened == [(None, ("there is no routine 'snore'",), False)]
    assert answer.complaint == "sleepcalm: there is no routine 'snore'"


def test_without_a_display_a_routine_that_is_not_there_is_wrong_use(sleepcalm, monkeypatch):
    monkeypatch.setattr("sleepcalm.display.has_display", lambda: False)
    answer = sleepcalm("--begin", "snore")
    assert answer.status == 2
    assert len(answer.err.splitlines()) == 1
    assert answer.complaint.startswith("sleepcalm: there is no routine 'snore'; nearest: ")


@pytest.mark.parametrize("file_name", ["mine.toml", "other-name.toml"])
def test_an_own_routine_that_cannot_be_used_is_told_with_the_reason(sleepcalm, opened, data, file_name):
    (data / "routines").mkdir(parents=True)
    (data / "routines" / file_name).write_text('id = "mine"\ntitle = \n')
    sleepcalm("--begin", "mine")
    ((begun, (notice,), _),) = opened
    assert begun is None
    assert notice.startswith(f"there is no routine 'mine' ({file_name}: is not valid TOML")


def test_where_the_last_routine_is_gone_the_usual_one_begins_and_that_is_told(sleepcalm, opened, data):
    data.mkdir()
    (data / "preferences.json").write_text('{"routine": "mine"}')
    answer = sleepcalm("--begin", "--resume")
    ((begun, (notice,), goes_on),) = opened
    assert (answer.status, begun, goes_on) == (0, "pmr-7", True)
    assert notice == (
        "the routine of last time is gone, Muscle relaxation, seven groups begins instead: "
        "there is no routine 'mine'"
    )


@pytest.mark.parametrize("command", ["timeline", "play"])
def test_an_unknown_id_names_the_nearest(sleepcalm, command):
    answer = sleepcalm(command, "pmr7")
    assert answer.status == 2
    line = (
        "sleepcalm: there is no routine 'pmr7'; nearest: pmr-7, pmr-4, pmr-16; `sleepcalm routines` lists all"
    )
    assert answer.complaint == line


def test_an_id_that_is_near_to_nothing_names_no_more_than_three(sleepcalm, tmp_path):
    answer = sleepcalm("render", "nosuch", str(tmp_path / "z.wav"))
    assert answer.status == 2
    _, nearest, where = answer.complaint.split("; ")
    assert len(nearest.removeprefix("nearest: ").split(", ")) == 3
    assert where == "`sleepcalm routines` lists all"
    assert not (tmp_path / "z.wav").exists()


def test_skipping_everything_a_routine_works_on_is_wrong_use(sleepcalm, data):
    (data / "routines").mkdir(parents=True)
    (data / "routines" / "fist.toml").write_text(
        'id = "fist"\ntitle = "Fist"\nkind = "pmr"\nsummary = "One fist."\nsources = []\ncautions = []\n'
        '[[steps]]\ntitle = "Fist"\nphase = "tense"\nmuscle_group = "dominant_hand"\nhold_s = 5\n'
        'sentences = [{ say = "Make a fist.", pause_s = 1 }]\n'
    )
    answer = sleepcalm("timeline", "fist", "--skip", "both_arms")
    assert answer.status == 2
    assert answer.complaint == "sleepcalm: fist: every step works on a group that is skipped"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--variant=in"], "every breath of it lasts no time in this variant"),
        (["--variant=in", "--skip=neck"], "every breath of it lasts no time in this variant"),
        (["--variant=still", "--skip=neck"], "no step of it is for this variant and length"),
    ],
)
def test_where_nothing_is_heard_the_true_reason_is_told(sleepcalm, data, arguments, reason):
    (data / "routines").mkdir(parents=True)
    (data / "routines" / "breath.toml").write_text(
        'id = "breath"\ntitle = "Breath"\nkind = "breathing"\nsummary = "Out."\nsources = []\n'
        'cautions = []\nvariants = [{ id = "out", title = "Out", exhale_s = 4 }, '
        '{ id = "in", title = "In" }, { id = "still", title = "Still" }]\n'
        '[[steps]]\ntitle = "Out"\nphase = "guide"\nvariants = ["out", "in"]\n'
        'sentences = [{ breath = "exhale" }]\n'
    )
    for command in (["timeline", "breath"], ["play", "breath", "--output=silent"]):
        answer = sleepcalm(*command, *arguments)
        assert (answer.status, answer.complaint) == (2, f"sleepcalm: breath: {reason}")


def test_the_data_folder_may_be_named_before_and_after_the_command(sleepcalm, data, tmp_path):
    mine = str(tmp_path / "mine")
    assert folders(sleepcalm("doctor", "--json"))["data"] == str(data)
    assert folders(sleepcalm("doctor", "--json", "--data-dir", mine))["data"] == mine
    assert folders(sleepcalm("--data-dir", mine, "doctor", "--json"))["data"] == mine
    nearer = sleepcalm("--data-dir", str(tmp_path / "other"), "doctor", "--json", "--data-dir", mine)
    assert folders(nearer)["data"] == mine


def test_without_a_named_folder_it_is_the_platforms_own(sleepcalm, monkeypatch, tmp_path):
    monkeypatch.delenv("SLEEPCALM_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert folders(sleepcalm("doctor", "--json"))["data"] == str(tmp_path / "share" / "sleepcalm")


def test_listing_leaves_no_trace_in_the_data_folder(sleepcalm, data):
    for arguments in (["routines"], ["timeline", "pmr-7"], ["doctor"]):
        assert sleepcalm(*arguments).status == 0
    assert not data.exists()


@pytest.mark.parametrize("place", ["data", "data/below"])
def test_a_file_where_the_data_folder_should_be_is_told_and_left_alone(sleepcalm, tmp_path, place):
    (tmp_path / "data").write_text("mine")
    answer = sleepcalm("routines", "--data-dir", str(tmp_path / place))
    assert answer.status == 0
    assert answer.err.splitlines() == [
        "sleepcalm: preferences could not be read (Not a directory); defaults are used",
        "sleepcalm: not loaded: routines: the folder cannot be read: Not a directory",
    ]
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.parametrize(
    "now", ["garbage", "2026-02-30", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_time_that_never_comes_is_wrong_use(sleepcalm, monkeypatch, now):
    monkeypatch.setenv("SLEEPCALM_NOW", now)
    answer = sleepcalm("routines")
    assert answer.status == 2
    assert answer.complaint.startswith("sleepcalm: SLEEPCALM_NOW")


@pytest.mark.parametrize("zone", ["UTC-25", "\udcff"])
def test_an_odd_time_zone_stops_nothing(processes, zone):
    answer = processes.run("doctor", "--json", TZ=zone)
    assert answer.status == 0, answer.err
    assert answer.json["time_zone"]


def test_names_that_are_no_text_are_told_in_json_too(processes, tmp_path):
    """A folder's name may be octets that no encoding knows, and a terminal may know little."""
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    answer = processes.run("doctor", "--json", "--data-dir", odd, PYTHONIOENCODING="utf-8:strict")
    assert answer.status == 0, answer.err
    assert json.loads(answer.out)["folders"]["data"].startswith(str(tmp_path))
