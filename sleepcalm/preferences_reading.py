"""Takes the preferences out of what a file holds, strictly: a wrong value gives way to the default."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from sleepcalm.backgrounds import MOST_PARTS, background_text, parse_background
from sleepcalm.preferences import (
    AT_END,
    BEDSIDE_AFTER_LIMITS_S,
    BIRTH_YEAR_LIMITS,
    FADE_LIMITS_S,
    HOLD_LIMITS_S,
    LENGTH_LIMITS_MIN,
    LIFE_STAGES,
    LINGER_LIMITS_MIN,
    MOST_DEVICES,
    REGIONS,
    SEXES,
    SOUND_OUTPUTS,
    TIMER_LIMITS_MIN,
    TREND_SERIES,
    TREND_SPANS,
    DeviceVolumes,
    Preferences,
    RegularMedicine,
    RoutineForm,
)
from sleepcalm.relaxation.choices import PAUSE_SCALE_LIMITS
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand
from sleepcalm.relaxation.strict_values import shown

_LONGEST_TEXT = 500
"""In characters; names of routines, voices, files and devices are shorter by far."""

_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would break or turn a line, and what neither a file's name nor an engine takes. The joiners and spaces
of other scripts stay, though Python calls them unprintable: folders of recordings are named with them."""

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


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
        raise ValueError(f"{shown(value)} is not a number from {low:g} to {high:g}")
    return float(value)


def _text(value: object, longest: int = _LONGEST_TEXT) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{shown(value)} is not text")
    if len(value) > longest:
        raise ValueError(f"{shown(value)} is longer than {longest} characters")
    return value


def _narrator(value: object) -> str:
    name = _text(value)
    if _NOT_IN_A_NAME.search(name):
        raise ValueError(f"{shown(name)} is not the name of a voice")
    return name


def _texts(value: object, known: Container[str] | None = None) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{shown(value)} is not a list")  # noqa: TRY004 - a wrong value, not a wrong call
    texts = tuple(_text(item) for item in value)
    for text in texts:
        if known is not None and text not in known:
            raise ValueError(f"{shown(text)} is not known")
    return texts


def _one_of(value: object, known: Sequence[str]) -> str:
    name = _text(value)
    if name not in known:
        raise ValueError(f"{shown(name)} is not one of {', '.join(known)}")
    return name


def _some_of(value: object, known: Sequence[str]) -> tuple[str, ...]:
    texts = _texts(value, known)
    if not texts or len(set(texts)) != len(texts):
        raise ValueError("one at least, and none twice")
    return texts


def _birth_year(value: object) -> int | None:
    if value is None:
        return None
    year = _number(value, *BIRTH_YEAR_LIMITS)
    if not year.is_integer():
        raise ValueError(f"{shown(value)} is not a whole year")
    return int(year)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{shown(value)} is neither true nor false")  # noqa: TRY004 - a wrong value
    return value


def _medicines(value: object) -> tuple[RegularMedicine, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{shown(value)} is not a list")  # noqa: TRY004 - a wrong value, not a wrong call
    medicines = []
    for item in value:
        if not isinstance(item, Mapping):
            raise ValueError(f"{shown(item)} is not a medicine")  # noqa: TRY004 - a wrong value
        times = _texts(item.get("times", ()))
        for time in times:
            if not _TIME.fullmatch(time):
                raise ValueError(f"{shown(time)} is not a time of day such as 07:30")
        medicines.append(RegularMedicine(_text(item.get("id")), times))
    return tuple(medicines)


def _device_volumes(value: object) -> tuple[DeviceVolumes, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        raise ValueError(f"{shown(value)} is not a list of devices")
    kept = [
        DeviceVolumes(
            _text(item.get("device")),
            _volume(item.get("voice_volume")),
            _volume(item.get("background_volume")),
        )
        for item in value
    ]
    return tuple(kept[-MOST_DEVICES:])


def _routine_forms(value: object) -> tuple[RoutineForm, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{shown(value)} is not a list")  # noqa: TRY004 - a wrong value, not a wrong call
    forms = []
    for item in value:
        if not isinstance(item, Mapping):
            raise ValueError(f"{shown(item)} is not a form of a routine")  # noqa: TRY004 - a wrong value
        length, variant = item.get("length_min"), item.get("variant")
        forms.append(
            RoutineForm(
                _text(item.get("routine")),
                None if length is None else _number(length, *LENGTH_LIMITS_MIN),
                None if variant is None else _text(variant),
            )
        )
    return tuple(forms)


def _volume(value: object) -> float:
    return _number(value, 0.0, 1.0)


_CHECKS: Mapping[str, Callable[[object], object]] = {
    "voice_volume": _volume,
    "background_volume": _volume,
    "background": lambda value: background_text(parse_background(_text(value, MOST_PARTS * _LONGEST_TEXT))),
    "linger_min": lambda value: _number(value, *LINGER_LIMITS_MIN),
    "fade_s": lambda value: _number(value, *FADE_LIMITS_S),
    "timer_min": lambda value: None if value is None else _number(value, *TIMER_LIMITS_MIN),
    "timer_at_routine_end": _yes_or_no,
    "at_end": lambda value: _one_of(value, AT_END),
    "bedside_after_s": lambda value: _number(value, *BEDSIDE_AFTER_LIMITS_S),
    "hold_screen": _yes_or_no,
    "jolt_key": _yes_or_no,
    "reduced_motion": _yes_or_no,
    "volume_checked": _yes_or_no,
    "routine_forms": _routine_forms,
    "narrator": _narrator,
    "sound_output": lambda value: _one_of(value, SOUND_OUTPUTS),
    "pause_scale": lambda value: _number(value, *PAUSE_SCALE_LIMITS),
    "hold_s": lambda value: None if value is None else _number(value, *HOLD_LIMITS_S),
    "dominant_hand": lambda value: Hand(_one_of(value, [hand.value for hand in Hand])),
    "skipped_groups": lambda value: _texts(value, known=GROUPS),
    "cautions_heard": _texts,
    "routine": _text,
    "diary_items": _texts,
    "mineral_region": lambda value: _one_of(value, REGIONS),
    "sex": lambda value: None if value is None else _one_of(value, SEXES),
    "birth_year": _birth_year,
    "life_stage": lambda value: None if value is None else _one_of(value, LIFE_STAGES),
    "device_volumes": _device_volumes,
    "medicines": _medicines,
    "wellness_read": _yes_or_no,
    "trend_series": lambda value: _some_of(value, TREND_SERIES),
    "trend_span": lambda value: _one_of(value, TREND_SPANS),
}
