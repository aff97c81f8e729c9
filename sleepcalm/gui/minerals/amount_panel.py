"""How much of an item, and when: for one that is added and for one that is on the day already."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.diary.clock_text import ClockTextError, parse_clock
from sleepcalm.gui import theme
from sleepcalm.gui.minerals.typed_amount import AmountTextError, parse_amount
from sleepcalm.gui.minerals.wording import column_text, precise_text
from sleepcalm.gui.widgets.buttons import LinkButton, OutlinedButton
from sleepcalm.gui.widgets.choices import Segments, TickBox
from sleepcalm.gui.widgets.labels import caption, label, labelled, wrapped
from sleepcalm.gui.widgets.painting import colour, line_height
from sleepcalm.gui.widgets.text_field import TextField
from sleepcalm.minerals.intake import Amount, AmountUnit, ChecklistItem, IntakeEntry, Item, Mineral


class AmountPanel(QWidget):
    """Enter is Add or Done, Escape goes back. What cannot be understood is said below the fields."""

    chosen = Signal(object, object)
    """An Amount, and a time of day or None."""

    favourite_wanted = Signal(bool)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._item: Item | None = None
        self.name = label(size=1.08)
        self.name.setWordWrap(True)
        self.note = wrapped()
        self.amount = TextField(width_lines=6)
        units = {AmountUnit.SERVINGS.value: self.tr("Servings"), AmountUnit.GRAMS.value: self.tr("Grams")}
        self.unit = Segments(units, self.tr("Unit"))
        self.time = TextField(self.tr("not told"), width_lines=6)
        self.figures = caption()
        self.problem = wrapped(role=theme.TEXT)
        self.favourite = TickBox(self.tr("&Favourite"))
        self.done = OutlinedButton(self.tr("Add"))
        self.cancel = LinkButton(self.tr("Cancel"))
        self._unit_caption = caption()
        self._lay_out()
        self._connect()

    @property
    def item(self) -> Item | None:
        return self._item

    def open_for_adding(self, marks: ChecklistItem, note: str) -> None:
        """Ask for the amount of an item that is not on the day yet, one serving at first."""
        self.done.setText(self.tr("Add"))
        self._open(marks, Amount(1), marks.usual_time, note)

    def open_for_changing(self, marks: ChecklistItem, entry: IntakeEntry) -> None:
        self.done.setText(self.tr("Done"))
        self._open(marks, entry.amount, entry.time_of_day, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self, theme.RAISED, 0.55))
        radius = line_height(self) * 0.5
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.end()

    def _open(self, marks: ChecklistItem, amount: Amount, time: dt.time | None, note: str) -> None:
        item = self._item = marks.item
        self.name.setText(item.name)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.unit.set_value(amount.unit.value)
        self.unit.setVisible(item.grams_per_serving is not None)
        self._unit_caption.setText(self._serving_words(item))
        self.amount.setText(precise_text(amount.value))
        self.time.setText("" if time is None else f"{time:%H:%M}")
        was_blocked = self.favourite.blockSignals(True)
        self.favourite.setChecked(marks.favourite)
        self.favourite.blockSignals(was_blocked)
        self._show_figures()
        self.show()
        self.amount.setFocus()
        self.amount.selectAll()

    def _serving_words(self, item: Item) -> str:
        if item.grams_per_serving is None:
            return self.tr("a serving is {serving}").format(serving=item.serving)
        words = self.tr("a serving is {serving}, {grams} g")
        return words.format(serving=item.serving, grams=precise_text(item.grams_per_serving))

    def _typed(self) -> tuple[IntakeEntry, None] | tuple[None, str]:
        """What the fields say as an entry, or why they say nothing."""
        if self._item is None:
            return None, ""
        try:
            amount = parse_amount(self.amount.text(), AmountUnit(self.unit.value))
            time = parse_clock(self.time.text()) if self.time.text().strip() else None
            return IntakeEntry("typed", self._item, amount, time), None
        except AmountTextError as error:
            return None, str(error)
        except ClockTextError as error:
            return None, self.tr("Time: {reason}.").format(reason=str(error))
        except ValueError:
            return None, self.tr("What a serving weighs is not known, so please give servings.")

    def _finish(self) -> None:
        entry, problem = self._typed()
        if entry is not None:
            self.chosen.emit(entry.amount, entry.time_of_day)
        elif problem:
            self.problem.setText(problem)
            self.problem.show()

    def _show_figures(self) -> None:
        entry, _problem = self._typed()
        self.problem.hide()
        figures = [column_text(m, None if entry is None else entry.elemental_mg(m)) for m in Mineral]
        self.figures.setText("   ".join(figures))

    def _connect(self) -> None:
        self.amount.textChanged.connect(self._show_figures)
        self.time.textChanged.connect(self._show_figures)
        self.unit.chosen.connect(lambda _value: self._show_figures())
        self.favourite.toggled.connect(self.favourite_wanted)
        self.done.clicked.connect(self._finish)
        self.cancel.clicked.connect(self.given_up)

    def _lay_out(self) -> None:
        line = line_height(self)
        fields = QHBoxLayout()
        fields.setSpacing(round(line * 0.8))
        labelled(fields, self.tr("&Amount"), self.amount)
        fields.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        labelled(fields, self.tr("&Time of day"), self.time)
        fields.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(round(line * 0.6))
        foot.addWidget(self.favourite)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.done)
        column = QVBoxLayout(self)
        side = round(line * 0.8)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(round(line * 0.45))
        column.addWidget(self.name)
        column.addWidget(self.note)
        column.addLayout(fields)
        explained = QHBoxLayout()
        explained.addWidget(self._unit_caption, 1)
        explained.addWidget(self.figures)
        column.addLayout(explained)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.problem.hide()
        self.hide()
