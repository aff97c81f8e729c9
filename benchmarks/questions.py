"""Nights with and without something, and the sign-flip test, beside scipy; power."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.table import Row, Unavailable
from sleepcalm.diary.entry import Entry, Evening, HypnicJerks
from sleepcalm.trends.comparison import compare
from sleepcalm.trends.figures import NightFigures, Series, night_figures
from sleepcalm.trends.power import Design, OwnRate, power
from sleepcalm.trends.randomisation import sign_flip_test
from sleepcalm.trends.trial import Outcome

NIGHTS = 365
GOAL_COMPARE_MS = 100
GOAL_POWER_MS = 1_000
ROUNDS = 9


def measure(folder: Path) -> Iterator[Row]:  # noqa: ARG001 - nothing is written
    try:
        from scipy.stats import bootstrap, permutation_test  # noqa: PLC0415
    except ImportError:
        raise Unavailable("it needs scipy (uv sync --group test)") from None
    generator = np.random.default_rng(1)
    for outcome, name in ((Series.HYPNIC_JERKS, "jerks"), (Series.SLEEP_ONSET_LATENCY, "minutes")):
        nights = _nights(generator)
        with_it = [night.values[Series.CAFFEINE] == 80 for night in nights]
        values = np.array([float(night.values[outcome]) for night in nights])  # type: ignore[arg-type]
        sides = (values[np.array(with_it)], values[~np.array(with_it)])

        def theirs(sides: tuple[object, object] = sides) -> object:
            """Night by night, so that neighbours are torn apart: the nearest that a library has."""
            return bootstrap(
                sides,
                lambda a, b, axis: np.median(a, axis=axis) - np.median(b, axis=axis),
                n_resamples=10_000,
                method="percentile",
                vectorized=True,
            )

        def ours(nights: tuple[NightFigures, ...] = nights, outcome: Series = outcome) -> object:
            return compare(nights, "caffeine", outcome)

        ours_ms, theirs_ms = _fastest_ms(ours), _fastest_ms(theirs, rounds=3)
        yield Row(
            f"compare {NIGHTS} nights, {name}, fastest of {ROUNDS}",
            f"{ours_ms:.0f} ms",
            f"scipy, no blocks {theirs_ms:.0f} ms",
            ours_ms / theirs_ms,
            f"under {GOAL_COMPARE_MS} ms",
            ours_ms < GOAL_COMPARE_MS,
        )
    differences = generator.normal(-0.5, 1, 16).tolist()
    ours_ms = _fastest_ms(lambda: sign_flip_test(differences))
    theirs_ms = _fastest_ms(
        lambda: permutation_test(
            (differences,), np.sum, permutation_type="samples", n_resamples=np.inf, vectorized=True
        ),
        rounds=3,
    )
    yield Row(
        "sign-flip test of 16 pairs, ours with its interval",
        f"{ours_ms:.1f} ms",
        f"scipy {theirs_ms:.0f} ms",
        ours_ms / theirs_ms,
        "",
        None,
    )
    yield _power_row(Design(8, 7, 2))
    yield _power_row(Design(28, 1, 0))


def _power_row(design: Design) -> Row:
    rate = OwnRate(1.5 + design.pairs / 1000, 3.75, 14)  # a rate that no cache knows yet
    start_s = time.perf_counter()
    found = power(design, Outcome.HYPNIC_JERKS, rate)
    taken_ms = (time.perf_counter() - start_s) * 1000
    return Row(
        f"power of {design.pairs} pairs of {design.period_nights} nights ({100 * found:.0f} %)",
        f"{taken_ms:.0f} ms",
        "",
        None,
        f"under {GOAL_POWER_MS} ms",
        taken_ms < GOAL_POWER_MS,
    )


def _nights(generator: np.random.Generator) -> tuple[NightFigures, ...]:
    first = date(2025, 11, 22)
    entries = {}
    for number in range(NIGHTS):
        day = first + timedelta(days=number)
        entries[day] = Entry(
            wake_date=day,
            time_zone="Europe/Berlin",
            sleep_onset_latency_min=int(generator.integers(1, 60)),
            hypnic_jerks=HypnicJerks(count=int(generator.poisson(2))),
            evening=Evening(caffeine_mg=80.0 if generator.random() < 0.4 else 0.0),
        )
    return night_figures(entries, {}, (), first, first + timedelta(days=NIGHTS - 1))


def _fastest_ms(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    found = []
    for _ in range(rounds):
        start_s = time.perf_counter()
        job()
        found.append((time.perf_counter() - start_s) * 1000)
    return min(found)
