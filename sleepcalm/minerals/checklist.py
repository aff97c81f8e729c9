"""Changes to a day of intake. Each gives a new day, so the day before the change is the undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sleepcalm.minerals.intake import Amount, ChecklistItem, DayIntake, IntakeEntry, Item

ONE_SERVING = Amount(1.0)


def add(
    day: DayIntake,
    item: Item,
    amount: Amount = ONE_SERVING,
    time_of_day: dt.time | None = None,
    *,
    checked: bool = True,
) -> DayIntake:
    """The day with one more entry, last. Raises ValueError for grams where a serving has no weight."""
    entry = IntakeEntry(_free_key(day, item), item, amount, time_of_day, checked)
    return _with_entries(day, (*day.entries, entry))


def offer_daily_items(day: DayIntake, checklist: Iterable[ChecklistItem]) -> DayIntake:
    """The day with the user's daily items that are missing from it, unchecked: offered, not recorded."""
    for kept in checklist:
        if kept.daily and all(entry.item.id != kept.item.id for entry in day.entries):
            day = add(day, kept.item, time_of_day=kept.usual_time, checked=False)
    return day


def set_checked(day: DayIntake, key: str, *, checked: bool) -> DayIntake:
    return _replaced(day, replace(find_entry(day, key), checked=checked))


def toggle(day: DayIntake, key: str) -> DayIntake:
    return set_checked(day, key, checked=not find_entry(day, key).checked)


def set_amount(day: DayIntake, key: str, amount: Amount) -> DayIntake:
    """Raises ValueError for grams where a serving has no weight."""
    return _replaced(day, replace(find_entry(day, key), amount=amount))


def set_time(day: DayIntake, key: str, time_of_day: dt.time | None) -> DayIntake:
    return _replaced(day, replace(find_entry(day, key), time_of_day=time_of_day))


def remove(day: DayIntake, key: str) -> DayIntake:
    gone = find_entry(day, key)
    return replace(day, entries=tuple(entry for entry in day.entries if entry is not gone))


def record_nothing_taken(day: DayIntake) -> DayIntake:
    """The explicit answer "nothing today": every entry is unchecked, none is lost."""
    unchecked = tuple(replace(entry, checked=False) for entry in day.entries)
    return replace(day, entries=unchecked, nothing_taken=True)


def copy_from(day: DayIntake, earlier: DayIntake, current_items: Mapping[str, Item]) -> DayIntake:
    """`day` with everything that was checked on `earlier`, checked.

    What `day` has checked already is not doubled: each entry of the earlier day finds its own partner of
    the same item first, and an unchecked partner is checked with the earlier amount and time.
    `current_items`, by id, gives the figures of today; an item that is no longer there, or whose serving
    is another one now, is copied as it was.
    """
    partners = list(day.entries)
    for entry in earlier.checked_entries:
        item = _current(entry.item, current_items)
        same = [partner for partner in partners if partner.item.id == entry.item.id]
        same.sort(key=lambda partner: (not partner.checked, partner.time_of_day != entry.time_of_day))
        if not same:
            day = add(day, item, entry.amount, entry.time_of_day)
            continue
        partners.remove(same[0])
        if not same[0].checked:
            day = _replaced(day, replace(entry, key=same[0].key, item=item))
    return day


def find_entry(day: DayIntake, key: str) -> IntakeEntry:
    """Raises KeyError where the day has no entry of this key."""
    for entry in day.entries:
        if entry.key == key:
            return entry
    raise KeyError(key)


def _current(item: Item, current_items: Mapping[str, Item]) -> Item:
    current = current_items.get(item.id, item)
    same_serving = (current.serving, current.grams_per_serving) == (item.serving, item.grams_per_serving)
    return current if same_serving else item


def _replaced(day: DayIntake, changed: IntakeEntry) -> DayIntake:
    return _with_entries(day, tuple(changed if entry.key == changed.key else entry for entry in day.entries))


def _with_entries(day: DayIntake, entries: tuple[IntakeEntry, ...]) -> DayIntake:
    # A checked entry takes the place of the answer "nothing taken".
    nothing_taken = day.nothing_taken and not any(entry.checked for entry in entries)
    return replace(day, entries=entries, nothing_taken=nothing_taken)


def _free_key(day: DayIntake, item: Item) -> str:
    taken = {entry.key for entry in day.entries}
    number = 1
    while f"{item.id}/{number}" in taken:
        number += 1
    return f"{item.id}/{number}"
