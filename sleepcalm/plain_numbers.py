"""Numbers as a person types them in a command or a setting.

Python itself would also take the digits of every script, underscores between them, and spaces around.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9.eE+-]+")
_WHOLE = re.compile(r"-?[0-9]{1,999}")


def plain_number(text: str) -> float:
    """The number a text is, perhaps infinite. Raises ValueError."""
    try:
        return float(text if _NUMBER.fullmatch(text) else "")
    except ValueError as error:
        raise ValueError("it is no plain number") from error


def plain_whole_number(text: str) -> int:
    """The whole number that a text is; it may be negative. Raises ValueError."""
    if not _WHOLE.fullmatch(text):
        raise ValueError("it is no plain whole number")
    return int(text)
