"""What takes longer than a screen may stand still: computed on one thread, told on the GUI's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.minerals.seed_file import SeedFileError
from sleepcalm.storage.errors import StorageError

T = TypeVar("T")


class Background(QObject):
    """One thing after the other, in the order in which they were asked for."""

    problem = Signal(str)
    """Why something could not be computed, in a sentence. A fault of the program is raised instead."""

    _done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._done.connect(_call, Qt.ConnectionType.QueuedConnection)

    def compute(self, work: Callable[[], T], tell: Callable[[T], None]) -> None:
        """Call `work` on the thread, and `tell` with what it gave on the GUI's."""

        def hand_over(future: Future[T]) -> None:
            if not future.cancelled():
                self._done.emit(lambda: self._tell(future, tell))

        self._worker.submit(work).add_done_callback(hand_over)

    def close(self) -> None:
        """Wait for what is being computed, and begin nothing more."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _tell(self, future: Future[T], tell: Callable[[T], None]) -> None:
        try:
            found = future.result()
        except (StorageError, SeedFileError) as error:
            self.problem.emit(str(error))
            return
        tell(found)


def _call(what: Callable[[], None]) -> None:
    what()
