"""Pictures of the Minerals tab: the real window on an invented day, at chosen moments.

    python packaging/screenshots_minerals.py            docs/pictures/minerals.png
    python packaging/screenshots_minerals.py FOLDER     every moment in every size, to be looked at

It needs no display: without one, Qt paints off the screen.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Signal  # noqa: E402 - the platform is chosen first
from PySide6.QtGui import QFont  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from sleepcalm.gui.kept_preferences import KeptPreferences  # noqa: E402
from sleepcalm.gui.main_window import MainWindow  # noqa: E402
from sleepcalm.gui.minerals.minerals_tab import MineralsTab  # noqa: E402
from sleepcalm.gui.minerals.ports import MineralFacts  # noqa: E402
from sleepcalm.gui.theme import apply_theme  # noqa: E402
from sleepcalm.minerals.checklist import add  # noqa: E402
from sleepcalm.minerals.compounds import load_compounds  # noqa: E402
from sleepcalm.minerals.food_table import load_foods  # noqa: E402
from sleepcalm.minerals.intake import (  # noqa: E402
    Amount,
    ChecklistItem,
    DayIntake,
    Item,
    MineralContent,
    Source,
)
from sleepcalm.minerals.interactions import load_interactions  # noqa: E402
from sleepcalm.minerals.reference_intakes import load_reference_tables  # noqa: E402
from sleepcalm.preferences import Preferences, RegularMedicine  # noqa: E402

DOCUMENTATION = ROOT / "docs" / "pictures"
TODAY = dt.date(2026, 11, 22)
TEXT_PT = 11.0
WOMAN = Preferences(sex="female", birth_year=1984)
SIZES = {
    "1040x700": (1040, 700, 1.0),
    "1366x768": (1366, 768, 1.0),
    "800x600": (800, 600, 1.0),
    "1040x700-150": (1040, 700, 1.5),
    "1366x768-150": (1366, 768, 1.5),
}


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


def read_facts() -> MineralFacts:
    seeds = ROOT / "seeds"
    return MineralFacts(
        foods=load_foods(seeds / "foods.csv"),
        compounds=load_compounds(seeds / "supplements.toml"),
        references=load_reference_tables(seeds / "reference_intakes.toml"),
        guide=load_interactions(seeds / "interactions.toml"),
    )


FACTS = read_facts()
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


def picture(application: QApplication, name: str, size: tuple[int, int, float], target: Path) -> None:
    """Save one moment in one size as PNG; a small window is painted in its place over the large one."""
    font = QFont(application.font())
    font.setPointSizeF(TEXT_PT * size[2])
    application.setFont(font)
    apply_theme(application)
    moment = MOMENTS[name]
    record = StillRecord(moment.days, moment.items, moment.reason)
    preferences = KeptPreferences(moment.preferences, lambda _preferences: None)
    tab = MineralsTab(record, lambda: FACTS, preferences)
    window = MainWindow([("&Relax", QWidget()), ("&Diary", QWidget()), ("&Minerals", tab)], "SleepCalm")
    window.resize(size[0], size[1])
    window.show()
    window.open_tab(2)
    moment.act(tab)
    for _settling in range(4):  # what appears last changes the heights of what was there
        QTest.qWait(15)
    shot = window.grab()
    for small in application.topLevelWidgets():
        if small is not window and small.isVisible() and isinstance(small, QDialog | QWidget):
            small.render(
                shot, small.mapToGlobal(small.rect().topLeft()) - window.mapToGlobal(window.rect().topLeft())
            )
            small.close()
    shot.save(str(target))
    window.close()
    window.deleteLater()
    preferences.flush()
    QTest.qWait(1)


def main(arguments: list[str]) -> int:
    application = QApplication([])
    if arguments:
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        sizes = [name for name in SIZES if not arguments[1:] or name in arguments[1:]]
        moments = [name for name in MOMENTS if not set(arguments[1:]) & set(MOMENTS) or name in arguments[1:]]
        for size in sizes or SIZES:
            for name in moments:
                picture(application, name, SIZES[size], folder / f"{name}-{size}.png")
    else:
        DOCUMENTATION.mkdir(parents=True, exist_ok=True)
        picture(application, "usual", SIZES["1040x700"], DOCUMENTATION / "minerals.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
