"""What the program needs of Qt's Python bindings, and a release once did not give."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

CALLS = 1000


def test_calls_that_return_nothing_use_up_nothing():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("any")
    assert sys.getrefcount(None) > before - CALLS / 2
