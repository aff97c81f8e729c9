"""`sleepcalm trial`: fixed before the first night, drawn from a recorded seed, closed until its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from command_line import Answer, night, run_on_terminal, run_process
from recorded_nights import nights_from, practised, record

from sleepcalm.program import civil_now, load_program

Run = Callable[..., Answer]
Clock = Callable[[str], None]

PRACTICE = ("trial", "new", "--factor", "practice", "--outcome", "hypnic_jerks", "--json")
NIGHTLY = (*PRACTICE, "--pairs", 20, "--period-nights", 1, "--start", "2026-11-23", "--seed", 7)
WEEKLY = (
    *("trial", "new", "--factor", "a late screen", "--outcome", "sleep_onset_latency_min", "--json"),
    *("--pairs", 6, "--period-nights", 7, "--start", "2026-11-23", "--seed", 7, "--accept"),
)
SHORT = (
    *("trial", "new", "--factor", "coffee after noon", "--outcome", "sleep_onset_latency_min", "--json"),
    *("--pairs", 6, "--period-nights", 1, "--start", "2026-11-23", "--seed", 7, "--accept"),
)
SHORT_PLAN = "wo wo ow wo ow wo"
"""Of seed 7: w with, o without; a word a pair."""


def changed(words: Iterable[object], *pairs: object) -> list[object]:
    """The words with other values for the options named."""
    found = list(words)
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        found[found.index(name) + 1] = value
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return lambda text: monkeypatch.setenv("SLEEPCALM_NOW", text)


@pytest.fixture(autouse=True)
def evening(clock: Clock) -> None:
    clock("2026-11-22T21:30:00+01:00")


@pytest.fixture
def eligible(run: Run, tmp_path: Path) -> Run:
    """With 14 nights, two or three jolts in each, and the routine practised before all of them."""
    nights = nights_from(
        "2026-11-09",
        [{"hypnic_jerks": {"count": 2 + number % 2}, "sleep_onset_latency_min": 20} for number in range(14)],
    )
    record(run, tmp_path, nights, practised("2026-11-09", 14))
    return run


def plan_of(run: Run, *words: object) -> str:
    """The plan as a word a pair, a letter a night."""
    nights = run("trial", "assign", *words, "--json").json
    pairs: dict[int, str] = {}
    for each in nights:
        letter = {"with": "w", "without": "o"}[each["condition"]]
        pairs[each["pair"]] = pairs.get(each["pair"], "") + letter
    return " ".join(pairs.values())


def test_a_plan_is_told_whole(eligible: Run) -> None:
    answer = eligible(*NIGHTLY)
    assert (answer.status, answer.err) == (0, "")
    power, cautions = answer.json.pop("power"), answer.json["cautions"]
    plan = {name: value for name, value in answer.json.items() if name not in {"power", "cautions"}}
    assert plan == {
        "id": "trial-2026-11-23",
        "factor": "practice",
        "routine": "pmr-7",
        "outcome": "hypnic_jerks",
        "pairs": 20,
        "period_nights": 1,
        "washout_nights": 0,
        "start": "2026-11-23",
        "end": "2027-01-01",
        "total_nights": 40,
        "seed": 7,
        "created": "2026-11-22T21:30:00+01:00",
        "shortfalls": [],
    }
    assert (power["mean"], power["nights"]) == (2.5, 14)
    assert 0 <= power["found_of_a_true_halving_pct"] <= 100
    assert f"about {power['found_of_a_true_halving_pct']} times in 100" in power["wording"]
    assert {caution["about"] for caution in cautions} == {"at_once", "doctor", "relaxation"}
    assert cautions[0]["about"] == "at_once"


def test_a_plan_is_told_in_words_too_with_the_cautions_first(eligible: Run) -> None:
    shown = eligible(*(word for word in NIGHTLY if word != "--json")).out.splitlines()
    assert shown[0].startswith("at once")
    assert any(line.split() == ["end", "2027-01-01"] for line in shown)
    assert "times in 100" in shown[-1]


def test_the_same_seed_draws_the_same_nights_for_ever(eligible: Run) -> None:
    eligible(*NIGHTLY)
    drawn = "wo wo ow wo ow wo wo ow wo wo wo wo wo ow wo wo ow ow ow wo"
    assert plan_of(eligible) == drawn
    assert run_process("trial", "assign", PYTHONHASHSEED="1").out == eligible("trial", "assign").out
    eligible("trial", "end", "--yes")
    assert plan_of(eligible) == drawn


def test_periods_of_a_habit_have_a_washout_and_every_wake_date_is_there_once(run: Run) -> None:
    assert run(*WEEKLY).json["washout_nights"] == 2
    nights = run("trial", "assign", "--json").json
    assert [list(each) for each in nights] == [["date", "pair", "condition", "washout"]] * 84
    assert (nights[0]["date"], nights[-1]["date"]) == ("2026-11-23", "2027-02-14")
    assert len({each["date"] for each in nights}) == 84
    for start in range(0, 84, 7):
        period = nights[start : start + 7]
        assert len({(each["pair"], each["condition"]) for each in period}) == 1
        assert [each["washout"] for each in period] == [True, True, *[False] * 5]
    firsts = [nights[start]["condition"] for start in range(0, 84, 14)]
    assert firsts == ["with", "with", "without", "with", "without", "with"]
    assert all(nights[start + 7]["condition"] != nights[start]["condition"] for start in range(0, 84, 14))


def test_without_a_seed_a_fresh_one_is_drawn_and_recorded(run: Run) -> None:
    words = [word for word in SHORT if word not in {"--seed", 7}]
    seeds = set()
    for _ in range(2):
        seeds.add(run(*words).json["seed"])
        assert run("trial", "show", "--json").json["seed"] in seeds
        run("trial", "end", "--yes")
    assert len(seeds) == 2
    assert all(0 <= seed < 2**63 for seed in seeds)


@pytest.mark.parametrize(
    ("now", "start", "allowed"),
    [
        ("2026-11-22T17:59:59+01:00", "2026-11-22", True),
        ("2026-11-22T17:59:59+01:00", "2026-11-21", False),
        ("2026-11-22T18:00:00+01:00", "2026-11-22", False),
        ("2026-11-22T23:59:59+01:00", "2026-11-22", False),
        ("2026-11-22T23:59:59+01:00", "2026-11-23", True),
        ("2026-11-23T00:00:00+01:00", "2026-11-22", False),
        ("2026-11-23T00:30:00+01:00", "2026-11-23", True),
        ("2026-10-24T23:30:00+02:00", "2026-10-24", False),
        ("2026-10-25T02:30:00+02:00", "2026-10-25", True),
        ("2026-10-25T02:30:00+01:00", "2026-10-25", True),
        ("2026-12-31T23:00:00+01:00", "2026-12-31", False),
        ("2026-12-31T23:00:00+01:00", "2027-01-01", True),
    ],
)
def test_a_trial_does_not_start_in_the_past(
    run: Run, clock: Clock, now: str, start: str, allowed: bool
) -> None:
    clock(now)
    answer = run(*changed(SHORT, "--start", start))
    assert answer.status == (0 if allowed else 2), answer
    if not allowed:
        assert f"cannot start in the past: {start}" in answer.error


def test_a_trial_does_not_start_with_a_night_that_is_recorded(run: Run, clock: Clock) -> None:
    clock("2026-11-22T12:00:00+01:00")
    run("diary", "add", given=night("2026-11-22"))
    answer = run(*changed(SHORT, "--start", "2026-11-22"))
    assert (answer.status, answer.out) == (1, "")
    assert "2026-11-22 is recorded already" in answer.error
    assert run(*changed(SHORT, "--start", "2026-11-23")).status == 0


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--pairs", 5),
        ("--pairs", 0),
        ("--pairs", -6),
        ("--pairs", 10**9),
        ("--pairs", 10**30),
        ("--pairs", "six"),
        ("--pairs", "9" * 5000),
        ("--pairs", "\u0669"),
        ("--pairs", "1_0"),
        ("--period-nights", 0),
        ("--period-nights", "\u0663"),
        ("--period-nights", "0_1"),
        ("--period-nights", -7),
        ("--period-nights", 10**12),
        ("--start", "2026-02-30"),
        ("--start", "tomorrow"),
        ("--start", "9999-12-31"),
        ("--start", "9998-12-31"),
        ("--seed", -1),
        ("--seed", 2**63),
        ("--outcome", "mood"),
        ("--factor", ""),
        ("--factor", "   "),
        ("--factor", "line\nbreak"),
        ("--factor", "half \udcff"),
        ("--factor", "x" * 201),
        ("--start", "2027-11-24"),
    ],
)
def test_a_plan_that_cannot_be_is_wrong_use_whatever_is_accepted(
    run: Run, data_folder: Path, option: str, value: object
) -> None:
    answer = run(*changed(SHORT, option, value))
    assert (answer.status, answer.out) == (2, ""), answer
    assert "Traceback" not in answer.err
    assert answer.err.strip().splitlines()[-1].startswith("sleepcalm")
    assert run("trial", "show").status == 1


@pytest.mark.parametrize("name", ["späte Bildschirmzeit 🌙", "ночной экран", "x" * 200, "- -", "a 'b' \"c\""])
def test_a_habit_is_named_in_the_persons_own_words(run: Run, name: str) -> None:
    words = [f"--factor={name}" if word == "coffee after noon" else word for word in SHORT]
    words.remove("--factor")
    assert run(*words).json["factor"] == name
    assert run("trial", "show", "--json").json["factor"] == name


@pytest.mark.parametrize("option", ["--factor", "--seed", "--routine", "--start"])
def test_two_dashes_are_no_value(run: Run, option: str) -> None:
    answer = run(*SHORT, f"{option}=--")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.strip().splitlines()[-1].startswith("sleepcalm")


def test_one_name_written_in_two_ways_is_one_habit(run: Run) -> None:
    assert run(*changed(SHORT, "--factor", "  Ka\u0308se  am Abend ")).json["factor"] == "Käse  am Abend"


def test_what_is_short_is_named_and_has_to_be_accepted(run: Run, tmp_path: Path) -> None:
    record(run, tmp_path, nights_from("2026-11-20", [{"hypnic_jerks": {"count": 2}}] * 3))
    answer = run(*NIGHTLY)
    assert (answer.status, answer.out) == (1, "")
    assert answer.error.startswith("not started: 3 of the last 14 nights are recorded")
    assert "--accept" in answer.error
    assert run("trial", "show").error == "there is no trial yet; `sleepcalm trial new` plans one"
    accepted = run(*NIGHTLY, "--accept").json
    codes = [shortfall["code"] for shortfall in accepted["shortfalls"]]
    assert "baseline" in codes
    assert "training" in codes
    assert run("trial", "show", "--json").json["shortfalls"] == accepted["shortfalls"]
    assert "3 of the last 14 nights" in run("trial", "show").out


def test_with_too_few_nights_the_chance_is_not_known(run: Run) -> None:
    power = run(*SHORT).json["power"]
    assert (power["found_of_a_true_halving_pct"], power["mean"], power["nights"]) == (None, None, 0)
    assert "no clear difference" in power["wording"]


def test_a_supplement_is_never_started_without_knowing_the_cautions(run: Run, tmp_path: Path) -> None:
    words = [word for word in changed(SHORT, "--factor", "Magnesium in the evening") if word != "--accept"]
    assert "clinician" in run(*words).error
    accepted = run(*words, "--accept").json
    assert "supplement" in [shortfall["code"] for shortfall in accepted["shortfalls"]]
    assert "supplement" in [caution["about"] for caution in accepted["cautions"]]


def test_a_trial_of_practice_has_a_routine(eligible: Run) -> None:
    unknown = eligible(*NIGHTLY, "--routine", "pmr-8")
    assert unknown.status == 2
    assert "pmr-7" in unknown.error
    quiet = eligible(*NIGHTLY, "--routine", "quiet-rest")
    assert quiet.status == 2
    assert "compared with" in quiet.error
    rescue = eligible(*NIGHTLY, "--routine", "after-a-jolt")
    assert rescue.status == 2
    assert "moment" in rescue.error
    assert eligible(*SHORT, "--routine", "pmr-7").status == 2
    other = eligible(*NIGHTLY, "--routine", "breath-awareness", "--accept").json
    assert other["routine"] == "breath-awareness"
    assert "training" in [shortfall["code"] for shortfall in other["shortfalls"]]


def test_practice_is_practice_however_it_is_written(eligible: Run) -> None:
    assert eligible(*changed(NIGHTLY, "--factor", " Practice ")).json["routine"] == "pmr-7"


def test_one_trial_runs_at_a_time(run: Run, clock: Clock) -> None:
    assert run(*SHORT).json["id"] == "trial-2026-11-23"
    refused = run(*changed(WEEKLY, "--start", "2027-03-01"))
    assert (refused.status, refused.out) == (1, "")
    assert "trial-2026-11-23 goes on until 2026-12-04; one runs at a time" in refused.error
    clock("2026-12-04T12:00:00+01:00")
    assert run(*changed(WEEKLY, "--start", "2026-12-04")).status == 1
    second = run(*changed(WEEKLY, "--start", "2026-12-05"))
    assert second.json["id"] == "trial-2026-12-05"
    assert run("trial", "show", "--json").json["id"] == "trial-2026-12-05"
    assert run("trial", "show", "--trial", "trial-2026-11-23", "--json").json["over"] is True
    unknown = run("trial", "assign", "--trial", "mine")
    assert unknown.status == 2
    assert unknown.error == "there is no trial 'mine'; there are: trial-2026-11-23, trial-2026-12-05"


@pytest.mark.parametrize("action", ["assign", "show", "result"])
def test_without_a_trial_that_is_said_in_one_line(run: Run, data_folder: Path, action: str) -> None:
    answer = run("trial", action, "--json")
    assert (answer.status, answer.out) == (1, "")
    assert answer.error.startswith("there is no trial yet")
    assert not data_folder.exists()


def latencies(plan: str, first: str = "2026-11-23", *, better: int = 10) -> list[dict[str, Any]]:
    """Minutes to fall asleep: 20 and a pair's own more without, `better` fewer with."""
    pairs = plan.split()
    fields = [
        {"sleep_onset_latency_min": 20 + number - (better if letter == "w" else 0)}
        for number, pair in enumerate(pairs)
        for letter in pair
    ]
    return nights_from(first, fields)


@pytest.fixture
def over(run: Run, clock: Clock, tmp_path: Path) -> Run:
    """A trial of six pairs of nights at the morning of its end, in which with was always ten minutes less."""
    assert run(*SHORT).status == 0
    clock("2026-12-04T07:30:00+01:00")
    record(run, tmp_path, latencies(SHORT_PLAN))
    return run


def test_the_result_is_of_the_pairs_as_they_were_drawn(over: Run) -> None:
    found = over("trial", "result", "--json").json
    assert list(found) == ["pairs", "effect", "p_value", "interval_95", "nights_used", "wording"]
    assert found["pairs"] == [[10 + number, 20 + number] for number in range(6)]
    assert found["effect"] == pytest.approx(-10)
    assert found["p_value"] == pytest.approx(2 / 64)
    assert found["interval_95"] == pytest.approx([-10, -10])
    assert found["nights_used"] == 12
    assert found["wording"].startswith("Likely better for you with “coffee after noon”")
    assert over("trial", "result").out == found["wording"] + "\n"


def test_no_result_before_the_end(over: Run, clock: Clock) -> None:
    for now in ("2026-11-23T08:00:00+01:00", "2026-12-03T23:59:59+01:00"):
        clock(now)
        answer = over("trial", "result", "--json")
        assert (answer.status, answer.out) == (1, "")
        assert answer.error == "the result of trial-2026-11-23 opens on 2026-12-04, its last morning"
    clock("2026-12-04T00:00:01+01:00")
    assert over("trial", "result", "--json").status == 0


def test_a_trial_ended_early_opens_and_says_so_for_ever(over: Run, clock: Clock) -> None:
    clock("2026-12-01T12:00:00+01:00")
    ended = over("trial", "end", "--yes")
    assert ended.status == 0
    assert "2026-12-01" in ended.out
    for now in ("2026-12-01T12:00:01+01:00", "2030-01-01T12:00:00+01:00"):
        clock(now)
        found = over("trial", "result", "--json").json
        assert "This trial was ended early" in found["wording"]
        assert found["nights_used"] == 8
        assert over("trial", "show", "--json").json["ended_early"] == "2026-12-01"
    again = over("trial", "end", "--yes")
    assert (again.status, again.out) == (1, "")
    assert "ended early on 2026-12-01; nothing was changed" in again.error


def test_a_trial_that_is_over_cannot_be_ended_early(over: Run) -> None:
    answer = over("trial", "end", "--yes")
    assert answer.status == 1
    assert "ended on 2026-12-04" in answer.error
    assert "early" not in over("trial", "result").out


def test_the_last_night_of_a_trial_that_is_ended_is_the_last_that_is_over(run: Run, clock: Clock) -> None:
    run(*SHORT)
    clock("2026-11-25T02:00:00+01:00")
    run("trial", "end", "--yes")
    assert run("trial", "show", "--json").json["ended_early"] == "2026-11-24"


def test_a_night_that_is_recorded_is_over_however_early_it_is(run: Run, clock: Clock) -> None:
    run(*SHORT)
    clock("2026-11-25T06:30:00+01:00")
    run("diary", "add", given=night("2026-11-25"))
    run("trial", "end", "--yes")
    assert run("trial", "show", "--json").json["ended_early"] == "2026-11-25"


def test_a_trial_that_is_ended_before_its_first_night_says_just_that(run: Run) -> None:
    run(*SHORT)
    assert "is ended before its first night, 2026-11-23;" in run("trial", "end", "--yes").out
    for night_of_plan in ("2026-11-22", "2026-11-23"):
        answer = run("trial", "keep", night_of_plan, "with")
        assert (answer.status, answer.out) == (2, "")
        assert answer.error == "trial-2026-11-23 was ended before its first night, 2026-11-23"


def test_ending_is_asked_about(run: Run) -> None:
    run(*SHORT)
    unasked = run("trial", "end")
    assert (unasked.status, unasked.error) == (1, "nothing was changed; --yes ends the trial")
    refused = run_on_terminal("trial", "end", typed="n\n")
    assert refused.status == 1
    assert "There is no way back" in refused.err
    assert run("trial", "show", "--json").json["ended_early"] is None
    assert run_on_terminal("trial", "end", typed="y\n").status == 0
    assert run("trial", "show", "--json").json["ended_early"] == "2026-11-22"


def test_guessed_ranges_are_not_exact_and_make_a_pair_unusable(
    run: Run, clock: Clock, tmp_path: Path
) -> None:
    run(*changed(SHORT, "--outcome", "hypnic_jerks"))
    nights = nights_from("2026-11-23", [{"hypnic_jerks": {"count": 2}}] * 11)
    nights[0]["hypnic_jerks"] = {"count": "1-2"}
    clock("2026-12-04T12:00:00+01:00")
    record(run, tmp_path, nights)
    found = run("trial", "result", "--json").json
    assert found["pairs"] == [[2, 2]] * 4
    assert found["nights_used"] == 8
    assert "Too little data: 4 of 6 pairs" in found["wording"]
    assert "median" not in found["wording"]


def test_missed_and_swapped_nights_are_recorded_and_counted_as_drawn(over: Run) -> None:
    before = over("trial", "result", "--json").json
    assert over("trial", "keep", "2026-11-23", "with").out == "2026-11-23: with\n"
    assert over("trial", "keep", "2026-11-24", "with").status == 0
    shown = over("trial", "show", "--json").json
    assert shown["nights_so_far"] == {"kept": 1, "swapped": 1, "missed": 10}
    after = over("trial", "result", "--json").json
    assert {**after, "wording": ""} == {**before, "wording": ""}
    assert "1 went as drawn, 1 the other way round" in after["wording"]


def test_what_was_done_can_be_said_anew(over: Run) -> None:
    over("trial", "keep", "2026-11-23", "without")
    over("trial", "keep", "2026-11-23", "with")
    assert over("trial", "show", "--json").json["nights_so_far"]["kept"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2026-11-22", "with"), "has nights from 2026-11-23 to 2026-12-04, not 2026-11-22"),
        (("2026-12-05", "with"), "not 2026-12-05"),
        (("2026-11-25", "with"), "2026-11-25 is still to come"),
        (("2026-11-31", "with"), "not in the calendar"),
        (("2026-11-23", "half"), "invalid choice"),
        (("2026-11-23", "with", "--trial", "x"), "there is no trial 'x'"),
    ],
)
def test_a_night_outside_the_trial_or_to_come_is_wrong_use(
    run: Run, clock: Clock, words: tuple[str, ...], told: str
) -> None:
    run(*SHORT)
    clock("2026-11-23T21:00:00+01:00")
    answer = run("trial", "keep", *words)
    assert (answer.status, answer.out) == (2, "")
    assert told in answer.err
    assert run("trial", "keep", "2026-11-24", "with").status == 0


def test_what_was_played_tells_how_nights_of_practice_were_kept(
    eligible: Run, clock: Clock, tmp_path: Path
) -> None:
    assert eligible(*NIGHTLY).status == 0
    assert eligible("trial", "keep", "2026-11-23", "with").status == 2
    clock("2026-11-26T12:00:00+01:00")
    nights = nights_from("2026-11-23", [{"sleep_onset_latency_min": 20}] * 4)
    played = [
        *practised("2026-11-23", 1),
        *practised("2026-11-24", 1, "quiet-rest"),
        *practised("2026-11-26", 1),
    ]
    record(eligible, tmp_path, nights, played)
    # Drawn were with, without, with, without.
    assert eligible("trial", "show", "--json").json["nights_so_far"] == {"kept": 2, "swapped": 1, "missed": 1}


def test_tonight_is_told(run: Run, clock: Clock) -> None:
    run(*SHORT)
    told = run("trial", "show", "--json").json["tonight"]
    assert told == {"date": "2026-11-23", "pair": 1, "condition": "with", "washout": False}
    clock("2026-12-10T12:00:00+01:00")
    assert run("trial", "show", "--json").json["tonight"] is None


def test_reading_goes_on_while_the_window_is_open_and_writing_is_refused_by_name(
    over: Run, data_folder: Path
) -> None:
    later = changed(WEEKLY, "--start", "2026-12-05")
    with load_program(data_folder, civil_now()).open_record("the SleepCalm window"):
        for action in ("assign", "show", "result"):
            assert over("trial", action, "--json").status == 0
        for words in (("keep", "2026-11-23", "with"), ("end", "--yes"), later[1:]):
            answer = over("trial", *words)
            assert (answer.status, answer.out) == (1, "")
            assert "the SleepCalm window" in answer.error


def test_a_trial_can_be_moved_to_another_machine_whole(over: Run, tmp_path: Path) -> None:
    over("trial", "keep", "2026-11-23", "with")
    over("export", tmp_path / "all.json")
    elsewhere = ("--data-dir", tmp_path / "other")
    over(*elsewhere, "import", tmp_path / "all.json", "--yes")
    for action in ("assign", "show", "result"):
        assert over(*elsewhere, "trial", action, "--json").out == over("trial", action, "--json").out


def test_a_trial_needs_no_screen_no_sound_and_no_numpy_to_tell_its_nights(run: Run) -> None:
    run(*SHORT)
    loaded = run_process("trial", "assign", PYTHONVERBOSE="1").err
    for module in ("PySide6", "miniaudio", "numpy", "soundfile", "pydub"):
        assert f"import '{module}" not in loaded
