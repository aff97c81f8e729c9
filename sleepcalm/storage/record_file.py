"""The format of the record's file: readable JSON that knows whether it is whole.

The file is one JSON object. Its first line holds the SHA-256 of everything after that line, so the header
is covered too; then come the schema version, the generation (one more with every save) and the tables, one
document a line, so that a person can read it, search it and, if need be, edit it with any editor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, TypeAlias

import msgspec

from sleepcalm.storage.documents import EncodedTables, encode_tables

__all__ = ["Damaged", "Edited", "Header", "Intact", "Verdict", "compose", "judge"]

FORMAT = "sleepcalm-record"


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says about itself, beside its checksum."""

    schema_version: int
    generation: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Intact:
    """The file is exactly what was written."""

    header: Header
    tables: EncodedTables


@dataclass(frozen=True, slots=True)
class Edited:
    """The file can be read, but is not what was written: a hand has edited it, or a bit has flipped.

    Nothing in the file tells the two apart, so a person has to.
    """

    header: Header
    tables: EncodedTables
    reason: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """The file cannot be read as a record."""

    reason: str


Verdict: TypeAlias = Intact | Edited | Damaged


class _Layout(msgspec.Struct, forbid_unknown_fields=True):
    sha256: str
    format: str
    schema_version: int
    generation: int
    saved_at: datetime
    tables: dict[str, dict[str, msgspec.Raw]]


class _LooseLayout(_Layout):
    # TinyDB lets a caller put anything where a table belongs, so its storages have to keep it.
    tables: dict[str, msgspec.Raw]  # type: ignore[assignment]


_layout = msgspec.json.Decoder(_Layout)
_loose_layout = msgspec.json.Decoder(_LooseLayout)
_table = msgspec.json.Decoder(dict[str, msgspec.Raw])


def compose(header: Header, tables: EncodedTables) -> bytearray:
    """The bytes of a whole file."""
    about = {
        "format": FORMAT,
        "schema_version": header.schema_version,
        "generation": header.generation,
        "saved_at": header.saved_at,
        "tables": tables,
    }
    # One buffer for all of it: each further copy of ten years of nights would cost milliseconds. The line
    # end of the first line goes where the encoder has put the opening brace.
    size = len(_first_line(b""))
    content = bytearray(size)
    msgspec.json.Encoder().encode_into(about, content, size - 1)
    content += b"\n"
    content[:size] = _first_line(memoryview(content)[size:])
    return content


def _first_line(rest: bytes | memoryview) -> bytes:
    return b'{"sha256":"%b",\n' % hashlib.sha256(rest).hexdigest().encode()


def judge(data: bytes) -> Verdict:
    """Tell what was written from what was edited from what is damaged."""
    if not data:
        return Damaged("the file is empty")
    size = len(_first_line(b""))
    if data[:size] == _first_line(memoryview(data)[size:]):
        try:
            return _read_intact(data)
        except msgspec.MsgspecError as error:
            return Damaged(f"not a record of this program ({error})")
    if not data.strip(b"\0"):
        return Damaged("the file holds nothing but zero bytes")
    return _read_edited(data)


def _read_intact(data: bytes) -> Intact:
    tables: EncodedTables
    content: _Layout
    try:
        content = _layout.decode(data)
        tables = {name: _with_line_ends(table) for name, table in content.tables.items()}
    except msgspec.ValidationError:
        content = _loose_layout.decode(data)
        tables = {
            name: _with_line_ends(_table.decode(value)) if bytes(value)[:1] == b"{" else value
            for name, value in _loose_tables(content).items()
        }
    if content.format != FORMAT:
        raise msgspec.ValidationError(f"format is {content.format!r}")
    return Intact(Header(content.schema_version, content.generation, content.saved_at), tables)


def _loose_tables(content: _Layout) -> Mapping[str, msgspec.Raw]:
    return content.tables  # type: ignore[return-value]  # _LooseLayout's


def _with_line_ends(table: Mapping[str, msgspec.Raw]) -> dict[str, msgspec.Raw]:
    # A line end behind each document makes the file readable, and the bytes ready to be written again.
    # The copy lets go of the whole file, of which every Raw is a view.
    return {key: msgspec.Raw(b"%b\n" % document) for key, document in table.items()}


def _read_edited(data: bytes) -> Edited | Damaged:
    """Read strictly, but without help from the checksum, what a hand may have written."""
    try:
        content = json.loads(
            data.decode("utf-8"), object_pairs_hook=_without_duplicates, parse_constant=_refuse_constant
        )
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            return Damaged("not a record of this program")
        header = msgspec.convert(
            {name: content.get(name) for name in ("schema_version", "generation", "saved_at")}, Header
        )
        tables = content.get("tables")
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            return Damaged("its tables are not there")
        return Edited(header, encode_tables(tables), "its content does not match its checksum")
    except (ValueError, RecursionError) as error:
        return Damaged(f"not readable as JSON ({error})")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'"{twice}" is there twice')
    return content


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
