"""How far a difference of medians could lie from what was seen, when neighbouring nights are alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
BLOCK_NIGHTS = 7
"""A week: every weekday is in it once, and an autocorrelation of 0.3 from night to night is gone by its end.
The usual order of size, the cube root of the nights, is 3 to 7 for 30 to 365 of them."""

_CHUNK = 500
"""Resamples at a time, so that the counts stay in the processor's cache."""


def interval_of_median_difference(
    values: Sequence[float], with_factor: Sequence[bool], seed: int
) -> tuple[float, float]:
    """The 95 % percentile interval of median with minus median without.

    A moving-block bootstrap (Künsch 1989): blocks of neighbouring nights are drawn until there are as many
    nights as were seen, the last block cut to fit. `values` and `with_factor` are a night each, in the order
    of the calendar, with nights on both sides. A draw that leaves a side empty says nothing and is left out.
    The limits are the outer ones of the draws nearest to 2.5 % and 97.5 %, so they never lie inside. The
    numbers are PCG64's for `seed`.
    """
    sides = np.asarray(with_factor, dtype=bool)
    if len(sides) != len(values) or sides.all() or not sides.any():
        raise ValueError("an interval needs nights on both sides, each with a value and a side")
    levels, codes = np.unique(np.asarray(values, dtype=np.float64), return_inverse=True)
    blocks, last_blocks, full_blocks = _block_counts(codes, sides, len(levels))
    generator = np.random.Generator(np.random.PCG64(seed))
    found = []
    for start in range(0, RESAMPLES, _CHUNK):
        size = min(_CHUNK, RESAMPLES - start)
        counts = _drawn_counts(generator, blocks, last_blocks, full_blocks, size)
        found.append(_median(counts[:, 0], levels) - _median(counts[:, 1], levels))
    differences = np.concatenate(found)
    differences = differences[~np.isnan(differences)]
    low, high = (
        np.quantile(differences, 0.025, method="lower"),
        np.quantile(differences, 0.975, method="higher"),
    )
    return float(low), float(high)


def _block_counts(
    codes: NDArray[np.intp], sides: NDArray[np.bool_], levels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], int]:
    """How often each value occurs on each side: in every block, in every last block; how many whole blocks.

    Values are few, so counting them is far cheaper than drawing every night of every resample.
    """
    nights = len(codes)
    length = min(BLOCK_NIGHTS, nights)
    one_hot = np.zeros((nights + 1, 2, levels), dtype=np.float32)
    one_hot[np.arange(1, nights + 1), np.where(sides, 0, 1), codes] = 1
    so_far = np.cumsum(one_hot, axis=0)
    full_blocks, rest = divmod(nights, length)
    return so_far[length:] - so_far[:-length], so_far[rest:] - so_far[: len(so_far) - rest], full_blocks


def _drawn_counts(
    generator: np.random.Generator,
    blocks: NDArray[np.float32],
    last_blocks: NDArray[np.float32],
    full_blocks: int,
    size: int,
) -> NDArray[np.float32]:
    """The counts of `size` resamples: (resample, side, value)."""
    starts = generator.integers(0, len(blocks), (size, full_blocks))
    rows = np.arange(size)[:, np.newaxis] * len(blocks)
    drawn = np.bincount((starts + rows).ravel(), minlength=size * len(blocks)).reshape(size, len(blocks))
    flat = drawn.astype(np.float32) @ blocks.reshape(len(blocks), -1)
    # float32 holds whole numbers up to 2^24, so these counts are exact.
    last: NDArray[np.float32] = last_blocks[generator.integers(0, len(last_blocks), size)]
    return flat.reshape(size, *blocks.shape[1:]) + last


def _median(counts: NDArray[np.float32], levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row; the mean of the two middle values of an even number, not a number of none."""
    so_far = np.cumsum(counts, axis=1)
    number = so_far[:, -1:]
    lower = np.argmax(so_far >= np.ceil(number / 2), axis=1)
    upper = np.argmax(so_far >= np.floor(number / 2) + 1, axis=1)
    middle: NDArray[np.float64] = (levels[lower] + levels[upper]) / 2
    middle[number[:, 0] == 0] = np.nan
    return middle
