"""The small window in which the user chooses and orders the strips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui.trends.icons import down, up
from sleepcalm.gui.trends.wording import series_name
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.icon_buttons import BareIconButton
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog
from sleepcalm.trends.figures import Series


class StripsDialog(QuietDialog):
    """A box for each series, in the order of the strips. Every change counts at once.

    Alt with Up and Down moves the one that has the keyboard. The last strip cannot be taken away.
    """

    changed = Signal(tuple)
    """The chosen series from the top."""

    def __init__(self, chosen: Sequence[Series], parent: QWidget) -> None:
        super().__init__("", "", parent, can_cancel=False)
        self.setWindowTitle(self.tr("Strips"))
        self.done_button.setText(self.tr("Done"))
        self.order = [*chosen, *(series for series in Series if series not in chosen)]
        self.rows = {series: _Row(series) for series in self.order}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        for series, row in self.rows.items():
            row.box.setChecked(series in chosen)
            row.box.toggled.connect(lambda _on, series=series: self._tick(series))
            row.up.clicked.connect(lambda _on=False, series=series: self.move_strip(series, -1))
            row.down.clicked.connect(lambda _on=False, series=series: self.move_strip(series, 1))
        self.column.addWidget(
            wrapped(self.tr("From the top, as ticked. Alt with Up or Down moves a strip, too."))
        )
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self._arrange()

    @property
    def chosen(self) -> tuple[Series, ...]:
        return tuple(series for series in self.order if self.rows[series].box.isChecked())

    def move_strip(self, series: Series, by: int) -> None:
        """Move a strip up (-1) or down (1), as far as there is room."""
        place = self.order.index(series)
        to = min(max(place + by, 0), len(self.order) - 1)
        self.order.insert(to, self.order.pop(place))
        self._arrange()
        self.changed.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        at = self.focusWidget()
        held = next(
            (series for series, row in self.rows.items() if at is not None and row.isAncestorOf(at)), None
        )
        if event.key() in steps and held is not None:
            if event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.move_strip(held, steps[event.key()])
            else:
                place = self.order.index(held) + steps[event.key()]
                self.rows[self.order[min(max(place, 0), len(self.order) - 1)]].box.setFocus()
        else:
            super().keyPressEvent(event)

    def _tick(self, series: Series) -> None:
        if not self.chosen:
            self.rows[series].box.setChecked(True)
        else:
            self.changed.emit(self.chosen)

    def _arrange(self) -> None:
        """Put the rows, and the way of the Tab key through them, into their order."""
        before: QWidget | None = None
        for place, series in enumerate(self.order):
            row = self.rows[series]
            self._list.insertWidget(place, row)
            row.up.setEnabled(place > 0)
            row.down.setEnabled(place < len(self.order) - 1)
            for control in (row.box, row.up, row.down):
                if before is not None:
                    QWidget.setTabOrder(before, control)
                before = control


class _Row(QWidget):
    def __init__(self, series: Series) -> None:
        super().__init__()
        name = series_name(series)
        self.box = _StripBox(name)
        self.box.setAccessibleName(name)
        self.up = BareIconButton(up(), self.tr("{strip}: higher").format(strip=name))
        self.down = BareIconButton(down(), self.tr("{strip}: lower").format(strip=name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        row.addWidget(self.up)
        row.addWidget(self.down)


class _StripBox(TickBox):
    """Leaves Up and Down to the list, for they mean another strip or another place."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)
