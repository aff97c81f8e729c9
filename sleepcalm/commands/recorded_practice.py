"""What `sleepcalm play` plays, in the record: kept, where that can be written just then, and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sleepcalm.commands.record_access import tell
from sleepcalm.program import Program, UserError, local_zone
from sleepcalm.relaxation.session import Session
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

if TYPE_CHECKING:
    from sleepcalm.diary.practice import InterruptedBy
    from sleepcalm.practice_log import PracticeLog


class Follower:
    """Follows a session for the log of practices, if there is one."""

    def __init__(self, log: PracticeLog | None = None) -> None:
        self._log = log

    def follow(self, session: Session) -> None:
        """The session has moved."""
        if self._log is not None:
            self._log.follow(session.timeline, session.state, session.moment.frame)

    def note_interruption(self, by: InterruptedBy) -> None:
        if self._log is not None:
            self._log.note_interruption(by)

    def note_timer(self) -> None:
        """The sound is about to leave because its time is over."""
        if self._log is not None:
            self._log.note_timer()


@contextmanager
def recorded_practice(program: Program) -> Iterator[Follower]:
    """A record that is in use is told of, once."""
    from sleepcalm.diary.civil_time import Instant  # noqa: PLC0415 - slow to import
    from sleepcalm.practice_log import PracticeLog  # noqa: PLC0415
    from sleepcalm.storage.errors import StorageError  # noqa: PLC0415

    try:
        zone = local_zone()
        book = program.open_record("sleepcalm play")
    except (StorageError, UserError) as error:
        tell(f"this practice is not recorded: {error}")
        yield Follower()
        return
    with book:
        log = PracticeLog(lambda: Instant.from_moment(program.now(), zone), book.save_practice)
        try:
            yield Follower(log)
        finally:
            log.close()


def resume_s(program: Program, timeline: Timeline) -> float:
    """Where to go on with the routine, in seconds; 0.0, and a word about it, where nothing was left off."""
    from sleepcalm.practice_log import find_left_off  # noqa: PLC0415 - slow to import
    from sleepcalm.relaxation.left_place import frame_to_go_on  # noqa: PLC0415
    from sleepcalm.storage.errors import StorageError  # noqa: PLC0415

    try:
        left = find_left_off(program, timeline.routine_id)
    except StorageError as error:
        tell(f"where {timeline.routine_id} was left is not known: {error}")
        return 0.0
    if left is None:
        tell(f"{timeline.routine_id} was not left off lately: it begins at its beginning")
        return 0.0
    return frame_to_go_on(timeline, left) / SAMPLE_RATE_HZ
