"""Saves in the background: the newest counts, nothing is lost, errors are told."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Event

import pytest

from sleepcalm.storage.late_writer import LateWriter

LIMIT_S = 20


class SlowDisk:
    """Writes wait until the test lets them through."""

    def __init__(self) -> None:
        self.begun = Event()
        self.may_go_on = Event()
        self.written: list[str] = []
        self.errors: SimpleQueue[OSError] = SimpleQueue()
        self.writer = LateWriter(self.write, self.errors.put)

    def write(self, value: str) -> None:
        self.begun.set()
        assert self.may_go_on.wait(LIMIT_S)
        if value.startswith("bad"):
            raise OSError(28, "No space left on device")
        self.written.append(value)


@pytest.fixture
def disk() -> Iterator[SlowDisk]:
    disk = SlowDisk()
    yield disk
    disk.may_go_on.set()
    disk.writer.close()


def test_of_those_waiting_only_the_newest_is_written(disk):
    disk.writer.put("first")
    assert disk.begun.wait(LIMIT_S)
    for value in ("second", "third", "fourth"):
        disk.writer.put(value)  # returns, though the disk does not answer
    disk.may_go_on.set()
    disk.writer.close()
    assert disk.written == ["first", "fourth"]


def test_close_writes_what_waits(disk):
    disk.may_go_on.set()
    disk.writer.put("last")
    disk.writer.close()
    assert disk.written == ["last"]
    disk.writer.close()


def test_an_error_is_told_and_the_next_value_is_written(disk):
    disk.may_go_on.set()
    disk.writer.put("bad")
    assert disk.errors.get(timeout=LIMIT_S).strerror == "No space left on device"
    disk.writer.put("good")
    disk.writer.close()
    assert disk.written == ["good"]
