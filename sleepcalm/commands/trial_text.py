"""Trials as documents and as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sleepcalm.trends.trial import Assignment, Shortfall, Trial


def assignment_document(night: Assignment) -> dict[str, Any]:
    return {
        "date": night.wake_date.isoformat(),
        "pair": night.pair,
        "condition": night.condition.value,
        "washout": night.washout,
    }


def shortfall_documents(shortfalls: Iterable[Shortfall]) -> list[dict[str, str]]:
    return [{"code": shortfall.code, "sentence": shortfall.sentence} for shortfall in shortfalls]


def plan_document(trial: Trial) -> dict[str, Any]:
    """All that was fixed beforehand."""
    return {
        "id": trial.id,
        "factor": trial.factor,
        "routine": trial.routine,
        "outcome": trial.outcome.value,
        "pairs": trial.pairs,
        "period_nights": trial.period_nights,
        "washout_nights": trial.washout_nights,
        "start": trial.start.isoformat(),
        "end": trial.planned_end.isoformat(),
        "total_nights": trial.nights,
        "seed": trial.seed,
        "created": trial.created.iso(),
        "shortfalls": shortfall_documents(trial.accepted),
    }


def print_plan(shown: dict[str, Any]) -> None:
    """Name and value in two columns; what is a list, a line each."""
    for name, value in shown.items():
        if isinstance(value, list):
            for part in value:
                print(f"{name:<16} {part['sentence'] if isinstance(part, dict) else part}")
        elif isinstance(value, dict):
            parts = (f"{key} {inner}" for key, inner in value.items() if not isinstance(inner, bool))
            print(f"{name:<16} {', '.join(parts)}")
        elif value is not None:
            print(f"{name:<16} {value}")
