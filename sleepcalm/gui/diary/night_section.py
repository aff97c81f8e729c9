"""The core of every night: the line, its four times, the minutes awake, and what is worth a word."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.diary.answer_box import AnswerBox
from sleepcalm.gui.diary.answers import Answers
from sleepcalm.gui.diary.draft import NightDraft
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.fields import ClockField, Field, NumberField
from sleepcalm.gui.diary.flow import flow_of
from sleepcalm.gui.diary.measures_card import brief_text
from sleepcalm.gui.diary.night_line import NightLine
from sleepcalm.gui.diary.remarks import RemarkList, remarks_on
from sleepcalm.gui.widgets.labels import label
from sleepcalm.gui.widgets.painting import line_height


class NightSection(QWidget):
    """Tab goes through the fields in the order of the night; the line comes after them."""

    def __init__(self, editing: NightEditing) -> None:
        super().__init__()
        self._editing = editing
        self._answers = Answers(editing)
        self.line = NightLine()
        self.fields: dict[str, Field] = {
            "into_bed": ClockField(self.tr("Into bed")),
            "tried_to_sleep": ClockField(self.tr("Lights out")),
            "sleep_onset_latency_min": NumberField(self.tr("Minutes to fall asleep"), 1440, is_minutes=True),
            "awakenings": NumberField(self.tr("Times awake"), 999),
            "wake_after_sleep_onset_min": NumberField(self.tr("Minutes awake in all"), 1440, is_minutes=True),
            "final_awakening": ClockField(self.tr("Woke up")),
            "out_of_bed": ClockField(self.tr("Got up")),
        }
        self._describe_fields()
        self.did_not_sleep = AnswerBox(self.tr("did not sleep at all"))
        self.remarks = RemarkList()
        self.brief = label("", theme.MUTED)
        self.brief.setWordWrap(True)
        for path, control in (*self.fields.items(), ("did_not_sleep", self.did_not_sleep)):
            self._answers.add(path, control)
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.5))
        column.addWidget(self.line)
        fields = flow_of(
            *self.fields.values(),
            self.did_not_sleep,
            across=round(line * 1.1),
            down=round(line * 0.5),
            sinks=True,
        )
        column.addLayout(fields)
        for field in self.fields.values():
            column.addWidget(field.take_out_problem())
        column.addWidget(self.brief)
        column.addWidget(self.remarks)
        self.line.moving.connect(lambda name, moment: editing.move_mark(name, moment, is_final=False))
        self.line.moved.connect(lambda name, moment: editing.move_mark(name, moment, is_final=True))
        self.line.cleared.connect(editing.clear_mark)

    def show_draft(self, draft: NightDraft, *, anew: bool, is_brief: bool) -> None:
        self._answers.show_draft(draft, anew=anew)
        practices = self._editing.practices
        ended = practices[-1].ended if practices else None
        self.line.show_night(draft.entry, self._editing.previous, ended.utc if ended else None)
        self.remarks.show_remarks(remarks_on(self._editing))
        self.brief.setText(brief_text(self._editing.measures))
        self.brief.setVisible(is_brief and bool(self.brief.text()))

    def first_blank(self) -> QWidget:
        """The first field that is not recorded, or the first of all."""
        blank = (field for field in self.fields.values() if field.value is None)
        return next(blank, self.fields["into_bed"]).line

    def flush(self) -> None:
        self._answers.flush()

    def _describe_fields(self) -> None:
        for name in ("into_bed", "tried_to_sleep", "final_awakening", "out_of_bed"):
            self.fields[name].line.setToolTip(self.tr("2340, 23:40 or 11:40 pm"))
        self.fields["sleep_onset_latency_min"].line.setToolTip(
            self.tr("From lights out. Dozing broken by jolts still counts as falling asleep.")
        )
        self.fields["awakenings"].line.setToolTip(self.tr("Without the last one, in the morning"))
