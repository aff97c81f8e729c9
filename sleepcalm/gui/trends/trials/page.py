"""What the pages of the window that plans a trial have in common, and the first of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui.widgets.choices import DropDown, Segments, TickBox
from sleepcalm.gui.widgets.labels import labelled, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.text_field import TextField
from sleepcalm.trends.trial import PRACTICE

ROUTINE, HABIT = "routine", "habit"
LONGEST_HABIT = 60


class Page(QWidget):
    """One step. It has a title, may refuse to be left, and says where the keyboard goes."""

    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(round(line_height(self) * 0.7))

    def problem(self) -> str:
        """Why the next step has to wait, as a sentence; "" where it need not."""
        return ""

    def asked_for(self) -> QWidget | None:
        """What has to be answered before the next step, wherever on the page it is."""
        return None

    def first_control(self) -> QWidget | None:
        """Where the keyboard is when the page opens; None for the button below it."""
        return None


class SubjectPage(Page):
    """What to try: a routine, or a habit that the person names. Nothing is proposed."""

    def __init__(self, routines: Mapping[str, str]) -> None:
        super().__init__()
        self.title = self.tr("What would you like to try?")
        self.kind = Segments(
            {ROUTINE: self.tr("A routine"), HABIT: self.tr("A habit of mine")}, self.tr("What to try")
        )
        self.routine = DropDown()
        for routine, title in routines.items():
            self.routine.addItem(title, routine)
        self.habit = TextField(self.tr("for example: coffee after noon"), width_lines=18)
        self.habit.setMaxLength(LONGEST_HABIT)
        self.is_supplement = TickBox(self.tr("It is a supplement, or a medicine"))
        self._routine_part, self._habit_part = QWidget(), QWidget()
        self._lay_out()
        self.kind.chosen.connect(self.choose_kind)
        self.choose_kind(ROUTINE if routines else HABIT)

    @property
    def factor(self) -> str:
        return PRACTICE if self.kind.value == ROUTINE else " ".join(self.habit.text().split())

    @property
    def chosen_routine(self) -> str | None:
        return self.routine.currentData() if self.kind.value == ROUTINE else None

    def choose_kind(self, kind: str) -> None:
        self.kind.set_value(kind)
        self._routine_part.setVisible(kind == ROUTINE)
        self._habit_part.setVisible(kind == HABIT)

    def problem(self) -> str:
        if self.kind.value == ROUTINE:
            return "" if self.routine.count() else self.tr("There is no routine to try.")
        if not self.factor:
            return self.tr("Please name the habit.")
        if self.factor.casefold() == PRACTICE:
            return self.tr("Please name the habit otherwise: “{word}” stands for a routine.").format(
                word=PRACTICE
            )
        return ""

    def first_control(self) -> QWidget:
        return self.kind if self.kind.value == ROUTINE else self.habit

    def _lay_out(self) -> None:
        intro = self.tr(
            "A trial asks one question for some weeks. A lot decides which nights are with it and which "
            "without, and nothing is looked at before the end. So it can tell more than looking back."
        )
        self.column.addWidget(wrapped(intro))
        self.column.addWidget(at_left(self.kind))
        routine = _column_of(self._routine_part)
        labelled(routine, self.tr("&Routine"), self.routine)
        routine.addWidget(
            wrapped(
                self.tr(
                    "It is compared with quiet audio, the background alone. "
                    "The Relax tab offers it in the length of the routine."
                )
            )
        )
        habit = _column_of(self._habit_part)
        labelled(habit, self.tr("&Habit, in your words"), self.habit)
        habit.addWidget(
            wrapped(
                self.tr(
                    "Something that you do anyway and can leave out on some nights. SleepCalm proposes no "
                    "supplement; try one only if a clinician has agreed to it."
                )
            )
        )
        habit.addWidget(self.is_supplement)
        self.column.addWidget(self._routine_part)
        self.column.addWidget(self._habit_part)
        self.column.addStretch(1)


def focus_first(*parts: QWidget) -> None:
    """Give the keyboard to the first control that takes it, in the order of the parts."""
    for part in parts:
        for candidate in (part, *part.findChildren(QWidget)):
            if candidate.focusPolicy() & Qt.FocusPolicy.TabFocus and not candidate.isHidden():
                candidate.setFocus(Qt.FocusReason.TabFocusReason)
                return


def at_left(control: QWidget) -> QWidget:
    """A control as wide as its words."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(control)
    row.addStretch(1)
    return box


def _column_of(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(round(line_height(part) * 0.5))
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return column
