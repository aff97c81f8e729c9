"""Records what `sleepcalm play` plays, unless the record cannot be written just then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sleepcalm.commands.record_access import tell
from sleepcalm.program import Program, UserError, local_zone
from sleepcalm.relaxation.session import Session

Follow = Callable[[Session], None]


@contextmanager
def recorded_practice(program: Program) -> Iterator[Follow]:
    """Gives what to call whenever the session has moved. A record that is in use is told of, once."""
    from sleepcalm.diary.civil_time import Instant  # noqa: PLC0415 - slow to import
    from sleepcalm.practice_log import PracticeLog  # noqa: PLC0415
    from sleepcalm.storage.errors import StorageError  # noqa: PLC0415

    try:
        zone = local_zone()
        book = program.open_record("sleepcalm play")
    except (StorageError, UserError) as error:
        tell(f"this practice is not recorded: {error}")
        yield lambda _session: None
        return
    with book:
        log = PracticeLog(lambda: Instant.from_moment(program.now(), zone), book.save_practice)

        def follow(session: Session) -> None:
            log.follow(session.timeline, session.state, session.moment.frame)

        try:
            yield follow
        finally:
            log.close()
