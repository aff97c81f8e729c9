"""Icons of the Trends tab as painter paths in a square from -1 to 1."""

from __future__ import annotations

from PySide6.QtGui import QPainterPath, QTransform

from sleepcalm.gui.diary.icons import later


def up() -> QPainterPath:
    return QTransform().rotate(-90).map(later())


def down() -> QPainterPath:
    return QTransform().rotate(90).map(later())
