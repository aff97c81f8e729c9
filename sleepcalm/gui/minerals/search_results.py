"""What the search found, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.minerals import icons
from sleepcalm.gui.minerals.row_text import Remark, RowText, WrappedRow, paint_row_text
from sleepcalm.gui.minerals.wording import column_text, spoken_text
from sleepcalm.gui.widgets.buttons import LinkButton, QuietButton
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import colour, line_height, paint_focus_ring
from sleepcalm.minerals.intake import Mineral
from sleepcalm.minerals.item_search import SearchableItem


class ResultRow(WrappedRow, QuietButton):
    """An item with its figures for one serving; a star at the favourites."""

    free_at_end_lines = 2.2

    def __init__(self, found: SearchableItem, *, is_favourite: bool) -> None:
        super().__init__()
        self.found = found
        self._is_favourite = is_favourite
        item = found.item
        amounts = [(mineral, item.per_serving_mg(mineral)) for mineral in Mineral]
        first, second = (column_text(mineral, amount) for mineral, amount in amounts)
        remarks = (Remark(found.note),) if found.note else ()
        self._row_text = RowText(item.name, item.serving, (first, second), remarks)
        spoken = [spoken_text(mineral, amount) for mineral, amount in amounts]
        favourite = [self.tr("favourite")] if is_favourite else []
        self.setAccessibleName(", ".join((item.name, *favourite, item.serving, *spoken)))
        self.setAccessibleDescription(found.note)
        # A button's own policy would end its height at the hint, which is for a wider row than many are.
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)

    @property
    def is_favourite(self) -> bool:
        return self._is_favourite

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = line_height(self)
        if self.hasFocus() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.RAISED, 1.0 if self.hasFocus() else 0.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -2), line * 0.4, line * 0.4)
        where = self.places_at(self.width())
        if self._is_favourite:
            painter.save()
            painter.translate(QPointF(line * 0.76, where.name.top() + line / 2))
            painter.scale(line * 0.4, line * 0.4)
            painter.fillPath(icons.star(), colour(self, theme.ACCENT))
            painter.restore()
        paint_row_text(painter, self, self._row_text, where)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(self, theme.LINE, 0.8))
        paint_focus_ring(painter, self, QRectF(self.rect()).adjusted(0, 1, 0, -2), line * 0.4)
        painter.end()


class SearchResults(QWidget):
    """Up and down move, Enter picks; above the first row is the field again."""

    picked = Signal(object)
    """A SearchableItem."""

    own_item_wanted = Signal(str)
    """Nothing fits; the words that were typed."""

    left_upwards = Signal()
    focus_moved = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Found"))
        self.rows: list[ResultRow] = []
        self._query = ""
        self.nothing = caption(self.tr("Nothing found. There may be another word for it."))
        self.describe = LinkButton()
        self.describe.clicked.connect(lambda: self.own_item_wanted.emit(self._query))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.nothing)
        self._column.addWidget(self.describe, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_found(self, query: str, found: Sequence[SearchableItem], favourite_ids: frozenset[str]) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._query = query
        self.rows = [ResultRow(one, is_favourite=one.item.id in favourite_ids) for one in found]
        for place, row in enumerate(self.rows):
            row.clicked.connect(lambda _checked=False, row=row: self.picked.emit(row.found))
            self._column.insertWidget(place, row)
            row.show()  # at once, so that it can have the keyboard
        self.nothing.setVisible(not self.rows)
        self.describe.setVisible(bool(query))
        words = self.tr("Describe “{name}” yourself…")
        self.describe.setText(words.format(name=query[:40].replace("&", "&&")))
        self.describe.updateGeometry()

    def focus_first(self) -> None:
        if self.rows:
            self._focus(self.rows[0])
        elif self.describe.isVisible():
            self.describe.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = next((number for number, row in enumerate(self.rows) if row.hasFocus()), None)
        if event.key() == Qt.Key.Key_Up and not place:
            if place is None and self.rows:
                self._focus(self.rows[-1])
            else:
                self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Up and place is not None:
            self._focus(self.rows[place - 1])
        elif event.key() == Qt.Key.Key_Down and place is not None:
            if place + 1 < len(self.rows):
                self._focus(self.rows[place + 1])
            elif self.describe.isVisible():
                self.describe.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    def _focus(self, row: ResultRow) -> None:
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focus_moved.emit(row)
