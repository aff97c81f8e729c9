"""Cycles with Qt objects in them end on the window's thread, whoever allocates meanwhile."""

from __future__ import annotations

import gc
from threading import Thread, current_thread

import pytest

from sleepcalm.window.garbage import WHOLE_EVERY, YOUNG_OBJECTS, GarbageCollection


class Cycle:
    """Goes only when it is collected, and tells where."""

    def __init__(self, ended: list[str]) -> None:
        self.itself = self
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(current_thread().name)


@pytest.fixture
def collection(qapp):
    collects = gc.isenabled()
    yield GarbageCollection()
    gc.unfreeze()
    if collects:
        gc.enable()


def test_another_thread_that_allocates_much_collects_nothing(collection):
    ended: list[str] = []
    Cycle(ended)
    allocating = Thread(target=lambda: [[] for _ in range(20 * YOUNG_OBJECTS)], name="other")
    allocating.start()
    allocating.join()
    assert ended == []
    kept = [[] for _ in range(2 * YOUNG_OBJECTS)]
    collection.collect_if_worth_it()
    assert ended == [current_thread().name]
    assert kept


def test_little_garbage_waits(collection):
    gc.collect()
    ended: list[str] = []
    Cycle(ended)
    collection.collect_if_worth_it()
    assert ended == []


def collect_often(collection: GarbageCollection, times: int) -> None:
    for _ in range(times):
        many = [[] for _ in range(2 * YOUNG_OBJECTS)]
        collection.collect_if_worth_it()
        del many  # what goes is taken off the count of new objects


def test_what_came_in_the_first_minutes_is_not_gone_through_again(collection):
    library = [[] for _ in range(50_000)]
    before = gc.get_freeze_count()
    collect_often(collection, WHOLE_EVERY)
    assert gc.get_freeze_count() >= before + len(library)


def test_a_cycle_that_grew_old_goes_in_the_end(collection):
    collect_often(collection, WHOLE_EVERY)
    ended: list[str] = []
    cycle = Cycle(ended)
    collect_often(collection, 3)
    assert ended == []
    del cycle
    collect_often(collection, WHOLE_EVERY)
    assert ended == [current_thread().name]
