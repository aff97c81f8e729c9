"""Questions and trials as the screen asks for them: kept by the record, computed on a thread of their own."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.joining import join_nights
from sleepcalm.diary.practice import Practice
from sleepcalm.gui.trends.ports import TrendsRecord
from sleepcalm.gui.trends.trials.ports import Chance
from sleepcalm.person import profile_of
from sleepcalm.preferences import Preferences
from sleepcalm.program import Program
from sleepcalm.recorded_nights import known_span, read_trial_figures
from sleepcalm.relaxation.routine import Kind
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.storage.database import QUESTIONS, TRIALS
from sleepcalm.trends.closing import closed_by
from sleepcalm.trends.comparison import Comparison, compare
from sleepcalm.trends.eligibility import baseline, shortfalls
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import RecordedSpan
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.question import Question
from sleepcalm.trends.red_flags import RedFlags, load_red_flags
from sleepcalm.trends.trial import LARGEST_SEED, PRACTICE, Shortfall, Trial
from sleepcalm.trends.trial_analysis import TrialResult, analyse
from sleepcalm.trends.trial_nights import (
    Keeping,
    Stage,
    TrialNight,
    ended_at,
    keepings,
    last_over,
    night_of,
    stage_of,
    tonight,
)
from sleepcalm.window.background import Background
from sleepcalm.window.record import WindowRecord

if TYPE_CHECKING:
    from sleepcalm.storage.record_book import RecordBook

_DAY = timedelta(days=1)


class WindowTrials(QObject):
    """See `NightQuestions` and `Trials` in the ports of `sleepcalm.gui.trends`, and `relax.ports.Evening`."""

    changed = Signal()
    problem = Signal(str)

    def __init__(
        self,
        record: WindowRecord,
        nights: TrendsRecord,
        program: Program,
        preferences: Callable[[], Preferences],
        instant: Callable[[], Instant],
    ) -> None:
        super().__init__()
        self._record = record
        self._nights = nights
        self._program = program
        self._preferences = preferences
        self._instant = instant
        self._asked_here: set[str] = set()
        self._waiting: list[Callable[[], None]] = []
        """What needs all nights, until they are known."""
        self._background = Background()
        self._background.problem.connect(self.problem)
        nights.changed.connect(self._follow_nights)
        record.saved.connect(self._follow)

    @property
    def read_only_reason(self) -> str:
        return self._record.read_only_reason

    @cached_property
    def red_flags(self) -> RedFlags:
        return load_red_flags(shipped_folder("seeds") / "red_flags.toml")

    @cached_property
    def routines(self) -> Mapping[str, str]:
        return {
            head.id: head.title
            for head in self._program.catalogue.heads
            if head.kind not in (Kind.RESCUE, Kind.REST)
        }

    def now(self) -> datetime:
        return self._program.now()

    def close(self) -> None:
        """Wait for what is being computed, and begin nothing more."""
        self._background.close()

    def compare(self, factor: str, outcome: Series, tell: Callable[[Comparison], None]) -> None:
        def ask() -> None:
            nights = self._known_nights(self._nights.recorded())
            self._background.compute(lambda: compare(nights, factor, outcome), tell)

        self._when_known(ask)

    def closed_by(self, factor: str, outcome: Series) -> Trial | None:
        unfinished = [trial for trial in self.trials() if self.stage(trial) is not Stage.OVER]
        return closed_by(unfinished, factor, outcome)

    def asked(self) -> int:
        return len({question.key for question in self._record.book.questions()} | self._asked_here)

    def remember(self, factor: str, outcome: Series) -> None:
        question = Question(factor, outcome.value, self._instant())
        is_new = question.key not in self._asked_here
        self._asked_here.add(question.key)
        if is_new and not self.read_only_reason:
            self._save(QUESTIONS, question.key, question, lambda book: book.remember_question(question))

    def trials(self) -> Sequence[Trial]:
        found = {trial.id: trial for trial in self._record.book.trials()}
        pending = self._record.pending(TRIALS).items()
        found.update((key, value) for key, value in pending if isinstance(value, Trial))
        return sorted(found.values(), key=lambda trial: (trial.start, trial.created.utc))

    def tonight(self) -> TrialNight | None:
        wake_date = tonight(self.now())
        nights = (night_of(trial, wake_date) for trial in self.trials())
        return next((night for night in nights if night is not None), None)

    def stage(self, trial: Trial) -> Stage:
        end = trial.planned_end
        return stage_of(trial, self.now(), self._record.book.entries(end, end))

    def keepings(self, trial: Trial) -> Mapping[date, Keeping]:
        until = min(last_over(self.now()), trial.end)
        played: Mapping[date, Sequence[Practice]] = {}
        if trial.factor == PRACTICE and until >= trial.start:
            rows = self._nights.nights(trial.start - _DAY, until + _DAY) or ()
            entries = {night.wake_date: night.entry for night in rows if night.entry is not None}
            practices = self._record.book.practices_between(trial.start - _DAY, until)
            no_intake: Mapping[date, None] = {}
            joined = join_nights(entries, no_intake, practices, trial.start, until)
            played = {night.wake_date: night.practice for night in joined}
        return keepings(trial, played, until)

    def shortfalls(self, plan: Plan, tell: Callable[[tuple[Shortfall, ...]], None]) -> None:
        def ask() -> None:
            today = self.now().date()
            nights, profile = self._nights_so_far(today), profile_of(self._preferences(), today)
            self._background.compute(lambda: shortfalls(nights, plan, today, profile), tell)

        self._when_known(ask)

    def chance(self, plan: Plan, tell: Callable[[Chance], None]) -> None:
        def ask() -> None:
            today = self.now().date()
            nights = baseline(self._nights_so_far(today), today)
            self._background.compute(lambda: _chance(plan, nights), tell)

        self._when_known(ask)

    def result(self, trial: Trial, tell: Callable[[TrialResult], None]) -> None:
        preferences = self._preferences()

        def look() -> TrialResult:
            seeds = shipped_folder("seeds")
            return analyse(trial, read_trial_figures(self._record.book, seeds, preferences, trial))

        self._background.compute(look, tell)

    def begin(self, plan: Plan, accepted: tuple[Shortfall, ...]) -> None:
        seed, created = random.SystemRandom().randint(0, LARGEST_SEED), self._instant()
        self._save(
            TRIALS,
            f"planned for {plan.start}",
            plan,
            lambda book: book.begin_trial(plan, seed=seed, created=created, accepted=accepted),
        )

    def save(self, trial: Trial) -> None:
        self._save(TRIALS, trial.id, trial, lambda book: book.save_trial(trial))
        self.changed.emit()

    def end_early(self, trial: Trial) -> None:
        now = self.now()
        self.save(ended_at(trial, now, self._record.book.entries(now.date(), now.date())))

    def _known_nights(self, span: RecordedSpan | None) -> Sequence[NightFigures]:
        return () if span is None else self._nights.nights(*span) or ()

    def _nights_so_far(self, today: date) -> Sequence[NightFigures]:
        """Every wake date from the first on which anything is known, be it practice, up to today."""
        span = known_span(self._record.book)
        return self._known_nights((min(span[0], today) if span else today, today))

    def _when_known(self, ask: Callable[[], None]) -> None:
        """Now, or once every night has been read."""
        if self._nights.is_complete:
            ask()
            return
        self._waiting.append(ask)
        span = self._nights.recorded()
        today = self.now().date()
        self._nights.nights(*(span or (today, today)))  # which begins to read, unless it has begun

    def _follow_nights(self) -> None:
        if self._nights.is_complete:
            waiting, self._waiting = self._waiting, []
            for ask in waiting:
                ask()
        self.changed.emit()

    def _follow(self, table: str, _key: str) -> None:
        if table == TRIALS:
            self.changed.emit()

    def _save(self, table: str, key: str, value: object, change: Callable[[RecordBook], object]) -> None:
        def tell(reason: str) -> None:
            self.changed.emit()  # what was refused is not there any more
            self.problem.emit(reason)

        self._record.save((table, key), value, change, lambda: None, tell)


def _chance(plan: Plan, nights: Sequence[NightFigures]) -> Chance:
    from sleepcalm.trends.power import Design, own_rate, power  # noqa: PLC0415 - brings numpy

    rate = own_rate(nights, plan.outcome)
    if rate is None:
        return Chance(None, len(nights), None)
    design = Design(plan.pairs, plan.period_nights, plan.washout_nights)
    return Chance(rate.mean, rate.nights, round(100 * power(design, plan.outcome, rate)))
