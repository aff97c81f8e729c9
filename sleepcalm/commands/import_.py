"""`sleepcalm import`: take over an export, after a look at what that would change."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sleepcalm.commands.record_access import agreed, on_a_terminal, record_to_read, record_to_write, tell
from sleepcalm.program import Program, UserError, local_zone

if TYPE_CHECKING:
    from sleepcalm.storage.exchange import ImportPlan

HELP = "take over what `sleepcalm export` wrote, or a table in its form"

_SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="JSON, or CSV of the diary or of the intake")
    parser.add_argument("--dry-run", action="store_true", help="only show what would be taken over")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="conflicting rows take the place of what is recorded, which goes to the bin "
        "(else what is recorded stays)",
    )
    parser.add_argument(
        "--skip-rejected", action="store_true", help="take over the others when some rows cannot be"
    )
    parser.add_argument("--yes", action="store_true", help="import without asking")
    parser.add_argument("--json", action="store_true", help="print JSON, and do not ask")


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.storage.exchange import carry_out, content_to_import, plan_import, read_export  # noqa: PLC0415
    from sleepcalm.storage.exchange_forms import Reading  # noqa: PLC0415

    contents = read_export(content_to_import(arguments.file), Reading(local_zone(), program.now()))
    if arguments.dry_run:
        with record_to_read(program) as book:
            plan = plan_import(book, contents)
        _show(plan, arguments, imported=False)
        return int(bool(plan.rejected and not contents.rows))
    with record_to_write(program, arguments) as book:
        plan = plan_import(book, contents)
        if plan.rejected and not contents.rows:
            raise _useless(plan, arguments)
        if plan.rejected and not arguments.skip_rejected:
            _show(plan, arguments, imported=False)
            raise UserError(
                "nothing was imported, as some rows were rejected; --skip-rejected leaves them out"
            )
        if not _wanted(plan, arguments):
            raise UserError("nothing was imported")
        carry_out(book, program.read_record, plan, over=arguments.replace)
    _show(plan, arguments, imported=True)
    if plan.conflicting and not arguments.replace:
        tell(
            f"{_rows(len(plan.conflicting))} conflicting: what is recorded stays; --replace takes the file's"
        )
    return 0


def _useless(plan: ImportPlan, arguments: Namespace) -> UserError:
    """For a file of which nothing can be taken: to leave out what was rejected would leave nothing."""
    why = f"nothing in {arguments.file.name} can be imported"
    if len(plan.rejected) == 1:
        why += f": {plan.rejected[0].reason}"
    if arguments.json or len(plan.rejected) > 1:
        _show(plan, arguments, imported=False)
    return UserError(why)


def _wanted(plan: ImportPlan, arguments: Namespace) -> bool:
    """A script agrees by not giving --dry-run; somebody at a terminal is shown the preview and asked."""
    if arguments.yes or arguments.json or not on_a_terminal():
        return True
    _show(plan, arguments, imported=False)
    over = "replaces what is recorded" if arguments.replace else "stays as recorded"
    conflicts = f" ({_rows(len(plan.conflicting))} conflicting {over})" if plan.conflicting else ""
    return agreed(f"Import {_rows(len(plan.added))}{conflicts}?")


def _show(plan: ImportPlan, arguments: Namespace, *, imported: bool) -> None:
    found = _as_json(plan, imported=imported)
    if arguments.json:
        print(json.dumps(found, indent=2, ensure_ascii=False), flush=True)
        return
    words = "imported" if imported else "to import"
    print(f"{words}: {found['added']}, the same: {found['same']}, conflicting: {found['conflicting']}")
    for name in ("conflicts", "rejected"):
        for row in found[name][:_SHOWN]:
            print(f"line {row['line']}: {row['reason']}")
        if len(found[name]) > _SHOWN:
            print(f"and {len(found[name]) - _SHOWN} more {name}")


def _as_json(plan: ImportPlan, *, imported: bool) -> dict[str, Any]:
    return {
        "added": len(plan.added),
        "same": len(plan.same),
        "conflicting": len(plan.conflicting),
        "rejected": [{"line": row.line, "reason": row.reason} for row in plan.rejected],
        "conflicts": [
            {"line": row.line, "reason": f"{row.section} {row.key}: the record holds something else"}
            for row in plan.conflicting
        ],
        "imported": imported,
    }


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
