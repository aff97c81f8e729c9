"""`sleepcalm minerals`: log, keep items, add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from command_line import Answer

Run = Callable[..., Answer]

A_FOOD = ("add-item", "A", "--serving", "1", "--source", "food")


def test_what_is_logged_adds_up(run: Run) -> None:
    kept = run(
        *("minerals", "add-item", "My Magnesium", "--serving", "1 capsule", "--source", "supplement"),
        *("--magnesium-mg", "625", "--magnesium-compound", "magnesium-citrate", "--calcium-mg", "0"),
    )
    assert (kept.status, kept.out) == (0, "kept My Magnesium as own-my-magnesium\n")
    assert run("minerals", "log", "my magnesium", "--servings", "2").status == 0
    assert run("minerals", "log", "almonds", "--grams", "56").out == "logged 56 g of Almonds on 2026-11-22\n"
    totals = run("minerals", "totals", "--json").json
    assert totals["date"] == "2026-11-22"
    magnesium = totals["magnesium_mg"]
    assert (magnesium["food"], magnesium["supplement"], magnesium["total"]) == (158.0, 202.4, 360.4)
    assert magnesium["target"] == {"low": 310, "high": 420}
    assert magnesium["upper_limit_supplement"] == 350
    assert totals["calcium_mg"]["supplement"] == 0
    assert "magnesium supplement" in run("minerals", "totals").out


def test_a_day_not_recorded_is_not_a_day_of_zero(run: Run) -> None:
    totals = run("minerals", "totals", "--date", "2026-11-20", "--json").json
    assert totals["magnesium_mg"]["total"] is None
    assert [note["code"] for note in totals["notes"]] == ["not_recorded"]


def test_too_much_from_supplements_is_said_once_and_clearly(run: Run) -> None:
    run(
        "minerals", "add-item", "Capsule", "--serving", "1", "--source", "supplement", "--magnesium-mg", "200"
    )
    run("minerals", "log", "capsule", "--servings", "2", "--date", "yesterday")
    totals = run("minerals", "totals", "--date", "2026-11-21", "--json").json
    assert totals["notes"][0]["code"] == "magnesium_supplement_warning"


def test_the_references_are_those_of_the_person_told_to_the_program(run: Run, data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "preferences.json").write_text(
        '{"mineral_region": "eu", "sex": "female", "birth_year": 1990}'
    )
    totals = run("minerals", "totals", "--json").json
    assert totals["magnesium_mg"]["target"] == 300
    assert totals["magnesium_mg"]["upper_limit_supplement"] == 250


def test_foods_are_found_with_own_items_first(run: Run) -> None:
    run("minerals", "add-item", "Oat bar", "--serving", "1 bar", "--source", "food", "--favourite")
    rows = run("minerals", "foods", "oat", "--json").json
    assert [row["name"] for row in rows] == ["Oat bar", "Oatmeal, cooked"]
    assert rows[0]["magnesium_mg"] is None
    assert rows[1]["magnesium_mg"] == 63
    assert len(run("minerals", "foods", "--json").json) > 20
    assert "Oat bar (1 bar): magnesium not known" in run("minerals", "foods", "oat").out


def test_an_item_is_changed_only_when_asked_to(run: Run) -> None:
    words = ("minerals", "add-item", "Tea", "--serving", "1 cup", "--source", "drink")
    run(*words, "--magnesium-mg", "1")
    again = run(*words, "--magnesium-mg", "2")
    assert (again.status, again.error) == (1, "there is an item 'Tea' already; --replace changes it")
    assert run(*words, "--magnesium-mg", "2", "--replace").out == "kept Tea as own-tea\n"
    assert "magnesium 2 mg" in run("minerals", "foods", "tea").out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("log", "unicorn"), "no item 'unicorn'"),
        (("log", "almonds", "--date", "2026-11-23"), "date: 2026-11-23 is in the future"),
        (("log", "almonds", "--date", "tomorrow"), "date: must be a date"),
        (("log", "almonds", "--time", "25:00"), "time: "),
        (("log", "almonds", "--servings", "0"), "not a number from"),
        (("log", "almonds", "--servings", "1", "--grams", "2"), "not allowed with"),
        (("add-item", "A", "--serving", " ", "--source", "food"), "serving must not be empty"),
        (
            (*A_FOOD, "--calcium-compound", "x"),
            "--calcium-compound goes with --calcium-mg",
        ),
        (
            [
                "add-item",
                "A",
                "--serving",
                "1",
                "--source",
                "food",
                "--calcium-mg",
                "1",
                "--calcium-compound",
                "magnesium-citrate",
            ],
            "'magnesium-citrate' is none of calcium-",
        ),
        ((), "ACTION"),
    ],
)
def test_wrong_use_gives_2_and_says_why(run: Run, words: Sequence[str], reason: str) -> None:
    answer = run("minerals", *words)
    assert answer.status == 2
    assert reason in answer.err


def test_who_finds_no_item_is_told_how_to_go_on(run: Run) -> None:
    own = "`sleepcalm minerals add-item` keeps one of your own"
    assert run("minerals", "log", "unicorn").error == (
        f"no item 'unicorn'; `sleepcalm minerals foods` lists them all, {own}"
    )
    several = run("minerals", "log", "milk").error
    assert several.startswith("no item 'milk'; nearest: Soy milk")
    assert several.endswith(f"; `sleepcalm minerals foods milk` shows them, {own}")
    spaced = run("minerals", "log", "soy milkshake's")
    assert spaced.error.count("`sleepcalm minerals foods") == 1
    nothing = run("minerals", "foods", "unicorn")
    assert (nothing.status, nothing.out) == (0, "")
    assert nothing.error == f"nothing matches 'unicorn'; `sleepcalm minerals foods` lists them all, {own}"
    assert run("minerals", "foods", "unicorn", "--json").json == []


def test_the_help_names_a_compound_of_the_mineral_it_is_of(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")  # a narrow terminal breaks a name at its hyphens
    words = " ".join(run("minerals", "add-item", "--help").out.split())
    for mineral in ("magnesium", "calcium"):
        _, _, after = words.rpartition(f"--{mineral}-compound ID")
        assert after.split("such as ")[1].startswith(f"{mineral}-")


def test_grams_need_a_weight(run: Run) -> None:
    run("minerals", "add-item", "Pill", "--serving", "1", "--source", "supplement")
    answer = run("minerals", "log", "pill", "--grams", "2")
    assert answer.status == 2
    assert "give servings, not grams" in answer.error


def test_something_taken_twice_counts_twice(run: Run) -> None:
    for time in ("08:00", "9 pm"):
        run("minerals", "log", "almonds", "--time", time)
    assert run("minerals", "totals", "--json").json["magnesium_mg"]["food"] == 158.0


def test_a_name_that_is_no_text_is_refused_in_one_line(run: Run) -> None:
    answer = run("minerals", "add-item", "\udcff", "--serving", "1", "--source", "food")
    assert answer.status == 1
    assert answer.error.startswith("Not saved (")
