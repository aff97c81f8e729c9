"""What a routine is and what is known of its kind, shown before it is begun."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import LinkButton
from sleepcalm.gui.widgets.labels import Paragraph
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.relaxation.routine import Routine


class AboutRoutine(QWidget):
    """Summary, the honest sentence on evidence, and the sources, which fold out."""

    def __init__(self) -> None:
        super().__init__()
        self.summary = Paragraph(theme.TEXT, size=1.15, lines=1)
        self.evidence = Paragraph(theme.MUTED, size=0.95, lines=1)
        self.sources = Paragraph(theme.MUTED, size=0.88, lines=1)
        self.sources_button = LinkButton(self.tr("Sources"))
        self.sources_button.setCheckable(True)
        self.sources_button.setAccessibleDescription(self.tr("Shows where the routine comes from."))
        self.sources_button.toggled.connect(self.sources.setVisible)
        self.sources.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line_height(self) * 0.35))
        column.addWidget(self.summary)
        column.addWidget(self.evidence)
        column.addWidget(self.sources_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sources)
        column.addStretch(1)

    def show_routine(self, routine: Routine, evidence: str) -> None:
        self.summary.setText(routine.summary)
        self.evidence.setText(evidence)
        self.evidence.setVisible(bool(evidence))
        self.sources.setText("\n".join(routine.sources))
        self.sources_button.setVisible(bool(routine.sources))
        self.sources_button.setChecked(False)
