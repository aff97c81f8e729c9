"""Which engine's voice speaks what neither the chosen nor the built-in voice can: the user's own routines."""

from __future__ import annotations

from collections.abc import Iterable

from sleepcalm.audio.narrator import ENGINE_KINDS
from sleepcalm.audio.voices.engine import is_english, language_tag
from sleepcalm.audio.voices.library import VoiceListing

LANGUAGE_ORDER = ("en-us", "en-gb", "en")
"""The built-in voice is American, so a routine of the user's sounds most like the others in en-us. Other
kinds of English come after these."""

USUAL_VOICES = ("Samantha", "Alex", "Daniel", "Microsoft Zira Desktop", "Microsoft Hazel Desktop")
"""macOS lists joke voices, such as Bad News, among the others: those that the systems themselves speak
English with come first. Not tried on these systems."""


def best_voice(listings: Iterable[VoiceListing]) -> str:
    """The narrator that speaks English best by the order of engines, languages and names; "" if none does.

    Only voices whose language is known to be English count. The order of the listings does not matter.
    """
    ranks = {
        (
            ENGINE_KINDS.index(one.engine),
            _place(language_tag(one.language), LANGUAGE_ORDER),
            _place(one.narrator.partition(":")[2], USUAL_VOICES),
            one.narrator,
        )
        for one in listings
        if one.engine in ENGINE_KINDS and is_english(one.language)
    }
    return min(ranks)[-1] if ranks else ""


def _place(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)
