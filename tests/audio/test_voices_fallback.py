"""Which engine's voice speaks the user's own routines where nobody chose one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.audio.voices.engine import EngineVoice, is_english
from sleepcalm.audio.voices.fallback import best_voice
from sleepcalm.audio.voices.library import VoiceListing


def listed(narrator: str, language: str) -> VoiceListing:
    kind, colon, _ = narrator.partition(":")
    return VoiceListing(narrator, kind if colon else "built-in", language, 0, 0)


SLT = listed("slt", "en")
RECORDED = listed("folder:me", "")
PIPER = listed("piper:en_GB-alba-medium", "en_GB")
ESPEAK = [
    listed(f"espeak-ng:{name}", name)
    for name in ("de", "en-029", "en-gb", "en-gb-x-rp", "en-us", "en-us-nyc")
]
SAY = [listed("say:Albert", "en-US"), listed("say:Daniel", "en-GB"), listed("say:Samantha", "en-US")]


@pytest.mark.parametrize(
    ("listings", "best"),
    [
        ([SLT, RECORDED], ""),
        ([SLT, *ESPEAK], "espeak-ng:en-us"),
        ([*ESPEAK, PIPER], "piper:en_GB-alba-medium"),
        ([*ESPEAK, listed("piper:de_DE-eva", "de_DE")], "espeak-ng:en-us"),
        ([listed("piper:voice", "voice"), listed("piper:other", "")], ""),
        ([PIPER, listed("piper:en_US-ryan", "en_US")], "piper:en_US-ryan"),
        ([one for one in ESPEAK if "us" not in one.language], "espeak-ng:en-gb"),
        ([listed("espeak-ng:en-029", "en-029"), listed("espeak-ng:de", "de")], "espeak-ng:en-029"),
        (SAY, "say:Samantha"),
        (SAY[:2], "say:Albert"),
    ],
)
def test_the_best_voice(listings: list[VoiceListing], best: str) -> None:
    assert best_voice(listings) == best


@pytest.mark.parametrize(
    ("language", "is_known", "may"),
    [
        *[(tag, True, True) for tag in ("en", "en-GB", "en_US", "EN-029")],
        *[(tag, False, False) for tag in ("de", "de_DE", "enm", "voice")],
        ("", False, True),  # whoever chooses from the list may know more
    ],
)
def test_what_is_english(language: str, is_known: bool, may: bool) -> None:
    assert is_english(language) == is_known
    assert EngineVoice("any", language).speaks_english == may


@given(st.permutations([SLT, RECORDED, PIPER, *ESPEAK, *SAY]))
def test_the_order_of_the_list_does_not_matter(listings: list[VoiceListing]) -> None:
    assert best_voice(listings) == "piper:en_GB-alba-medium"
