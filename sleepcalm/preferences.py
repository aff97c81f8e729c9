"""What the user has chosen once for all routines: typed, with limits, and free of any file."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sleepcalm.backgrounds import Background, background_text, parse_background
from sleepcalm.relaxation.choices import PAUSE_SCALE_LIMITS, fitting
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.timeline import Choices

SOUND_OUTPUTS = ("miniaudio", "simpleaudio", "silent")
"""Where the sound goes; sleepcalm.audio.sound_systems has them."""

REGIONS = ("us", "eu")
SEXES = ("female", "male")
LIFE_STAGES = ("pregnant", "lactating")
# These are the values of sleepcalm.minerals.reference_intakes, which the start of the program does not load.
BIRTH_YEAR_LIMITS = (1900, 2200)

DIARY_ITEMS = ("falling", "woke_fully", "sensory", "in_practice", "caffeine", "stress", "exercise", "alcohol")
"""What the diary asks every morning until the user chooses otherwise."""

TREND_SERIES = (
    "hypnic_jerks",
    "sleep_onset_latency_min",
    "total_sleep_time_min",
    "sleep_quality",
    "magnesium_mg",
    "calcium_mg",
    "practice_min",
    "caffeine_mg",
    "stress",
)
"""The strips of the trends in their first order; these are the values of sleepcalm.trends.figures.Series."""

MOST_DEVICES = 20
"""So many devices have their volumes remembered."""

AT_END = ("nothing", "suspend")
"""What the computer does once the sound has gone."""

TREND_SPANS = ("week", "month", "three_months", "year", "all")


@dataclass(frozen=True, slots=True)
class RegularMedicine:
    """A medicine the user ticked, by its id in seeds/interactions.toml; `times` of day are "HH:MM"."""

    id: str
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutineForm:
    """The length and the variant that were chosen for a routine, by its id; None is its usual one."""

    routine: str
    length_min: float | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceVolumes:
    """The volumes that were last chosen on a sound device, by its name."""

    device: str
    voice_volume: float
    background_volume: float


@dataclass(frozen=True, slots=True)
class Preferences:
    """Volumes run from 0 (silent) to 1 (full). `hold_s` None keeps each routine's own holds.

    `sex`, `birth_year` and `life_stage` are None where the user did not tell them.
    """

    voice_volume: float = 0.9
    background_volume: float = 0.5
    background: str = "rain"
    """As `parse_background` reads it."""
    linger_min: float = 0.0
    """How long the background goes on after the exercise."""
    fade_s: float = 120.0
    """How long it then takes to leave."""
    timer_min: float | None = None
    """The sleep timer: the sound begins to leave after so many minutes of it. None: not by minutes."""
    timer_at_routine_end: bool = False
    """The background goes with the end of the exercise, however long it would go on."""
    at_end: str = "nothing"
    bedside_after_s: float = 0.0
    """How long after a start the bedside screen comes by itself; 0: it does not."""
    hold_screen: bool = True
    """Neither blank nor lock the screen while the bedside screen shows."""
    jolt_key: bool = False
    """J on the bedside screen says "that was a jolt"."""
    reduced_motion: bool = False
    volume_checked: bool = False
    """The volume check of the first use was done or waved away."""
    routine_forms: tuple[RoutineForm, ...] = ()
    narrator: str = "slt"
    sound_output: str = "miniaudio"
    pause_scale: float = 1.0
    hold_s: float | None = None
    dominant_hand: Hand = Hand.RIGHT
    skipped_groups: tuple[str, ...] = ()
    cautions_heard: tuple[str, ...] = ()
    routine: str = "pmr-7"
    diary_items: tuple[str, ...] = DIARY_ITEMS
    """What the diary asks every morning beyond the core, by the ids of its questions."""
    mineral_region: str = "us"
    sex: str | None = None
    birth_year: int | None = None
    life_stage: str | None = None
    device_volumes: tuple[DeviceVolumes, ...] = ()
    """Of the devices used last, the newest at the end."""
    medicines: tuple[RegularMedicine, ...] = ()
    wellness_read: bool = False
    trend_series: tuple[str, ...] = TREND_SERIES
    """The strips that the Trends tab shows, from the top."""
    trend_span: str = "week"

    @property
    def background_choice(self) -> Background:
        """The background with its ending."""
        return Background(parse_background(self.background), self.linger_min * 60, self.fade_s)

    def choices_of(self, routine: Routine) -> Choices:
        """The choices for a routine, with the length and variant chosen for it where it still has them.

        Its cautions are left out once they were heard to the end.
        """
        form = self.form_of(routine.id)
        chosen = Choices(
            pause_scale=self.pause_scale,
            hold_s=self.hold_s,
            dominant_hand=self.dominant_hand,
            skipped_groups=frozenset(self.skipped_groups),
            with_cautions=routine.id not in self.cautions_heard,
            length_min=form.length_min,
            variant=form.variant,
        )
        return fitting(routine, chosen)

    def form_of(self, routine_id: str) -> RoutineForm:
        """What was chosen of that routine's forms."""
        return next(
            (form for form in self.routine_forms if form.routine == routine_id), RoutineForm(routine_id)
        )

    def with_form(self, form: RoutineForm) -> tuple[RoutineForm, ...]:
        """`routine_forms` with that one in place of what was chosen before."""
        others = tuple(each for each in self.routine_forms if each.routine != form.routine)
        return others if form == RoutineForm(form.routine) else (*others, form)


HOLD_LIMITS_S = (3.0, 10.0)
LINGER_LIMITS_MIN = (0.0, 600.0)
FADE_LIMITS_S = (2.0, 600.0)
TIMER_LIMITS_MIN = (1.0, 720.0)
BEDSIDE_AFTER_LIMITS_S = (0.0, 600.0)
LENGTH_LIMITS_MIN = (1.0, 720.0)


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


_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


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


def _one_of(value: object, known: Sequence[str]) -> str:
    name = _text(value)
    if name not in known:
        raise ValueError(f"{name!r} is not one of {', '.join(known)}")
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
        raise ValueError(f"{value!r} is not a whole year")
    return int(year)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")  # noqa: TRY004 - a wrong value
    return value


def _medicines(value: object) -> tuple[RegularMedicine, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{value!r} is not a list")  # noqa: TRY004 - a wrong value, not a wrong call
    medicines = []
    for item in value:
        if not isinstance(item, Mapping):
            raise ValueError(f"{item!r} is not a medicine")  # noqa: TRY004 - a wrong value
        times = _texts(item.get("times", ()))
        for time in times:
            if not _TIME.fullmatch(time):
                raise ValueError(f"{time!r} is not a time of day such as 07:30")
        medicines.append(RegularMedicine(_text(item.get("id")), times))
    return tuple(medicines)


def _device_volumes(value: object) -> tuple[DeviceVolumes, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        raise ValueError(f"{value!r} is not a list of devices")
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
        raise ValueError(f"{value!r} is not a list")  # noqa: TRY004 - a wrong value, not a wrong call
    forms = []
    for item in value:
        if not isinstance(item, Mapping):
            raise ValueError(f"{item!r} is not a form of a routine")  # noqa: TRY004 - a wrong value
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
    "background": lambda value: background_text(parse_background(_text(value))),
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
    "narrator": _text,
    "sound_output": lambda value: _one_of(value, SOUND_OUTPUTS),
    "pause_scale": lambda value: _number(value, *PAUSE_SCALE_LIMITS),
    "hold_s": lambda value: None if value is None else _number(value, *HOLD_LIMITS_S),
    "dominant_hand": lambda value: Hand(_text(value)),
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
