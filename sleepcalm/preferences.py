"""What the user has chosen once for all routines: typed, with limits, and free of any file."""

from __future__ import annotations

from dataclasses import dataclass

from sleepcalm.backgrounds import Background, parse_background
from sleepcalm.relaxation.choices import fitting
from sleepcalm.relaxation.muscle_groups import Hand
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.timeline import Choices

SOUND_OUTPUTS = ("miniaudio", "simpleaudio", "silent")
"""Where the sound goes; sleepcalm.audio.sound_systems has them."""

REGIONS = ("us", "eu")
SEXES = ("female", "male")
LIFE_STAGES = ("pregnant", "lactating")
# These are the values of sleepcalm.minerals.reference_intakes, which the start of the program does not load.
BIRTH_YEAR_LIMITS = (1900, 2200)

HOLD_LIMITS_S = (3.0, 10.0)
LINGER_LIMITS_MIN = (0.0, 600.0)
FADE_LIMITS_S = (2.0, 600.0)
TIMER_LIMITS_MIN = (1.0, 720.0)
BEDSIDE_AFTER_LIMITS_S = (0.0, 600.0)
LENGTH_LIMITS_MIN = (1.0, 720.0)

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

USUAL_ROUTINE = "pmr-7"
"""What plays where nothing else was chosen, or what was chosen is gone."""

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
    """Volumes run from 0 (silent) to 1 (full), evenly in decibels. `hold_s` None keeps a routine's own holds.

    `sex`, `birth_year` and `life_stage` are None where the user did not tell them.
    """

    voice_volume: float = 0.95
    background_volume: float = 0.7
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
    routine: str = USUAL_ROUTINE
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
