"""The sheet of one night: everything that can be asked about it, from top to bottom."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.diary.entry import SleepQuality
from sleepcalm.gui.diary.answers import Answers, choice_options
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.evening import EveningSection
from sleepcalm.gui.diary.flow import flow_of
from sleepcalm.gui.diary.jolts_section import JoltsSection
from sleepcalm.gui.diary.night_section import NightSection
from sleepcalm.gui.diary.notes import NotesField
from sleepcalm.gui.diary.options import OptionRow
from sleepcalm.gui.diary.question_block import QuestionBlock
from sleepcalm.gui.diary.questions import Group, questions
from sleepcalm.gui.diary.tab_order import order_tabs
from sleepcalm.gui.widgets.buttons import LinkButton
from sleepcalm.gui.widgets.labels import caption, heading
from sleepcalm.gui.widgets.painting import line_height


class NightSheet(QWidget):
    """Follows the night that is open; every answer goes to it at once."""

    choosing_wanted = Signal()
    """The user wants to choose what is asked every morning."""

    deleting_wanted = Signal()

    def __init__(self, editing: NightEditing) -> None:
        super().__init__()
        self._editing = editing
        self._answers = Answers(editing)
        self.is_brief = False
        self.night = NightSection(editing)
        self.jolts = JoltsSection(editing)
        self.quality = OptionRow(choice_options(SleepQuality), self.tr("Quality of sleep"))
        self.more_night = QuestionBlock(
            editing, questions(Group.NIGHT), self.tr("More about the night"), lead=self.quality
        )
        self.evening = EveningSection(editing)
        self.notes = NotesField()
        self.choose_button = LinkButton(self.tr("What is asked every morning…"))
        self.delete_button = LinkButton(self.tr("Delete this night"))
        self._answers.add("sleep_quality", self.quality)
        self._answers.add("notes", self.notes)
        self._lay_out()
        self.choose_button.clicked.connect(self.choosing_wanted)
        self.delete_button.clicked.connect(self.deleting_wanted)
        editing.changed.connect(lambda: self.show_draft(anew=False))
        editing.opened.connect(lambda: self.show_draft(anew=True))

    def choose(self, chosen: Collection[str]) -> None:
        """Which questions are asked every morning."""
        for section in (self.jolts, self.more_night, self.evening):
            section.choose(chosen)
        self._order_tabs()

    def show_draft(self, *, anew: bool) -> None:
        draft = self._editing.draft
        self.night.show_draft(draft, anew=anew, is_brief=self.is_brief)
        self.jolts.show_draft(draft, anew=anew)
        self.more_night.show_draft(draft, anew=anew)
        self.evening.show_draft(draft, anew=anew)
        self._answers.show_draft(draft, anew=anew)
        self.delete_button.setVisible(self._editing.is_recorded)

    def flush(self) -> None:
        """Take what is typed in any field."""
        for section in (self.night, self.jolts, self.more_night, self.evening, self.notes):
            section.flush()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        self._order_tabs()
        return super().focusNextPrevChild(is_next)

    def _order_tabs(self) -> None:
        """The fields come before the line: they are quicker for those who type."""
        order_tabs(self, moved=self.night.line, behind=self.night.fields["out_of_bed"].line)

    def _lay_out(self) -> None:
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, round(line * 0.4), round(line * 0.5))
        column.setSpacing(round(line * 0.5))
        column.addWidget(self.night)
        column.addSpacing(round(line * 0.5))
        column.addWidget(self.jolts)
        column.addSpacing(round(line * 0.5))
        column.addWidget(self._headed(self.tr("Quality"), self.quality))
        column.addWidget(self.more_night)
        column.addSpacing(round(line * 0.5))
        column.addWidget(heading(self.tr("The evening before")))
        column.addWidget(self.evening)
        column.addSpacing(round(line * 0.5))
        column.addWidget(self._headed(self.tr("Notes"), self.notes))
        column.addWidget(self.notes)
        column.addLayout(
            flow_of(self.choose_button, self.delete_button, across=round(line * 0.5), down=round(line * 0.3))
        )
        credit = caption(
            self.tr(
                "Asked after the Consensus Sleep Diary (Carney and others, 2012), in our own words; "
                "the questions about jolts are our own."
            )
        )
        credit.setWordWrap(True)
        column.addWidget(credit)
        column.addStretch(1)

    def _headed(self, text: str, control: QWidget) -> QWidget:
        name = heading(text)
        name.setBuddy(control)
        return name
