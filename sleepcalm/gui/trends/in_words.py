"""What a period says in two or three sentences, beside the one before, without judging."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from sleepcalm.diary.averages import PooledEfficiency
from sleepcalm.gui.trends.wording import amount_text, mean_text, nights_text, number_text
from sleepcalm.trends.averages import Mean
from sleepcalm.trends.changes import FEWEST_NIGHTS, Change, Direction, changes
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period, Span
from sleepcalm.trends.summary import PeriodSummary

_TOLD = (Series.HYPNIC_JERKS, Series.SLEEP_ONSET_LATENCY)
"""What the sentences are about; the strips show the rest."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trends", text)


def sentences(period: Period, now: PeriodSummary, before: Sequence[NightFigures], today: date) -> list[str]:
    """How many nights are recorded, then jolts and falling asleep, with the period before where it can be."""
    recorded = sum(night.recorded for night in now.nights)
    told = [_recorded_text(period, recorded, today)]
    if not recorded:
        return told
    of = {change.series: change for change in changes(now.nights, before)} if before else {}
    alone = {series: now.means[series] for series in _TOLD}
    told += [
        _changed_text(of[series], period) if series in of else _alone_text(series, mean)
        for series, mean in alone.items()
        if mean is not None
    ]
    if period.span is not Span.ALL and not of and any(alone.values()):
        told.append(
            _tr("To compare with {before}, both need {nights}.").format(
                before=_before_text(period), nights=nights_text(FEWEST_NIGHTS)
            )
        )
    return told


def efficiency_text(pooled: PooledEfficiency) -> str:
    """The efficiency with the nights that it rests on; "" where there is none."""
    if pooled.efficiency_pct is None:
        return ""
    return _tr("Sleep efficiency {share} % ({nights})").format(
        share=number_text(pooled.efficiency_pct, 0), nights=nights_text(pooled.nights)
    )


def excluded_text(excluded: int) -> str:
    """How many nights are left out because they contradict themselves; "" where none is."""
    if not excluded:
        return ""
    if excluded == 1:
        return _tr("1 night does not add up and is left out.")
    return _tr("{number} nights do not add up and are left out.").format(number=number_text(excluded))


def _recorded_text(period: Period, recorded: int, today: date) -> str:
    if not recorded:
        return _tr("No night is recorded in this time.")
    passed = (min(period.last, today) - period.first).days + 1
    if passed < period.nights:
        text = _tr("{recorded} of {nights} so far recorded.")
    else:
        text = _tr("{recorded} of {nights} recorded.")
    return text.format(recorded=number_text(recorded), nights=nights_text(passed))


def _alone_text(series: Series, mean: Mean) -> str:
    if series is Series.HYPNIC_JERKS:
        return _tr("{jolts} a night ({nights}).").format(
            jolts=_jolts_text(mean), nights=nights_text(mean.nights)
        )
    return _tr("Falling asleep took {minutes} ({nights}).").format(
        minutes=mean_text(series, mean), nights=nights_text(mean.nights)
    )


def _changed_text(change: Change, period: Period) -> str:
    if change.series is Series.HYPNIC_JERKS:
        text = _tr("{now} a night ({nights}); {before_name} {before} ({before_nights}).")
        now, before = _jolts_text(change.now), mean_text(change.series, change.before)
    else:
        text = _tr("Falling asleep took {now} ({nights}); {before_name} {before} ({before_nights}).")
        now, before = (mean_text(change.series, mean) for mean in (change.now, change.before))
    told = text.format(
        now=now,
        nights=nights_text(change.now.nights),
        before_name=_before_text(period),
        before=before,
        before_nights=nights_text(change.before.nights),
    )
    if change.direction is Direction.OPEN:
        told += " " + _tr("Estimates overlap, so which was more cannot be told.")
    return told


def _jolts_text(mean: Mean) -> str:
    if mean.exact and mean.low == 1:
        return _tr("1 jolt")
    if mean.high is None:
        return _tr("{number} jolts or more").format(number=amount_text(Series.HYPNIC_JERKS, mean.low))
    return _tr("{number} jolts").format(number=mean_text(Series.HYPNIC_JERKS, mean))


def _before_text(period: Period) -> str:
    words = {
        Span.WEEK: _tr("the week before"),
        Span.MONTH: _tr("the month before"),
        Span.THREE_MONTHS: _tr("the three months before"),
        Span.YEAR: _tr("the year before"),
    }
    return words[period.span] if period.span in words else _tr("the time before")
