"""Amounts as people type them: 2, 1/2, 1 1/2, 0,5, 40 g."""

from __future__ import annotations

import re

from sleepcalm.minerals.intake import Amount, AmountUnit

_NUMBER = re.compile(r"(?P<whole>\d+)?(?:(?:^|\s+)(?P<top>\d+)\s*/\s*(?P<bottom>\d+)|(?P<part>[.,]\d+))?")
_GRAMS = re.compile(r"(?P<number>.*?)\s*(?:g|grams?|gr)\.?", re.IGNORECASE)
_HALVES = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
_LARGEST = 10_000


class AmountTextError(ValueError):
    """The text is not an amount; the message says so in a sentence for the user."""


def parse_number(text: str) -> float:
    """A number above 0, with a point, a comma or a fraction. Raises AmountTextError."""
    typed = text.strip()
    for sign, fraction in _HALVES.items():
        typed = typed.replace(sign, fraction).strip()
    match = _NUMBER.fullmatch(typed)
    if not typed or match is None or match["bottom"] == "0":
        raise AmountTextError(f"“{text.strip()}” is not a number such as 2, 1/2 or 0.5.")
    value = float(match["whole"] or 0)
    if match["part"]:
        value += float("0" + match["part"].replace(",", "."))
    if match["bottom"]:
        value += int(match["top"]) / int(match["bottom"])
    if not 0 < value <= _LARGEST:
        raise AmountTextError(f"The number should be above 0 and at most {_LARGEST}.")
    return value


def parse_amount(text: str, unit: AmountUnit) -> Amount:
    """The amount in `unit`, or in grams where the text says so. Raises AmountTextError."""
    in_grams = _GRAMS.fullmatch(text.strip())
    if in_grams:
        return Amount(parse_number(in_grams["number"]), AmountUnit.GRAMS)
    return Amount(parse_number(text), unit)
