"""Finds the gains with which a loop never becomes louder so fast that it could startle.

The momentary loudness is that of 400 ms (EBU R128). Within a second it may rise by LARGEST_RISE_LU; what is
fainter than FAINT_LUFS counts as that.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.ambience import FULL_VOLUME_LUFS
from sleepcalm.audio.loudness import integrated_lufs, lufs, power_of

HOPS_PER_S = 50
LARGEST_RISE_LU = 5.0
"""A little less than the 6 LU that are heard as sudden, for a mix is measured at other places than a loop."""

FAINT_LUFS = -60.0

LOUDEST_ABOVE_LU = 6.0
"""So much above the built-in backgrounds the loudest 400 ms of a sound may be."""

Powers = npt.NDArray[np.float64]

_WINDOW_HOPS = 2 * HOPS_PER_S // 5
_BEFORE = HOPS_PER_S + _WINDOW_HOPS
_GROWTH = 10 ** (LARGEST_RISE_LU / 10)
_FAINT = power_of(FAINT_LUFS)
_RECOVERY = 10 ** (40 / 10 / HOPS_PER_S)
"""Afterwards a gain comes back by 40 dB a second, as far as that is no sudden rise itself."""

_SETTLED_AFTER_HOPS = 30 * HOPS_PER_S
_ROUNDING = 1 + 1e-9
_ROUNDS = 2
_LOOK_EVERY_HOPS = 1000


def gains_against_rises(
    powers: Powers, most_gain: float, is_wanted: Callable[[], bool] = lambda: True
) -> Powers | None:
    """The gain of each hop of a loop from its K-weighted powers; None where none has to be turned down.

    Where the loudest moments had made the rest soft, all of it is turned up again to the loudness of the
    built-in backgrounds, by `most_gain` at most. The loop begins anew after its last hop, so its end is taken
    to be before its beginning. Needs 1.4 s. When `is_wanted` turns false the gains are of no use.
    """
    gains = _turned_down(powers, is_wanted)
    if gains is None:
        return None
    lift = 1.0
    for _ in range(_ROUNDS):  # what is lifted from below what is faint can rise too fast then
        lift = min(max(lift * _missing(powers * (lift * gains) ** 2), 1.0), max(most_gain, 1.0))
        turned = _turned_down(powers * lift**2, is_wanted)
        gains = np.ones(len(powers)) if turned is None else turned
    return lift * gains


def largest_rise_lu(powers: Powers) -> float:
    """By how much a loop becomes louder within a second at most."""
    return 10 * float(np.log10(_rises(_momentary(powers)).max()))


def _missing(powers: Powers) -> float:
    """The gain that brings a sound to the loudness of the built-in backgrounds, as far as its peaks allow."""
    momentary = _passing(powers)
    missing_lu = min(
        FULL_VOLUME_LUFS - integrated_lufs(momentary),
        FULL_VOLUME_LUFS + LOUDEST_ABOVE_LU - lufs(float(momentary.max())),
    )
    return float(10 ** (missing_lu / 20)) if np.isfinite(missing_lu) else 1.0


def _turned_down(powers: Powers, is_wanted: Callable[[], bool]) -> Powers | None:
    sudden = np.flatnonzero(_rises(_momentary(powers)) > _GROWTH * _ROUNDING)
    if not len(sudden):
        return None
    laps = max(2, ceil(_SETTLED_AFTER_HOPS / len(powers)))  # the last one goes on from where it leads itself
    return np.sqrt(_Leveller(powers, laps).gains(sudden, is_wanted))


def _passing(powers: Powers) -> Powers:
    """Of the 400 ms up to the end of each hop."""
    passed = np.lib.stride_tricks.sliding_window_view(
        np.concatenate([powers[-_WINDOW_HOPS + 1 :], powers]), _WINDOW_HOPS
    )
    mean: Powers = passed.mean(axis=1)
    return mean


def _momentary(powers: Powers) -> Powers:
    return np.maximum(_passing(powers), _FAINT)


def _rises(momentary: Powers) -> Powers:
    """By what factor each is above the lowest of the second before."""
    around = np.concatenate([momentary[-HOPS_PER_S:], momentary])
    lowest = np.lib.stride_tricks.sliding_window_view(around, HOPS_PER_S + 1).min(axis=1)
    rises: Powers = momentary / lowest
    return rises


class _Leveller:
    """Goes along a loop and turns down what would rise too fast: at once as far as the next 400 ms need it,
    so that a sudden sound begins as softly as it then goes on."""

    def __init__(self, powers: Powers, laps: int) -> None:
        self._hops, self._laps = len(powers), laps
        around = [powers[-_BEFORE:], *[powers] * laps, powers[:_WINDOW_HOPS]]
        self._powers = np.concatenate(around)
        self._gained = self._powers.copy()
        momentary = _momentary(powers)
        self._momentary = np.concatenate([momentary[-_BEFORE:], *[momentary] * laps])
        self._gains = np.ones(len(self._momentary))

    def gains(self, sudden: npt.NDArray[np.intp], is_wanted: Callable[[], bool]) -> Powers:
        """The power gains in the last lap."""
        hops = (sudden + lap * self._hops for lap in range(self._laps))
        sudden = np.concatenate(list(hops)) + _BEFORE
        at, changed, total = _BEFORE, -1, len(self._gains)
        while at < total and (at % _LOOK_EVERY_HOPS or is_wanted()):
            if changed < at - _BEFORE:  # what lies behind is as it was: nothing happens before the next one
                next_one = np.searchsorted(sudden, at)
                if next_one == len(sudden):
                    break
                at = max(at, int(sudden[next_one]) - _WINDOW_HOPS)
            gain = min(1.0, self._gains[at - 1] * _RECOVERY, self._most(at))
            if gain < 1:
                changed = at
            self._take(at, gain)
            at += 1
        return self._gains[-self._hops :]

    def _most(self, at: int) -> float:
        """The gain with which none of the next 400 ms is too loud, if it stays for so long."""
        second = self._momentary[at - HOPS_PER_S : at]
        lowest = np.minimum.accumulate(second[::-1])[::-1][:_WINDOW_HOPS]
        before = self._gained[at - _WINDOW_HOPS + 1 : at]
        still_heard = np.append(before[::-1].cumsum()[::-1], 0.0)
        coming = self._powers[at : at + _WINDOW_HOPS].cumsum()
        room = np.maximum(lowest * (_GROWTH * _WINDOW_HOPS) - still_heard, 0.0)
        return float((room / np.maximum(coming, 1e-30)).min())

    def _take(self, at: int, gain: float) -> None:
        self._gains[at] = gain
        self._gained[at] = gain * self._powers[at]
        momentary = self._gained[at - _WINDOW_HOPS + 1 : at + 1].mean()
        self._momentary[at] = max(momentary, _FAINT)
