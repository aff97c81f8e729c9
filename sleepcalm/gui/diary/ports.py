"""What the Diary tab needs of the record, which is built elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import SignalInstance

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry


@dataclass(frozen=True, slots=True)
class Practice:
    """A routine as the player recorded it; `ended` is None if that is not known."""

    title: str
    started: Instant
    ended: Instant | None
    completed: bool


class DiaryRecord(Protocol):
    """The nights as the Diary tab asks for them.

    Every call returns at once and none touches the disk on the GUI's thread. What was given to `save`
    or `delete` is seen by the reading calls immediately, before it is durable.
    """

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be saved, in a sentence for the user; "" if everything can."""

    @property
    def time_zone(self) -> str:
        """The IANA zone in which the clock times of a new night are meant."""

    @property
    def saved(self) -> SignalInstance:
        """`Signal(object, object)`, on the GUI's thread: the wake date of an entry that is durable now,
        and the aware time of it."""

    @property
    def save_failed(self) -> SignalInstance:
        """`Signal(str)`, on the GUI's thread: what went wrong and what was kept, in a sentence."""

    @property
    def replaced(self) -> SignalInstance:
        """`Signal()`, on the GUI's thread: nights changed elsewhere (an import, a restore)."""

    def now(self) -> datetime:
        """The civil time, aware."""

    def entry(self, wake_date: date) -> Entry | None: ...

    def entries(self, first: date, last: date) -> Mapping[date, Entry]:
        """The recorded nights from `first` to `last`, both included, by wake date."""

    def practices(self, wake_date: date) -> Sequence[Practice]:
        """What was practised before and in that night, in order of time."""

    def save(self, entry: Entry) -> None:
        """Keep the entry in place of the one of that wake date, durable well within a second."""

    def delete(self, wake_date: date) -> Callable[[], None]:
        """Move the night to the bin; calling the result brings it back."""
