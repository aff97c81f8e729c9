"""What goes into a process and comes out of it, each on a thread of its own, so that nobody waits for it."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import IO

_AT_ONCE_BYTES = 1 << 16


class Answer:
    """What a process says on one of its streams, up to `most_bytes`; the rest is left where it is."""

    def __init__(self, stream: IO[bytes], most_bytes: int) -> None:
        self.is_too_much = False
        self._stream = stream
        self._most_bytes = most_bytes
        self._octets = bytearray()
        self._thread = Thread(target=self._listen, name="answer of a process", daemon=True)
        self._thread.start()

    def is_complete(self, within_s: float) -> bool:
        """Whether nothing more comes: neither from the process nor from others that it has left running."""
        self._thread.join(within_s)
        return not self._thread.is_alive()

    @property
    def text(self) -> str:
        """Without what could disturb a line of the screen, such as control and direction characters."""
        said = self._octets.decode("utf-8", errors="replace")
        return "".join(letter for letter in said if letter.isprintable() or letter in "\n\t")

    def _listen(self) -> None:
        with self._stream:
            while octets := self._stream.read(_AT_ONCE_BYTES):
                self._octets += octets
                if len(self._octets) > self._most_bytes:
                    self.is_too_much = True
                    return


def tell(stream: IO[bytes], octets: bytes) -> None:
    """Write to a process and close its input. One that does not read, or has ended, is no error."""

    def write() -> None:
        with suppress(OSError), stream:
            while octets_left:
                del octets_left[: stream.write(octets_left)]

    octets_left = bytearray(octets)
    Thread(target=write, name="words to a process", daemon=True).start()
