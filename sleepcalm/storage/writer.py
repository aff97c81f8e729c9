"""Saves on a thread of their own, so that the screen never waits for the disk."""

from __future__ import annotations

import atexit
import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sleepcalm.storage.database import Database
from sleepcalm.storage.errors import StorageError

__all__ = ["RecordWriter"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    change: Callable[[Database], Any]
    future: Future[Any] = field(default_factory=Future)


class RecordWriter:
    """The one thread that changes a database.

    What is asked for while a save is going on is put together into the next one. A future has its result
    once the change is durable, or the error that kept it from being saved; callbacks run on this thread.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._accepting = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="record writer", daemon=True)
        self._thread.start()
        # A program that ends without closing still gets everything it handed over onto the disk.
        atexit.register(self.close)

    def submit(self, change: Callable[[Database], T]) -> Future[T]:
        """Have a change made; one that raises takes back only itself. Raises StorageError after close."""
        job = _Job(change)
        with self._accepting:
            if self._closed:
                raise StorageError("The record is closed; nothing was saved.")
            self._jobs.put(job)
        return job.future

    def put(self, table: str, key: str, document: Mapping[str, Any]) -> Future[None]:
        """Have a document saved in place of the one with that key."""
        return self.submit(lambda database: database.put(table, key, document))

    def flush(self) -> None:
        """Wait until everything handed over so far is saved or has failed."""
        done: Future[None] = self.submit(lambda _database: None)
        done.exception()

    def close(self) -> None:
        """Save what was handed over, and end the thread. The database stays open."""
        with self._accepting:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()
        atexit.unregister(self.close)

    def _run(self) -> None:
        open_ended = True
        while open_ended:
            jobs, open_ended = self._next_jobs()
            self._save([job for job in jobs if job.future.set_running_or_notify_cancel()])
            if self._jobs.empty():
                self._database.tidy()

    def _next_jobs(self) -> tuple[list[_Job], bool]:
        """Everything that waits, and whether more may come."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if self._jobs.empty():
                return jobs, True
            job = self._jobs.get()
        return jobs, False

    def _save(self, jobs: list[_Job]) -> None:
        results: list[tuple[_Job, Any]] = []
        try:
            with self._database.batch():
                for job in jobs:
                    try:
                        with self._database.batch():
                            results.append((job, job.change(self._database)))
                    except Exception as error:  # noqa: BLE001 (whatever it is belongs to whoever asked)
                        job.future.set_exception(error)
        except Exception as error:  # noqa: BLE001 (the futures carry it to everyone who waits)
            for job, _ in results:
                job.future.set_exception(error)
            return
        for job, result in results:
            job.future.set_result(result)
