"""What follows from one night's entry: time in bed, sleep, wakefulness, efficiency, in minutes.

Definitions as in Reed & Sacco 2016 (J Clin Sleep Med 12:263, PMC4751425). Nothing is clamped: what
does not add up is flagged and its figures stay empty. None is unknown, and `missing` says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, JerkStrength, entered_late
from sleepcalm.diary.flags import Flag, FlagCode
from sleepcalm.diary.jerk_counts import count_range
from sleepcalm.diary.placing import (
    LONGEST_PLAUSIBLE,
    NIGHT_ORDER,
    NoticeKind,
    PlacedNight,
    pairs_out_of_order,
)

_MINUTE = timedelta(minutes=1)
_SPOILS_SLEEP = {FlagCode.DOES_NOT_ADD_UP, FlagCode.AWAKENINGS_CONTRADICT, FlagCode.OUT_OF_ORDER}


@dataclass(frozen=True, slots=True)
class Measures:
    """The derived figures of one night; a naps' or other sleep's minutes are in none of them."""

    time_in_bed_min: int | None
    """Out of bed less into bed."""
    total_sleep_time_min: int | None
    """From trying to sleep to the final awakening, less falling asleep and awakenings."""
    sleep_onset_latency_min: int | None
    """None in a night without sleep: it is censored, not long."""
    wake_after_sleep_onset_min: int | None
    terminal_wakefulness_min: int | None
    """From the final awakening to rising; not part of wake after sleep onset."""
    sleep_efficiency_tib_pct: float | None
    """100 total sleep time / time in bed."""
    sleep_efficiency_dse_pct: float | None
    """100 total sleep time / duration of the sleep episode, which a routine in bed does not lower."""
    flags: tuple[Flag, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    """Each figure that is unknown for want of an answer, with the fields that are not recorded."""

    @property
    def adds_up(self) -> bool:
        """False for a night that averages leave out and count."""
        return not any(flag.code in _SPOILS_SLEEP for flag in self.flags)

    @property
    def complete(self) -> bool:
        """Whether the night enters a weekly efficiency."""
        return self.total_sleep_time_min is not None and bool(self.time_in_bed_min)

    def missing_for(self, measure: str) -> tuple[str, ...]:
        """The fields not recorded that `measure` needs."""
        return dict(self.missing).get(measure, ())


def measure(entry: Entry) -> Measures:
    """All derived figures of a night, with what is missing and what is odd."""
    flags = tuple(_flags(entry))
    in_order = not any(flag.code is FlagCode.OUT_OF_ORDER for flag in flags)
    time_in_bed = _minutes(entry.into_bed, entry.out_of_bed) if in_order else None
    if entry.did_not_sleep:
        return _without_sleep(entry, time_in_bed, flags)
    adds_up = not any(flag.code in _SPOILS_SLEEP for flag in flags)
    onset, waso = entry.sleep_onset_latency_min, _wake_after_sleep_onset(entry)
    trying = _minutes(entry.tried_to_sleep, entry.final_awakening)
    asleep = None
    if adds_up and trying is not None and onset is not None and waso is not None:
        asleep = trying - onset - waso
    after = entry.minutes_trying_after_waking
    episode = None
    if asleep is not None and onset is not None and waso is not None and after is not None:
        episode = onset + asleep + waso + after
    return Measures(
        time_in_bed_min=time_in_bed,
        total_sleep_time_min=asleep,
        sleep_onset_latency_min=onset,
        wake_after_sleep_onset_min=waso,
        terminal_wakefulness_min=_minutes(entry.final_awakening, entry.out_of_bed) if in_order else None,
        sleep_efficiency_tib_pct=_share_pct(asleep, time_in_bed),
        sleep_efficiency_dse_pct=_share_pct(asleep, episode),
        flags=flags,
        missing=_missing(entry),
    )


def measures_to_json(measures: Measures) -> dict[str, float | None]:
    """The seven figures by name, shares of a hundred to two places."""

    def rounded(share: float | None) -> float | None:
        return None if share is None else round(share, 2)

    return {
        "time_in_bed_min": measures.time_in_bed_min,
        "total_sleep_time_min": measures.total_sleep_time_min,
        "sleep_onset_latency_min": measures.sleep_onset_latency_min,
        "wake_after_sleep_onset_min": measures.wake_after_sleep_onset_min,
        "terminal_wakefulness_min": measures.terminal_wakefulness_min,
        "sleep_efficiency_tib_pct": rounded(measures.sleep_efficiency_tib_pct),
        "sleep_efficiency_dse_pct": rounded(measures.sleep_efficiency_dse_pct),
    }


def _without_sleep(entry: Entry, time_in_bed: int | None, flags: tuple[Flag, ...]) -> Measures:
    """No sleep at all is an answer: sleep and efficiency are 0, and there was no onset to time."""
    return Measures(
        time_in_bed_min=time_in_bed,
        total_sleep_time_min=0,
        sleep_onset_latency_min=None,
        wake_after_sleep_onset_min=None,
        terminal_wakefulness_min=None,
        sleep_efficiency_tib_pct=None if time_in_bed == 0 else 0.0,
        sleep_efficiency_dse_pct=None if entry.minutes_trying_after_waking is None else 0.0,
        flags=flags,
        missing=tuple(gap for gap in _missing(entry) if gap[0] == "time_in_bed_min"),
    )


def _wake_after_sleep_onset(entry: Entry) -> int | None:
    """No awakenings means no minutes; some awakenings without minutes, or a blank, mean unknown."""
    if entry.wake_after_sleep_onset_min is None and entry.awakenings == 0:
        return 0
    return entry.wake_after_sleep_onset_min


def _minutes(start: Instant | None, end: Instant | None) -> int | None:
    return None if start is None or end is None else round((end.utc - start.utc) / _MINUTE)


def _share_pct(part: int | None, whole: int | None) -> float | None:
    return 100 * part / whole if part is not None and whole else None


def _missing(entry: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    waso: tuple[str, ...] = ()
    if _wake_after_sleep_onset(entry) is None:
        waso = ("awakenings",) if entry.awakenings is None else ("wake_after_sleep_onset_min",)

    def blank(*fields: str) -> tuple[str, ...]:
        return tuple(field for field in fields if getattr(entry, field) is None)

    sleep = (*blank("tried_to_sleep", "sleep_onset_latency_min"), *waso, *blank("final_awakening"))
    in_bed = blank("into_bed", "out_of_bed")
    gaps: Mapping[str, tuple[str, ...]] = {
        "time_in_bed_min": in_bed,
        "total_sleep_time_min": sleep,
        "sleep_onset_latency_min": blank("sleep_onset_latency_min"),
        "wake_after_sleep_onset_min": waso,
        "terminal_wakefulness_min": blank("final_awakening", "out_of_bed"),
        "sleep_efficiency_tib_pct": (*in_bed, *sleep),
        "sleep_efficiency_dse_pct": (*sleep, *blank("minutes_trying_after_waking")),
    }
    return tuple((name, fields) for name, fields in gaps.items() if fields)


def _flags(entry: Entry) -> Iterator[Flag]:
    yield from _time_flags(entry)
    yield from _sleep_flags(entry)
    jerks, naps = entry.hypnic_jerks, entry.naps
    count = count_range(jerks.count)
    if count is not None and jerks.strongest is not None:
        none_felt = jerks.strongest is JerkStrength.NONE
        if (count.high == 0 and not none_felt) or (count.low > 0 and none_felt and not jerks.sensory_only):
            yield Flag(FlagCode.JERKS_CONTRADICT, ("hypnic_jerks.count", "hypnic_jerks.strongest"))
    if naps.count == 0 and naps.minutes:
        yield Flag(FlagCode.NAPS_CONTRADICT, ("naps.count", "naps.minutes"))
    if entered_late(entry):
        yield Flag(FlagCode.ENTERED_LATE, ("recorded_at",))


def _time_flags(entry: Entry) -> Iterator[Flag]:
    times = entry.night_times
    if PlacedNight(times).span > LONGEST_PLAUSIBLE:
        yield Flag(FlagCode.SPAN_OVER_18_H, tuple(times))
    for pair in pairs_out_of_order(times, entry.time_notices):
        yield Flag(FlagCode.OUT_OF_ORDER, pair, tuple(f"{times[field].wall:%H:%M}" for field in pair))
    if _minutes(entry.into_bed, entry.out_of_bed) == 0:
        yield Flag(FlagCode.NO_TIME_IN_BED, ("into_bed", "out_of_bed"))
    last = next((field for field in reversed(NIGHT_ORDER) if field in times), None)
    if last in {"out_of_bed", "final_awakening"} and times[last].wall.date() != entry.wake_date:
        yield Flag(FlagCode.NOT_ON_WAKE_DATE, (last,))
    for notice in entry.time_notices:
        if notice.kind is not NoticeKind.OUT_OF_ORDER:
            yield Flag(FlagCode(notice.kind.value), (notice.field,))


def _sleep_flags(entry: Entry) -> Iterator[Flag]:
    onset, waso = entry.sleep_onset_latency_min, entry.wake_after_sleep_onset_min
    if entry.did_not_sleep:
        speak_of_sleep = tuple(
            field
            for field in ("awakenings", "wake_after_sleep_onset_min", "own_estimate_total_sleep_min")
            if getattr(entry, field)
        )
        if speak_of_sleep:
            yield Flag(FlagCode.DID_NOT_SLEEP_CONTRADICTS, ("did_not_sleep", *speak_of_sleep))
        return
    if entry.awakenings == 0 and waso:
        yield Flag(FlagCode.AWAKENINGS_CONTRADICT, ("awakenings", "wake_after_sleep_onset_min"))
    trying = _minutes(entry.tried_to_sleep, entry.final_awakening)
    if trying is not None and 0 <= trying < (onset or 0) + (waso or 0):
        yield Flag(
            FlagCode.DOES_NOT_ADD_UP,
            ("tried_to_sleep", "sleep_onset_latency_min", "wake_after_sleep_onset_min", "final_awakening"),
        )
    rising = _minutes(entry.final_awakening, entry.out_of_bed)
    after = entry.minutes_trying_after_waking
    if rising is not None and after is not None and after > rising:
        yield Flag(FlagCode.TRYING_LONGER_THAN_AWAKE, ("minutes_trying_after_waking",))
