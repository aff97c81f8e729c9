"""The questions of one part of the sheet: those chosen or answered, and the others when wanted."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.diary.answers import Answers, control_for
from sleepcalm.gui.diary.chip import Chip
from sleepcalm.gui.diary.draft import NightDraft, value_of
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.flow import FlowLayout
from sleepcalm.gui.diary.other_sleeps import OtherSleepsEditor
from sleepcalm.gui.diary.questions import Kind, Part, Question
from sleepcalm.gui.diary.zones import ZonesEditor
from sleepcalm.gui.widgets.painting import line_height


class QuestionBlock(QWidget):
    """Builds a question when it is first shown. Yes-or-no answers stand together, fields below them."""

    def __init__(
        self,
        editing: NightEditing,
        questions: Sequence[Question],
        more: str,
        lead: QWidget | None = None,
    ) -> None:
        """`more` names the button that unfolds what is not asked every morning; `lead` stands first."""
        super().__init__()
        self._editing = editing
        self._answers = Answers(editing)
        self._questions = questions
        self._chosen: frozenset[str] = frozenset()
        self._built: dict[str, list[QWidget]] = {}
        line = line_height(self)
        self._boxes = FlowLayout(round(line * 0.6), round(line * 0.1))
        self._fields = FlowLayout(round(line * 1.2), round(line * 0.5))
        if lead is not None:
            self._boxes.addWidget(lead)
        self._wide = QVBoxLayout()
        self.more = Chip()
        self.more.setCheckable(True)
        self.more.setAccessibleName(more)
        self.more.toggled.connect(lambda _on: self._show_wanted(editing.draft))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.5))
        column.addLayout(self._boxes)
        column.addLayout(self._fields)
        column.addLayout(self._wide)

    def choose(self, chosen: Collection[str]) -> None:
        """Which questions are asked every morning."""
        self._chosen = frozenset(chosen)
        self._show_wanted(self._editing.draft)

    def show_draft(self, draft: NightDraft, *, anew: bool) -> None:
        if anew:
            self.more.setChecked(False)
        self._show_wanted(draft)
        self._answers.show_draft(draft, anew=anew)
        for widgets in self._built.values():
            for widget in widgets:
                if isinstance(widget, OtherSleepsEditor | ZonesEditor):
                    widget.show_draft(draft, anew=anew)

    def flush(self) -> None:
        self._answers.flush()

    def _show_wanted(self, draft: NightDraft) -> None:
        folded = 0
        for question in self._questions:
            wanted = question.id in self._chosen or _is_answered(question, draft)
            folded += not wanted
            wanted = wanted or self.more.isChecked()
            if wanted and question.id not in self._built:
                self._built[question.id] = [self._build(part) for part in question.parts]
            for widget in self._built.get(question.id, ()):
                widget.setVisible(wanted)
        self.more.setVisible(folded > 0)
        if self._boxes.indexOf(self.more) != self._boxes.count() - 1 or self._boxes.count() == 0:
            self._boxes.removeWidget(self.more)
            self._boxes.addWidget(self.more)
        text = self.tr("fold away") if self.more.isChecked() else self.tr("+ more")
        if text != self.more.text():
            self.more.setText(text)
            self.more.updateGeometry()

    def _build(self, part: Part) -> QWidget:
        if part.kind is Kind.OTHER_SLEEPS:
            sleeps = OtherSleepsEditor(self._editing)
            self._wide.addWidget(sleeps)
            return sleeps
        if part.kind is Kind.ZONES:
            zones = ZonesEditor(self._editing)
            self._wide.addWidget(zones)
            return zones
        control = control_for(part)
        (self._boxes if part.kind is Kind.ANSWER else self._fields).addWidget(control)
        self._answers.add(part.path, control)
        return control


def _is_answered(question: Question, draft: NightDraft) -> bool:
    """Whether the night holds an answer to any part of the question."""
    if question.parts[0].kind is Kind.ZONES:
        return draft.morning_zone != draft.entry.time_zone
    return any(value_of(draft, part.path) is not None for part in question.parts)
