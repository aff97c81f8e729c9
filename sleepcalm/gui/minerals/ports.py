"""What the Minerals tab needs of the record and the preferences, which are built elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance

from sleepcalm.minerals.compounds import Compound
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.minerals.interactions import InteractionGuide
from sleepcalm.minerals.item_search import SearchableItem
from sleepcalm.minerals.reference_intakes import ReferenceTables
from sleepcalm.preferences import Preferences


@dataclass(frozen=True, slots=True)
class MineralFacts:
    """What the program ships about minerals."""

    foods: tuple[SearchableItem, ...]
    compounds: Mapping[str, Compound]
    references: ReferenceTables
    guide: InteractionGuide


class MineralRecord(Protocol):
    """The recorded days and the user's items. Every call returns at once.

    What was saved is read back from then on, whether it is written already or not.
    """

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be saved, as a sentence for the user; "" where everything can."""

    @property
    def saved(self) -> SignalInstance:
        """`Signal(object)`, on the GUI's thread: everything handed over is on disk, at this datetime."""

    @property
    def save_failed(self) -> SignalInstance:
        """`Signal(str)`, on the GUI's thread: why something is not on disk. What was handed over is kept
        in memory, so that handing over the day again tries again."""

    @property
    def changed(self) -> SignalInstance:
        """`Signal()`, on the GUI's thread: something else than this tab has changed days or items."""

    def today(self) -> dt.date: ...

    def now(self) -> dt.datetime:
        """Civil time, with its offset."""

    def day(self, date: dt.date) -> DayIntake | None:
        """The day as saved last, None where there is none."""

    def days(self, first: dt.date, last: dt.date) -> Sequence[DayIntake]:
        """The saved days from `first` to `last`, both included."""

    def own_items(self) -> tuple[ChecklistItem, ...]:
        """The user's own items, and foods with a mark, in a lasting order."""

    def save_day(self, day: DayIntake) -> None: ...

    def save_item(self, item: ChecklistItem) -> None:
        """Add the item, or replace the one of its id."""

    def delete_item(self, item_id: str) -> Callable[[], None]:
        """Move the item to the bin; the answer brings it back. Raises KeyError for an unknown id."""


class ChangingPreferences(Protocol):
    """The preferences of the open window, shared by its tabs."""

    @property
    def value(self) -> Preferences: ...

    @property
    def changed(self) -> SignalInstance:
        """`Signal(object)`: the preferences are others now; it carries those before."""

    def change(self, **fields: Any) -> None:
        """Replace the fields named, as of now."""
