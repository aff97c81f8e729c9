"""Makes a file beside a window that goes on: painted a little at a time, written on another thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal


class FileMaker(QObject):
    """One file at a time. `written` carries its path, `failed` why there is none, on the window's thread."""

    written = Signal(object)
    failed = Signal(str)

    def __init__(self, write: Callable[[Path, bytes], None], parent: QObject) -> None:
        """`write` puts a whole file in place or raises OSError; it is called on another thread."""
        super().__init__(parent)
        self._write = write
        self._painting: list[Generator[None, None, bytes]] = []
        """None or one."""
        self._path = Path()
        self._voice = _Voice()
        self._voice.written.connect(self._end)
        self._voice.failed.connect(self._give_up)
        self._is_writing = False
        painting = self._painting
        self.destroyed.connect(lambda: _close(painting))

    @property
    def is_busy(self) -> bool:
        return bool(self._painting) or self._is_writing

    def make(self, path: Path, painting: Generator[None, None, bytes]) -> None:
        """Paint, a step at a time, and write. Raises RuntimeError while another file is being made."""
        if self.is_busy:
            raise RuntimeError("a file is being made already")
        self._path = path
        self._painting.append(painting)
        QTimer.singleShot(0, self, self._paint_on)

    def _paint_on(self) -> None:
        try:
            next(self._painting[0])
        except StopIteration as end:
            self._painting.clear()
            self._is_writing = True
            Thread(target=self._write_away, args=(self._path, end.value), name="shared file").start()
        except BaseException:
            self._painting.clear()
            self.failed.emit(self.tr("it could not be painted"))
            raise
        else:
            QTimer.singleShot(0, self, self._paint_on)

    def _write_away(self, path: Path, data: bytes) -> None:
        # The window may have gone by the time this ends, and this object with it; the voice stays.
        write, voice = self._write, self._voice
        try:
            write(path, data)
        except OSError as error:
            voice.failed.emit(error.strerror or str(error))
        else:
            voice.written.emit(path)

    def _end(self, path: Path) -> None:
        self._is_writing = False
        self.written.emit(path)

    def _give_up(self, reason: str) -> None:
        self._is_writing = False
        self.failed.emit(reason)


def _close(painting: list[Generator[None, None, bytes]]) -> None:
    """A window that goes leaves no painter open on a page."""
    for unfinished in painting:
        unfinished.close()


class _Voice(QObject):
    """Speaks from the other thread to the window's."""

    written = Signal(object)
    failed = Signal(str)
