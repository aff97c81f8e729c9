"""The window tells when it was painted and when it goes, and is dark from its first frame."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from relax_window import Opened

from sleepcalm.gui import theme
from sleepcalm.gui.main_window import MainWindow


def test_painted_is_said_once(qtbot: QtBot) -> None:
    window = MainWindow([("&One", QWidget()), ("&Two", QWidget())], "Title")
    qtbot.addWidget(window)
    times: list[bool] = []
    window.painted.connect(lambda: times.append(True))
    with qtbot.waitSignal(window.painted):
        window.show()
    window.update()
    QApplication.processEvents()
    assert times == [True]


def test_the_tab_that_is_clicked_is_open(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    window = MainWindow([("&One", first), ("&Two", second)], "Title")
    qtbot.addWidget(window)
    window.show()
    assert window.pages.currentWidget() is first
    window.tab_bar.setCurrentIndex(1)
    assert window.pages.currentWidget() is second


def test_nothing_bright_fills_the_window(opened: Opened) -> None:
    """No more than text, keys and handles is bright: a white page in the dark wakes."""
    image = opened.window.grab().toImage().scaled(104, 70)
    pixels = [QColor(image.pixel(x, y)) for x in range(104) for y in range(70)]
    bright = [pixel for pixel in pixels if pixel.lightness() > 100]
    assert len(bright) < 0.08 * len(pixels)
    assert max(pixel.lightness() for pixel in pixels) < 245


def test_the_ground_of_the_window_is_the_ground_of_the_theme(opened: Opened) -> None:
    ground = opened.window.palette().color(theme.GROUND)
    assert QColor(opened.window.grab().toImage().pixel(2, opened.window.height() - 2)) == ground
