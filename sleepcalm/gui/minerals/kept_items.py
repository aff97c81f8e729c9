"""The items that can be put on a day: the user's own and the foods, with the user's marks on both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sleepcalm.minerals.intake import ChecklistItem, Item
from sleepcalm.minerals.item_search import SearchableItem, search_items


class KeptItems:
    """One reading of the items; `kept` are those the user described or marked."""

    def __init__(self, kept: Sequence[ChecklistItem], foods: Sequence[SearchableItem]) -> None:
        self._kept = {one.item.id: one for one in kept}
        self._foods = foods
        self._food_ids = frozenset(food.item.id for food in foods)

    @property
    def kept(self) -> tuple[ChecklistItem, ...]:
        return tuple(self._kept.values())

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._kept

    def marks(self, item: Item) -> ChecklistItem:
        """The marks of an item; none for one that is not kept."""
        return self._kept.get(item.id, ChecklistItem(item))

    def is_own(self, item_id: str) -> bool:
        """Whether the user has described the item."""
        return item_id in self._kept and item_id not in self._food_ids

    def current(self) -> Mapping[str, Item]:
        """Every item by id, with the figures of today."""
        return {food.item.id: food.item for food in self._foods} | {
            item_id: one.item for item_id, one in self._kept.items() if self.is_own(item_id)
        }

    def search(self, query: str) -> tuple[SearchableItem, ...]:
        """What matches, favourites first; of two that match as well, the user's own."""
        own = [SearchableItem(one.item) for one in self._kept.values() if self.is_own(one.item.id)]
        favourites = {item_id for item_id, one in self._kept.items() if one.favourite}
        return search_items(query, (*own, *self._foods), favourites)
