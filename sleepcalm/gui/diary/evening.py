"""The evening before: a chip for each habit; one opens to be answered, an offer is taken with a click."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.diary.joining import SHORT_SLEEP_MIN
from sleepcalm.diary.measures import measure
from sleepcalm.diary.suggestions import Suggestion
from sleepcalm.gui.diary.answers import Answers, control_for
from sleepcalm.gui.diary.chip import Chip, Look
from sleepcalm.gui.diary.draft import NightDraft, value_of
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.evening_words import answer_text, question_of
from sleepcalm.gui.diary.flow import FlowLayout, flow_of
from sleepcalm.gui.diary.medicines import MedicinesEditor
from sleepcalm.gui.diary.questions import Group, Kind, Question, questions, worded
from sleepcalm.gui.diary.wording import duration_text
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height


class EveningSection(QWidget):
    """Offers of the evening before are faint and end with a question mark; they count once pressed."""

    def __init__(self, editing: NightEditing) -> None:
        super().__init__()
        self._editing = editing
        self._chosen: frozenset[str] = frozenset()
        self._answers = Answers(editing)
        self._panels: dict[str, QWidget] = {}
        self._open: str | None = None
        self.medicines: MedicinesEditor | None = None
        line = line_height(self)
        self._chips_row = FlowLayout(round(line * 0.6), round(line * 0.5))
        self.chips = {question.id: self._chip(question) for question in questions(Group.EVENING)}
        self.take_all = Chip(self.tr("all as the evening before"), Look.OFFERED)
        self.take_all.setAccessibleName(self.tr("Take over all that is offered from the evening before"))
        self.take_all.clicked.connect(lambda: editing.accept(self._offers()))
        self.add = Chip(self.tr("+ add"))
        self.add.setAccessibleName(self.tr("More about the evening"))
        self.add.setCheckable(True)
        self.add.toggled.connect(lambda _on: self._show_chips(editing.draft))
        self._chips_row.addWidget(self.take_all)
        self._chips_row.addWidget(self.add)
        self._short_sleep = caption()
        self._panel_column = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.5))
        column.addLayout(self._chips_row)
        column.addLayout(self._panel_column)
        column.addWidget(self._short_sleep)

    @property
    def open_question(self) -> str | None:
        """The id of the question whose answer can be typed now."""
        return self._open

    def choose(self, chosen: Collection[str]) -> None:
        """Which habits are asked every morning."""
        self._chosen = frozenset(chosen)
        self._show_chips(self._editing.draft)

    def show_draft(self, draft: NightDraft, *, anew: bool) -> None:
        if anew:
            self._open_panel(None)
            self.add.setChecked(False)
        self._show_chips(draft)
        self._answers.show_draft(draft, anew=anew)
        if self.medicines is not None:
            self.medicines.show_draft(draft, anew=anew)
        self._show_short_sleep()

    def flush(self) -> None:
        self._answers.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape fold the open answer away; it is kept either way."""
        folds = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if folds and self._open is not None:
            chip = self.chips[self._open]
            self._open_panel(None)
            chip.setFocus()
        else:
            super().keyPressEvent(event)

    def _chip(self, question: Question) -> Chip:
        chip = Chip()
        chip.clicked.connect(lambda: self._press(question))
        self._chips_row.addWidget(chip)
        return chip

    def _press(self, question: Question) -> None:
        offers = self._offers(question)
        if offers:
            self._editing.accept(offers)
        elif question.parts[0].kind is Kind.ANSWER:
            path = question.parts[0].path
            answer: bool | None = value_of(self._editing.draft, path)
            self._editing.set_value(path, {None: True, True: False, False: None}[answer])
        else:
            self._open_panel(None if self._open == question.id else question)

    def _offers(self, question: Question | None = None) -> tuple[Suggestion, ...]:
        """What the evening before offers to a question, or to all that have no answer yet."""
        evening = self._editing.entry.evening
        return tuple(
            suggestion
            for suggestion in self._editing.suggestions
            if question in (None, question_of(suggestion.field))
            and not answer_text(question_of(suggestion.field), evening)
        )

    def _open_panel(self, question: Question | None) -> None:
        """Fold away the answer that is open, and open another."""
        for panel in self._panels.values():
            panel.hide()
        self._open = question.id if question else None
        if question is None:
            return
        if question.id not in self._panels:
            self._panels[question.id] = self._build_panel(question)
            self._panel_column.addWidget(self._panels[question.id])
        panel = self._panels[question.id]
        panel.show()
        first = panel.focusProxy()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _build_panel(self, question: Question) -> QWidget:
        if question.parts[0].kind is Kind.MEDICINES:
            self.medicines = MedicinesEditor(self._editing)
            self.medicines.setFocusProxy(self.medicines.rows[0].name)
            return self.medicines
        panel, line = QWidget(), line_height(self)
        controls = [control_for(part) for part in question.parts]
        panel.setLayout(flow_of(*controls, across=round(line * 1.2), down=round(line * 0.4)))
        panel.setFocusProxy(controls[0])
        for part, control in zip(question.parts, controls, strict=True):
            self._answers.add(part.path, control)
        return panel

    def _show_chips(self, draft: NightDraft) -> None:
        evening = draft.entry.evening
        offered_now, folded = self._offers(), 0
        for question in questions(Group.EVENING):
            chip, title = self.chips[question.id], worded(question.title)
            text = answer_text(question, evening)
            offers = [offer for offer in offered_now if question_of(offer.field) is question]
            if text:
                chip.show_answer(text, Look.RECORDED, text)
            elif offers:
                offered = evening
                for offer in offers:
                    offered = replace(offered, **{offer.field: offer.value})  # type: ignore[arg-type]
                text = self.tr("{answer}?").format(answer=answer_text(question, offered))
                chip.show_answer(
                    text,
                    Look.OFFERED,
                    self.tr("{text} As the evening before; not recorded").format(text=text),
                )
            else:
                chip.show_answer(title, Look.BLANK, self.tr("{what}: not recorded").format(what=title))
            wanted = bool(text) or question.id in self._chosen
            folded += not wanted
            chip.setVisible(wanted or self.add.isChecked())
        self.take_all.setVisible(len({question_of(offer.field).id for offer in offered_now}) > 1)
        self.add.setVisible(folded > 0)
        add = self.tr("fold away") if self.add.isChecked() else self.tr("+ add")
        if add != self.add.text():
            self.add.setText(add)
            self.add.updateGeometry()

    def _show_short_sleep(self) -> None:
        previous = self._editing.previous
        asleep = measure(previous).total_sleep_time_min if previous else None
        is_short = asleep is not None and asleep < SHORT_SLEEP_MIN
        self._short_sleep.setVisible(is_short)
        if is_short:
            text = self.tr("The night before was short: {time} of sleep.")
            self._short_sleep.setText(text.format(time=duration_text(asleep)))
