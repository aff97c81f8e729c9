"""How clips are named after their sentences. Standard library only, for it is read at every start."""

from __future__ import annotations

import re

SUFFIX = ".flac"
_SLUG_LENGTH = 40


def slug(text: str) -> str:
    """The words in small letters, joined by hyphens; empty where there is no Latin letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def short_slug(sentence: str) -> str:
    """The slug of the first words, as many as a file name should have."""
    words = slug(sentence)
    if len(words) <= _SLUG_LENGTH:
        return words
    return words[: _SLUG_LENGTH + 1].rpartition("-")[0] or words[:_SLUG_LENGTH]


def clip_stem(sentence: str) -> str:
    """A name that can be read, and that no changed sentence shares."""
    return f"{short_slug(sentence)}-{digest(sentence)}"


def clip_name(sentence: str) -> str:
    """The file name of the sentence's clip."""
    return clip_stem(sentence) + SUFFIX


def folder_name(narrator: str) -> str:
    """The cache folder of a narrator such as espeak-ng:en-gb."""
    return f"{short_slug(narrator)}-{digest(narrator)}"


def digest(text: str) -> str:
    """Eight hexadecimal digits of the text's SHA-256."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, and the built-in voice needs no digest

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def has_words(sentence: str) -> bool:
    """Whether there is anything in it to speak."""
    return any(character.isalnum() for character in sentence)
