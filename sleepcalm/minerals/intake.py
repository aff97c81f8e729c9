"""What a person takes: items, and a day of entries that keeps the figures as they were.

Three states everywhere: a figure, zero, and None for "not known" or "not recorded".
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum


class Mineral(StrEnum):
    MAGNESIUM = "magnesium"
    CALCIUM = "calcium"


class Source(StrEnum):
    """Where a mineral comes from; upper limits for magnesium count supplements only."""

    FOOD = "food"
    SUPPLEMENT = "supplement"
    DRINK = "drink"


class AmountUnit(StrEnum):
    SERVINGS = "servings"
    GRAMS = "grams"


@dataclass(frozen=True, slots=True)
class MineralContent:
    """Elemental milligrams of one mineral in one serving.

    Where a label gives the mass of a compound, the compound, its mass and its share are kept beside
    the result, so that the figure can be explained later; `elemental_mg` is what counts.
    """

    elemental_mg: float
    compound: str | None = None
    compound_mg: float | None = None
    share_pct: float | None = None

    def __post_init__(self) -> None:
        _require_not_negative("elemental_mg", self.elemental_mg)
        derivation = (self.compound, self.compound_mg, self.share_pct)
        if all(part is None for part in derivation):
            return
        if self.compound_mg is None or self.share_pct is None or self.compound is None:
            raise ValueError("compound, compound_mg and share_pct go together")
        _require_not_negative("compound_mg", self.compound_mg)
        if not 0 < self.share_pct <= 100:
            raise ValueError(f"share_pct must be above 0 and at most 100, not {self.share_pct}")
        if not math.isclose(self.elemental_mg, self.compound_mg * self.share_pct / 100, abs_tol=0.06):
            raise ValueError("elemental_mg is not the share of compound_mg")


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be taken: a food, a drink or a supplement, described for one serving."""

    id: str
    name: str
    serving: str
    source: Source
    grams_per_serving: float | None = None
    magnesium: MineralContent | None = None
    calcium: MineralContent | None = None

    def __post_init__(self) -> None:
        for field, text in (("id", self.id), ("name", self.name), ("serving", self.serving)):
            if not text.strip():
                raise ValueError(f"{field} must not be empty")
        if self.grams_per_serving is not None:
            _require_positive("grams_per_serving", self.grams_per_serving)

    def per_serving_mg(self, mineral: Mineral) -> float | None:
        """Elemental mg in one serving, None where it is not known."""
        content = self.magnesium if mineral is Mineral.MAGNESIUM else self.calcium
        return None if content is None else content.elemental_mg


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """An item that the user keeps: own items, and foods marked as favourite or daily.

    `usual_time` is local wall time. These marks are no part of an entry's snapshot.
    """

    item: Item
    usual_time: dt.time | None = None
    favourite: bool = False
    daily: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    value: float
    unit: AmountUnit = AmountUnit.SERVINGS

    def __post_init__(self) -> None:
        _require_positive("amount", self.value)


@dataclass(frozen=True, slots=True)
class IntakeEntry:
    """One line of a day. `item` is a snapshot: editing the item later leaves this entry alone.

    `key` is unique within its day; the same item may stand there twice (a morning and an evening dose).
    """

    key: str
    item: Item
    amount: Amount
    time_of_day: dt.time | None = None
    checked: bool = True

    def __post_init__(self) -> None:
        if self.amount.unit is AmountUnit.GRAMS and self.item.grams_per_serving is None:
            raise ValueError(
                f"{self.item.name}: the weight of a serving is not known, so give servings, not grams"
            )
        if self.time_of_day is not None and self.time_of_day.tzinfo is not None:
            raise ValueError("time_of_day is local wall time, without an offset")

    @property
    def servings(self) -> float:
        if self.amount.unit is AmountUnit.SERVINGS or self.item.grams_per_serving is None:
            return self.amount.value
        return self.amount.value / self.item.grams_per_serving

    def elemental_mg(self, mineral: Mineral) -> float | None:
        """Elemental mg in the amount taken, unrounded; None where the item's figure is not known."""
        per_serving_mg = self.item.per_serving_mg(mineral)
        return None if per_serving_mg is None else per_serving_mg * self.servings


@dataclass(frozen=True, slots=True)
class DayIntake:
    """A calendar day. Entries that are not checked are offers and count for nothing.

    `nothing_taken` is the explicit answer zero; without it a day with nothing checked is not recorded.
    """

    date: dt.date
    entries: tuple[IntakeEntry, ...] = ()
    nothing_taken: bool = False

    def __post_init__(self) -> None:
        keys = [entry.key for entry in self.entries]
        if len(set(keys)) != len(keys):
            raise ValueError("two entries of one day have the same key")
        if self.nothing_taken and self.checked_entries:
            raise ValueError("nothing_taken contradicts a checked entry")

    @property
    def checked_entries(self) -> tuple[IntakeEntry, ...]:
        return tuple(entry for entry in self.entries if entry.checked)

    @property
    def recorded(self) -> bool:
        return self.nothing_taken or bool(self.checked_entries)


def _require_not_negative(field: str, value: float) -> None:
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(f"{field} must be a number from 0, not {value}")


def _require_positive(field: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{field} must be a number above 0, not {value}")
