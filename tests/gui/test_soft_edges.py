"""What a scroll area cuts off fades out there, so that nobody takes it for the end."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.scroll import QuietScrollArea

INK = "#ff0000"


class Opened:
    """An area of 200 pixels over a content of one colour."""

    def __init__(self, qtbot: QtBot, height: int) -> None:
        content = QWidget()
        content.setFixedHeight(height)
        self.area = QuietScrollArea(content)
        palette = QPalette(content.palette())
        palette.setColor(theme.CARD, QColor(INK))
        content.setPalette(palette)
        self.area.resize(200, 200)
        qtbot.addWidget(self.area)
        with qtbot.waitExposed(self.area):
            self.area.show()

    def is_covered(self, y: int) -> bool:
        return self.area.grab().toImage().pixelColor(40, y) != QColor(INK)


@pytest.mark.usefixtures("qapp")
def test_nothing_fades_where_all_is_in_sight(qtbot: QtBot) -> None:
    opened = Opened(qtbot, height=150)
    assert not opened.is_covered(1)
    assert not opened.is_covered(148)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("share", "above", "below"), [(0.0, False, True), (0.5, True, True), (1.0, True, False)]
)
def test_an_edge_fades_where_something_lies_beyond_it(
    qtbot: QtBot, share: float, above: bool, below: bool
) -> None:
    opened = Opened(qtbot, height=900)
    bar = opened.area.verticalScrollBar()
    bar.setValue(round(bar.maximum() * share))
    QApplication.processEvents()
    assert opened.is_covered(1) is above
    assert opened.is_covered(198) is below
    assert not opened.is_covered(100)
