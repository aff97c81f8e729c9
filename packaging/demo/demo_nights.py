"""Seventy invented nights: what chance gives, and over it what real diaries hold besides."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

HOME = "Europe/Berlin"
FIRST_WAKE_DATE = date(2026, 9, 14)
NIGHTS = 70

AWAY_UNRECORDED = {date(2026, 10, 2) + timedelta(days=offset) for offset in range(4)}
FORGOTTEN = {date(2026, 9, 20), date(2026, 9, 29), date(2026, 10, 17), date(2026, 11, 1), date(2026, 11, 13)}
LONDON = {date(2026, 10, 10), date(2026, 10, 11)}
ILL = {date(2026, 11, 4), date(2026, 11, 5)}
BUSY_WEEKS = {5, 6}
PRACTICE_FROM_WEEK = 2

# Laid over what chance gave that night.
SCRIPTED: Mapping[date, dict[str, Any]] = {
    date(2026, 9, 17): {  # the minutes awake are more than the night
        "tried_to_sleep": "00:30",
        "sleep_onset_latency_min": 240,
        "awakenings": 3,
        "wake_after_sleep_onset_min": 180,
        "sleep_quality": "poor",
        "notes": "Awful night, the minutes are a wild guess.",
    },
    date(2026, 9, 25): {"awakenings": 0, "wake_after_sleep_onset_min": 20},
    date(2026, 10, 8): {"into_bed": "11:05", "tried_to_sleep": "23:20", "notes": ""},  # meant 23:05
    date(2026, 10, 14): {"hypnic_jerks": {"count": 2, "strongest": "none"}},
    date(2026, 10, 21): {"hypnic_jerks": {"count": 0, "strongest": "none"}},
    date(2026, 10, 25): {
        "into_bed": "23:00",
        "tried_to_sleep": "23:15",
        "final_awakening": "06:50",
        "out_of_bed": "07:00",
        "notes": "The clocks went back.",
    },
    date(2026, 10, 28): {
        "did_not_sleep": True,
        "sleep_onset_latency_min": None,
        "awakenings": None,
        "wake_after_sleep_onset_min": None,
        "final_awakening": None,
        "sleep_quality": "very poor",
        "notes": "Deadline today, lay awake until the alarm.",
    },
    date(2026, 10, 29): {"naps": {"count": 1, "minutes": 50}},
    date(2026, 11, 6): {"hypnic_jerks": {"count": "unknown", "unsure": True}},
    date(2026, 11, 8): {"other_sleeps": [{"started": "09:30", "ended": "10:40", "sleep_min": 60}]},
}
RECORDED_LATE = {date(2026, 10, 19): timedelta(days=2, hours=3)}


@dataclass(frozen=True)
class Evening:
    """What the evening before a wake date was like."""

    wake_date: date
    stress: int
    caffeine_mg: int
    caffeine_last_min: int
    drinks: int
    exercise: str
    practised: bool
    ill: bool

    @property
    def weekend(self) -> bool:
        return self.wake_date.weekday() >= 5

    @property
    def jerk_rate(self) -> float:
        late = max(0, self.caffeine_last_min - 14 * 60) / 180 * self.caffeine_mg / 160
        vigorous = 0.4 if self.exercise == "vigorous" else 0.0
        return max(0.1, 0.2 + 0.16 * self.stress + 0.7 * late + vigorous - 0.25 * self.practised)


def nights_and_practice(chance: Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The recorded nights in the diary's JSON form, and the routines played, recorded night or not."""
    evenings = [_evening(chance, FIRST_WAKE_DATE + timedelta(days=n), n // 7) for n in range(NIGHTS)]
    nights, practice = [], []
    for evening in evenings:
        night = _night(chance, evening)
        if evening.practised:
            practice.append(_practice(chance, night))
        if evening.wake_date not in AWAY_UNRECORDED | FORGOTTEN:
            nights.append(night)
    return nights, practice


def _evening(chance: Random, wake_date: date, week: int) -> Evening:
    weekend = wake_date.weekday() >= 5
    busy = 3 if week in BUSY_WEEKS else 0
    return Evening(
        wake_date=wake_date,
        stress=min(10, max(0, round(chance.gauss(2 if weekend else 4, 1.5)) + busy)),
        caffeine_mg=chance.choice([0, 80, 160, 160, 240, 320]),
        caffeine_last_min=chance.randrange(12 * 60, 17 * 60 + 30, 15),
        drinks=chance.choice([0, 1, 2, 3]) if weekend else chance.choice([0, 0, 0, 1]),
        exercise=chance.choice(["none", "none", "light", "moderate", "vigorous"]),
        practised=week >= PRACTICE_FROM_WEEK
        and wake_date not in AWAY_UNRECORDED
        and chance.random() < min(0.8, 0.4 + 0.06 * week),
        ill=wake_date in ILL,
    )


def _night(chance: Random, evening: Evening) -> dict[str, Any]:
    zone = "Europe/London" if evening.wake_date in LONDON else HOME
    into_bed = round(chance.gauss(22 * 60 + 50 + 40 * evening.weekend, 22))
    tried = into_bed + (14 if evening.practised else chance.randrange(2, 25))
    jerks = _poisson(chance, evening.jerk_rate)
    onset = 10 + 2.5 * evening.stress + 7 * jerks - 5 * evening.practised
    awakenings = _poisson(chance, 1.0 + 0.4 * evening.drinks + 1.5 * evening.ill)
    awake = sum(chance.randrange(4, 18) for _ in range(awakenings))
    woke = round(chance.gauss(6 * 60 + 40 + 65 * evening.weekend, 14))
    up = woke + chance.randrange(3, 28)
    short_min = max(0, 7 * 60 + 15 - (woke + 24 * 60 - tried - onset - awake))
    goodness = 4 - short_min / 60 - 0.5 * min(jerks, 4) - evening.ill + chance.gauss(0, 0.5)
    level = min(4, max(0, round(goodness)))
    night: dict[str, Any] = {
        "wake_date": evening.wake_date.isoformat(),
        "time_zone": zone,
        "into_bed": _clock(into_bed),
        "tried_to_sleep": _clock(tried),
        "sleep_onset_latency_min": _to_five(max(3, chance.gauss(onset, 5))),
        "awakenings": awakenings,
        "wake_after_sleep_onset_min": _to_five(awake) if awakenings else 0,
        "final_awakening": _clock(woke),
        "out_of_bed": _clock(up),
        "did_not_sleep": False,
        "sleep_quality": ["very poor", "poor", "fair", "good", "very good"][level],
        "hypnic_jerks": _jerks(chance, jerks),
        "evening": _habits(chance, evening, tried),
        "notes": "",
    }
    if chance.random() < 0.45:
        night["restedness"] = ["not at all", "a little", "partly", "well", "fully"][level]
        night["minutes_trying_after_waking"] = _to_five(chance.uniform(0, up - woke)) if up - woke > 5 else 0
    if evening.weekend and chance.random() < 0.4:
        night["naps"] = {"count": 1, "minutes": chance.choice([20, 30, 45])}
    if chance.random() < 0.1:  # answers left out: unknown, not zero
        del night["wake_after_sleep_onset_min"]
        night["awakenings"] = max(1, awakenings)
    if chance.random() < 0.12:
        del night["evening"]
    night |= SCRIPTED.get(evening.wake_date, {})
    late = RECORDED_LATE.get(evening.wake_date, timedelta(minutes=chance.randrange(4, 40)))
    night["recorded_at"] = _later(instant(evening.wake_date, up, zone), late).isoformat()
    return night


def _jerks(chance: Random, count: int) -> dict[str, Any]:
    if count == 0:
        return {"count": 0, "strongest": "none"}
    band = "1-2" if count <= 2 else "3-5" if count <= 5 else "6+"
    jerks: dict[str, Any] = {
        "count": band if chance.random() < 0.3 else count,
        "strongest": chance.choice(["twitch", "jerk", "jerk", "whole body", "jumped"]),
        "woke_fully": chance.random() < 0.4,
        "falling_sensation": chance.random() < 0.5,
    }
    if chance.random() < 0.5:
        jerks["minutes_to_resettle"] = chance.choice([2, 5, 5, 10, 15])
        jerks["fear"] = chance.randrange(7)
    if chance.random() < 0.3:
        jerks["body_part"] = chance.choice(["leg", "leg", "arm"])
        jerks["side"] = chance.choice(["left", "right", "both"])
    return jerks


def _habits(chance: Random, evening: Evening, tried: int) -> dict[str, Any]:
    habits: dict[str, Any] = {
        "caffeine_mg": evening.caffeine_mg,
        "alcohol_drinks": evening.drinks,
        "exercise": evening.exercise,
        "stress": evening.stress,
        "screen_late": chance.random() < 0.5,
    }
    if evening.caffeine_mg:
        habits["caffeine_last"] = _clock(evening.caffeine_last_min)
    if evening.drinks:
        habits["alcohol_last"] = _clock(tried - chance.randrange(60, 180, 5))
    if evening.exercise != "none":
        habits["exercise_ended"] = _clock(chance.randrange(17 * 60, 20 * 60, 15))
    if evening.ill:
        habits["illness"] = True
        habits["medicines"] = [{"name": "Ibuprofen", "dose": "400 mg", "time": "21:00"}]
    return habits


def _practice(chance: Random, night: Mapping[str, Any]) -> dict[str, Any]:
    """A routine played in bed before trying to sleep; one in six is stopped early."""
    routine, length_s = chance.choice([("pmr-7", 660), ("pmr-7", 660), ("breath-awareness", 630)])
    heard_s = length_s if chance.random() < 5 / 6 else chance.randrange(120, length_s - 60)
    wake_date, clock = date.fromisoformat(night["wake_date"]), time.fromisoformat(night["tried_to_sleep"])
    minute = clock.hour * 60 + clock.minute
    evening = wake_date if minute < 12 * 60 else wake_date - timedelta(days=1)
    started = _later(instant(evening, minute, night["time_zone"]), timedelta(minutes=-13))
    return {
        "routine": routine,
        "started": started.isoformat(),
        "ended": _later(started, timedelta(seconds=heard_s)).isoformat(),
        "minutes_heard": round(heard_s / 60, 1),
        "completed": heard_s == length_s,
    }


def instant(day: date, minute: int, zone: str) -> datetime:
    """What a clock in `zone` shows `minute` minutes after midnight of `day`."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=ZoneInfo(zone))


def _later(moment: datetime, by: timedelta) -> datetime:
    # Through UTC: aware times of one zone are added to as wall time.
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute % (24 * 60), 60)
    return f"{hours:02}:{minutes:02}"


def _to_five(minutes: float) -> int:
    """People estimate in steps of five."""
    return 5 * round(minutes / 5)


def _poisson(chance: Random, mean: float) -> int:
    """Knuth's method: how many factors below 1 it takes to fall below e to the power of -mean."""
    count, product = 0, chance.random()
    while product > math.exp(-mean):
        count += 1
        product *= chance.random()
    return count
