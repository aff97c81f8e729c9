"""Opens the record on a thread of its own; what came of it is taken up on the GUI's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.program import Program

if TYPE_CHECKING:
    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.storage.recovery import WhenChanged

WRITER = "the SleepCalm window"

LONGEST_WAIT_S = 5.0
"""How long a closing window waits for a record that is still being opened."""


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """What came of an opening; `book` is None where it cannot be read, or not before an answer."""

    book: RecordBook | None
    read_only_reason: str = ""
    """Why nothing can be written; "" if it can be."""
    is_failure: bool = False
    """Whether it was to be written, and it is not another window that writes."""
    waits_for_answer: bool = False


class RecordOpening(QObject):
    """Everything but what its threads do is for the GUI's thread."""

    question = Signal(object)
    """A ChangedOutsideError: `open` again with the answer."""

    _came = Signal()

    def __init__(self, program: Program, take: Callable[[OpenedRecord], None]) -> None:
        """`take` is called on the GUI's thread, as soon as that is free or `wait`s."""
        super().__init__()
        self._program = program
        self._take = take
        self._thread: Thread | None = None
        self._opened: SimpleQueue[OpenedRecord] = SimpleQueue()
        self._came.connect(self._take_up, Qt.ConnectionType.QueuedConnection)

    def open(self, when_changed: WhenChanged | None) -> None:
        self._start(lambda: self._open(when_changed))

    def open_to_read(self, reason: str) -> None:
        """Open the record for reading only, because of `reason`."""
        self._start(lambda: self._hand_over(self._read(reason)))

    def wait(self) -> None:
        """Take up what comes of the opening, if that is within some seconds. Nobody is asked meanwhile."""
        if self._thread is not None:
            self._thread.join(LONGEST_WAIT_S)
        self._take_up()

    def _start(self, work: Callable[[], None]) -> None:
        self._thread = Thread(target=work, name="record opening", daemon=True)
        self._thread.start()

    def _open(self, when_changed: WhenChanged | None) -> None:
        from sleepcalm.storage.errors import RecordLockedError, StorageError  # noqa: PLC0415 - slow to import
        from sleepcalm.storage.recovery import ChangedOutsideError  # noqa: PLC0415

        try:
            book = self._program.open_record(WRITER, when_changed)
        except ChangedOutsideError as error:
            self._hand_over(OpenedRecord(None, cannot_record(error), is_failure=True, waits_for_answer=True))
            self.question.emit(error)
        except RecordLockedError as error:
            self._hand_over(self._read(str(error)))
        except StorageError as error:
            self._hand_over(self._read(cannot_record(error), is_failure=True))
        else:
            self._hand_over(OpenedRecord(book, why_newer(book)))

    def _read(self, reason: str, *, is_failure: bool = False) -> OpenedRecord:
        from sleepcalm.storage.errors import StorageError  # noqa: PLC0415 - slow to import

        try:
            return OpenedRecord(self._program.read_record(), reason, is_failure)
        except StorageError as error:
            told = reason if is_failure else f"The record cannot be opened: {error}"
            return OpenedRecord(None, told, is_failure=True)

    def _hand_over(self, opened: OpenedRecord) -> None:
        self._opened.put(opened)
        self._came.emit()

    def _take_up(self) -> None:
        while not self._opened.empty():
            self._take(self._opened.get())


def cannot_record(error: Exception) -> str:
    return f"Nothing can be recorded: {error}"


def why_newer(book: RecordBook) -> str:
    """Why a record of a newer version cannot be changed; "" if it is not one."""
    if not book.database.from_newer_version:
        return ""
    return "A newer version of SleepCalm wrote this record: it can be read here, not changed."
