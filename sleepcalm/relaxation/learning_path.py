"""Which form of muscle relaxation comes next for somebody who learns it, from the sessions so far.

The stages and their order are Bernstein and Borkovec's: fewer and larger groups, then letting go from
memory, then counting alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """`routine_ids`: what is offered in this stage, and the others that count as practice of it."""

    routine_ids: tuple[str, ...]
    sessions: int

    @property
    def offered_id(self) -> str:
        return self.routine_ids[0]


STAGES = (
    Stage(("pmr-16-twice", "pmr-16"), 3),
    Stage(("pmr-7",), 2),
    Stage(("pmr-4",), 2),
    Stage(("recall",), 1),
    Stage(("recall-counting",), 1),
    Stage(("counting",), 1),
)


def next_on_path(completed: Mapping[str, int]) -> str | None:
    """The id of the routine to offer, from how often each was heard to its end.

    It is the first stage that was not practised as often as it asks, however long ago and in whatever
    order the others were; nothing is lost by a break. None once all were.
    """
    for stage in STAGES:
        if sum(completed.get(routine_id, 0) for routine_id in stage.routine_ids) < stage.sessions:
            return stage.offered_id
    return None
