"""Tab goes as the eye does, also through what was unfolded later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def order_tabs(widget: QWidget, moved: QWidget | None = None, behind: QWidget | None = None) -> None:
    """Let Tab follow the layouts of `widget`; `moved` comes after `behind` instead of at its place.

    Qt itself goes by the order in which widgets were made.
    """
    stops = [stop for stop in _stops(widget) if stop is not moved]
    if moved is not None and behind in stops:
        stops.insert(stops.index(behind) + 1, moved)
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if layout is not None:
        yield from _stops_of(layout)
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        # Qt ignores an order that names a widget at which Tab does not stop.
        yield widget


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _stops_of(inner)
