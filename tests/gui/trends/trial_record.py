"""Trials in memory, for the screens: what they are told is set, what they do is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, HypnicJerks
from sleepcalm.diary.practice import Practice
from sleepcalm.gui.trends.trials.ports import Chance
from sleepcalm.trends.figures import night_figures
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.red_flags import RedFlags, load_red_flags
from sleepcalm.trends.trial import PRACTICE, Condition, Outcome, Shortfall, Trial, assignments
from sleepcalm.trends.trial_analysis import TrialResult, analyse
from sleepcalm.trends.trial_nights import Keeping, Stage, ended_at, keepings, last_over, stage_of

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
CREATED = Instant(datetime.fromisoformat("2026-10-01T20:00"), 0, "UTC")
ROUTINES = {"pmr-7": "Muscle relaxation, seven groups", "breath-awareness": "Breath awareness"}
PMR = Trial("pmr", PRACTICE, Outcome.HYPNIC_JERKS, 20, 1, 0, date(2026, 10, 2), 7, CREATED, routine="pmr-7")
COFFEE = Trial("coffee", "Coffee after noon", Outcome.HYPNIC_JERKS, 6, 7, 2, date(2026, 10, 2), 7, CREATED)
TOO_FEW_NIGHTS = Shortfall("baseline", "9 of the last 14 nights are recorded; all of them should be.")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def result_with(trial: Trial, jolts: Callable[[int, Condition], int | None]) -> TrialResult:
    """What `trial` found, where `jolts` gives a night's number by its place and what was drawn for it."""
    entries = {}
    for number, night in enumerate(assignments(trial)):
        count = jolts(number, night.condition)
        if count is not None:
            entries[night.wake_date] = Entry(night.wake_date, "UTC", hypnic_jerks=HypnicJerks(count=count))
    return analyse(trial, night_figures(entries, {}, (), trial.start, trial.planned_end))


class TrialsInMemory(QObject):
    changed = Signal()
    problem = Signal(str)

    def __init__(self, *trials: Trial, now: str = "2026-10-05T21:30", reason: str = "") -> None:
        super().__init__()
        self.read_only_reason = reason
        self.kept = {trial.id: trial for trial in trials}
        self.time = at(now)
        self.recorded: list[date] = []
        self.played: dict[date, list[Practice]] = {}
        self.short: tuple[Shortfall, ...] = ()
        self.power = Chance(1.5, 14, 33)
        self.waits = False
        self.begun: list[tuple[Plan, tuple[Shortfall, ...]]] = []
        self.found: TrialResult | None = None
        self.looked_at: list[str] = []
        self._waiting: list[Callable[[], None]] = []

    @property
    def red_flags(self) -> RedFlags:
        return load_red_flags(SEEDS / "red_flags.toml")

    @property
    def routines(self) -> Mapping[str, str]:
        return ROUTINES

    def now(self) -> datetime:
        return self.time

    def trials(self) -> Sequence[Trial]:
        return sorted(self.kept.values(), key=lambda trial: trial.start)

    def stage(self, trial: Trial) -> Stage:
        return stage_of(trial, self.time, self.recorded)

    def keepings(self, trial: Trial) -> Mapping[date, Keeping]:
        return keepings(trial, self.played, last_over(self.time))

    def shortfalls(self, _plan: Plan, tell: Callable[[tuple[Shortfall, ...]], None]) -> None:
        self._soon(lambda: tell(self.short))

    def chance(self, _plan: Plan, tell: Callable[[Chance], None]) -> None:
        self._soon(lambda: tell(self.power))

    def result(self, trial: Trial, tell: Callable[[TrialResult], None]) -> None:
        self.looked_at.append(trial.id)
        found = self.found
        if found is not None:
            self._soon(lambda: tell(found))

    def begin(self, plan: Plan, accepted: tuple[Shortfall, ...]) -> None:
        self.begun.append((plan, accepted))

    def save(self, trial: Trial) -> None:
        assert self.kept[trial.id].breach(trial) == ""
        self.kept[trial.id] = trial
        self.changed.emit()

    def end_early(self, trial: Trial) -> None:
        self.save(ended_at(trial, self.time, self.recorded))

    def answer(self) -> None:
        """Everything that is being computed, in its order."""
        while self._waiting:
            self._waiting.pop(0)()

    def _soon(self, tell: Callable[[], None]) -> None:
        if self.waits:
            self._waiting.append(tell)
        else:
            tell()


def practised(trial: Trial, *kept: bool | None) -> dict[date, list[Practice]]:
    """What was played in the first nights: as drawn, the other way round, or nothing (None)."""
    played: dict[date, list[Practice]] = {}
    routines = {Condition.WITH: trial.routine or "", Condition.WITHOUT: "quiet-rest"}
    for night, as_drawn in zip(assignments(trial), kept, strict=False):
        if as_drawn is not None:
            done = night.condition if as_drawn else night.condition.other
            played[night.wake_date] = [Practice(routines[done], CREATED, minutes_heard=12)]
    return played


def days_later(day: date, days: int) -> date:
    return day + timedelta(days=days)
