"""What the user has chosen once for all routines: typed, with limits, and free of any file."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any

from sleepcalm.relaxation.muscle_groups import GROUPS, Hand
from sleepcalm.relaxation.timeline import Choices

NO_BACKGROUND = "none"
BACKGROUNDS = (NO_BACKGROUND, "rain", "brown")
"""What can lie under the voice; sleepcalm.audio.ambience makes them."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """Volumes run from 0 (silent) to 1 (full). `hold_s` None keeps each routine's own holds."""

    voice_volume: float = 0.9
    background_volume: float = 0.5
    background: str = "rain"
    narrator: str = "slt"
    pause_scale: float = 1.0
    hold_s: float | None = None
    dominant_hand: Hand = Hand.RIGHT
    skipped_groups: tuple[str, ...] = ()
    cautions_heard: tuple[str, ...] = ()
    routine: str = "pmr-7"

    def choices_for(self, routine_id: str) -> Choices:
        """The choices for one routine; its cautions are left out once they were heard to the end."""
        return Choices(
            pause_scale=self.pause_scale,
            hold_s=self.hold_s,
            dominant_hand=self.dominant_hand,
            skipped_groups=frozenset(self.skipped_groups),
            with_cautions=routine_id not in self.cautions_heard,
        )


PAUSE_SCALE_LIMITS = (0.5, 3.0)
HOLD_LIMITS_S = (3.0, 10.0)


def preferences_from(values: Mapping[str, object]) -> tuple[Preferences, tuple[str, ...]]:
    """Take what is usable of `values`; for the rest keep the default and say so, a line for each."""
    usable: dict[str, Any] = {}
    complaints: list[str] = []
    for name, check in _CHECKS.items():
        if name in values:
            try:
                usable[name] = check(values[name])
            except ValueError as error:
                complaints.append(f"{name}: {error}; the default is used")
    return Preferences(**usable), tuple(complaints)


def _number(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{value!r} is not a number from {low:g} to {high:g}")
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is not text")
    return value


def _texts(value: object, known: Container[str] | None = None) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{value!r} is not a list")  # noqa: TRY004 - a wrong value, not a wrong call
    texts = tuple(_text(item) for item in value)
    for text in texts:
        if known is not None and text not in known:
            raise ValueError(f"{text!r} is not known")
    return texts


def _background(value: object) -> str:
    name = _text(value)
    if name not in BACKGROUNDS:
        raise ValueError(f"{name!r} is not one of {', '.join(BACKGROUNDS)}")
    return name


def _volume(value: object) -> float:
    return _number(value, 0.0, 1.0)


_CHECKS: Mapping[str, Callable[[object], object]] = {
    "voice_volume": _volume,
    "background_volume": _volume,
    "background": _background,
    "narrator": _text,
    "pause_scale": lambda value: _number(value, *PAUSE_SCALE_LIMITS),
    "hold_s": lambda value: None if value is None else _number(value, *HOLD_LIMITS_S),
    "dominant_hand": lambda value: Hand(_text(value)),
    "skipped_groups": lambda value: _texts(value, known=GROUPS),
    "cautions_heard": _texts,
    "routine": _text,
}
