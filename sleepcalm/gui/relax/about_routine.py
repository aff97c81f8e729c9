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
    """Summary, the honest sentence on evidence and, on demand in their place, the sources."""

    def __init__(self) -> None:
        super().__init__()
        self.summary = Paragraph(theme.TEXT, size=1.15, lines=1)
        self.evidence = Paragraph(theme.MUTED, size=0.95, lines=1)
        self.sources = Paragraph(theme.MUTED, size=0.88, lines=1)
        self.sources_button = LinkButton(self.tr("Sources"))
        self.sources_button.setCheckable(True)
        self.sources_button.setAccessibleDescription(self.tr("Shows where the routine comes from."))
        self.sources_button.toggled.connect(self._show_sources)
        self._has_evidence = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line_height(self) * 0.35))
        column.addWidget(self.summary)
        column.addWidget(self.evidence)
        column.addWidget(self.sources)
        column.addWidget(self.sources_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._show_sources(False)

    def show_routine(self, routine: Routine, evidence: str) -> None:
        self.summary.setText(routine.summary)
        self.evidence.setText(evidence)
        self._has_evidence = bool(evidence)
        self.sources.setText("\n".join(routine.sources))
        self.sources_button.setVisible(bool(routine.sources))
        self.sources_button.setChecked(False)
        self._show_sources(False)

    def _show_sources(self, shown: bool) -> None:
        """The sources take the place of the rest, so that the stage keeps its shape."""
        self.sources.setVisible(shown)
        self.summary.setVisible(not shown)
        self.evidence.setVisible(self._has_evidence and not shown)
        self.sources_button.setText(self.tr("Back") if shown else self.tr("Sources"))
