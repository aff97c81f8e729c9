"""How far a difference of medians could lie from what was seen, when neighbouring nights are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
BLOCK_NIGHTS = 7
"""A week: every weekday is in it once, and an autocorrelation of 0.3 from night to night is gone by its end.
The usual order of size, the cube root of the nights, is 3 to 7 for 30 to 365 of them."""

_CHUNK = 500
"""Resamples at a time, so that the counts stay in the processor's cache."""

_PARTS_OF_A_CHUNK = (500, 250, 125, 100, 50, 25, 20, 10, 5)
_LARGEST_PRODUCT = 2**18
"""Multiplications at a time up to which OpenBLAS keeps to one thread."""

_NEAR_THE_MEDIAN = 0.2
"""Medians of resamples nearly always lie among the values between the 30th and the 70th percentile."""

_Counts = NDArray[np.float32]  # holds whole numbers up to 2^24 exactly, and multiplies twice as fast


def interval_of_median_difference(
    values: Sequence[float], with_factor: Sequence[bool], seed: int
) -> tuple[float, float]:
    """The 95 % percentile interval of median with minus median without.

    A moving-block bootstrap (Künsch 1989): blocks of neighbouring nights are drawn until there are as many
    nights as were seen, the last block cut to fit. `values` and `with_factor` are a night each, in the order
    of the calendar, with nights on both sides. A draw that leaves a side empty says nothing and is left out.
    The limits are the outer ones of the draws nearest to 2.5 % and 97.5 %. The numbers are PCG64's for
    `seed`. Raises ValueError for nights on one side only.
    """
    nights, sides = np.asarray(values, dtype=np.float64), np.asarray(with_factor, dtype=bool)
    if nights.shape != sides.shape or sides.all() or not sides.any():
        raise ValueError("an interval needs nights on both sides, each with a value and a side")
    differences = _differences(nights, sides, seed, _NEAR_THE_MEDIAN)
    if differences is None:
        differences = _differences(nights, sides, seed, reach=0.5)
    if differences is None or not len(differences):
        raise AssertionError("every median lies among all the values, and some draw holds both sides")
    low = np.quantile(differences, 0.025, method="lower")
    high = np.quantile(differences, 0.975, method="higher")
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class _Side:
    """The values in question on one side, and for each night how many of its one value are at most each."""

    levels: NDArray[np.float64]
    from_lowest: bool
    at_most: _Counts
    """(night, level and, as last column, in all)."""


def _side(nights: NDArray[np.float64], on_side: NDArray[np.bool_], reach: float) -> _Side:
    found = np.sort(nights[on_side])
    first = found[int((0.5 - reach) * (len(found) - 1))]
    last = found[int(np.ceil((0.5 + reach) * (len(found) - 1)))]
    levels = np.unique(found[(found >= first) & (found <= last)])
    columns = np.append(levels, np.inf)
    at_most = (nights[:, np.newaxis] <= columns) & on_side[:, np.newaxis]
    return _Side(levels, bool(first == found[0]), at_most.astype(np.float32))


def _differences(
    nights: NDArray[np.float64], sides: NDArray[np.bool_], seed: int, reach: float
) -> NDArray[np.float64] | None:
    """The difference of each resample; None if a median lay beyond `reach` of the values on a side.

    Values are few, so counting them block by block is far cheaper than drawing every night of every resample.
    """
    both = (_side(nights, sides, reach), _side(nights, ~sides, reach))
    at_most = np.hstack([side.at_most for side in both])
    so_far = np.vstack([np.zeros_like(at_most[:1]), np.cumsum(at_most, axis=0)])
    length = min(BLOCK_NIGHTS, len(nights))
    whole_blocks, rest = divmod(len(nights), length)
    blocks = so_far[length:] - so_far[:-length]
    last_blocks = so_far[rest:] - so_far[: len(so_far) - rest]
    border = both[0].at_most.shape[1]
    generator = np.random.Generator(np.random.PCG64(seed))
    differences = []
    for _ in range(RESAMPLES // _CHUNK):
        drawn = _counted(_times_drawn(generator, len(blocks), whole_blocks), blocks)
        drawn += last_blocks[generator.integers(0, len(last_blocks), _CHUNK)]
        drawn = drawn[(drawn[:, border - 1] > 0) & (drawn[:, -1] > 0)]
        medians = (_medians(both[0], drawn[:, :border]), _medians(both[1], drawn[:, border:]))
        if medians[0] is None or medians[1] is None:
            return None
        differences.append(medians[0] - medians[1])
    return np.concatenate(differences)


def _times_drawn(generator: np.random.Generator, blocks: int, draws: int) -> _Counts:
    """How often each block was drawn, a row for each resample of a chunk."""
    starts = generator.integers(0, blocks, (_CHUNK, draws))
    starts += np.arange(0, _CHUNK * blocks, blocks)[:, np.newaxis]
    counts = np.bincount(starts.ravel(), minlength=_CHUNK * blocks)
    return counts.reshape(_CHUNK, blocks).astype(np.float32)


def _counted(times_drawn: _Counts, blocks: _Counts) -> _Counts:
    """The product of the two, if possible in parts so small that OpenBLAS does not share one among threads.

    Threads that wait for a busy core made a year three to five times slower than one alone.
    """
    fitting = _LARGEST_PRODUCT // blocks.size
    rows = next((rows for rows in _PARTS_OF_A_CHUNK if rows <= fitting), _CHUNK)
    product = times_drawn.reshape(-1, rows, len(blocks)) @ blocks
    return product.reshape(len(times_drawn), -1)


def _medians(side: _Side, at_most: _Counts) -> NDArray[np.float64] | None:
    """Of each row, as of an even number the mean of the middle two. None if one lies beyond the levels."""
    number = at_most[:, -1:]
    counts = at_most[:, :-1]
    lower = np.count_nonzero(counts < np.ceil(number / 2), axis=1)
    upper = np.count_nonzero(counts <= np.floor(number / 2), axis=1)
    beyond = upper.max(initial=0) >= len(side.levels) or (not side.from_lowest and lower.min(initial=1) == 0)
    return None if beyond else (side.levels[lower] + side.levels[upper]) / 2
