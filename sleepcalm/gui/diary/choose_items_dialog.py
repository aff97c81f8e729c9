"""The small window in which the user chooses what is asked every morning."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.diary.flow import FlowLayout
from sleepcalm.gui.diary.questions import QUESTIONS, Group, questions, worded
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.keys import close_all_by_ctrl_q
from sleepcalm.gui.widgets.labels import caption, heading
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea, ThinScrollBar


class ChooseItemsDialog(QDialog):
    """A box for each question beyond the core. Every tick counts at once."""

    changed = Signal(tuple)

    def __init__(self, chosen: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        close_all_by_ctrl_q(self)
        self.setWindowTitle(self.tr("What is asked every morning"))
        self.boxes = {id_: TickBox(_capital(worded(question.title))) for id_, question in QUESTIONS.items()}
        for id_, box in self.boxes.items():
            box.setChecked(id_ in chosen)
            box.setAccessibleName(box.text())
            box.toggled.connect(lambda _on: self.changed.emit(self.chosen))
        self._lay_out()

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(id_ for id_, box in self.boxes.items() if box.isChecked())

    def _lay_out(self) -> None:
        line = line_height(self)
        intro = caption(
            self.tr("The core of a night is always asked. The rest waits, folded away, and is never lost.")
        )
        intro.setWordWrap(True)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, round(line * 0.5), 0, 0)
        inner.setSpacing(round(line * 0.4))
        titles = {
            Group.JOLTS: self.tr("Jolts"),
            Group.NIGHT: self.tr("The night"),
            Group.EVENING: self.tr("The evening before"),
        }
        for group, title in titles.items():
            inner.addWidget(heading(title))
            flow = FlowLayout(round(line * 0.8), round(line * 0.1))
            for question in questions(group):
                flow.addWidget(self.boxes[question.id])
            inner.addLayout(flow)
            inner.addSpacing(round(line * 0.5))
        inner.addStretch(1)
        done = OutlinedButton(self.tr("Done"))
        done.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line)
        column.addWidget(intro)
        area = QuietScrollArea(content)
        area.setVerticalScrollBar(ThinScrollBar(ground=theme.GROUND))
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        content.setBackgroundRole(theme.GROUND)
        column.addWidget(area, 1)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignHCenter)
        self.resize(QSize(line * 38, line * 36).boundedTo(self.screen().availableSize()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
