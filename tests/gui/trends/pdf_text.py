"""Reads the words of a PDF that Qt wrote, by way of the tables that make them searchable."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Pdf:
    """What a reader of the file could copy from it; `text` has a line for each piece that was painted."""

    pages: int
    text: str
    images: int
    size_pt: tuple[float, float]

    @property
    def words(self) -> str:
        """Everything with single spaces, so that wrapping does not matter."""
        return " ".join(self.text.split())


def read_pdf(data: bytes) -> Pdf:
    objects = {
        int(number): body for number, body in re.findall(rb"(?m)^(\d+) 0 obj\b(.*?)\bendobj", data, re.DOTALL)
    }
    fonts = _fonts(objects)
    pieces = [
        piece
        for body in objects.values()
        if (stream := _stream(body)) and b" Tf" in stream
        for piece in _pieces(stream, fonts)
    ]
    box = re.search(rb"/MediaBox\s*\[\s*\S+\s+\S+\s+(\S+)\s+(\S+)\s*\]", data)
    assert box is not None
    return Pdf(
        pages=len(re.findall(rb"/Type\s*/Page\b(?!s)", data)),
        text="\n".join(pieces),
        images=len(re.findall(rb"/Subtype\s*/Image\b", data)),
        size_pt=(float(box[1]), float(box[2])),
    )


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    if found is None:
        return b""
    return zlib.decompress(found[1]) if b"FlateDecode" in body[: found.start()] else found[1]


def _fonts(objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    """By name in the page, the text of each glyph."""
    by_object = {
        number: _characters(_stream(objects[int(table[1])]))
        for number, body in objects.items()
        if (table := re.search(rb"/ToUnicode\s+(\d+) 0 R", body))
    }
    names: dict[bytes, dict[int, str]] = {}
    for body in objects.values():
        for name, number in re.findall(rb"(/F\d+)\s+(\d+) 0 R", body):
            if int(number) in by_object:
                names[name] = by_object[int(number)]
    return names


def _characters(table: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, target in re.findall(rb"<(\w+)>\s*<(\w+)>\s*(<\w+>|\[[^\]]*\])", block):
            texts = [
                bytes.fromhex(text.decode()).decode("utf-16-be") for text in re.findall(rb"<(\w+)>", target)
            ]
            for place, glyph in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[glyph] = texts[place] if len(texts) > 1 else chr(ord(texts[0][-1]) + place)
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, target in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(target.decode()).decode("utf-16-be")
    return found


def _pieces(stream: bytes, fonts: dict[bytes, dict[int, str]]) -> list[str]:
    """One text for each BT .. ET."""
    pieces = []
    for block in re.findall(rb"\bBT\b(.*?)\bET\b", stream, re.DOTALL):
        font: dict[int, str] = {}
        text = ""
        for name, glyphs in re.findall(rb"(/F\d+)\s+\S+\s+Tf|<([0-9a-fA-F]+)>\s*Tj", block):
            if name:
                font = fonts.get(name, {})
            else:
                text += "".join(font.get(int(glyphs[n : n + 4], 16), "?") for n in range(0, len(glyphs), 4))
        pieces.append(text)
    return pieces
