"""Documents as TinyDB sees them, without the live tree ever leaving the storage.

What is cached in memory is the decoded outline of the file, table by table and key by key, with each
document in its JSON bytes. Decoding one document is several times cheaper than copying a decoded one, so
this is both the fastest way to hand out private copies and one that nobody can change from outside: bytes
have no inside to change. A document that nobody opened is written again as it is, without encoding it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, TypeAlias

import msgspec

from sleepcalm.storage.errors import BadDocumentError

__all__ = ["EncodedTables", "StoredDocument", "StoredTable", "encode_tables", "plain_copy", "private_copies"]

EncodedTables: TypeAlias = Mapping[str, "Mapping[str, msgspec.Raw] | msgspec.Raw"]
"""Table by name, document by key; never changed once made, so threads can share it."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class StoredDocument(MutableMapping[str, Any]):
    """A private copy of a document, decoded when first looked at."""

    __slots__ = ("copy", "encoded")

    def __init__(self, encoded: msgspec.Raw) -> None:
        self.encoded = encoded
        self.copy: dict[str, Any] | None = None
        """None while nobody has looked inside, so that nobody can have changed it."""

    @property
    def content(self) -> dict[str, Any]:
        if self.copy is None:
            self.copy = _decode(self.encoded)
        return self.copy

    def __getitem__(self, name: str) -> Any:
        return self.content[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.content[name] = value

    def __delitem__(self, name: str) -> None:
        del self.content[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.content)

    def __len__(self) -> int:
        return len(self.content)

    def keys(self) -> Any:
        # dict(document) asks for the keys first; dict's own view of them is the quick one
        return self.content.keys()

    def __repr__(self) -> str:
        return repr(self.content)


class StoredTable(MutableMapping[str, Any]):
    """A private view of a table; a change to it, or to a document taken from it, stays its own."""

    __slots__ = ("_documents", "_encoded")

    def __init__(self, encoded: Mapping[str, msgspec.Raw]) -> None:
        self._encoded = encoded
        self._documents: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._documents:
            self._documents[key] = _open(self._encoded[key])
        return self._documents[key]

    def __setitem__(self, key: str, document: Any) -> None:
        self._encoded = {**self._encoded, key: _NOT_YET_ENCODED}
        self._documents[key] = document

    def __delitem__(self, key: str) -> None:
        self._encoded = {other: encoded for other, encoded in self._encoded.items() if other != key}
        self._documents.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)

    def items(self) -> Any:
        # TinyDB goes through all items for every change: here it is worth being quick
        opened = self._documents
        self._documents = {
            key: opened[key] if key in opened else _open(encoded) for key, encoded in self._encoded.items()
        }
        return self._documents.items()

    def contents(self, first: str, last: str) -> dict[str, Any]:
        """Copies of the documents from key first to key last, both included, in the order of their keys."""
        encoded = self._encoded
        keys = sorted([key for key in encoded if first <= key <= last])
        if self._documents:
            return {key: plain_copy({key: self[key]})[key] for key in keys}
        return {key: _decode(encoded[key]) for key in keys}

    def __repr__(self) -> str:
        return repr(dict(self))

    def encode(self) -> Mapping[str, msgspec.Raw]:
        """The table with the changes made to it."""
        if not self._documents:
            return self._encoded
        changed = {key: _encode_document(document, key) for key, document in self._documents.items()}
        return {**self._encoded, **changed}


_NOT_YET_ENCODED = msgspec.Raw(b"null")


def encode_tables(tree: Mapping[str, Any]) -> dict[str, Mapping[str, msgspec.Raw] | msgspec.Raw]:
    """Encode what TinyDB wants written; what it has not looked at is taken over as it is.

    Raises BadDocumentError for what JSON would change or lose: NaN, a lone surrogate, a set, a date.
    """
    tables: dict[str, Mapping[str, msgspec.Raw] | msgspec.Raw] = {}
    for name, table in tree.items():
        if isinstance(table, StoredTable):
            tables[name] = table.encode()
        elif isinstance(table, Mapping):
            tables[name] = {
                key: document.encoded
                if type(document) is StoredDocument and document.copy is None
                else _encode_document(document, f"{name} {key}")
                for key, document in table.items()
            }
        else:
            tables[name] = _encode_document(table, name)
    return tables


def plain_copy(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Everything in plain dicts and lists that belong to the caller alone."""
    return _decode(_encode(encode_tables(tree)))  # type: ignore[no-any-return]


def private_copies(tables: EncodedTables) -> dict[str, Any]:
    """The tables as TinyDB expects them, made as they are looked at."""
    return {
        name: StoredTable(table) if isinstance(table, Mapping) else _decode(table)
        for name, table in tables.items()
    }


def _open(encoded: msgspec.Raw) -> Any:
    if memoryview(encoded)[0] == ord("{"):
        return StoredDocument(encoded)
    return _decode(encoded)


def _encode_document(document: Any, where: str) -> msgspec.Raw:
    if type(document) is StoredDocument:
        if document.copy is None:
            return document.encoded
        document = document.content
    plain = _plain(document, where)
    try:
        return msgspec.Raw(_encode(plain) + b"\n")
    except (UnicodeEncodeError, OverflowError, RecursionError) as error:
        raise BadDocumentError(f"{where}: {error}") from error


def _plain(value: Any, where: str) -> Any:
    """The value in plain dicts and lists, or BadDocumentError."""
    if value is None or type(value) in {str, int, bool}:
        return value
    if type(value) is float:
        if not math.isfinite(value):
            raise BadDocumentError(f"{where}: {value} is not a number that can be kept")
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(name, str) for name in value):
            raise BadDocumentError(f"{where}: every name has to be text")
        return {name: _plain(item, f"{where}, {name}") for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, where) for item in value]
    raise BadDocumentError(f"{where}: a {type(value).__name__} cannot be kept in JSON")
