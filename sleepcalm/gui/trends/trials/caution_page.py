"""What is read before a trial is planned: education, the same for everybody, and a way out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.trials.page import Page
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.labels import heading, wrapped
from sleepcalm.trends.red_flags import About, RedFlags, When

_BULLET = "\N{BULLET}"


class CautionPage(Page):
    """Asks nobody what it is: either nothing applies, or a clinician comes first."""

    def __init__(self, red_flags: RedFlags) -> None:
        super().__init__()
        self.title = self.tr("Before you begin")
        self.nothing_applies = TickBox(self.tr("Nothing of this applies to me"))
        self.ask_first = FlushLink(self.tr("I will ask a clinician first"))
        self.at_once = _listed(flag.sentence for flag in red_flags.flags_for(When.AT_ONCE))
        self.doctor = _listed(flag.sentence for flag in red_flags.flags_for(When.DOCTOR))
        self._relaxation_title = _title(self.tr("About the routine"))
        self.relaxation = _listed(caution.sentence for caution in red_flags.cautions_about(About.RELAXATION))
        self._supplement_title = _title(self.tr("About supplements and medicines"))
        self.supplement = _listed(caution.sentence for caution in red_flags.cautions_about(About.SUPPLEMENT))
        for part in (
            _title(red_flags.at_once),
            self.at_once,
            _title(red_flags.doctor),
            self.doctor,
            self._relaxation_title,
            self.relaxation,
            self._supplement_title,
            self.supplement,
            wrapped(
                self.tr("Does any of this apply to you? SleepCalm cannot judge it, and keeps no answer."),
                theme.TEXT,
            ),
            self.nothing_applies,
        ):
            self.column.addWidget(part)
        self.column.addWidget(self.ask_first, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def problem(self) -> str:
        if self.nothing_applies.isChecked():
            return ""
        return self.tr("Please tick that nothing of this applies, or ask a clinician first.")

    def asked_for(self) -> QWidget | None:
        return self.nothing_applies

    def show_for(self, *, is_routine: bool, is_supplement: bool) -> None:
        """Show what belongs to what is tried."""
        for part in (self._relaxation_title, self.relaxation):
            part.setVisible(is_routine)
        for part in (self._supplement_title, self.supplement):
            part.setVisible(is_supplement)


def _title(text: str) -> QLabel:
    title = heading(text)
    title.setWordWrap(True)
    return title


def _listed(lines: Iterable[str]) -> QWidget:
    return wrapped("\n".join(f"{_BULLET} {line}" for line in lines), theme.TEXT)
