"""Finding an item while typing: by words in any order, by their beginnings, and past small slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sleepcalm.minerals.intake import Item

_WORD = re.compile(r"\w+")
_WHOLE_WORD, _BEGINNING, _WITHIN, _SLIP = range(4)


@dataclass(frozen=True, slots=True)
class SearchableItem:
    """`other_names` are found like the name; `note` is a remark to show beside the item."""

    item: Item
    other_names: tuple[str, ...] = ()
    note: str = ""


class ItemNotFoundError(LookupError):
    """No single item is meant. `nearest` are the names of items that may have been meant."""

    def __init__(self, wanted: str, nearest: tuple[str, ...]) -> None:
        self.nearest = nearest
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no item {wanted!r}{hint}")


def search_items(
    query: str, items: Sequence[SearchableItem], favourite_ids: Collection[str] = ()
) -> tuple[SearchableItem, ...]:
    """The items that match every word of `query`, favourites first, then the closest, then in given order.

    Slips of one letter (two in words of eight or more) are forgiven only if nothing matches as typed,
    so that a correct word never drags its look-alikes along. An empty query gives every item.
    """
    words = _words(query)
    for forgive in (False, True):
        ranked = [
            (candidate.item.id not in favourite_ids, rank, position, candidate)
            for position, candidate in enumerate(items)
            if (rank := _rank(words, candidate, forgive=forgive)) is not None
        ]
        if ranked:
            return tuple(candidate for *_, candidate in sorted(ranked, key=lambda row: row[:3]))
    return ()


def resolve_item(wanted: str, items: Sequence[SearchableItem]) -> SearchableItem:
    """The one item named by its id, its name or words that match it alone.

    Raises ItemNotFoundError with the nearest names. A forgiven slip is not enough to resolve an item.
    """
    by_id = [candidate for candidate in items if candidate.item.id == wanted]
    by_name = [candidate for candidate in items if _fold(candidate.item.name) == _fold(wanted)]
    words = _words(wanted)
    typed = [c for c in items if words and _rank(words, c, forgive=False) is not None]
    for found in (by_id, by_name, typed):
        if len(found) == 1:
            return found[0]
    nearest = search_items(wanted, items) if words else ()
    raise ItemNotFoundError(wanted, tuple(candidate.item.name for candidate in nearest[:5]))


def _rank(words: Sequence[str], candidate: SearchableItem, *, forgive: bool) -> int | None:
    """0 is the best; None is no match. The worst word decides."""
    names = [word for text in (candidate.item.name, *candidate.other_names) for word in _words(text)]
    worst = _WHOLE_WORD
    for word in words:
        ranks = [rank for name in names if (rank := _word_rank(word, name, forgive=forgive)) is not None]
        if not ranks:
            return None
        worst = max(worst, min(ranks))
    return worst


def _word_rank(typed: str, name: str, *, forgive: bool) -> int | None:
    if typed == name:
        return _WHOLE_WORD
    if name.startswith(typed):
        return _BEGINNING
    if len(typed) >= 3 and typed in name:
        return _WITHIN
    if forgive and _slips_to_a_beginning(typed, name) <= _slips_allowed(typed):
        return _SLIP
    return None


def _slips_allowed(typed: str) -> int:
    if len(typed) < 4:
        return 0
    return 1 if len(typed) < 8 else 2


def _slips_to_a_beginning(typed: str, name: str) -> int:
    """The fewest slips that turn `typed` into some beginning of `name`.

    Optimal string alignment: a letter too many, missing, wrong, or two neighbours swapped is one slip.
    """
    before_last: list[int] = []
    last = list(range(len(name) + 1))
    for row, letter in enumerate(typed, start=1):
        current = [row]
        for column, other in enumerate(name, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == name[column - 2] and typed[row - 2] == other
            current.append(min(cost, before_last[column - 2] + 1) if swapped else cost)
        before_last, last = last, current
    return min(last)


def _words(text: str) -> list[str]:
    return _WORD.findall(_fold(text))


def _fold(text: str) -> str:
    """Without case and accents, so that "CRÈME" finds "crème" and "creme"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).strip()
