from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sleepcalm.minerals.food_table import load_foods
from sleepcalm.minerals.intake import Item, MineralContent, Source
from sleepcalm.minerals.interactions import InteractionGuide, load_interactions
from sleepcalm.minerals.item_search import SearchableItem
from sleepcalm.minerals.reference_intakes import ReferenceTables, load_reference_tables

SEEDS = Path(__file__).parents[3] / "seeds"

MakeItem = Callable[..., Item]


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def foods() -> tuple[SearchableItem, ...]:
    return load_foods(SEEDS / "foods.csv")


@pytest.fixture(scope="session")
def references() -> ReferenceTables:
    return load_reference_tables(SEEDS / "reference_intakes.toml")


@pytest.fixture(scope="session")
def guide() -> InteractionGuide:
    return load_interactions(SEEDS / "interactions.toml")


@pytest.fixture(scope="session")
def make_item() -> MakeItem:
    """An item from its name and figures; a supplement unless told otherwise."""

    def make(
        name: str,
        magnesium_mg: float | None = None,
        calcium_mg: float | None = None,
        source: Source = Source.SUPPLEMENT,
        grams: float | None = None,
    ) -> Item:
        return Item(
            id=f"own-{name.lower().replace(' ', '-')}",
            name=name,
            serving="1 serving",
            source=source,
            grams_per_serving=grams,
            magnesium=None if magnesium_mg is None else MineralContent(magnesium_mg),
            calcium=None if calcium_mg is None else MineralContent(calcium_mg),
        )

    return make
