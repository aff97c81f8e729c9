"""`sleepcalm compare`: numbers only from enough nights, each question counted, no look behind a trial."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from command_line import Answer, run_process
from recorded_nights import nights_from, record

from sleepcalm.program import civil_now, load_program
from sleepcalm.trends.factors import FACTORS

Run = Callable[..., Answer]

SHAPE = [
    "factor",
    "outcome",
    "nights_with",
    "nights_without",
    "median_with",
    "median_without",
    "difference",
    "interval_95",
    "questions_asked",
    "wording",
]
NUMBERS = ("median_with", "median_without", "difference", "interval_95")
NEW_TRIAL = ("trial", "new", "--pairs", 6, "--period-nights", 1, "--seed", 7, "--accept")


def diary(count: int, jerks: Callable[[int], object] = lambda number: number % 4) -> list[dict[str, Any]]:
    """Nights up to 2026-11-21, every other one after alcohol, with four more minutes to fall asleep then."""
    first = date(2026, 11, 22) - timedelta(days=count)
    return nights_from(
        str(first),
        [
            {
                "hypnic_jerks": {"count": jerks(number)},
                "sleep_onset_latency_min": 20 + 4 * (number % 2),
                "evening": {"alcohol_drinks": number % 2},
            }
            for number in range(count)
        ],
    )


@pytest.fixture
def with_diary(run: Run, tmp_path: Path) -> Run:
    """With 40 nights, in which the median of 0, 2, 0 ... is 1 and that of 1, 3, 1 ... is 2."""
    record(run, tmp_path, diary(40))
    return run


def test_the_medians_of_both_sides_and_their_difference(with_diary: Run) -> None:
    answer = with_diary("compare", "alcohol", "--json")
    assert (answer.status, answer.err) == (0, "")
    found = answer.json
    assert list(found) == SHAPE
    assert (found["factor"], found["outcome"]) == ("alcohol", "hypnic_jerks")
    assert (found["nights_with"], found["nights_without"]) == (20, 20)
    assert (found["median_with"], found["median_without"], found["difference"]) == (2, 1, 1)
    low, high = found["interval_95"]
    assert low <= 1 <= high
    assert found["questions_asked"] == 1
    assert "This is not proof" in found["wording"]
    assert with_diary("compare", "alcohol").out == found["wording"] + "\n"


def test_a_seed_gives_the_same_interval_for_ever_and_there_is_one_without_it(with_diary: Run) -> None:
    first, again = (with_diary("compare", "alcohol", "--json", "--seed", 1) for _ in range(2))
    assert first.out == again.out == with_diary("compare", "alcohol", "--json").out


def test_distinct_questions_are_counted_and_asking_again_is_none(with_diary: Run) -> None:
    def asked(*words: object) -> int:
        number: int = with_diary("compare", *words, "--json").json["questions_asked"]
        return number

    assert asked("alcohol") == 1
    assert asked("alcohol") == 1
    assert asked("alcohol", "--outcome", "sleep_onset_latency_min") == 2
    assert asked("alcohol", "--seed", 5) == 2
    assert asked("nicotine") == 2
    wording = with_diary("compare", "alcohol", "--json").json["wording"]
    assert "2 questions were asked so far" in wording


@pytest.mark.parametrize(("nights", "missing"), [(20, "10 more are needed"), (29, "1 more is needed")])
def test_below_the_minimum_it_says_how_many_nights_are_missing_and_no_number(
    run: Run, tmp_path: Path, nights: int, missing: str
) -> None:
    record(run, tmp_path, diary(nights))
    found = run("compare", "alcohol", "--json").json
    assert [found[name] for name in NUMBERS] == [None] * 4
    assert found["nights_with"] + found["nights_without"] == nights
    assert found["questions_asked"] == 0
    assert missing in found["wording"]
    record(run, tmp_path, diary(40))
    assert run("compare", "alcohol", "--json").json["questions_asked"] == 1


def test_one_side_that_is_too_small_is_named(run: Run, tmp_path: Path) -> None:
    nights = diary(40)
    for number, night in enumerate(nights):
        night["evening"] = {"alcohol_drinks": int(number < 7)}
    record(run, tmp_path, nights)
    found = run("compare", "alcohol", "--json").json
    assert (found["nights_with"], found["difference"]) == (7, None)
    assert "1 more is needed, at least 1 with alcohol" in found["wording"]


def test_a_guessed_range_is_no_exact_number(run: Run, tmp_path: Path) -> None:
    record(run, tmp_path, diary(40, lambda number: "3-5" if number < 12 else number % 4))
    found = run("compare", "alcohol", "--json").json
    assert (found["nights_with"], found["nights_without"], found["median_with"]) == (14, 14, None)
    assert "12 nights with the jolts in a range" in found["wording"]


def test_without_a_diary_everything_is_missing_and_no_folder_is_made(run: Run, data_folder: Path) -> None:
    found = run("compare", "practice", "--json").json
    assert (found["nights_with"], found["nights_without"], found["median_with"]) == (0, 0, None)
    assert not data_folder.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("mood",), "there is no factor 'mood'; there are practice, magnesium_supplement"),
        (("",), "there is no factor ''"),
        (("alcohol", "--outcome", "magnesium_mg"), "'magnesium_mg' is not compared; there are hypnic_jerks"),
    ],
)
def test_what_is_not_compared_is_wrong_use_and_told_what_is(
    with_diary: Run, words: tuple[str, ...], told: str
) -> None:
    answer = with_diary("compare", *words, "--json")
    assert (answer.status, answer.out) == (2, "")
    assert told in answer.error


@pytest.mark.parametrize("seed", ["-1", "1.5", "x", "", "9" * 5000, str(2**63), "٣"])
def test_an_odd_seed_is_wrong_use(with_diary: Run, seed: str) -> None:
    answer = with_diary("compare", "alcohol", "--seed", seed)
    assert answer.status == 2
    assert "--seed" in answer.err


def test_while_the_window_is_open_it_answers_and_says_that_it_could_not_count(
    with_diary: Run, data_folder: Path
) -> None:
    with load_program(data_folder, civil_now()).open_record("the SleepCalm window"):
        answer = with_diary("compare", "alcohol", "--json")
        assert answer.status == 0
        assert (answer.json["difference"], answer.json["questions_asked"]) == (1, 1)
        assert "this question could not be noted down" in answer.error
        assert "the SleepCalm window" in answer.error
        other = with_diary("compare", "alcohol", "--outcome", "sleep_onset_latency_min", "--json")
        assert other.json["questions_asked"] == 1
    noted = with_diary("compare", "alcohol", "--json")
    assert (noted.json["questions_asked"], noted.err) == (1, "")


def test_a_trial_keeps_its_own_question_closed_and_no_other(
    with_diary: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert with_diary("compare", "alcohol", "--json").json["questions_asked"] == 1
    new = with_diary(*NEW_TRIAL, "--factor", "alcohol", "--outcome", "hypnic_jerks", "--start", "2026-11-25")
    assert new.status == 0
    closed = with_diary("compare", "alcohol", "--json")
    assert (closed.status, closed.err) == (0, "")
    assert list(closed.json) == SHAPE
    assert [closed.json[name] for name in NUMBERS] == [None] * 4
    assert closed.json["questions_asked"] == 1
    assert "closed until 2026-12-06" in closed.json["wording"]
    assert "median" not in closed.json["wording"]
    other = with_diary("compare", "alcohol", "--outcome", "sleep_onset_latency_min", "--json").json
    assert (other["difference"], other["questions_asked"]) == (4, 2)
    monkeypatch.setenv("SLEEPCALM_NOW", "2026-12-05T23:59:00+01:00")
    assert with_diary("compare", "alcohol", "--json").json["difference"] is None
    monkeypatch.setenv("SLEEPCALM_NOW", "2026-12-06T08:00:00+01:00")
    assert with_diary("compare", "alcohol", "--json").json["difference"] == 1


def test_a_closed_question_is_not_counted(with_diary: Run) -> None:
    with_diary(*NEW_TRIAL, "--factor", "alcohol", "--outcome", "hypnic_jerks", "--start", "2026-11-25")
    assert with_diary("compare", "alcohol", "--json").json["questions_asked"] == 0
    assert with_diary("trial", "end", "--yes").status == 0
    assert with_diary("compare", "alcohol", "--json").json["questions_asked"] == 1


def test_comparing_needs_no_screen_and_no_sound(with_diary: Run) -> None:
    loaded = run_process("compare", "alcohol", PYTHONVERBOSE="1").err
    for module in ("PySide6", "miniaudio", "soundfile", "pydub", "scipy"):
        assert f"import '{module}" not in loaded


def test_the_help_names_all_there_is_to_compare(run: Run) -> None:
    assert set(FACTORS) <= set(run("compare", "--help").out.replace(",", " ").split())
