"""What the diary's tests share: zones with every kind of clock change, and entries to measure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json

BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"
LORD_HOWE = "Australia/Lord_Howe"  # changes by half an hour
ZONES = (BERLIN, NEW_YORK, LORD_HOWE, "Asia/Kathmandu", "UTC")
NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)

# The mornings on which clocks change in one of the zones, and days beside them.
CHANGES = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
)

zones = st.sampled_from(ZONES)
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
nights = st.one_of(
    st.builds(lambda day, by: day + timedelta(days=by), st.sampled_from(CHANGES), st.integers(-1, 1)),
    st.dates(date(1975, 1, 1), date(2029, 12, 31)),
)

EXAMPLE: dict[str, Any] = {
    "wake_date": "2026-11-22",
    "time_zone": BERLIN,
    "into_bed": "22:40",
    "tried_to_sleep": "23:05",
    "sleep_onset_latency_min": 24,
    "awakenings": 2,
    "wake_after_sleep_onset_min": 20,
    "final_awakening": "06:40",
    "out_of_bed": "07:00",
}


def night(**changes: object) -> Entry:
    """The example night with these answers changed; None leaves one out."""
    return entry_from_json(EXAMPLE | changes, default_zone="UTC", now=NOW)


def instant(text: str, zone: str = BERLIN) -> Instant:
    return Instant.as_written(datetime.fromisoformat(text), zone)


def wall(text: str) -> datetime:
    """A wall time without a zone."""
    return datetime.fromisoformat(text)
