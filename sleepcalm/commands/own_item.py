"""`sleepcalm minerals add-item`: an item of the user's own."""

from __future__ import annotations

import re
import unicodedata
from argparse import ArgumentParser, Namespace
from datetime import time
from typing import TYPE_CHECKING

from sleepcalm.commands.listening import number_between
from sleepcalm.commands.record_access import record_to_write
from sleepcalm.program import Program, UserError
from sleepcalm.shipped_files import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Collection

    from sleepcalm.minerals.intake import Item, MineralContent

MINERALS = ("magnesium", "calcium")
amount = number_between(0.001, 10_000)
"""An argument type: servings, or grams."""
_A_COMPOUND = {"magnesium": "magnesium-citrate", "calcium": "calcium-carbonate"}
_SHIPPED_PREFIX = "usda-"
_milligrams = number_between(0, 100_000)


def add_item_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--serving", metavar="TEXT", required=True, help='such as "1 capsule"')
    parser.add_argument("--source", choices=["food", "supplement", "drink"], required=True)
    parser.add_argument("--grams", metavar="G", type=amount, help="weight of a serving")
    for mineral in MINERALS:
        parser.add_argument(
            f"--{mineral}-mg",
            metavar="MG",
            type=_milligrams,
            help=f"{mineral} in a serving (of a compound, if named)",
        )
        parser.add_argument(
            f"--{mineral}-compound",
            metavar="ID",
            help=f"the milligrams are of this compound, such as {_A_COMPOUND[mineral]}",
        )
    parser.add_argument("--time", metavar="HH:MM", help="usual time of day")
    parser.add_argument("--daily", action="store_true", help="offer it every day")
    parser.add_argument("--favourite", action="store_true", help="show it first")
    parser.add_argument("--replace", action="store_true", help="change the item of that name")


def add_item(program: Program, arguments: Namespace) -> int:
    from sleepcalm.minerals.intake import ChecklistItem, Item, Source  # noqa: PLC0415

    contents = {mineral: _content(mineral, arguments) for mineral in MINERALS}
    usual_time = clock(arguments.time)
    with record_to_write(program, arguments) as book:
        kept = book.items()
        wanted = arguments.name.strip().casefold()
        same_name = [one for one in kept.values() if one.item.name.casefold() == wanted and _is_own(one.item)]
        if same_name and not arguments.replace:
            raise UserError(f"there is an item {same_name[0].item.name!r} already; --replace changes it")
        item_id = same_name[0].item.id if same_name else _new_id(arguments.name, kept)
        try:
            item = Item(
                id=item_id,
                name=arguments.name.strip(),
                serving=arguments.serving.strip(),
                source=Source(arguments.source),
                grams_per_serving=arguments.grams,
                **contents,
            )
        except ValueError as error:
            raise UserError(str(error), status=2) from error
        book.save_item(ChecklistItem(item, usual_time, arguments.favourite, arguments.daily))
    print(f"kept {item.name} as {item.id}")
    return 0


def _is_own(item: Item) -> bool:
    """Foods that the program ships are kept too, with a mark; their figures are not the user's to change."""
    return not item.id.startswith(_SHIPPED_PREFIX)


def _content(mineral: str, arguments: Namespace) -> MineralContent | None:
    """What the label says of a mineral; elemental milligrams unless a compound is named."""
    from sleepcalm.minerals.compounds import load_compounds  # noqa: PLC0415
    from sleepcalm.minerals.intake import MineralContent  # noqa: PLC0415

    mg, compound_id = getattr(arguments, f"{mineral}_mg"), getattr(arguments, f"{mineral}_compound")
    if mg is None:
        if compound_id is not None:
            raise UserError(f"--{mineral}-compound goes with --{mineral}-mg", status=2)
        return None
    if compound_id is None:
        return MineralContent(mg)
    compounds = load_compounds(shipped_folder("seeds") / "supplements.toml")
    fitting = {one.id: one for one in compounds.values() if one.mineral.value == mineral}
    if compound_id not in fitting:
        raise UserError(f"{compound_id!r} is none of {', '.join(fitting)}", status=2)
    return fitting[compound_id].content(mg)


def _new_id(name: str, taken: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = "own-" + ("-".join(re.findall(r"[a-z0-9]+", plain)) or "item")
    number = 1
    while (found := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return found


def clock(text: str | None) -> time | None:
    """A time of day as people type it. Raises UserError."""
    from sleepcalm.diary.clock_text import ClockTextError, parse_clock  # noqa: PLC0415

    try:
        return None if text is None else parse_clock(text)
    except ClockTextError as error:
        raise UserError(f"time: {error}", status=2) from error
