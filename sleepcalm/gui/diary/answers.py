"""Builds the control for each kind of answer, and joins controls with the night that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.diary.answer_box import AnswerBox
from sleepcalm.gui.diary.draft import NightDraft, value_of
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.fields import AmountField, ClockField, Field, NumberField, WordsField
from sleepcalm.gui.diary.flow import flow_of
from sleepcalm.gui.diary.options import OptionRow
from sleepcalm.gui.diary.questions import Kind, Part, worded
from sleepcalm.gui.diary.wording import word
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height


class Control(Protocol):
    """What shows one answer and tells of its changes."""

    @property
    def changed(self) -> SignalInstance: ...

    def set_value(self, value: Any, *, anew: bool = False) -> None: ...


class CaptionedOptions(QWidget):
    """A row of options under its caption, or behind it."""

    changed = Signal(object)

    def __init__(
        self, options: Sequence[tuple[Any, str, str]], title: str, *, is_inline: bool = False
    ) -> None:
        super().__init__()
        self.row = OptionRow(options, title)
        name = caption(title)
        name.setBuddy(self.row)
        line = line_height(self)
        if is_inline:
            # Where it is too narrow for both, the row goes below its caption.
            name.setMinimumHeight(self.row.sizeHint().height())
            self.setLayout(flow_of(name, self.row, across=round(line * 0.6), down=0))
        else:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(round(line * 0.25))
            column.addWidget(name)
            column.addWidget(self.row, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.row)
        self.row.changed.connect(self.changed)

    def set_value(self, value: Any, *, anew: bool = False) -> None:
        self.row.set_value(value, anew=anew)


def choice_options(options: type[StrEnum]) -> list[tuple[Any, str, str]]:
    """The members of an enumeration with their words, to be chosen by their number."""
    return [(member, word(member), str(place)) for place, member in enumerate(options, start=1)]


def control_for(part: Part) -> QWidget:
    """The control of one answer. Raises KeyError for what has an editor of its own."""
    title = worded(part.label)
    makers: dict[Kind, Callable[[], QWidget]] = {
        Kind.MINUTES: lambda: NumberField(title, part.high, is_minutes=True),
        Kind.COUNT: lambda: NumberField(title, part.high),
        Kind.AMOUNT: lambda: AmountField(title, part.high),
        Kind.WORDS: lambda: WordsField(title),
        Kind.CLOCK: lambda: ClockField(title),
        Kind.ANSWER: lambda: AnswerBox(title),
        Kind.SCALE: lambda: CaptionedOptions([(n, str(n), str(n)) for n in range(part.high + 1)], title),
    }
    if part.options is not None:
        return CaptionedOptions(choice_options(part.options), title)
    return makers[part.kind]()


class Answers:
    """Controls by the path of their answer: they follow the night that is open, and change it."""

    def __init__(self, editing: NightEditing) -> None:
        self._editing = editing
        self._controls: dict[str, Any] = {}

    def add(self, path: str, control: Any) -> None:
        """Join a `Control` with the answer at `path`."""
        self._controls[path] = control
        control.set_value(value_of(self._editing.draft, path), anew=True)
        control.changed.connect(lambda value: self._editing.set_value(path, value))

    def control(self, path: str) -> Any:
        """The control of an answer. Raises KeyError if there is none yet."""
        return self._controls[path]

    def show_draft(self, draft: NightDraft, *, anew: bool) -> None:
        """Show the answers of a draft; `anew` if it is another night."""
        for path, control in self._controls.items():
            control.set_value(value_of(draft, path), anew=anew)

    def flush(self) -> None:
        """Take what is typed now."""
        for control in self._controls.values():
            if isinstance(control, Field):
                control.flush()
