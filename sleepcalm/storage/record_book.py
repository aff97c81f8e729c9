"""The record as its readers want it: nights, days of intake, items, practices and trials, not documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import chain, count
from pathlib import Path

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, recorded
from sleepcalm.diary.entry_format import validated
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.storage.backups import Backups
from sleepcalm.storage.data_folder import BACKUPS
from sleepcalm.storage.database import NIGHTS, TRIALS, Database
from sleepcalm.storage.errors import RefusedError, StorageError
from sleepcalm.storage.fixed_storage import FixedStorage
from sleepcalm.storage.migrations import LADDER
from sleepcalm.storage.record_values import RecordValues, Unreadable
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import Shortfall, Trial

__all__ = ["RecordBook", "Unreadable", "empty_database"]


class RecordBook(RecordValues):
    """The record, by what its readers ask for."""

    def entry(self, wake_date: date) -> Entry | None:
        """The night with that wake date; None if there is none, or none that can be read."""
        return self._get(Entry, wake_date.isoformat())

    def entries(self, first: date = date.min, last: date = date.max) -> dict[date, Entry]:
        """The recorded nights from first to last, both included, in their order."""
        return {entry.wake_date: entry for entry in self._range(Entry, first, last)}

    def save_entry(self, entry: Entry, *, keep_previous: bool = True) -> Entry:
        """Save a night and return it with the time of its first recording.

        What it replaces goes to the bin, unless the caller says that it is the same filling-in that goes on.
        Raises EntryError for a night that an export could not bring back, such as one in the future.
        """
        now = self._now()
        with self.database.batch():
            before = self.entry(entry.wake_date)
            entry = validated(recorded(entry, Instant.from_moment(now, entry.time_zone), before), now)
            self.put(entry, keep_previous=keep_previous)
        return entry

    def delete_entry(self, wake_date: date) -> str:
        """Move a night to the bin and return its id there. Raises StorageError if there is none."""
        return self._delete(Entry, wake_date.isoformat())

    def undelete_entry(self, wake_date: date) -> None:
        """Put back what came to the bin last of that night; a night that took its place goes to the bin.

        Raises StorageError if the bin holds none.
        """
        self._undelete(NIGHTS, wake_date.isoformat(), "night")

    def day(self, day: date) -> DayIntake | None:
        """The intake of a calendar day; None if nothing was saved of it."""
        return self._get(DayIntake, day.isoformat())

    def days(self, first: date = date.min, last: date = date.max) -> dict[date, DayIntake]:
        """The saved days of intake from first to last, both included, in their order."""
        return {day.date: day for day in self._range(DayIntake, first, last)}

    def save_day(self, day: DayIntake, *, keep_previous: bool = False) -> None:
        self.put(day, keep_previous=keep_previous)

    def items(self) -> dict[str, ChecklistItem]:
        """The user's own items, and foods with a mark, by id."""
        return {kept.item.id: kept for kept in self._range(ChecklistItem)}

    def save_item(self, kept: ChecklistItem) -> None:
        """Add an item, or replace the one of its id, which goes to the bin."""
        self.put(kept, keep_previous=True)

    def delete_item(self, item_id: str) -> str:
        """Move an item to the bin and return its id there. Raises StorageError if there is none."""
        return self._delete(ChecklistItem, item_id)

    def practices(self) -> list[Practice]:
        """Every played routine, in order of time."""
        return sorted(self._range(Practice), key=lambda played: played.started.utc)

    def practices_between(self, first: date, last: date) -> list[Practice]:
        """The routines that were started from first to last, both included, by the clock where they were."""
        return list(self._range(Practice, first, last + timedelta(days=1)))

    def save_practice(self, played: Practice) -> None:
        self.put(played)

    def trial(self, trial_id: str) -> Trial | None:
        """The trial of that id; None if there is none, or none that can be read."""
        return self._get(Trial, trial_id)

    def trials(self) -> list[Trial]:
        """Every trial, in the order of their starts."""
        return sorted(self._range(Trial), key=lambda trial: (trial.start, trial.created.utc))

    def begin_trial(
        self, plan: Plan, *, seed: int, created: Instant, accepted: tuple[Shortfall, ...] = ()
    ) -> Trial:
        """Fix a plan as a trial, under an id that there is not, and return it.

        Raises RefusedError while another trial has no result yet, and for a first night that is recorded
        already or belongs to another trial; ValueError for a plan that cannot be.
        """
        start = plan.start
        with self.database.batch():
            for other in self.trials():
                if not other.has_ended(created.wall.date()):
                    raise RefusedError(
                        f"Trial {other.id} goes on until {other.end}; one runs at a time. Nothing was saved."
                    )
                if other.start <= start <= other.end:
                    raise RefusedError(f"The night {start} belongs to {other.id}. Nothing was saved.")
            if self.entry(start) is not None:
                raise RefusedError(
                    f"The night {start} is recorded already; a trial begins with a night to come. "
                    "Nothing was saved."
                )
            trial = Trial(
                id=self._free_trial_id(start),
                factor=plan.factor,
                outcome=plan.outcome,
                pairs=plan.pairs,
                period_nights=plan.period_nights,
                washout_nights=plan.washout_nights,
                start=start,
                seed=seed,
                created=created,
                routine=plan.routine,
                accepted=accepted,
            )
            self.save_trial(trial)
        return trial

    def save_trial(self, trial: Trial) -> None:
        """Save a trial, or what was added to it.

        The state before does not go to the bin: a trial that was ended early stays so. Raises RefusedError
        if it would change what was fixed beforehand (see `Trial.breach`).
        """
        self.put(trial)

    def delete_trial(self, trial_id: str) -> str:
        """Move a trial to the bin and return its id there. Raises StorageError if there is none."""
        return self._delete(Trial, trial_id)

    def undelete_trial(self, trial_id: str) -> None:
        """Put back a deleted trial, as it was. Raises StorageError if the bin holds none, or it is there."""
        if self.trial(trial_id) is not None:
            raise StorageError(f"The trial {trial_id} is not deleted; nothing was changed.")
        self._undelete(TRIALS, trial_id, "trial")

    def questions(self) -> list[Question]:
        """Every comparison whose numbers were shown, in the order in which they were first asked."""
        return sorted(self._range(Question), key=lambda question: question.asked.utc)

    def remember_question(self, question: Question) -> None:
        """Note down a question that was answered, unless it was asked before."""
        with self.database.batch():
            if self.like(question) is None:
                self.put(question)

    def _free_trial_id(self, start: date) -> str:
        """One that no trial has, nor one in the bin, which may come back."""
        taken = {*self.database.keys(TRIALS), *(entry.key for entry in self.database.in_bin())}
        ids = (f"trial-{start}{suffix}" for suffix in chain([""], (f"-{number}" for number in count(2))))
        return next(trial_id for trial_id in ids if trial_id not in taken)


def empty_database(data_folder: Path, now: Callable[[], datetime]) -> Database:
    """What a reader is shown where there is no record yet."""
    backups = Backups(data_folder / BACKUPS, {})
    return Database(FixedStorage({}, LADDER.version, 0), now=now, backups=backups, ladder=LADDER)
