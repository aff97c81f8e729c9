"""`sleepcalm restore`: back to a backup, after a look at what that would change."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sleepcalm.commands.record_access import agreed, on_a_terminal, record_to_write
from sleepcalm.program import Program, UserError
from sleepcalm.storage.data_folder import BESIDE_THE_RECORD

if TYPE_CHECKING:
    from sleepcalm.storage.restore import RestorePlan

HELP = "go back to a backup; first it shows what that would change"

_SHOWN = 40
_WORDS = {"added": "comes back", "removed": "goes", "changed": "changes"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a backup that `sleepcalm backup` made")
    parser.add_argument("--yes", action="store_true", help="restore without asking")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.storage.restore import plan_restore, restore  # noqa: PLC0415

    destinations = {name: program.data_folder / name for name in BESIDE_THE_RECORD}
    with record_to_write(program, arguments) as book:
        plan = plan_restore(book.database, arguments.file, destinations)
        if not arguments.json:
            _show(plan)
        undo = None
        if not plan.changes_nothing and (arguments.yes or _wanted(arguments)):
            undo = restore(book.database, plan, destinations, program.now())
    if arguments.json:
        print(json.dumps(_as_json(plan, undo), indent=2, ensure_ascii=False))
    elif undo:
        print(f"restored; `sleepcalm restore {undo}` undoes it")
    return 0


def _wanted(arguments: Namespace) -> bool:
    if arguments.json:
        return False
    if not on_a_terminal():
        raise UserError("nothing was changed; --yes restores")
    if agreed("Restore?"):
        return True
    raise UserError("nothing was changed")


def _show(plan: RestorePlan) -> None:
    print(f"backup of {plan.made_at:%Y-%m-%d %H:%M}")
    if plan.changes_nothing:
        print("it is the same as what there is; nothing to restore")
        return
    for difference in plan.documents[:_SHOWN]:
        fields = f" ({', '.join(difference.fields)})" if difference.fields else ""
        print(f"{_WORDS[difference.change.value]}: {difference.table} {difference.key}{fields}")
    if len(plan.documents) > _SHOWN:
        print(f"and {len(plan.documents) - _SHOWN} more")
    for name in plan.files:
        print(f"replaced: {name}")


def _as_json(plan: RestorePlan, undo: Path | None) -> dict[str, Any]:
    return {
        "made_at": plan.made_at.isoformat(),
        "documents": [
            {"table": one.table, "key": one.key, "change": one.change.value, "fields": list(one.fields)}
            for one in plan.documents
        ],
        "files": list(plan.files),
        "restored": undo is not None,
        "undo": str(undo) if undo else None,
    }
