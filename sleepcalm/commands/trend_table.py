"""A period of nights as `week` and `trends` print it for people: plain text, a line a night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.trends.averages import Mean, means, sleep_efficiency
from sleepcalm.trends.figures import Figure, NightFigures, Series
from sleepcalm.trends.periods import Period

_COLUMNS: dict[Series, tuple[int, str, str]] = {
    Series.HYPNIC_JERKS: (8, "jolts", ""),
    Series.SLEEP_ONSET_LATENCY: (7, "onset", "min"),
    Series.TOTAL_SLEEP_TIME: (7, "asleep", "h:min"),
    Series.SLEEP_QUALITY: (8, "quality", "1-5"),
    Series.MAGNESIUM: (6, "Mg", "mg"),
    Series.CALCIUM: (6, "Ca", "mg"),
    Series.PRACTICE: (7, "pract.", "min"),
    Series.CAFFEINE: (8, "caff.", "mg"),
    Series.STRESS: (7, "stress", "0-10"),
}
"""Of each series the width and the two lines of its head; a line has room on a terminal of 80 columns."""
_FIRST_WIDTH = 13
_GAP = "-"


def table_lines(period: Period, nights: Sequence[NightFigures]) -> Iterator[str]:
    """Every night, the means, how many nights each rests on, and what was left out."""
    recorded = sum(night.recorded for night in nights)
    yield f"{period.first} to {period.last}: {recorded} of {_nights(period.nights)} recorded"
    yield ""
    yield _line("wake date", [head for _, head, _ in _COLUMNS.values()])
    yield _line("", [unit for _, _, unit in _COLUMNS.values()])
    for night in nights:
        yield _line(
            f"{night.wake_date}{' *' if night.excluded else ''}",
            [_figure(series, night.values[series]) for series in _COLUMNS],
        )
    found = means(nights)
    yield _line("mean", [_mean(series, found[series]) for series in _COLUMNS])
    yield _line("of nights", [_rests_on(found[series]) for series in _COLUMNS])
    yield ""
    yield from _remarks(nights)


def _remarks(nights: Sequence[NightFigures]) -> Iterator[str]:
    efficiency = sleep_efficiency(nights)
    if efficiency.efficiency_pct is not None:
        share = f"{efficiency.efficiency_pct:.1f} %"
        yield f"Sleep efficiency {share}: sum of sleep / sum of time in bed, {_nights(efficiency.nights)}."
    excluded = sum(night.excluded for night in nights)
    if excluded:
        does, its = ("does", "its") if excluded == 1 else ("do", "their")
        yield f"* {_nights(excluded)} {does} not add up: {its} sleep figures are left out."
    yield f"{_GAP} is not recorded, or not known; it counts in no mean."
    yield "Minerals, practice, caffeine and stress are those of the day and evening before."


def _line(first: str, cells: Sequence[str]) -> str:
    widths = (width for width, _, _ in _COLUMNS.values())
    placed = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{first:<{_FIRST_WIDTH}}{''.join(placed)}".rstrip()


def _figure(series: Series, figure: Figure) -> str:
    if figure is None:
        return _GAP
    if isinstance(figure, CountRange):
        return f"{figure.low}+" if figure.high is None else f"{figure.low}-{figure.high}"
    return _number(series, figure)


def _mean(series: Series, mean: Mean | None) -> str:
    if mean is None:
        return _GAP
    low = _number(series, mean.low)
    if mean.exact:
        return low
    return f"{low}+" if mean.high is None else f"{low}-{_number(series, mean.high)}"


def _rests_on(mean: Mean | None) -> str:
    return str(mean.nights if mean else 0)


def _number(series: Series, number: float) -> str:
    if series is Series.TOTAL_SLEEP_TIME:
        hours, minutes = divmod(round(number), 60)
        return f"{hours}:{minutes:02}"
    if series in {Series.HYPNIC_JERKS, Series.SLEEP_QUALITY, Series.STRESS}:
        return f"{round(number, 1):g}"
    return str(round(number))


def _nights(count: int) -> str:
    return "1 night" if count == 1 else f"{count} nights"
