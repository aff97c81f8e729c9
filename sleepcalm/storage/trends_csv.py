"""A period of nights as a table for a spreadsheet: one CSV row a night, gaps as well.

It goes out only: what comes in again is the diary's own table (`exchange_diary_csv`). The columns are
described in docs/trends-csv.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sleepcalm.diary.entry import Medicine
from sleepcalm.diary.jerk_counts import count_range
from sleepcalm.diary.measures import Measures, measures_to_json
from sleepcalm.diary.placing import NIGHT_ORDER
from sleepcalm.storage.csv_table import Cell, bare, number, write_table, yes_or_no
from sleepcalm.trends.figures import NightFigures, Series

__all__ = ["COLUMNS", "MEDICINES", "NOTES", "write_nights"]

MEDICINES, NOTES = "medicines", "notes"
_JERKS_LOW, _JERKS_HIGH = "hypnic_jerks_low", "hypnic_jerks_high"

_SLEEP_FIGURES = (
    "time_in_bed_min",
    "sleep_onset_latency_min",
    "wake_after_sleep_onset_min",
    "total_sleep_time_min",
    "terminal_wakefulness_min",
    "sleep_efficiency_tib_pct",
    "sleep_efficiency_dse_pct",
)

COLUMNS: Mapping[str, Cell] = {
    "wake_date": bare,
    "recorded": yes_or_no,
    "excluded": yes_or_no,
    "did_not_sleep": yes_or_no,
    **dict.fromkeys(NIGHT_ORDER, bare),
    **dict.fromkeys(_SLEEP_FIGURES, number),
    "awakenings": number,
    "other_sleeps": number,
    Series.HYPNIC_JERKS.value: number,
    _JERKS_LOW: number,
    _JERKS_HIGH: number,
    Series.SLEEP_QUALITY.value: number,
    Series.MAGNESIUM.value: number,
    "magnesium_supplement_mg": number,
    Series.CALCIUM.value: number,
    "calcium_supplement_mg": number,
    Series.PRACTICE.value: number,
    "practice_in_the_night_min": number,
    Series.CAFFEINE.value: number,
    Series.STRESS.value: number,
}

_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_nights(
    nights: Iterable[NightFigures], *, with_medicines: bool = False, with_notes: bool = False
) -> str:
    """CSV text as RFC 4180 has it; the columns of medicines and notes are there only if asked for."""
    asked = {MEDICINES: with_medicines, NOTES: with_notes}
    columns = {**COLUMNS, **{name: bare for name, wanted in asked.items() if wanted}}
    return write_table(columns, (_cells(night) for night in nights))


def _cells(night: NightFigures) -> dict[str, Any]:
    values = night.values
    cells: dict[str, Any] = {
        "wake_date": night.wake_date.isoformat(),
        "recorded": night.recorded,
        "excluded": night.excluded if night.recorded else None,
        Series.SLEEP_QUALITY.value: values[Series.SLEEP_QUALITY],
        Series.MAGNESIUM.value: values[Series.MAGNESIUM],
        Series.CALCIUM.value: values[Series.CALCIUM],
        Series.PRACTICE.value: _tenths(values[Series.PRACTICE]),
        "practice_in_the_night_min": _practice_in_the_night(night),
        Series.CAFFEINE.value: values[Series.CAFFEINE],
        Series.STRESS.value: values[Series.STRESS],
    }
    if night.intake is not None:
        cells["magnesium_supplement_mg"] = night.intake.magnesium.supplement_mg
        cells["calcium_supplement_mg"] = night.intake.calcium.supplement_mg
    return {name: _short(value) for name, value in (cells | _entry_cells(night)).items()}


def _entry_cells(night: NightFigures) -> dict[str, Any]:
    entry, measures = night.entry, night.measures
    if entry is None or measures is None:
        return {}
    jerks = count_range(entry.hypnic_jerks.count)
    cells: dict[str, Any] = {
        "did_not_sleep": entry.did_not_sleep,
        **{name: instant.iso() for name, instant in entry.night_times.items()},
        "awakenings": entry.awakenings,
        "other_sleeps": None if entry.other_sleeps is None else len(entry.other_sleeps),
        MEDICINES: _medicines(entry.evening.medicines),
        NOTES: _text(entry.notes),
    }
    if jerks is not None:
        cells[Series.HYPNIC_JERKS.value] = jerks.low if jerks.exact else None
        cells |= {_JERKS_LOW: jerks.low, _JERKS_HIGH: jerks.high}
    return cells | _sleep_cells(measures)


def _sleep_cells(measures: Measures) -> dict[str, float | None]:
    """Empty in a night that does not add up; what was answered is in the diary's own export."""
    if not measures.adds_up:
        return {}
    figures = measures_to_json(measures)
    return {name: figures[name] for name in _SLEEP_FIGURES}


def _practice_in_the_night(night: NightFigures) -> float | None:
    if not night.practice_in_the_night:
        return 0 if night.recorded else None
    return _tenths(sum(played.minutes_heard for played in night.practice_in_the_night))


def _tenths(minutes: object) -> float | None:
    return round(minutes, 1) if isinstance(minutes, int | float) else None


def _short(value: object) -> object:
    """A whole number without a point, as a person would write it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _medicines(medicines: tuple[Medicine, ...] | None) -> str | None:
    if medicines is None:
        return None
    return _text("; ".join(_medicine(medicine) for medicine in medicines) or "none")


def _medicine(medicine: Medicine) -> str:
    parts = (medicine.name, medicine.dose, medicine.time.iso() if medicine.time else None)
    return " ".join(part for part in parts if part)


def _text(text: str | None) -> str | None:
    """What a spreadsheet would take for a formula gets an apostrophe before it, and so stays a text."""
    return f"'{text}" if text and text.lstrip(" ").startswith(_FORMULA_BEGINS) else text
