"""`sleepcalm minerals`: what was taken on a day, and how it adds up."""

from __future__ import annotations

import json
import shlex
from argparse import ArgumentParser, Namespace
from datetime import date, time
from typing import TYPE_CHECKING, Any

from sleepcalm.commands.own_item import MINERALS, add_item, add_item_arguments, amount, clock
from sleepcalm.commands.record_access import chosen_date, record_to_read, record_to_write, tell
from sleepcalm.program import Program, UserError
from sleepcalm.shared_options import add_action
from sleepcalm.shipped_files import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sleepcalm.minerals.intake import Amount, ChecklistItem, DayIntake, Item
    from sleepcalm.minerals.item_search import SearchableItem

HELP = "log magnesium and calcium, and add them up"


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    log = add_action(actions, "log", "record something as taken")
    log.add_argument("item", metavar="ITEM", help="its id, its name or words that only it has")
    how_much = log.add_mutually_exclusive_group()
    how_much.add_argument("--servings", metavar="N", type=amount)
    how_much.add_argument("--grams", metavar="G", type=amount)
    log.add_argument("--date", metavar="D", default="today", help="the calendar day, as YYYY-MM-DD")
    log.add_argument("--time", metavar="HH:MM", help="the time of day")
    add_item_arguments(add_action(actions, "add-item", "keep an item of your own"))
    totals = add_action(actions, "totals", "what a day adds up to, beside the reference intakes")
    totals.add_argument("--date", metavar="D", default="today", help="the calendar day, as YYYY-MM-DD")
    totals.add_argument("--json", action="store_true", help="print JSON")
    foods = add_action(actions, "foods", "search your own items and the common foods")
    foods.add_argument("query", metavar="QUERY", nargs="?", default="")
    foods.add_argument("--json", action="store_true", help="print JSON")


def run(program: Program, arguments: Namespace) -> int:
    return {"log": _log, "add-item": add_item, "totals": _totals, "foods": _foods}[arguments.action](
        program, arguments
    )


def _log(program: Program, arguments: Namespace) -> int:
    from sleepcalm.minerals.intake import DayIntake  # noqa: PLC0415
    from sleepcalm.minerals.item_search import ItemNotFoundError, resolve_item  # noqa: PLC0415

    day_date = _calendar_day(arguments.date, program)
    with record_to_write(program, arguments) as book:
        try:
            item = resolve_item(arguments.item, _searchable(book.items().values())).item
            before = book.day(day_date) or DayIntake(day_date)
            day = _with_taken(before, item, _amount_of(arguments), clock(arguments.time))
        except ItemNotFoundError as error:
            raise UserError(f"{error}; {_how_to_find(arguments.item if error.nearest else '')}", 2) from error
        except ValueError as error:
            raise UserError(str(error), status=2) from error
        book.save_day(day)
    print(f"logged {_how_much(arguments, item)} on {day_date}")
    return 0


def _with_taken(day: DayIntake, item: Item, amount: Amount, at: time | None) -> DayIntake:
    """The day with the item taken: one that is offered already is checked, else an entry is added."""
    from sleepcalm.minerals import checklist  # noqa: PLC0415

    offered = next((e.key for e in day.entries if e.item.id == item.id and not e.checked), None)
    if offered is None:
        return checklist.add(day, item, amount, at)
    day = checklist.set_amount(checklist.set_checked(day, offered, checked=True), offered, amount)
    return day if at is None else checklist.set_time(day, offered, at)


def _totals(program: Program, arguments: Namespace) -> int:
    from sleepcalm.minerals.intake import DayIntake  # noqa: PLC0415
    from sleepcalm.minerals.reference_intakes import load_reference_tables  # noqa: PLC0415
    from sleepcalm.minerals.totals import day_totals, totals_document  # noqa: PLC0415
    from sleepcalm.person import profile_of, region_of  # noqa: PLC0415

    day_date = _calendar_day(arguments.date, program)
    with record_to_read(program) as book:
        day = book.day(day_date) or DayIntake(day_date)
    tables = load_reference_tables(shipped_folder("seeds") / "reference_intakes.toml")
    preferences = program.preferences
    reference = tables.reference_for(region_of(preferences), profile_of(preferences, day_date))
    shown = totals_document(day_totals(day, reference, tables.thresholds))
    if arguments.json:
        print(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        _print_totals(shown)
    return 0


def _foods(program: Program, arguments: Namespace) -> int:
    from sleepcalm.minerals.item_search import search_items  # noqa: PLC0415

    with record_to_read(program) as book:
        kept = book.items()
    favourites = {item_id for item_id, one in kept.items() if one.favourite}
    found = search_items(arguments.query, _searchable(kept.values()), favourites)
    rows = [_food_row(one, favourites) for one in found]
    if arguments.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    if not rows:
        tell(f"nothing matches {arguments.query!r}; {_how_to_find()}")
    for row in rows:
        figures = (f"{mineral} {_figure(row[f'{mineral}_mg'])}" for mineral in MINERALS)
        print(f"{row['name']} ({row['serving']}): {', '.join(figures)}")
    return 0


def _how_to_find(words: str = "") -> str:
    """The way on for who named something that is not one item; `words` are those that find several."""
    search, found = (f" {shlex.quote(words)}", "shows them") if words else ("", "lists them all")
    return f"`sleepcalm minerals foods{search}` {found}, `sleepcalm minerals add-item` keeps one of your own"


def _searchable(kept: Collection[ChecklistItem]) -> Sequence[SearchableItem]:
    """The user's own items and the foods that the program ships; a food with a mark is still that food."""
    from sleepcalm.minerals.food_table import load_foods  # noqa: PLC0415
    from sleepcalm.minerals.item_search import SearchableItem  # noqa: PLC0415

    foods = load_foods(shipped_folder("seeds") / "foods.csv")
    shipped = {food.item.id for food in foods}
    return [*(SearchableItem(one.item) for one in kept if one.item.id not in shipped), *foods]


def _food_row(found: SearchableItem, favourites: Collection[str]) -> dict[str, Any]:
    item = found.item
    return {
        "id": item.id,
        "name": item.name,
        "serving": item.serving,
        "source": item.source.value,
        "grams_per_serving": item.grams_per_serving,
        "magnesium_mg": item.magnesium.elemental_mg if item.magnesium else None,
        "calcium_mg": item.calcium.elemental_mg if item.calcium else None,
        "favourite": item.id in favourites,
        "other_names": list(found.other_names),
        "note": found.note,
    }


def _calendar_day(text: str, program: Program) -> date:
    day = chosen_date(text, program)
    if day > program.now().date():
        raise UserError(f"date: {day} is in the future", status=2)
    return day


def _amount_of(arguments: Namespace) -> Amount:
    from sleepcalm.minerals.intake import Amount, AmountUnit  # noqa: PLC0415

    if arguments.grams is not None:
        return Amount(arguments.grams, AmountUnit.GRAMS)
    return Amount(1.0 if arguments.servings is None else arguments.servings)


def _how_much(arguments: Namespace, item: Item) -> str:
    if arguments.grams is not None:
        return f"{arguments.grams:g} g of {item.name}"
    return f"{1 if arguments.servings is None else arguments.servings:g} x {item.serving} of {item.name}"


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['low']:g} to {value['high']:g} mg"
    return "not known" if value is None else f"{value:g} mg"


def _print_totals(shown: dict[str, Any]) -> None:
    print(shown["date"])
    for mineral in MINERALS:
        for name, value in shown[f"{mineral}_mg"].items():
            print(f"{mineral + ' ' + name.replace('_', ' '):<36} {_figure(value)}")
    for note in shown["notes"]:
        print(f"note: {note['text']}")
