"""The Minerals tab at chosen moments, on an invented day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from still import ROOT, Staged, Stills

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.minerals.minerals_tab import MineralsTab
from sleepcalm.minerals.checklist import add
from sleepcalm.minerals.intake import (
    Amount,
    ChecklistItem,
    DayIntake,
    Item,
    MineralContent,
    Source,
)
from sleepcalm.preferences import Preferences, RegularMedicine
from sleepcalm.window.minerals import load_mineral_facts

TODAY = dt.date(2026, 11, 22)
WOMAN = Preferences(sex="female", birth_year=1984)


class StillRecord(QObject):
    """A record that holds what it is given and keeps no file."""

    saved = Signal(object)
    save_failed = Signal(str)
    changed = Signal()

    def __init__(self, days: Sequence[DayIntake], items: Sequence[ChecklistItem], reason: str = "") -> None:
        super().__init__()
        self.read_only_reason = reason
        self._days = {day.date: day for day in days}
        self._items = {kept.item.id: kept for kept in items}

    def today(self) -> dt.date:
        return TODAY

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 11, 22, 21, 30, tzinfo=dt.UTC)

    def day(self, date: dt.date) -> DayIntake | None:
        return self._days.get(date)

    def days(self, first: dt.date, last: dt.date) -> list[DayIntake]:
        return [day for date, day in sorted(self._days.items()) if first <= date <= last]

    def own_items(self) -> tuple[ChecklistItem, ...]:
        return tuple(self._items.values())

    def save_day(self, day: DayIntake) -> None:
        self._days[day.date] = day
        self.saved.emit(self.now())

    def save_item(self, item: ChecklistItem) -> None:
        self._items[item.item.id] = item

    def delete_item(self, item_id: str) -> Callable[[], None]:
        gone = self._items.pop(item_id)
        return lambda: self._items.update({item_id: gone})


FACTS = load_mineral_facts(ROOT / "seeds")
FOODS = {food.item.name: food.item for food in FACTS.foods}
CAPSULE = Item(
    id="own-capsule",
    name="Magnesium bisglycinate",
    serving="1 capsule",
    source=Source.SUPPLEMENT,
    magnesium=FACTS.compounds["magnesium-bisglycinate"].content(709.2),
)
TABLET = Item(
    id="own-tablet",
    name="Calcium citrate",
    serving="2 tablets",
    source=Source.SUPPLEMENT,
    calcium=MineralContent(630.0),
)
DAILY = (
    ChecklistItem(CAPSULE, usual_time=dt.time(21, 30), favourite=True, daily=True),
    ChecklistItem(FOODS["Almonds"], favourite=True, daily=True),
    ChecklistItem(FOODS["Dark chocolate"] if "Dark chocolate" in FOODS else FOODS["Cashews"], daily=True),
)


def usual_day(date: dt.date = TODAY) -> DayIntake:
    day = add(DayIntake(date), CAPSULE, time_of_day=dt.time(21, 30))
    names = [name for name in FOODS if name.startswith(("Oat", "Yogurt", "Almonds", "Spinach, b", "Tofu"))]
    for number, name in enumerate(names):
        day = add(day, FOODS[name], checked=number % 2 == 0)
    return day


def week() -> list[DayIntake]:
    days = [usual_day(TODAY - dt.timedelta(days=number)) for number in (0, 1, 2, 4, 6)]
    return [replace(day, entries=day.entries[: 4 + number]) for number, day in enumerate(days)]


@dataclass(frozen=True, slots=True)
class Moment:
    days: Sequence[DayIntake]
    act: Callable[[MineralsTab], object] = lambda _tab: None
    preferences: Preferences = WOMAN
    items: Sequence[ChecklistItem] = DAILY
    reason: str = ""


def _search(words: str) -> Callable[[MineralsTab], None]:
    def act(tab: MineralsTab) -> None:
        tab.checklist.search.setFocus()
        tab.checklist.search.setText(words)

    return act


def _amount(tab: MineralsTab) -> None:
    _search("spinach")(tab)
    tab.checklist.search.entered.emit()
    tab.checklist.amount.amount.setText("40 g")


def _undo(tab: MineralsTab) -> None:
    tab.checklist.entries.focus_entry(tab.keeper.day.entries[2].key)
    tab.keeper.toggle(tab.keeper.day.entries[2].key)


def _week(tab: MineralsTab) -> None:
    tab.totals.span.set_value("week")
    tab.totals.show_totals()


def _new_item(tab: MineralsTab) -> None:
    tab.open_item(None, "Magnesium citrate")


def _known_item(tab: MineralsTab) -> None:
    tab.open_item(CAPSULE, "")


def _menu(tab: MineralsTab) -> None:
    tab.checklist.entries.menu_wanted.emit(tab.keeper.day.entries[0].key)


def _lots(servings: float) -> DayIntake:
    day = add(DayIntake(TODAY), CAPSULE, Amount(servings), dt.time(22, 0))
    return add(day, TABLET, time_of_day=dt.time(22, 0))


_MEDICINES = replace(
    WOMAN,
    medicines=(
        RegularMedicine("levothyroxine", ("20:00",)),
        RegularMedicine("iron"),
        RegularMedicine("digoxin"),
    ),
)

MOMENTS = {
    "usual": Moment([usual_day()]),
    "range": Moment([usual_day()], preferences=Preferences()),
    "empty": Moment([], items=()),
    "offers": Moment([]),
    "search": Moment([usual_day()], _search("milk")),
    "nothing-found": Moment([usual_day()], _search("zzyzx")),
    "amount": Moment([usual_day()], _amount),
    "undo": Moment([usual_day()], _undo),
    "week": Moment(week(), _week),
    "note": Moment([_lots(2.5)]),
    "warning": Moment([_lots(4)]),
    "under-18": Moment([_lots(4)], preferences=Preferences(birth_year=2012)),
    "medicines": Moment([usual_day()], preferences=_MEDICINES),
    "pregnant": Moment([usual_day()], preferences=replace(WOMAN, life_stage="pregnant", wellness_read=True)),
    "all-to-know": Moment([usual_day()], lambda tab: tab.good_to_know.about.click()),
    "read-only": Moment([usual_day()], reason="Another window writes to this record; it can be read here."),
    "new-item": Moment([usual_day()], _new_item),
    "known-item": Moment([usual_day()], _known_item),
    "person": Moment([usual_day()], lambda tab: tab.open_person()),
    "medicines-dialog": Moment([usual_day()], lambda tab: tab.open_medicines(), preferences=_MEDICINES),
    "calendar": Moment([usual_day()], lambda tab: tab.open_calendar()),
    "menu": Moment([usual_day()], _menu),
}


def _stage(name: str) -> Staged:
    moment = MOMENTS[name]
    record = StillRecord(moment.days, moment.items, moment.reason)
    preferences = KeptPreferences(moment.preferences, lambda _preferences: None)
    tab = MineralsTab(record, lambda: FACTS, preferences)
    return Staged(tab, lambda: moment.act(tab))


STILLS = Stills("&Minerals", "usual", MOMENTS, _stage)
