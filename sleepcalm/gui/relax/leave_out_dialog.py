"""The small window in which muscle groups are left out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.relax.wording import group_name, left_out_text
from sleepcalm.gui.widgets.body_figure import BodyFigure, Glow
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.labels import Paragraph
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand

_MIDDLE = ("forehead", "upper_face", "jaw", "neck", "chest", "abdomen")
_SIDED = ("upper_arm", "hand", "thigh", "calf", "foot")


class LeaveOutDialog(QDialog):
    """Sixteen boxes around a body on which what takes part glows. Every tick counts at once."""

    changed = Signal(tuple)

    def __init__(self, left_out: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Leave out muscles"))
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
        sides = QHBoxLayout()
        sides.addLayout(self._side(Hand.RIGHT))
        self._figure.setFixedSize(line * 9, line * 17)
        sides.addWidget(self._figure)
        sides.addLayout(self._side(Hand.LEFT))
        middle = QGridLayout()
        middle.setHorizontalSpacing(line)
        for place, name in enumerate(_MIDDLE):
            middle.addWidget(self.boxes[name], place // 3, place % 3)
        done = OutlinedButton(self.tr("Done"))
        done.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line)
        column.setSpacing(round(line * 0.6))
        column.addWidget(intro)
        column.addLayout(middle)
        column.addLayout(sides, 1)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignHCenter)

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
