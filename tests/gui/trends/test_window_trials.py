"""Questions and trials over the real record: kept, computed off the window's thread, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, Evening, HypnicJerks
from sleepcalm.diary.practice import Practice
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.trends.trials.ports import Chance
from sleepcalm.program import Program, load_program
from sleepcalm.trends.comparison import Comparison
from sleepcalm.trends.figures import Series
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.trial import PRACTICE, Condition, Outcome, Shortfall, assignments
from sleepcalm.trends.trial_analysis import TrialResult
from sleepcalm.trends.trial_nights import QUIET_REST, Keeping, Stage, with_night_told
from sleepcalm.window.record import WindowRecord
from sleepcalm.window.trends import WindowTrends
from sleepcalm.window.trials import WindowTrials

ZONE = "Europe/Berlin"
NOW = datetime.fromisoformat("2026-11-22T21:30:00+01:00")
TODAY = NOW.date()
DAY = timedelta(days=1)
PLAN = Plan(PRACTICE, Outcome.HYPNIC_JERKS, 6, 1, TODAY + DAY, routine="pmr-7")
WAIT_MS = 20_000


class House:
    """The window's record with what asks it; its clock can be moved."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.now = NOW
        self.program: Program = load_program(folder, NOW, clock=lambda: self.now)
        preferences = KeptPreferences(self.program.preferences, lambda _preferences: None)
        self.record = WindowRecord(self.program)
        self.trends = WindowTrends(self.record, self.program, preferences)
        self.trials = WindowTrials(
            self.record,
            self.trends,
            self.program,
            lambda: preferences.value,
            lambda: Instant.from_moment(self.now, ZONE),
        )
        with qtbot.waitSignal(self.record.ready, timeout=WAIT_MS):
            self.record.start()

    def close(self) -> None:
        self.trials.close()
        self.trends.close()
        self.record.close()

    def told(self, ask: object, *arguments: object) -> object:
        """What is told to who asks, on the window's thread."""
        answers: list[object] = []

        def take(answer: object) -> None:
            assert current_thread() is main_thread()
            answers.append(answer)

        ask(*arguments, take)  # type: ignore[operator]
        self.qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
        return answers[0]

    def save_nights(self, *entries: Entry) -> None:
        """As the Diary tab does."""
        for entry in entries:
            self.record.save(
                ("nights", entry.wake_date.isoformat()),
                entry,
                lambda book, entry=entry: book.save_entry(entry),
                lambda: None,
                pytest.fail,
            )
        self.settle()

    def settle(self) -> None:
        """Until everything is on disk, and has been told of."""
        assert self.record.why_not_saved() == ""
        tables = ("nights", "trials", "questions")
        self.qtbot.waitUntil(lambda: not any(map(self.record.pending, tables)), timeout=WAIT_MS)


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TZ", ZONE)
    made = House(qtbot, tmp_path / "data")
    yield made
    made.close()


def night(wake_date: date, jolts: int, drinks: float = 0.0) -> Entry:
    evening = Evening(alcohol_drinks=drinks)
    return Entry(wake_date, ZONE, hypnic_jerks=HypnicJerks(count=jolts), evening=evening)


def fill(house: House, nights: int = 40) -> None:
    """Every other night with alcohol and three jolts, else none of it and one."""
    house.save_nights(
        *[
            night(TODAY - number * DAY, 3 - 2 * (number % 2), 2.0 * (1 - number % 2))
            for number in range(nights)
        ]
    )


def test_a_comparison_is_computed_elsewhere_and_told_on_the_windows_thread(house):
    fill(house)
    found = house.told(house.trials.compare, "alcohol", Series.HYPNIC_JERKS)
    assert isinstance(found, Comparison)
    assert (found.nights_with, found.nights_without, found.difference) == (20, 20, 2.0)


def test_an_empty_record_is_compared_too(house):
    found = house.told(house.trials.compare, "alcohol", Series.HYPNIC_JERKS)
    assert isinstance(found, Comparison)
    assert found.missing.in_all == 30


def test_a_question_is_remembered_once_and_on_disk(house):
    for _time in range(2):
        house.trials.remember("alcohol", Series.HYPNIC_JERKS)
    house.trials.remember("alcohol", Series.SLEEP_QUALITY)
    assert house.trials.asked() == 2
    house.settle()
    with house.program.read_record() as on_disk:
        assert {question.outcome for question in on_disk.questions()} == {"hypnic_jerks", "sleep_quality"}


def test_a_trial_begins_with_its_lots_drawn_and_closes_its_own_question(house):
    short = Shortfall("baseline", "Too few nights.")
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, (short,))
    (trial,) = house.trials.trials()
    assert (trial.factor, trial.routine, trial.pairs, trial.start) == (PRACTICE, "pmr-7", 6, PLAN.start)
    assert trial.accepted == (short,)
    assert house.trials.closed_by(PRACTICE, Series.HYPNIC_JERKS) == trial
    assert house.trials.closed_by(PRACTICE, Series.SLEEP_QUALITY) is None
    assert house.trials.stage(trial) is Stage.RUNNING
    tonight = house.trials.tonight()
    assert tonight is not None
    assert (tonight.number, tonight.total) == (1, 12)
    with house.program.read_record() as on_disk:
        assert on_disk.trials() == [trial]


def test_a_second_trial_beside_one_under_way_is_refused_with_a_reason(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, ())
    with house.qtbot.waitSignal(house.trials.problem, timeout=WAIT_MS) as told:
        house.trials.begin(replace(PLAN, start=PLAN.start + DAY), ())
    assert "one runs at a time" in told.args[0]
    assert len(house.trials.trials()) == 1
    assert house.record.why_not_saved() == ""
    assert not house.record.pending("trials")


def test_what_a_running_trial_forbids_is_not_shown_as_if_it_were_so(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, ())
    (trial,) = house.trials.trials()
    with house.qtbot.waitSignal(house.trials.problem, timeout=WAIT_MS):
        house.trials.save(replace(trial, seed=trial.seed - 1))
    assert house.trials.trials() == [trial]


def test_what_is_told_of_a_night_counts_at_once(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(replace(PLAN, factor="coffee after noon", routine=None), ())
    (trial,) = house.trials.trials()
    drawn = assignments(trial)[0].condition
    house.trials.save(with_night_told(trial, trial.start, drawn))
    house.now = NOW + timedelta(hours=11)
    (trial,) = house.trials.trials()
    assert house.trials.keepings(trial) == {trial.start: Keeping.KEPT}
    house.settle()
    with house.program.read_record() as on_disk:
        assert on_disk.trials()[0].kept == trial.kept


def test_how_a_night_was_kept_follows_from_what_was_played(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, ())
    (trial,) = house.trials.trials()
    drawn = assignments(trial)[0].condition
    routine = "pmr-7" if drawn is Condition.WITH else QUIET_REST
    played = Practice(routine, Instant.from_moment(NOW + timedelta(hours=1), ZONE), minutes_heard=12)
    house.record.book.save_practice(played)
    house.now = NOW + timedelta(hours=11)
    assert house.trials.keepings(trial) == {trial.start: Keeping.KEPT}


def test_the_night_to_come_does_not_count_when_a_trial_is_ended(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, ())
    house.now = NOW + timedelta(days=2)
    house.trials.end_early(house.trials.trials()[0])
    (trial,) = house.trials.trials()
    assert trial.ended_early == PLAN.start + DAY
    assert house.trials.stage(trial) is Stage.OVER
    assert house.trials.tonight() is None


def test_a_night_that_is_recorded_in_the_small_morning_counts_when_a_trial_is_ended(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, ())
    house.now = datetime.fromisoformat("2026-11-24T06:30:00+01:00")
    house.save_nights(night(date(2026, 11, 24), 1))
    house.trials.end_early(house.trials.trials()[0])
    assert house.trials.trials()[0].ended_early == date(2026, 11, 24)


def test_what_is_short_and_what_to_expect_come_from_the_diary(house):
    fill(house, 14)
    short = house.told(house.trials.shortfalls, PLAN)
    assert isinstance(short, tuple)
    assert {shortfall.code for shortfall in short} == {"training", "few_pairs"}
    chance = house.told(house.trials.chance, PLAN)
    assert isinstance(chance, Chance)
    assert (chance.mean, chance.nights) == (2.0, 14)
    assert chance.found_of_100 is not None
    assert 0 <= chance.found_of_100 <= 100


def test_without_nights_nothing_is_said_of_the_chance(house):
    chance = house.told(house.trials.chance, PLAN)
    assert isinstance(chance, Chance)
    assert chance.found_of_100 is None


def test_what_a_trial_found_is_read_from_the_record(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, ())
    (trial,) = house.trials.trials()
    house.now = NOW + timedelta(days=20)
    house.save_nights(
        *[night(one.wake_date, 1 if one.condition is Condition.WITH else 3) for one in assignments(trial)]
    )
    found = house.told(house.trials.result, trial)
    assert isinstance(found, TrialResult)
    assert found.effect == -2.0
    assert len(found.usable_pairs) == 6


def test_quiet_rest_is_what_a_routine_is_compared_with_and_is_none_of_them(house):
    assert QUIET_REST not in house.trials.routines
    assert "after-a-jolt" not in house.trials.routines
    assert "pmr-7" in house.trials.routines


def test_a_question_stays_closed_until_the_last_morning_is_in_the_diary(house):
    with house.qtbot.waitSignal(house.trials.changed, timeout=WAIT_MS):
        house.trials.begin(PLAN, ())
    (trial,) = house.trials.trials()
    house.now = datetime.fromisoformat(f"{trial.planned_end}T10:00:00+01:00")
    assert house.trials.stage(trial) is Stage.LAST_MORNING
    assert house.trials.closed_by(PRACTICE, Series.HYPNIC_JERKS) == trial
    house.save_nights(night(trial.planned_end, 1))
    assert house.trials.closed_by(PRACTICE, Series.HYPNIC_JERKS) is None
