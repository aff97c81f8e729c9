"""The JSON export: complete, lossless, and strict on the way back in."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from exchange_values import NOW, READING, UNHURRIED, questions, records, trials
from hypothesis import given

from sleepcalm.diary.entry import Entry
from sleepcalm.storage.exchange import read_export
from sleepcalm.storage.exchange_json import write_json
from sleepcalm.storage.records import Recorded
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import Trial

NIGHT = {"wake_date": "2026-11-22", "time_zone": "Europe/Berlin", "awakenings": 2}


def export(**sections: list[Any]) -> dict[str, Any]:
    return {"format": "sleepcalm-export", "version": 2, **sections}


def read(written: object) -> tuple[list[Recorded], list[tuple[int, str]]]:
    """What is read, and line and reason of what is not."""
    text = written if isinstance(written, str) else json.dumps(written)
    found = read_export(text.encode(), READING)
    return [row.value for row in found.rows], [(row.line, row.reason) for row in found.rejected]


@UNHURRIED
@given(records)
def test_everything_comes_back_as_it_was(values: dict[str, list[Recorded]]) -> None:
    text = write_json(values, NOW, "sleepcalm")
    found = read_export(text.encode(), READING)
    assert found.rejected == ()
    by_section: dict[str, list[Recorded]] = {section: [] for section in values}
    for row in found.rows:
        by_section[row.section].append(row.value)
    assert by_section == values


@UNHURRIED
@given(records)
def test_every_value_stands_on_a_line_of_its_own(values: dict[str, list[Recorded]]) -> None:
    text = write_json(values, NOW, "sleepcalm")
    lines = text.split("\n")
    found = read_export(text.encode(), READING)
    assert len({row.line for row in found.rows}) == len(found.rows)
    for row in found.rows:
        assert json.loads(lines[row.line - 1].rstrip(","))


def test_an_export_of_the_version_before_trials_is_still_read() -> None:
    assert read({"format": "sleepcalm-export", "version": 1, "nights": [NIGHT]}) == read(
        export(nights=[NIGHT])
    )


def test_the_layout_of_the_file_does_not_matter() -> None:
    assert read(json.dumps(export(nights=[NIGHT]), indent=4)) == read(export(nights=[NIGHT]))
    assert read("\ufeff" + json.dumps(export(nights=[NIGHT]))) == read(export(nights=[NIGHT]))


def test_a_bad_night_is_rejected_with_its_line_and_the_others_are_read() -> None:
    text = json.dumps(
        export(nights=[NIGHT, {**NIGHT, "awakenings": -1}, {"wake_date": "2026-11-20"}]), indent=1
    )
    values, rejected = read(text)
    assert [value.wake_date.day for value in values if isinstance(value, Entry)] == [22, 20]
    ((line, reason),) = rejected
    assert text.split("\n")[line - 1].strip() == "{"
    assert '"awakenings": -1' in text.split("\n")[line + 2]
    assert reason == "awakenings: must be from 0 to 999, not -1"


DAY = {
    "date": "2026-11-21",
    "entries": [
        {
            "key": "a/1",
            "item": {"id": "a", "name": "A", "serving": "1", "source": "food"},
            "amount": {"value": 1, "unit": "servings"},
        }
    ],
}


TRIAL = {
    "id": "t",
    "factor": "late screen",
    "outcome": "hypnic_jerks",
    "pairs": 6,
    "period_nights": 7,
    "washout_nights": 2,
    "start": "2026-11-23",
    "seed": 7,
    "created": "2026-11-22T07:15:00+01:00",
}


def changed_day(**changes: object) -> dict[str, Any]:
    return {**DAY, "entries": [{**DAY["entries"][0], **changes}]}  # type: ignore[dict-item]


def left_at(**changes: object) -> dict[str, Any]:
    place = {"step": "Calm", "phase": "guide", "repeat": 0, "part": 2, **changes}
    return {"routine": "autogenic", "started": "2026-11-21T23:10:00+01:00", "left_at": place}


@pytest.mark.parametrize(
    ("section", "value", "reason"),
    [
        ("nights", {"wake_date": "2031-01-01"}, "wake_date: 2031-01-01 is in the future"),
        ("nights", {**NIGHT, "stres": 3}, "stres: there is no such field"),
        ("nights", 3, "entry: must be an object, not 3"),
        ("intake_days", {**DAY, "date": "2031-01-01"}, "date: 2031-01-01 is in the future"),
        ("intake_days", {**DAY, "mood": 3}, "mood: there is no such field"),
        ("intake_days", changed_day(mood=3), "entries[0].mood: there is no such field"),
        (
            "intake_days",
            changed_day(amount={"value": 0}),
            "entries[0].amount: amount must be a number above 0",
        ),
        ("intake_days", changed_day(amount={"value": 2, "unit": "grams"}), "so give servings, not grams"),
        ("intake_days", changed_day(key="\ud800"), "entries[0].key: holds half of a character pair"),
        ("intake_days", {**DAY, "\ud800": 1}, "holds half of a character pair"),
        ("intake_days", {**DAY, "nothing_taken": True}, "nothing_taken contradicts a checked entry"),
        ("intake_days", {}, "Object missing required field `date`"),
        ("checklist_items", {"item": {"id": "a"}}, "item: Object missing required field `name`"),
        ("practice", {"routine": "pmr-7", "started": "23:10"}, "started: needs a date and an offset"),
        ("practice", {"routine": "", "started": "2026-11-21T23:10:00+01:00"}, "routine: is empty"),
        ("practice", left_at(part=-1), "left_at: repeat and part must be 0 or more"),
        ("practice", left_at(pause_share=1.5), "left_at: pause_share must be from 0 to 1"),
        ("practice", left_at(second=9), "left_at: Object contains unknown field `second`"),
        (
            "practice",
            {
                "routine": "pmr-7",
                "started": "2026-11-21T23:10:00+01:00",
                "ended": "2026-11-21T23:10:00+02:00",
            },
            "ended: is before started",
        ),
        ("trials", {**TRIAL, "seed": -1}, "the seed must be from 0"),
        ("trials", {**TRIAL, "seed": 2**63}, "the seed must be from 0"),
        ("trials", {**TRIAL, "pairs": 10**9}, "nights are more than 1000"),
        ("trials", {**TRIAL, "pairs": 0}, "at least one pair"),
        ("trials", {**TRIAL, "washout_nights": 7}, "at least one pair"),
        ("trials", {**TRIAL, "start": "9999-12-30"}, "beyond the calendar"),
        ("trials", {**TRIAL, "start": "2026-11-20"}, "start: is before the trial was made"),
        ("trials", {**TRIAL, "created": "2031-01-01T10:00:00Z", "start": "2031-01-02"}, "in the future"),
        ("trials", {**TRIAL, "created": "22:40"}, "created: needs a date and an offset"),
        ("trials", {**TRIAL, "ended_early": "2027-02-15"}, "early ended after its last night"),
        ("trials", {**TRIAL, "outcome": "mood"}, "outcome: Invalid enum value"),
        ("trials", {**TRIAL, "blind": True}, "unknown field `blind`"),
        ("trials", {**TRIAL, "kept": [{"wake_date": "2026-11-23", "condition": "half"}]}, "kept[0]"),
        (
            "trials",
            {**TRIAL, "kept": [{"wake_date": "2026-11-23", "condition": "with", "why": "tired"}]},
            "kept[0].why: there is no such field",
        ),
        ("trials", {**TRIAL, "kept": 2 * [{"wake_date": "2026-11-23", "condition": "with"}]}, "kept twice"),
        ("trials", {**TRIAL, "factor": " "}, "an id and a factor"),
        ("questions", {"factor": "", "outcome": "a", "asked": "2026-11-21T23:10:00Z"}, "factor: is empty"),
        ("questions", {"factor": "a", "outcome": "a", "asked": "2031-11-21T23:10:00Z"}, "in the future"),
    ],
)
def test_what_cannot_be_taken_is_rejected_with_a_reason(section: str, value: object, reason: str) -> None:
    values, rejected = read(export(**{section: [value]}))
    assert values == []
    ((line, found),) = rejected
    assert line == 1
    assert reason in found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "neither an export of SleepCalm nor one of its CSV tables"),
        ("{}", "not an export of SleepCalm"),
        ('{"format": "other", "version": 1}', "not an export of SleepCalm"),
        ('{"format": "sleepcalm-export", "version": 5}', "written by another version"),
        ('{"format": "sleepcalm-export", "version": "1"}', "written by another version"),
        ('{"format": "sleepcalm-export", "version": [1]}', "written by another version"),
        ('{"format": "sleepcalm-export"}', "written by another version"),
        ('{"format": "sleepcalm-export", "version": 1, "dreams": 3}', "'dreams': there is no such part"),
        ('{"format": "sleepcalm-export", "version": 1, "dreams": [3]}', "'dreams': there is no such part"),
        ('{"format": "sleepcalm-export", "version": 1, "nights": [{"a": 1, "a": 2}]}', "'a' is given twice"),
        ('{"format": "sleepcalm-export", "version": 1, "nights": [], "nights": []}', "given twice"),
        ('{"format": "sleepcalm-export", "version": 1} {}', "something follows the end"),
        ('{"format": "sleepcalm-export", "version": 1', "the file ends here"),
        ('{"format": "sleepcalm-export", "version": 1, "nights": [' + "[" * 100_000, "too deeply nested"),
        ('{"format": "sleepcalm-export", "version": 1, "nights": [' + "1" * 5000 + "]}", "too long"),
        (
            '{"format": "sleepcalm-export", "version": 1, "nights": [' + "[" * 400 + "]" * 400 + "]}",
            "entry: ",
        ),
    ],
)
def test_a_file_that_is_no_export_is_rejected(text: str, reason: str) -> None:
    values, rejected = read(text)
    assert values == []
    assert len(rejected) == 1
    assert reason in rejected[0][1]


def test_bytes_that_are_no_text_are_rejected_with_their_line() -> None:
    content = json.dumps(export(nights=[NIGHT]), indent=1).encode() + b"\n\xff"
    (rejected,) = read_export(content, READING).rejected
    assert (rejected.line, rejected.reason) == (content.count(b"\n") + 1, "not UTF-8 text")


def test_a_file_that_was_cut_off_gives_what_is_whole_and_says_where_it_ends() -> None:
    text = json.dumps(export(nights=[NIGHT, {"wake_date": "2026-11-20"}]))
    values, rejected = read(text[:-20])
    assert len(values) == 1
    assert rejected[0][1].startswith("not JSON from here on")


def test_the_same_night_twice_is_rejected_with_the_line_of_the_first() -> None:
    values, rejected = read(json.dumps(export(nights=[NIGHT, NIGHT])))
    assert len(values) == 1
    assert rejected == [(1, "2026-11-22 stands in line 1 already")]


@UNHURRIED
@given(trials, questions)
def test_of_a_trial_and_a_question_every_field_is_in_the_file(
    kept_trials: list[Trial], asked: list[Question]
) -> None:
    text = json.loads(write_json({"trials": kept_trials, "questions": asked}, NOW, "sleepcalm"))
    for values, kind in ((text["trials"], Trial), (text["questions"], Question)):
        for written in values:
            assert written.keys() == {*(field.name for field in fields(kind)), "time_zone"}
