"""`sleepcalm diary`: nights, one JSON object each."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sleepcalm.commands.record_access import chosen_date, record_to_read, record_to_write, tell
from sleepcalm.program import Program, UserError, local_zone
from sleepcalm.shared_options import add_action

if TYPE_CHECKING:
    from sleepcalm.diary.entry import Entry
    from sleepcalm.storage.record_book import RecordBook

HELP = "add, show, list and delete nights"

_STANDARD_INPUT = "-"
_NOT_ADDING_UP = {"does_not_add_up", "out_of_order"}


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = add_action(actions, "add", "save nights, one JSON object a line")
    add.add_argument(
        "--json",
        metavar="FILE",
        default=_STANDARD_INPUT,
        help="the file to read; - is standard input, as without this option",
    )
    show = add_action(actions, "show", "a night, what follows from it, and what is odd")
    show.add_argument("date", metavar="DATE", help="the morning of the night, as YYYY-MM-DD")
    show.add_argument("--json", action="store_true", help="print JSON")
    listing = add_action(actions, "list", "the recorded nights")
    listing.add_argument("--from", dest="first", metavar="DATE")
    listing.add_argument("--to", dest="last", metavar="DATE")
    listing.add_argument("--json", action="store_true", help="print JSON")
    delete = add_action(actions, "delete", "move a night to the bin, for 30 days")
    delete.add_argument("date", metavar="DATE")
    undelete = add_action(actions, "undelete", "take back what came to the bin last of a night")
    undelete.add_argument("date", metavar="DATE")


def run(program: Program, arguments: Namespace) -> int:
    return {"add": _add, "show": _show, "list": _list, "delete": _delete, "undelete": _undelete}[
        arguments.action
    ](program, arguments)


def _add(program: Program, arguments: Namespace) -> int:
    failed = False
    with _lines(arguments.json) as lines, record_to_write(program, arguments) as book:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                saved = _save(book, line, program)
            except (ValueError, OSError) as error:
                failed = True
                tell(f"line {number}: {error}")
            else:
                print(f"saved {saved.wake_date}", flush=True)
                _tell_what_is_odd(saved)
    return int(failed)


def _tell_what_is_odd(entry: Entry) -> None:
    """A line for each remark on what was typed; that it comes late is nothing to look into."""
    from sleepcalm.diary.flags import FlagCode  # noqa: PLC0415
    from sleepcalm.diary.measures import measure  # noqa: PLC0415

    for flag in measure(entry).flags:
        if flag.code is not FlagCode.ENTERED_LATE:
            tell(f"{entry.wake_date}: {flag.text}")


@contextmanager
def _lines(source: str) -> Iterator[IO[bytes]]:
    # As bytes: one line that is not UTF-8 has to leave the others readable.
    if source == _STANDARD_INPUT:
        if sys.stdin.isatty():
            tell("one JSON object a line; Ctrl-D ends")
        yield sys.stdin.buffer
    else:
        with Path(source).open("rb") as stream:
            yield stream


def _save(book: RecordBook, line: bytes, program: Program) -> Entry:
    """Save the night of a line, durably. Raises ValueError and StorageError, both with a line of text."""
    from sleepcalm.diary.entry_format import entry_from_json  # noqa: PLC0415

    given = _parsed(line)
    zone = "UTC" if isinstance(given, dict) and given.get("time_zone") else local_zone()
    entry = entry_from_json(given, default_zone=zone, now=program.now())
    return book.save_entry(entry)


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except UnicodeDecodeError:
        raise ValueError("entry: not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"entry: not JSON ({error.msg}, column {error.colno})") from None
    except RecursionError:
        raise ValueError("entry: too deeply nested") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:40]!a}: is given twice")
    return found


def _show(program: Program, arguments: Namespace) -> int:
    wake_date = chosen_date(arguments.date, program)
    with record_to_read(program) as book:
        entry = book.entry(wake_date)
    if entry is None:
        raise UserError(f"there is no night {wake_date}")
    shown = _as_json(entry)
    if arguments.json:
        print(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        _print_night(shown)
    return 0


def _list(program: Program, arguments: Namespace) -> int:
    first = chosen_date(arguments.first, program) if arguments.first else date.min
    last = chosen_date(arguments.last, program) if arguments.last else date.max
    with record_to_read(program) as book:
        entries = book.entries(first, last)
    rows = [{"wake_date": entry.wake_date.isoformat(), **_as_json(entry)} for entry in entries.values()]
    if arguments.json:
        # A night a line: json indents many times slower than it writes.
        print("[" + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]")
    else:
        for row in rows:
            print(_summary(row))
    return 0


def _delete(program: Program, arguments: Namespace) -> int:
    wake_date = chosen_date(arguments.date, program)
    with record_to_write(program, arguments) as book:
        book.delete_entry(wake_date)
    print(f"deleted {wake_date}; `sleepcalm diary undelete {wake_date}` takes it back for 30 days")
    return 0


def _undelete(program: Program, arguments: Namespace) -> int:
    wake_date = chosen_date(arguments.date, program)
    with record_to_write(program, arguments) as book:
        book.undelete_entry(wake_date)
    print(f"took back {wake_date}")
    return 0


def _as_json(entry: Entry) -> dict[str, Any]:
    from sleepcalm.diary.entry_format import entry_to_json  # noqa: PLC0415
    from sleepcalm.diary.measures import measure, measures_to_json  # noqa: PLC0415

    measures = measure(entry)
    return {
        "entry": entry_to_json(entry),
        "measures": measures_to_json(measures),
        "flags": [
            {"code": flag.code.value, "fields": list(flag.fields), "text": flag.text}
            for flag in measures.flags
        ],
    }


def _print_night(shown: dict[str, Any]) -> None:
    for name, value in _flat(shown["entry"]):
        print(f"{name:<40} {value}")
    for name, value in shown["measures"].items():
        print(f"{name:<40} {'not known' if value is None else value}")
    for flag in shown["flags"]:
        print(f"note: {flag['text']}")


def _flat(entry: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """What was recorded, by path."""
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{name}.")
        elif value not in (None, ""):
            yield path + name, json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _summary(row: dict[str, Any]) -> str:
    measures, entry = row["measures"], row["entry"]
    asleep, onset = measures["total_sleep_time_min"], measures["sleep_onset_latency_min"]
    parts = [
        row["wake_date"],
        "sleep not known" if asleep is None else f"{asleep // 60} h {asleep % 60:02d} min asleep",
        None if onset is None else f"{onset} min to fall asleep",
        None if (jolts := entry["hypnic_jerks"]["count"]) is None else f"jolts: {jolts}",
        "does not add up" if {flag["code"] for flag in row["flags"]} & _NOT_ADDING_UP else None,
    ]
    return "  ".join(part for part in parts if part)
