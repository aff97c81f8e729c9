"""Random damages of a file, as disks, power cuts and stray programs do them."""

from __future__ import annotations

import random
from collections.abc import Callable

_PAGE = 4096


def _truncated(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(1, len(content))]


def _emptied(_content: bytes, _rng: random.Random) -> bytes:
    return b""


def _page_of_zeros(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(0, len(content), _PAGE)
    size = len(content[start : start + _PAGE])
    return content[:start] + b"\0" * size + content[start + size :]


def _bit_flipped(content: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << rng.randrange(8))]) + content[place + 1 :]


def _stale_tail(content: bytes, rng: random.Random) -> bytes:
    return content + content[-rng.randrange(1, 2000) :]


def _all_zeros(content: bytes, _rng: random.Random) -> bytes:
    return b"\0" * len(content)


def _noise(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    return content[:start] + rng.randbytes(64) + content[start + 64 :]


KINDS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "truncated": _truncated,
    "zero length": _emptied,
    "page of zeros": _page_of_zeros,
    "bit flip": _bit_flipped,
    "stale tail": _stale_tail,
    "all zeros": _all_zeros,
    "noise": _noise,
}


def damage(content: bytes, kind: str, rng: random.Random) -> bytes:
    """The content with one damage of that kind, never the content as it was."""
    while (damaged := KINDS[kind](content, rng)) == content:
        pass
    return damaged
