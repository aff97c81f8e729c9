"""Trials and asked questions in the record: kept whole, and never another plan than was fixed beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from exchange_values import NOW, READING
from storage_clock import Clock

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.storage.database import SET_ASIDE, TRIALS, Database
from sleepcalm.storage.errors import StorageError
from sleepcalm.storage.everything import delete_everything
from sleepcalm.storage.exchange import carry_out, plan_import, read_export
from sleepcalm.storage.exchange_json import write_json
from sleepcalm.storage.exchange_rows import Contents
from sleepcalm.storage.opening import read_database
from sleepcalm.storage.record_book import RecordBook
from sleepcalm.storage.records import Recorded
from sleepcalm.storage.restore import plan_restore, restore
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import Condition, NightKept, Outcome, Shortfall, Trial

CREATED = Instant(datetime.fromisoformat("2026-11-22T07:15"), 3600, "Europe/Berlin")
TRIAL = Trial("t", "a late screen", Outcome.HYPNIC_JERKS, 6, 7, 2, date(2026, 11, 23), 7, CREATED)
LATER = replace(TRIAL, id="u", start=date(2027, 3, 1))
QUESTION = Question("alcohol", "hypnic_jerks", CREATED)
ENDED = replace(TRIAL, ended_early=date(2026, 12, 1))

FIXED: Mapping[str, object] = {
    "factor": "coffee",
    "outcome": Outcome.SLEEP_ONSET_LATENCY,
    "pairs": 7,
    "period_nights": 8,
    "washout_nights": 1,
    "start": date(2026, 11, 24),
    "seed": 8,
    "created": replace(CREATED, zone=None),
    "routine": "pmr-7",
    "accepted": (Shortfall("too_few_nights", "Few nights."),),
}
"""Another value for every field of a trial that is fixed beforehand."""


def changed(name: str) -> Trial:
    return replace(TRIAL, **{name: FIXED[name]})  # type: ignore[arg-type]


@pytest.fixture
def book(database: Database, clock: Clock) -> RecordBook:
    return RecordBook(database, clock)


def test_trials_and_questions_are_there_after_opening_again(
    reopen: Callable[..., Database], clock: Clock
) -> None:
    book = RecordBook(reopen(), clock)
    book.save_trial(LATER)
    book.save_trial(TRIAL)
    book.remember_question(QUESTION)
    book = RecordBook(reopen(), clock)
    assert book.trials() == [TRIAL, LATER]
    assert book.trial("t") == TRIAL
    assert book.trial("x") is None
    assert book.questions() == [QUESTION]


@pytest.mark.parametrize("name", FIXED)
def test_what_was_fixed_before_a_trial_began_never_changes(book: RecordBook, name: str) -> None:
    book.save_trial(TRIAL)
    with pytest.raises(StorageError, match=r"began stays as it is\. Nothing was changed\."):
        book.save_trial(changed(name))
    with pytest.raises(StorageError, match="fixed before a trial began"):
        book.put(changed(name), keep_previous=True)
    assert book.trials() == [TRIAL]
    assert book.database.in_bin() == []


def test_every_field_is_either_fixed_beforehand_or_added_later() -> None:
    assert {field.name for field in fields(Trial)} == {*FIXED, "id", "kept", "ended_early"}


def test_what_was_done_in_a_night_can_be_added_and_said_anew(book: RecordBook) -> None:
    book.save_trial(TRIAL)
    for condition in Condition:
        told = replace(TRIAL, kept=(NightKept(TRIAL.start, condition),))
        book.save_trial(told)
        assert book.trial("t") == told
    with pytest.raises(StorageError, match="said anew, not taken away"):
        book.save_trial(TRIAL)
    assert book.trial("t") == told


@pytest.mark.parametrize("end", [None, date(2026, 11, 30), date(2026, 12, 2)])
def test_a_trial_that_was_ended_early_stays_so(book: RecordBook, end: date | None) -> None:
    book.save_trial(TRIAL)
    book.save_trial(ENDED)
    with pytest.raises(StorageError, match="ended early stays so"):
        book.save_trial(replace(ENDED, ended_early=end))
    assert book.trial("t") == ENDED
    assert book.database.in_bin() == []


def test_a_deleted_trial_comes_back_as_it_was(book: RecordBook) -> None:
    book.save_trial(ENDED)
    book.delete_trial("t")
    assert book.trials() == []
    book.undelete_trial("t")
    assert book.trials() == [ENDED]
    with pytest.raises(StorageError, match="not deleted"):
        book.undelete_trial("t")
    with pytest.raises(StorageError, match="no trial u in the bin"):
        book.undelete_trial("u")
    with pytest.raises(StorageError, match="nothing was deleted"):
        book.delete_trial("u")


PLAN = Plan("a late screen", Outcome.HYPNIC_JERKS, 6, 7, date(2026, 11, 23))


def test_a_plan_becomes_a_trial_with_an_id_of_its_own(book: RecordBook) -> None:
    trial = book.begin_trial(PLAN, seed=7, created=CREATED)
    assert book.trials() == [trial]
    assert trial == replace(TRIAL, id="trial-2026-11-23")
    book.delete_trial(trial.id)
    assert book.begin_trial(PLAN, seed=8, created=CREATED).id == "trial-2026-11-23-2"


def test_one_trial_runs_at_a_time(book: RecordBook) -> None:
    first = book.begin_trial(PLAN, seed=7, created=CREATED)
    after = replace(PLAN, start=date(2027, 3, 1))
    with pytest.raises(StorageError, match=r"trial-2026-11-23 goes on until 2027-02-14; one runs at a time"):
        book.begin_trial(after, seed=7, created=CREATED)
    book.save_trial(replace(first, ended_early=date(2026, 11, 24)))
    with pytest.raises(StorageError, match="2026-11-24 belongs to trial-2026-11-23"):
        book.begin_trial(replace(PLAN, start=date(2026, 11, 24)), seed=7, created=CREATED)
    assert len(book.trials()) == 1
    book.begin_trial(replace(PLAN, start=date(2026, 11, 25)), seed=7, created=CREATED)
    assert len(book.trials()) == 2


def test_a_trial_does_not_begin_with_a_night_that_is_recorded(book: RecordBook) -> None:
    book.put(Entry(PLAN.start, "Europe/Berlin"))
    with pytest.raises(StorageError, match="2026-11-23 is recorded already"):
        book.begin_trial(PLAN, seed=7, created=CREATED)
    assert book.trials() == []


def test_asking_again_is_no_new_question(book: RecordBook) -> None:
    later = replace(QUESTION, asked=replace(CREATED, wall=CREATED.wall + timedelta(days=30)))
    book.remember_question(QUESTION)
    book.remember_question(later)
    assert book.questions() == [QUESTION]
    before = book.database.generation
    book.remember_question(later)
    assert book.database.generation == before
    book.remember_question(replace(later, outcome="sleep_quality"))
    assert len(book.questions()) == 2


def test_a_seed_that_json_could_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="seed"):
        replace(TRIAL, seed=2**63)


def test_a_trial_that_cannot_be_read_is_named_and_set_aside_for_a_new_one(book: RecordBook) -> None:
    book.database.put(TRIALS, "t", {"id": "t", "factor": "x", "pairs": 10**9})
    assert book.trials() == []
    ((place, found),) = book.unreadable.items()
    assert place == (TRIALS, "t")
    assert "outcome" in found.reason
    book.save_trial(TRIAL)
    assert book.trials() == [TRIAL]
    assert len(book.database.range(SET_ASIDE)) == 1


def exported(*values: Recorded) -> Contents:
    sections = {
        "trials": [value for value in values if isinstance(value, Trial)],
        "questions": [value for value in values if isinstance(value, Question)],
    }
    return read_export(write_json(sections, NOW, "sleepcalm").encode(), READING)


def test_an_import_adds_trials_and_questions_and_knows_them_again(
    book: RecordBook, data_folder: Path, clock: Clock
) -> None:
    def read_anew() -> RecordBook:
        database = read_database(data_folder, now=clock)
        assert database is not None
        return RecordBook(database, clock)

    contents = exported(TRIAL, QUESTION)
    assert carry_out(book, read_anew, plan_import(book, contents), over=False) == 2
    assert (book.trials(), book.questions()) == ([TRIAL], [QUESTION])
    asked_later = replace(QUESTION, asked=replace(CREATED, utc_offset_s=0))
    plan = plan_import(book, exported(TRIAL, asked_later))
    assert (len(plan.same), plan.conflicting, plan.rejected) == (2, (), ())


def test_an_import_can_add_to_a_trial_and_never_replace_its_plan(
    book: RecordBook, data_folder: Path, clock: Clock
) -> None:
    book.save_trial(TRIAL)
    plan = plan_import(book, exported(ENDED))
    assert [row.key for row in plan.conflicting] == ["t"]
    plan = plan_import(book, exported(changed("seed")))
    assert (plan.added, plan.same, plan.conflicting) == ((), (), ())
    assert plan.rejected[0].reason == "the trial t is another one than is recorded"
    book.save_trial(ENDED)
    assert len(plan_import(book, exported(TRIAL)).rejected) == 1


def test_a_restore_shows_the_trials_that_come_back_and_brings_them(book: RecordBook, clock: Clock) -> None:
    book.save_trial(TRIAL)
    book.remember_question(QUESTION)
    backup = book.database.backups.make(clock())
    book.delete_trial("t")
    book.save_trial(LATER)
    plan = plan_restore(book.database, backup, {})
    shown = {(one.table, one.key, one.change.value) for one in plan.documents if one.table != "bin"}
    assert shown == {("trials", "t", "added"), ("trials", "u", "removed")}
    restore(book.database, plan, {}, clock())
    assert (book.trials(), book.questions()) == ([TRIAL], [QUESTION])


def test_nothing_of_a_trial_is_left_when_everything_is_deleted(
    reopen: Callable[..., Database], data_folder: Path, clock: Clock
) -> None:
    book = RecordBook(reopen(), clock)
    book.save_trial(TRIAL)
    book.remember_question(QUESTION)
    book.database.backups.make(clock())
    assert delete_everything(data_folder) == []
    book = RecordBook(reopen(), clock)
    assert (book.trials(), book.questions()) == ([], [])
