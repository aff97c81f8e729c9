"""The small window in which muscle groups are left out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.relax.scrolled_dialog import ScrolledDialog
from sleepcalm.gui.relax.wording import group_name, left_out_text
from sleepcalm.gui.widgets.body_figure import BodyFigure, Glow
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.labels import Paragraph
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand

_MIDDLE = ("forehead", "upper_face", "jaw", "neck", "chest", "abdomen")
_SIDED = ("upper_arm", "hand", "thigh", "calf", "foot")

_WIDE_LINES = 34
"""From this width on, in heights of a line, the boxes stand around the body; below it, above the body."""

_PAIR_LINES = 29
"""From this width on, right and left stand side by side."""


class LeaveOutDialog(ScrolledDialog):
    """Sixteen boxes around a body on which what takes part glows. Every tick counts at once."""

    changed = Signal(tuple)

    def __init__(self, left_out: Iterable[str], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("LeaveOutDialog", "Leave out muscles"), parent)
        self.boxes = {name: TickBox(_capital(group_name(name))) for name in _all_names()}
        regions = frozenset(region for name in left_out for region in GROUPS[name])
        for name, box in self.boxes.items():
            box.setChecked(name in regions)
            box.setAccessibleDescription(self.tr("Ticked: it is left out."))
            box.toggled.connect(self._tell)
        self._figure = BodyFigure()
        self._lay_out()
        self._show_figure()

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def _tell(self) -> None:
        self._show_figure()
        self.changed.emit(self.left_out)

    def _show_figure(self) -> None:
        taking_part = GROUPS["whole_body"] - frozenset(self.left_out)
        self._figure.show_regions(taking_part, Glow.QUIET, left_out_text(self.left_out))

    def _lay_out(self) -> None:
        line = line_height(self)
        intro = Paragraph(theme.MUTED, 1.0, lines=2)
        intro.setText(
            self.tr("Tick what is sore, injured or cramps easily. A step that works on it is left out.")
        )
        self._figure.setFixedSize(line * 9, line * 17)
        palette = QPalette(self._figure.palette())
        palette.setColor(theme.GROUND, palette.color(theme.CARD))
        self._figure.setPalette(palette)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.6))
        column.addWidget(intro)
        if self.has_room_for(_WIDE_LINES):
            column.addLayout(self._grid_of(_MIDDLE, columns=3))
            column.addLayout(self._around_figure(), 1)
            self.show_content(content, _WIDE_LINES)
        else:
            columns = 2 if self.has_room_for(_PAIR_LINES) else 1
            pairs = (f"{hand}_{part}" for part in _SIDED for hand in (Hand.RIGHT, Hand.LEFT))
            column.addLayout(self._grid_of((*_MIDDLE, *pairs), columns))
            column.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignHCenter)
            self.show_content(content, _PAIR_LINES)

    def _grid_of(self, names: tuple[str, ...], columns: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(line_height(self) if columns > 2 else 0)
        for place, name in enumerate(names):
            grid.addWidget(self.boxes[name], place // columns, place % columns)
        return grid

    def _around_figure(self) -> QHBoxLayout:
        sides = QHBoxLayout()
        sides.addLayout(self._side(Hand.RIGHT))
        sides.addWidget(self._figure)
        sides.addLayout(self._side(Hand.LEFT))
        return sides

    def _side(self, hand: Hand) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addStretch(2)
        for part in _SIDED:
            column.addWidget(self.boxes[f"{hand}_{part}"])
            column.addStretch(1)
        return column


def _all_names() -> list[str]:
    sided = [f"{hand}_{part}" for hand in (Hand.RIGHT, Hand.LEFT) for part in _SIDED]
    return [*_MIDDLE, *sided]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
