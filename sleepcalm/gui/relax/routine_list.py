"""The list of routines at the left, with their lengths.

The rows are painted buttons: Qt's item views would take a tenth of a second to come up.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.list_row import ListRow, place_after
from sleepcalm.gui.widgets.painting import colour, line_height, scaled_font
from sleepcalm.relaxation.routine import RoutineHead

_LENGTH_SIZE = 0.92


class RoutineRow(ListRow):
    """The title on as many lines as it needs, and the length below it; checked when chosen."""

    def __init__(self, routine: RoutineHead) -> None:
        super().__init__(routine.title)
        self.routine_id = routine.id
        self._length = ""
        self._title_rects: dict[int, QRect] = {}
        self.setAccessibleName(routine.title)
        self.setAccessibleDescription(routine.summary)
        self.setToolTip(routine.summary)
        # A radio button's own policy would never let it be lower than its hint, which is for a narrow list.
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)

    def set_length(self, text: str) -> None:
        if text != self._length:
            self._length = text
            self.setAccessibleName(f"{self.text()}, {text}")
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._title_rect(width).bottom() + round(line_height(self) * 1.6)

    def sizeHint(self) -> QSize:
        width = line_height(self) * 10
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 6, line_height(self) * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        painter.setPen(colour(self, theme.TEXT))
        title = self._title_rect(self.width())
        painter.drawText(title, Qt.TextFlag.TextWordWrap, self.text())
        painter.setFont(scaled_font(self, _LENGTH_SIZE))
        painter.setPen(colour(self, theme.MUTED))
        length = QRect(title.left(), title.bottom() + 2, title.width(), line_height(self) * 2)
        painter.drawText(length, Qt.AlignmentFlag.AlignLeft, self._length)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self._title_rects.clear()
        super().changeEvent(event)

    def _title_rect(self, width: int) -> QRect:
        """Where the title goes in a row of that width. A layout asks a dozen times before it is content."""
        if width not in self._title_rects:
            self._title_rects[width] = self._measured_title(width)
        return self._title_rects[width]

    def _measured_title(self, width: int) -> QRect:
        """As high as the title's text needs."""
        line = line_height(self)
        side = round(line * 0.6)
        room = QRect(side, round(line * 0.5), width - 2 * side, line * 20)
        needed = QFontMetrics(self.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        room.setHeight(needed.height())
        return room


class RoutineList(QWidget):
    """Choosing is not starting. While something is under way, moving through the list by keys only
    looks around, so that a stray key ends nothing; Enter or a click chooses then.
    """

    chosen = Signal(str)
    begun = Signal()
    """Enter on the routine that is chosen already."""

    row_shown = Signal(QWidget)
    """The row that is chosen or looked at now, which should be in sight."""

    def __init__(self, routines: Iterable[RoutineHead]) -> None:
        super().__init__()
        self.only_looks_around = False
        self.rows = [RoutineRow(routine) for routine in routines]
        self.setAccessibleName(self.tr("Routines"))
        self.setAccessibleDescription(self.tr("Up and down choose, Enter begins."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line_height(self) * 0.1))
        for row in self.rows:
            row.clicked.connect(lambda _checked=False, row=row: self._choose(row))
            column.addWidget(row)
        column.addStretch(1)

    @property
    def chosen_id(self) -> str:
        row = self.chosen_row
        return row.routine_id if row else ""

    @property
    def chosen_row(self) -> RoutineRow | None:
        return next((row for row in self.rows if row.isChecked()), None)

    def set_chosen(self, routine_id: str) -> None:
        """Mark a routine as chosen, without a signal. Tab leads to its row."""
        before = self.chosen_row
        for row in self.rows:
            row.set_checked(is_checked=row.routine_id == routine_id)
        if self.chosen_row is not None and self.chosen_row is not before:
            self.row_shown.emit(self.chosen_row)

    def set_length(self, routine_id: str, text: str) -> None:
        """Show a length below a routine's title."""
        for row in self.rows:
            if row.routine_id == routine_id:
                row.set_length(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = next((number for number, row in enumerate(self.rows) if row.hasFocus()), None)
        if place is None:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.rows[place].isChecked():
                self.begun.emit()
            else:
                self._choose(self.rows[place])
        else:
            self._move(event, place)

    def _move(self, event: QKeyEvent, place: int) -> None:
        target = place_after(event.key(), place, len(self.rows))
        if target is None:
            event.ignore()
            return
        self.rows[target].setFocus()
        self.row_shown.emit(self.rows[target])
        if not self.only_looks_around:
            self._choose(self.rows[target])

    def _choose(self, row: RoutineRow) -> None:
        if not row.isChecked():
            self.chosen.emit(row.routine_id)
