"""A Relax tab on a sound that stands still, in a window that need not be seen."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from relax_window import Opened, Opener

from sleepcalm.gui.theme import FUSION, apply_theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform that paints off the screen says of every window that it cannot bound its size."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(r"This plugin does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Off the screen whatever display there is, and without a word to the processes that tests start."""
    return ["sleepcalm", "-platform", "offscreen", *FUSION]


@pytest.fixture(autouse=True)
def _garbage() -> Iterator[None]:
    """As in the program: no thread collects by itself, so Qt objects end on the window's only."""
    collects = gc.isenabled()
    gc.disable()
    yield
    gc.collect(1)
    if collects:
        gc.enable()


@pytest.fixture(autouse=True)
def _theme(qapp: QApplication) -> Iterator[None]:
    font = QFont(qapp.font())
    font.setPointSizeF(11)
    qapp.setFont(font)
    apply_theme(qapp)
    yield
    qapp.setFont(font)


@pytest.fixture
def open_window(qtbot: QtBot) -> Opener:
    return Opener(qtbot)


@pytest.fixture
def opened(open_window: Opener) -> Opened:
    return open_window()
