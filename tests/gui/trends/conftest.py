"""A Trends tab on nights in memory, in the British way of writing dates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from trends.trends_in_memory import Opener


@pytest.fixture(autouse=True)
def _british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def open_trends(qtbot: QtBot) -> Opener:
    return Opener(qtbot)
