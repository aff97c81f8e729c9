"""The small window in which an item of the user's is described."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.diary.clock_text import ClockTextError, parse_clock
from sleepcalm.gui.minerals.content_editor import ContentEditor
from sleepcalm.gui.minerals.typed_amount import AmountTextError, parse_number
from sleepcalm.gui.minerals.wording import precise_text, source_name
from sleepcalm.gui.widgets.choices import Segments, TickBox
from sleepcalm.gui.widgets.labels import caption, labelled, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog
from sleepcalm.gui.widgets.text_field import TextField
from sleepcalm.minerals.compounds import Compound
from sleepcalm.minerals.intake import ChecklistItem, Item, Mineral, Source

_LONGEST_NAME = 80


class ItemDialog(QuietDialog):
    """Describes a new item, or changes one. What is missing is said; nothing is guessed."""

    described = Signal(object)
    """A ChecklistItem."""

    def __init__(
        self, compounds: Mapping[str, Compound], kept: ChecklistItem | None, name: str, parent: QWidget
    ) -> None:
        title = self.tr("Your own item") if kept is None else self.tr("Change this item")
        super().__init__(title, self.tr("Keep"), parent)
        self._kept = kept
        self.name = TextField(self.tr("Magnesium citrate, brand"), width_lines=20)
        self.name.setMaxLength(_LONGEST_NAME)
        self.serving = TextField(self.tr("1 capsule"), width_lines=10)
        self.serving.setMaxLength(_LONGEST_NAME)
        self.grams = TextField(self.tr("not told"), width_lines=6)
        self.source = Segments({one.value: source_name(one) for one in Source}, self.tr("Kind"))
        self.editors = {mineral: ContentEditor(mineral, compounds) for mineral in Mineral}
        self.time = TextField(self.tr("not told"), width_lines=6)
        self.daily = TickBox(self.tr("Offer &every day"))
        self.favourite = TickBox(self.tr("&Favourite"))
        self._lay_out()
        self._show(kept, name)
        self.name.setFocus()

    def _show(self, kept: ChecklistItem | None, name: str) -> None:
        self.name.setText(name if kept is None else kept.item.name)
        self.source.set_value(Source.SUPPLEMENT.value if kept is None else kept.item.source.value)
        self.daily.setChecked(kept is None or kept.daily)
        if kept is None:
            return
        self.serving.setText(kept.item.serving)
        if kept.item.grams_per_serving is not None:
            self.grams.setText(precise_text(kept.item.grams_per_serving))
        self.editors[Mineral.MAGNESIUM].show_content(kept.item.magnesium)
        self.editors[Mineral.CALCIUM].show_content(kept.item.calcium)
        self.time.setText("" if kept.usual_time is None else f"{kept.usual_time:%H:%M}")
        self.favourite.setChecked(kept.favourite)

    def _finish(self) -> None:
        try:
            described = self._described()
        except (AmountTextError, ClockTextError) as error:
            self.show_problem(str(error))
            return
        self.described.emit(described)
        self.accept()

    def _described(self) -> ChecklistItem:
        """What the fields say. Raises AmountTextError or ClockTextError with a sentence."""
        name, serving = self.name.text().strip(), self.serving.text().strip()
        if not name:
            raise AmountTextError(self.tr("Please give it a name."))
        if not serving:
            raise AmountTextError(self.tr("Please say what a serving is, such as 1 capsule."))
        item = Item(
            id=f"own-{uuid.uuid4().hex[:12]}" if self._kept is None else self._kept.item.id,
            name=name,
            serving=serving,
            source=Source(self.source.value),
            grams_per_serving=parse_number(self.grams.text()) if self.grams.text().strip() else None,
            magnesium=self.editors[Mineral.MAGNESIUM].content(),
            calcium=self.editors[Mineral.CALCIUM].content(),
        )
        return ChecklistItem(
            item,
            usual_time=self._time(),
            favourite=self.favourite.isChecked(),
            daily=self.daily.isChecked(),
        )

    def _time(self) -> dt.time | None:
        return parse_clock(self.time.text()) if self.time.text().strip() else None

    def _lay_out(self) -> None:
        line = line_height(self)
        column = self.column
        labelled(column, self.tr("&Name"), self.name)
        serving = QHBoxLayout()
        serving.setSpacing(line)
        labelled(serving, self.tr("A &serving"), self.serving)
        labelled(serving, self.tr("&Grams in it"), self.grams, self.tr("Grams in a serving"))
        serving.addStretch(1)
        column.addLayout(serving)
        column.addWidget(caption(self.tr("Kind")))
        column.addWidget(self.source)
        column.addSpacing(round(line * 0.4))
        for editor in self.editors.values():
            column.addWidget(editor)
            column.addSpacing(round(line * 0.4))
        when, marks = QHBoxLayout(), QHBoxLayout()
        labelled(when, self.tr("&Usual time of day"), self.time)
        when.addStretch(1)
        marks.setSpacing(line)
        marks.addWidget(self.daily)
        marks.addWidget(self.favourite)
        marks.addStretch(1)
        column.addLayout(when)
        column.addLayout(marks)
        if self._kept is not None:
            column.addWidget(
                wrapped(self.tr("The day that is shown takes the new figures; other days keep theirs."))
            )
        column.addStretch(1)
