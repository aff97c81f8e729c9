"""The bar of steps: where a click, a drag and a key lead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sleepcalm.gui.widgets.step_bar import SEEK_BY_S, BarStep, StepBar

STEPS = (BarStep("one", 0, 50), BarStep("two", 50, 60), BarStep("three", 60, 100))


@pytest.fixture
def bar(qtbot: QtBot) -> StepBar:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.resize(500, 30)
    bar.set_steps(STEPS)
    return bar


def sought_by(bar: StepBar, place_s: float, key: Qt.Key) -> list[float]:
    targets: list[float] = []
    bar.sought.connect(targets.append)
    bar.set_position(place_s)
    QTest.keyClick(bar, key)
    return targets


def test_a_click_leads_to_its_place(bar: StepBar) -> None:
    targets: list[float] = []
    bar.sought.connect(targets.append)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(250, 15))
    assert targets == [pytest.approx(50, abs=1)]


def test_a_drag_tells_where_it_leads_and_goes_there_at_its_end(bar: StepBar) -> None:
    targets: list[float] = []
    places: list[object] = []
    bar.sought.connect(targets.append)
    bar.hovered_to.connect(places.append)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(100, 15))
    QTest.mouseMove(bar, QPoint(400, 15))
    assert targets == []
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(900, 15))
    assert places[-1] is None
    assert len(targets) == 1
    assert 0 <= targets[0] <= 100


@pytest.mark.parametrize(
    ("place_s", "key", "target_s"),
    [
        (30, Qt.Key.Key_Right, 30 + SEEK_BY_S),
        (30, Qt.Key.Key_Left, 30 - SEEK_BY_S),
        (3, Qt.Key.Key_Left, 0),
        (95, Qt.Key.Key_Right, 100),
        (30, Qt.Key.Key_PageDown, 50),
        (55, Qt.Key.Key_PageDown, 60),
        (80, Qt.Key.Key_PageDown, 60),
        (55, Qt.Key.Key_PageUp, 0),
        (55, Qt.Key.Key_Home, 0),
        (55, Qt.Key.Key_End, 60),
    ],
)
def test_keys(bar: StepBar, place_s: float, key: Qt.Key, target_s: float) -> None:
    assert sought_by(bar, place_s, key) == [target_s]


def test_a_key_of_another_alphabet_does_no_harm(bar: StepBar) -> None:
    zhe = QKeyEvent(QEvent.Type.KeyPress, 0x0416, Qt.KeyboardModifier.NoModifier, "\u0436")
    QApplication.sendEvent(bar, zhe)
    assert not zhe.isAccepted()
    assert bar.value() == 0


def test_without_steps_there_is_nothing_to_seek(bar: StepBar) -> None:
    bar.set_steps([])
    assert not bar.isEnabled()
    assert bar.maximum() == 0
    bar.grab()
