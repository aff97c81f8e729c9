"""The diary as a table: one CSV row a night, with the fields of its JSON as columns by path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sleepcalm.diary.entry import Entry, JerkCountBand
from sleepcalm.diary.measures import Measures, measure, measures_to_json
from sleepcalm.storage.csv_table import (
    DERIVED,
    Cell,
    TableError,
    bare,
    number,
    read_table,
    structure,
    words,
    write_table,
    yes_or_no,
)
from sleepcalm.storage.exchange_forms import Reading, plain
from sleepcalm.storage.exchange_rows import Contents, RowCollector

__all__ = ["DIARY_COLUMNS", "read_diary", "write_diary"]

_COUNT, _BAND = "hypnic_jerks.count", "hypnic_jerks.count_band"

DIARY_COLUMNS: Mapping[str, Cell] = {
    "wake_date": bare,
    "time_zone": bare,
    "into_bed": bare,
    "tried_to_sleep": bare,
    "sleep_onset_latency_min": number,
    "awakenings": number,
    "wake_after_sleep_onset_min": number,
    "final_awakening": bare,
    "out_of_bed": bare,
    "minutes_trying_after_waking": number,
    "woke_earlier_than_planned_min": number,
    "did_not_sleep": yes_or_no,
    "sleep_quality": bare,
    "restedness": bare,
    "own_estimate_total_sleep_min": number,
    "other_sleeps": structure,
    "naps.count": number,
    "naps.minutes": number,
    _COUNT: number,
    _BAND: bare,
    "hypnic_jerks.strongest": bare,
    "hypnic_jerks.woke_fully": yes_or_no,
    "hypnic_jerks.falling_sensation": yes_or_no,
    "hypnic_jerks.sensory_only": yes_or_no,
    "hypnic_jerks.during_practice": yes_or_no,
    "hypnic_jerks.minutes_to_resettle": number,
    "hypnic_jerks.fear": number,
    "hypnic_jerks.body_part": words,
    "hypnic_jerks.side": bare,
    "hypnic_jerks.seen_by_partner": yes_or_no,
    "hypnic_jerks.unsure": yes_or_no,
    "evening.caffeine_mg": number,
    "evening.caffeine_last": bare,
    "evening.alcohol_drinks": number,
    "evening.alcohol_last": bare,
    "evening.nicotine": yes_or_no,
    "evening.exercise": bare,
    "evening.exercise_ended": bare,
    "evening.stress": number,
    "evening.tiredness": number,
    "evening.medicines": structure,
    "evening.screen_late": yes_or_no,
    "evening.noise_or_light": yes_or_no,
    "evening.illness": yes_or_no,
    "notes": words,
    "recorded_at": bare,
    "instant_zones": structure,
    "time_notices": structure,
}
"""The columns of the diary, each with what reads its cells."""


def write_diary(entries: Iterable[Entry]) -> str:
    """The diary as CSV text, a night a row, the measures of each beside it."""
    return write_table(DIARY_COLUMNS, (_diary_cells(entry) for entry in entries), _DERIVED_COLUMNS)


def read_diary(text: str, reading: Reading) -> Contents:
    """The nights of a diary's table; what cannot be read is among the rejected."""
    collector = RowCollector(reading)
    try:
        for row in read_table(text, DIARY_COLUMNS, needed=("wake_date",)):
            if row.problem:
                collector.reject(row.line, row.problem)
                continue
            try:
                given = _nested(row.values)
            except ValueError as error:
                collector.reject(row.line, str(error))
                continue
            collector.take(row.line, "nights", given)
    except TableError as error:
        collector.reject(1, str(error))
    return collector.contents()


_FIGURES = tuple(Measures.__dataclass_fields__)
_DERIVED_COLUMNS = tuple(
    f"{DERIVED}{name}" for name in [*(n for n in _FIGURES if n not in {"flags", "missing"}), "flags"]
)


def _diary_cells(entry: Entry) -> dict[str, Any]:
    written = plain(entry)
    cells: dict[str, Any] = {}
    for name, value in written.items():
        if name in {"naps", "hypnic_jerks", "evening"}:
            cells |= {f"{name}.{inner}": part for inner, part in value.items()}
        else:
            cells[name] = value
    if isinstance(entry.hypnic_jerks.count, JerkCountBand):
        # A column of its own: the band "0" and the exact count 0 would be the same cell.
        cells[_BAND] = cells.pop(_COUNT)
    measures = measure(entry)
    cells |= {f"{DERIVED}{name}": value for name, value in measures_to_json(measures).items()}
    cells[f"{DERIVED}flags"] = " ".join(flag.code.value for flag in measures.flags) or None
    return cells


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """The night as its JSON has it. Raises ValueError."""
    nested: dict[str, Any] = {}
    if _COUNT in values and _BAND in values:
        raise ValueError(f"{_BAND}: a night has a count or a band, not both")
    for path, value in values.items():
        section, dot, inner = (_COUNT if path == _BAND else path).partition(".")
        if dot:
            nested.setdefault(section, {})[inner] = value
        else:
            nested[section] = value
    return nested
