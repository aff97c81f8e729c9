"""The sign-flip test of paired differences, and the interval of effects that it does not reject.

Chance alone decided which condition came first in each pair. Were the condition without any effect, each
difference could as well have had the other sign; the test counts how many of all those signs give a mean at
least as far from zero as the one that was seen (Fisher's randomisation test; Edgington & Onghena 2007).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALPHA = 0.05
MOST_PAIRS_EXACT = 20
DRAWS = 100_000
_CHUNK = 10_000
_TIE = 1e-9
"""A sum this small beside the sum of all sizes is a rounded zero: means of whole numbers differ by more."""

_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SignFlipTest:
    """`interval_95` is closed, and zero lies outside exactly where `p_value` is 0.05 or less.

    None stands for a side without limit: with fewer than six pairs no effect can be rejected.
    """

    effect: float
    """The mean difference."""
    p_value: float
    interval_95: tuple[float | None, float | None]


def sign_flip_test(differences: Sequence[float], seed: int = 0) -> SignFlipTest:
    """Two-sided. Exact up to 20 differences, else 100,000 draws of signs from PCG64 with `seed`.

    The interval inverts the test. An effect d is tested on the differences less d; say d lies below the mean.
    A flip of the differences in a set J takes twice their sum from the total, so it is at least as far out as
    what was seen just where the mean of J is at most d, or that of all the others is. The number of such
    flips grows with d by one at each set's mean, so the lowest d that is not rejected is an order statistic
    of the means of sets (Hartigan 1969), and the highest likewise. No grid, no search.

    Raises ValueError where there is no difference, or one that is not finite.
    """
    values = np.sort(np.asarray(differences, dtype=np.float64))  # sorted: the order of pairs changes no digit
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError("the test needs at least one difference, each a finite number")
    flipped, others, sizes = _splits(values, seed)
    tie = _TIE * float(np.abs(values).sum())
    lowest, highest = _outer_means(flipped, others, sizes, len(values), tie)
    total = float(values.sum())
    if abs(total) <= tie:
        total, as_far = 0.0, len(sizes)
    else:
        as_far = int(np.count_nonzero(lowest <= 0 if total > 0 else highest >= 0))
    # An effect is rejected where so many flips or fewer are as far out.
    rejecting = math.floor(ALPHA * len(sizes))
    lowest.partition(rejecting)
    highest.partition(len(sizes) - 1 - rejecting)
    low, high = float(lowest[rejecting]), float(highest[-1 - rejecting])
    return SignFlipTest(
        effect=total / len(values),
        p_value=as_far / len(sizes),
        interval_95=(low if math.isfinite(low) else None, high if math.isfinite(high) else None),
    )


def _splits(values: _Numbers, seed: int) -> tuple[_Numbers, _Numbers, NDArray[np.int64]]:
    """For each flip the sum of the flipped, the sum of the others, how many were flipped; no flip first.

    Flipping a set and flipping all the others are equally far out, so of each two one is enough: the first
    difference is never flipped where all are counted. Drawn flips come on top of what was seen, so that a
    p-value is never zero (Phipson & Smyth 2010).
    """
    if len(values) > MOST_PAIRS_EXACT:
        return _drawn_splits(values, seed)
    flipped, others, sizes = np.zeros(1), values[:1].copy(), np.zeros(1, dtype=np.int64)
    for value in values[1:]:
        flipped = np.concatenate([flipped, flipped + value])
        others = np.concatenate([others + value, others])
        sizes = np.concatenate([sizes, sizes + 1])
    return flipped, others, sizes


def _drawn_splits(values: _Numbers, seed: int) -> tuple[_Numbers, _Numbers, NDArray[np.int64]]:
    generator = np.random.Generator(np.random.PCG64(seed))
    flipped, others, sizes = [np.zeros(1)], [values.sum(keepdims=True)], [np.zeros(1, dtype=np.int64)]
    for _ in range(DRAWS // _CHUNK):
        signs = generator.integers(0, 2, (_CHUNK, len(values)), dtype=np.int8)
        flipped.append(signs @ values)
        others.append((1 - signs) @ values)
        sizes.append(signs.sum(axis=1, dtype=np.int64))
    return np.concatenate(flipped), np.concatenate(others), np.concatenate(sizes)


def _outer_means(
    flipped: _Numbers, others: _Numbers, sizes: NDArray[np.int64], pairs: int, tie: float
) -> tuple[_Numbers, _Numbers]:
    """Of each split the lower and the higher of the two means.

    A split without anything on one side is as far out as what was seen at every effect: minus and plus
    infinity.
    """
    means = []
    for sums, numbers in ((flipped, sizes), (others, pairs - sizes)):
        mean = sums / np.maximum(numbers, 1)
        mean[np.abs(sums) <= tie] = 0.0
        means.append(mean)
    lowest, highest = np.minimum(*means), np.maximum(*means)
    whole = (sizes == 0) | (sizes == pairs)
    lowest[whole], highest[whole] = -np.inf, np.inf
    return lowest, highest
