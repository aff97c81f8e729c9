"""Length and form of the chosen routine, where it comes in several."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.relax.elided_drop_down import ElidedDropDown
from sleepcalm.gui.relax.night_wording import duration_text
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.preferences import RoutineForm
from sleepcalm.relaxation.routine import Routine


class FormChooser(QWidget):
    """Offers what the routine offers; a length between, chosen elsewhere, is offered as well. Shows nothing
    for a routine with one length and one form."""

    chosen = Signal(object)
    """A RoutineForm."""

    def __init__(self) -> None:
        super().__init__()
        self.length, self.variant = ElidedDropDown(), ElidedDropDown()
        self._length_caption, self._variant_caption = caption(self.tr("Length")), caption(self.tr("Form"))
        self._lengths: tuple[float, ...] = ()
        self._routine: Routine | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line_height(self) * 0.3))
        for title, box in ((self._variant_caption, self.variant), (self._length_caption, self.length)):
            title.setBuddy(box)
            box.setAccessibleName(title.text())
            box.activated.connect(self._tell)
            column.addWidget(title)
            column.addWidget(box)

    def show_routine(self, routine: Routine, length_min: float | None, variant: str | None) -> None:
        """Show what is chosen of a routine, without a signal; None is its usual length or form."""
        self._routine = routine
        lengths = routine.lengths
        usual = lengths.usual_min if lengths else 0.0
        wanted = length_min if length_min is not None else usual
        self._lengths = tuple(sorted({*lengths.offered_min, wanted})) if lengths else ()
        _fill(self.length, [duration_text(minutes * 60) for minutes in self._lengths])
        if self._lengths:
            self.length.setCurrentIndex(self._lengths.index(wanted))
        ids = [each.id for each in routine.variants]
        _fill(self.variant, [each.title for each in routine.variants])
        if ids:
            self.variant.setCurrentIndex(ids.index(variant) if variant in ids else 0)
        for widget in (self._length_caption, self.length):
            widget.setVisible(len(self._lengths) > 1)
        for widget in (self._variant_caption, self.variant):
            widget.setVisible(len(ids) > 1)
        self.setVisible(len(self._lengths) > 1 or len(ids) > 1)

    def _tell(self) -> None:
        routine = self._routine
        if routine is None:
            return
        length = self._lengths[self.length.currentIndex()] if self._lengths else None
        variant = routine.variants[self.variant.currentIndex()].id if routine.variants else None
        if routine.lengths and length == routine.lengths.usual_min:
            length = None
        if routine.variants and variant == routine.variants[0].id:
            variant = None
        self.chosen.emit(RoutineForm(routine.id, length, variant))


def _fill(box: ElidedDropDown, texts: list[str]) -> None:
    if [box.itemText(number) for number in range(box.count())] != texts:
        box.clear()
        box.addItems(texts)
