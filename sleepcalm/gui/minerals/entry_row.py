"""A line of the checklist: the tick with its text, and the button for everything else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.minerals import icons
from sleepcalm.gui.minerals.dose_rules import DoseRule
from sleepcalm.gui.minerals.row_text import Remark, RowText, WrappedRow, paint_row_text
from sleepcalm.gui.minerals.wording import column_text, detail_text, spoken_text
from sleepcalm.gui.widgets.icon_buttons import BareIconButton
from sleepcalm.gui.widgets.painting import colour, line_height, paint_answer_box, paint_focus_ring
from sleepcalm.minerals.intake import IntakeEntry, Mineral


class EntryTick(WrappedRow, QCheckBox):
    """The tick and the text. Space and a click anywhere on it check and uncheck."""

    focused = Signal()
    free_at_end_lines = 0.4

    def __init__(self) -> None:
        super().__init__()
        self._row_text = RowText("", "", ("", ""))
        self.can_change = True
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_entry(self, entry: IntakeEntry, rules: tuple[DoseRule, ...]) -> None:
        """Show the entry, without a signal, with the rules that stand beside its dose."""
        detail, amounts = detail_text(entry), [(mineral, entry.elemental_mg(mineral)) for mineral in Mineral]
        figures = tuple(column_text(mineral, amount_mg) for mineral, amount_mg in amounts)
        remarks = tuple(Remark(rule.text, stands_out=rule.is_close) for rule in rules)
        self._row_text = RowText(entry.item.name, detail, (figures[0], figures[1]), remarks)
        was_blocked = self.blockSignals(True)
        self.setChecked(entry.checked)
        self.blockSignals(was_blocked)
        spoken = [spoken_text(mineral, amount_mg) for mineral, amount_mg in amounts]
        self.setAccessibleName(", ".join((entry.item.name, detail, *spoken)))
        self.setAccessibleDescription(" ".join(rule.text for rule in rules))
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Where nothing can be saved the tick stays as it is, and the row can be read all the same."""
        if self.can_change:
            super().nextCheckState()

    def hitButton(self, _position: object) -> bool:
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space is the tick's own; arrows would lead to the button beside it, and are left to the list."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = self.places_at(self.width())
        self._paint_box(painter, where.name.top() + line_height(self) / 2)
        paint_row_text(painter, self, self._row_text, where)
        paint_focus_ring(painter, self, QRectF(self.rect()).adjusted(0, 1, 0, -2), line_height(self) * 0.4)
        painter.end()

    def _paint_box(self, painter: QPainter, middle: float) -> None:
        side = line_height(self) * 0.92
        box = QRectF(line_height(self) * 0.3, middle - side / 2, side, side)
        paint_answer_box(painter, self, box, True if self.isChecked() else None)


class EntryRow(QWidget):
    """One entry of the day, by its key."""

    toggled = Signal(str)
    more_wanted = Signal(str)
    focused = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.tick = EntryTick()
        self.more = BareIconButton(icons.more(), "")
        self.tick.clicked.connect(lambda: self.toggled.emit(self.key))
        self.tick.focused.connect(lambda: self.focused.emit(self.key))
        self.more.clicked.connect(lambda: self.more_wanted.emit(self.key))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tick, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)

    def show_entry(self, entry: IntakeEntry, rules: tuple[DoseRule, ...], *, can_change: bool) -> None:
        self.tick.show_entry(entry, rules)
        self.tick.can_change = can_change
        self.more.setEnabled(can_change)
        name = self.tr("More about {item}").format(item=entry.item.name)
        self.more.setAccessibleName(name)
        self.more.setToolTip(name)

    def set_reachable(self, *, is_reachable: bool) -> None:
        """Tab leads to one row of the list; the arrow keys lead to the others."""
        policy = Qt.FocusPolicy.TabFocus if is_reachable else Qt.FocusPolicy.NoFocus
        self.tick.setFocusPolicy(policy)
        self.more.setFocusPolicy(policy)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        self.more_wanted.emit(self.key)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.tick.can_change:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.RAISED, 0.4))
            radius = line_height(self) * 0.4
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -2), radius, radius)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(self, theme.LINE, 0.8))
        painter.end()
