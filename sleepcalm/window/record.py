"""The record as the open window holds it: opened and written off the GUI's thread, read at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.program import Program
from sleepcalm.window.record_opening import WRITER, OpenedRecord, RecordOpening, cannot_record, why_newer

if TYPE_CHECKING:
    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.storage.recovery import WhenChanged
    from sleepcalm.storage.writer import RecordWriter

Place: TypeAlias = tuple[str, str]
"""A table's name and a key in it."""


class WindowRecord(QObject):
    """Keeps the record open while the window is.

    What was handed over to `save` counts from then on, and stays in memory until it is on disk.
    Everything here is for the GUI's thread; its signals arrive there.
    """

    ready = Signal()
    """The record can be read, and written unless `read_only_reason` says why not."""

    notice = Signal(str)
    """Something about the record that the user should know, in a sentence."""

    question = Signal(object)
    """A ChangedOutsideError: somebody edited the record by hand; `start` again with the answer."""

    saved = Signal(str, str)
    """Table and key of what is on disk now."""

    _finished = Signal(object)

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._book: RecordBook | None = None
        self._writer: RecordWriter | None = None
        self._waiting: deque[Callable[[], None]] = deque()
        self._pending: dict[Place, object] = {}
        self._last: dict[Place, tuple[Future[object], Callable[[], None]]] = {}
        """The newest save of each place that is not known to be on disk, and how to try it again."""
        self._refused: dict[Place, Callable[[], None]] = {}
        """What a record that could not be opened for writing did not take, and how to hand it over anew."""
        self._not_opened = ""
        """Why what was handed over could not be saved, where it is more than another window that writes."""
        self.read_only_reason = ""
        self._opening = RecordOpening(program, self._take_opened)
        self._opening.question.connect(self.question)
        self._finished.connect(_call, Qt.ConnectionType.QueuedConnection)

    @property
    def book(self) -> RecordBook:
        """The record on disk. Raises RuntimeError before `ready`."""
        if self._book is None:
            raise RuntimeError("the record is not open yet")
        return self._book

    def start(self, when_changed: WhenChanged | None = None) -> None:
        """Open the record on a thread of its own."""
        self._not_opened = ""
        self._opening.open(when_changed)

    def start_to_read(self, reason: str) -> None:
        """Open the record for reading only, because of `reason`."""
        self._not_opened = ""
        self._opening.open_to_read(reason)

    def pending(self, table: str) -> Mapping[str, object]:
        """By key, what is not on disk yet; None stands for a deletion."""
        return {key: value for (name, key), value in self._pending.items() if name == table}

    def save(
        self,
        place: Place,
        value: object,
        change: Callable[[RecordBook], object],
        on_saved: Callable[[], None],
        on_failed: Callable[[str], None],
    ) -> None:
        """Have `change` made to the record, after which `value` stands at `place`.

        What could not be saved stays in memory, to be tried again; what the record refuses does not.
        """
        self._pending[place] = value
        if self._book is None:
            self._waiting.append(lambda: self._submit(place, value, change, on_saved, on_failed))
        else:
            self._submit(place, value, change, on_saved, on_failed)

    def why_not_saved(self) -> str:
        """Wait for the disk; why something that was handed over is not on it, or "" if everything is.

        What waits for the record waits here some seconds for its opening. Nobody is asked meanwhile.
        """
        if self._waiting:
            self._await_opening()
        if self._writer is not None:
            self._writer.flush()
        if self._not_opened and (self._refused or self._waiting):
            return self._not_opened
        if self._waiting:
            return "Nothing is recorded yet: the record is still being opened."
        errors = [future.exception() for future, _ in self._last.values() if future.done()]
        return next((_why_not_saved(error) for error in errors if error is not None), "")

    def try_again(self) -> None:
        """Hand over anew what could not be saved, to a record that is opened anew if need be."""
        if self._not_opened:
            self._open_again()
        for future, again in list(self._last.values()):
            if future.done() and future.exception() is not None:
                again()

    def close(self) -> None:
        """Return when what was handed over is on disk, or has failed to get there."""
        if self._writer is not None:
            self._writer.close()
        if self._book is not None:
            self._book.close()

    def _await_opening(self) -> None:
        self._opening.wait()
        if self._refused and not self._not_opened:
            self._not_opened = self.read_only_reason  # nobody had said so when it was handed over

    def _submit(
        self,
        place: Place,
        value: object,
        change: Callable[[RecordBook], object],
        on_saved: Callable[[], None],
        on_failed: Callable[[str], None],
    ) -> None:
        book = self.book
        if self._writer is None:
            self._refused[place] = lambda: self._submit(place, value, change, on_saved, on_failed)
            on_failed(self.read_only_reason)
            return

        def tell(future: Future[object]) -> None:
            self._finished.emit(lambda: self._settle(place, value, future, on_saved, on_failed))

        future = self._writer.submit(lambda _database: change(book))
        self._last[place] = future, lambda: self._submit(place, value, change, on_saved, on_failed)
        future.add_done_callback(tell)

    def _settle(
        self,
        place: Place,
        value: object,
        future: Future[object],
        on_saved: Callable[[], None],
        on_failed: Callable[[str], None],
    ) -> None:
        from sleepcalm.storage.errors import RefusedError  # noqa: PLC0415 - imported already by now

        error = future.exception()
        if error is None or isinstance(error, RefusedError):  # what is refused will never be on disk
            if self._pending.get(place) is value:
                del self._pending[place]
            if place in self._last and self._last[place][0] is future:
                del self._last[place]
        if error is not None:
            on_failed(_why_not_saved(error))
            return
        on_saved()
        self.saved.emit(*place)

    def _take_opened(self, opened: OpenedRecord) -> None:
        if opened.book is not None:
            self._begin(opened.book, opened.read_only_reason, is_failure=opened.is_failure)
            return
        self._not_opened = opened.read_only_reason
        if not opened.waits_for_answer:
            self.notice.emit(opened.read_only_reason)

    def _open_again(self) -> None:
        """On this thread: somebody waits for it."""
        from sleepcalm.storage.errors import StorageError  # noqa: PLC0415 - imported already by now

        try:
            book = self._program.open_record(WRITER)
        except StorageError as error:
            self._not_opened = cannot_record(error)
            return
        self._begin(book, why_newer(book))

    def _begin(self, book: RecordBook, read_only_reason: str, *, is_failure: bool = False) -> None:
        from sleepcalm.storage.writer import RecordWriter  # noqa: PLC0415 - imported already by now

        before, self._book = self._book, book
        self.read_only_reason = read_only_reason
        self._not_opened = read_only_reason if is_failure else ""
        if not read_only_reason:
            self._writer = RecordWriter(book.database)
            self._writer.submit(lambda _database: self._keep_house(book))
        if book.database.report is not None:
            self.notice.emit(str(book.database.report))
        refused, self._refused = self._refused, {}
        for hand_over in refused.values():
            hand_over()
        while self._waiting:
            self._waiting.popleft()()
        if before is None:
            self.ready.emit()
        else:
            before.close()

    def _keep_house(self, book: RecordBook) -> None:
        from sleepcalm.storage.errors import StorageError  # noqa: PLC0415 - imported already by now

        try:
            self._program.keep_house(book)
        except StorageError as error:
            self.notice.emit(f"The day's backup was not made: {error}")


def _why_not_saved(error: BaseException) -> str:
    from sleepcalm.storage.errors import StorageError  # noqa: PLC0415 - imported already by now

    # What the storage says is for the user as it is; a value that it refuses is only named.
    return str(error) if isinstance(error, StorageError) else f"Not saved: {error}."


def _call(what: Callable[[], None]) -> None:
    what()
