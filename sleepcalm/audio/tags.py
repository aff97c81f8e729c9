"""Title and chapters in a finished sound file, as players on a phone show them.

libsndfile writes no chapters, so they are put in here: an ID3v2.3 tag in front of an MP3 (id3.org, "ID3 tag
version 2.3.0", "ID3v2 Chapter Frame Addendum"), Vorbis comments in FLAC and Ogg Vorbis (xiph.org, "Ogg Vorbis
I format specification: comment field", "Chapter Extension").
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

ARTIST = "SleepCalm"
MOST_CHAPTERS = 255
"""What an ID3 table of contents can count."""

_PIECE_BYTES = 1 << 22
"""Copied in less than a tenth of a second on a disk of 100 MB/s."""

_NO_OFFSET = 0xFFFFFFFF
_LARGEST_ID3 = 1 << 28
_MOST_SEGMENTS = 255
_OGG_HEADER = struct.Struct("<4sBBqIIIB")


class TagError(Exception):
    """The file does not look as one of its kind does."""


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Tags:
    title: str
    chapters: tuple[Chapter, ...]


def tags_of(timeline: Timeline, total_frames: int) -> Tags:
    """A chapter for each step; steps in a row with the same title are one, and the last goes to the end."""
    starts: list[tuple[str, int]] = []
    for step in timeline.steps:
        if (not starts or starts[-1][0] != step.title) and len(starts) < MOST_CHAPTERS:
            starts.append((step.title, step.start_frame))
    ends = [frame for _, frame in starts[1:]] + [total_frames]
    return Tags(
        timeline.title,
        tuple(Chapter(title, _ms(start), _ms(end)) for (title, start), end in zip(starts, ends, strict=True)),
    )


def write_tagged(source: Path, target: Path, tags: Tags, on_piece: Callable[[], None] = lambda: None) -> None:
    """Copy a sound file with its tags put in, by the suffix of its name; `target` is written over.

    `on_piece` is called again and again meanwhile, and may raise. Raises TagError and OSError.
    """
    with source.open("rb") as untagged, target.open("wb") as tagged:
        TAGGERS[source.suffix.lower()](untagged, tagged, tags)
        while piece := untagged.read(_PIECE_BYTES):
            tagged.write(piece)
            if len(piece) == _PIECE_BYTES:
                on_piece()


def _ms(frame: int) -> int:
    return frame * 1000 // SAMPLE_RATE_HZ


def _tag_mp3(_source: BinaryIO, target: BinaryIO, tags: Tags) -> None:
    frames = [_id3_text("TIT2", tags.title), _id3_text("TPE1", ARTIST)]
    if tags.chapters:
        names = [f"chapter{number}".encode() + b"\0" for number in range(len(tags.chapters))]
        frames.append(_id3_frame("CTOC", b"contents\0\3" + bytes([len(names)]) + b"".join(names)))
        for name, chapter in zip(names, tags.chapters, strict=True):
            times = struct.pack(">4I", chapter.start_ms, chapter.end_ms, _NO_OFFSET, _NO_OFFSET)
            frames.append(_id3_frame("CHAP", name + times + _id3_text("TIT2", chapter.title)))
    content = b"".join(frames)
    if len(content) >= _LARGEST_ID3:
        raise TagError("the titles are too long")
    size = bytes(len(content) >> shift & 0x7F for shift in (21, 14, 7, 0))
    target.write(b"ID3\3\0\0" + size + content)


def _id3_frame(name: str, content: bytes) -> bytes:
    return name.encode() + struct.pack(">IH", len(content), 0) + content


def _id3_text(name: str, text: str) -> bytes:
    try:
        return _id3_frame(name, b"\0" + text.encode("latin-1"))
    except UnicodeEncodeError:
        return _id3_frame(name, b"\1\xff\xfe" + text.encode("utf-16-le"))


def _comments(tags: Tags) -> bytes:
    fields = [f"TITLE={tags.title}", f"ARTIST={ARTIST}"]
    for number, chapter in enumerate(tags.chapters):
        seconds, ms = divmod(chapter.start_ms, 1000)
        at = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{ms:03d}"
        fields += [f"CHAPTER{number:03d}={at}", f"CHAPTER{number:03d}NAME={chapter.title}"]
    listed = [b"SleepCalm", *(field.encode() for field in fields)]
    sized = [struct.pack("<I", len(entry)) + entry for entry in listed]
    return sized[0] + struct.pack("<I", len(fields)) + b"".join(sized[1:])


def _tag_flac(source: BinaryIO, target: BinaryIO, tags: Tags) -> None:
    """Put our comments in place of those that libsndfile may have written."""
    if source.read(4) != b"fLaC":
        raise TagError("it is no FLAC file")
    blocks: list[tuple[int, bytes]] = []
    is_last = False
    while not is_last:
        head = source.read(4)
        if len(head) < 4:
            raise TagError("it ends within its head")
        is_last, kind = bool(head[0] & 0x80), head[0] & 0x7F
        blocks.append((kind, source.read(int.from_bytes(head[1:]))))
    kept = [block for block in blocks if block[0] != 4]
    kept.insert(1, (4, _comments(tags)))
    target.write(b"fLaC")
    for number, (kind, content) in enumerate(kept):
        last = 0x80 if number == len(kept) - 1 else 0
        target.write(bytes([last | kind]) + len(content).to_bytes(3) + content)


def _tag_ogg(source: BinaryIO, target: BinaryIO, tags: Tags) -> None:
    """Put our comments in place of those in the second packet, which shares a page with the third.

    Nothing after that page is touched; a file whose heads need more than one page is not one of ours.
    """
    first, _ = _ogg_page(source)
    (_, _, _, granule, serial, number, _, _), packets = _ogg_page(source)
    if len(packets) != 2 or not packets[0].startswith(b"\3vorbis"):
        raise TagError("its heads are not where they should be")
    changed = [b"\3vorbis" + _comments(tags) + b"\1", packets[1]]
    laced = b"".join(bytes([255] * (len(packet) // 255) + [len(packet) % 255]) for packet in changed)
    if len(laced) > _MOST_SEGMENTS:
        raise TagError("the titles are too long")
    start = source.tell()
    source.seek(0)
    first_page = source.read(_OGG_HEADER.size + first[7])
    first_page += source.read(sum(first_page[_OGG_HEADER.size :]))
    fields = (b"OggS", 0, 0, granule, serial, number)
    body = bytes([len(laced)]) + laced + b"".join(changed)
    blank = _OGG_HEADER.pack(*fields, 0, 0)[:-1] + body
    target.write(first_page + _OGG_HEADER.pack(*fields, _ogg_sum(blank), 0)[:-1] + body)
    source.seek(start)


def _ogg_page(source: BinaryIO) -> tuple[tuple[bytes, int, int, int, int, int, int, int], list[bytes]]:
    """The fields of the page's head, and the packets that are whole in it."""
    head = source.read(_OGG_HEADER.size)
    if len(head) < _OGG_HEADER.size or head[:4] != b"OggS":
        raise TagError("it is no Ogg file")
    fields = _OGG_HEADER.unpack(head)
    packets, length = [], 0
    for segment in source.read(fields[7]):
        length += segment
        if segment < 255:
            packets.append(source.read(length))
            length = 0
    if length:
        raise TagError("its heads do not end on their page")
    return fields, packets


def _ogg_sum(page: bytes) -> int:
    """The checksum of a page whose field for it is zero: CRC-32 of polynomial 0x04c11db7, not reflected."""
    table, value = _ogg_table(), 0
    for octet in page:
        value = (value << 8 & 0xFFFFFFFF) ^ table[value >> 24 ^ octet]
    return value


@cache
def _ogg_table() -> tuple[int, ...]:
    table = []
    for octet in range(256):
        value = octet << 24
        for _ in range(8):
            value = value << 1 & 0xFFFFFFFF ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value)
    return tuple(table)


TAGGERS: Mapping[str, Callable[[BinaryIO, BinaryIO, Tags], None]] = {
    ".mp3": _tag_mp3,
    ".flac": _tag_flac,
    ".ogg": _tag_ogg,
}
"""By file suffix; the other formats that a mix is written in have no place for chapters.

Each writes the head, and leaves the source where that which follows is to be copied."""
