"""Fields that are typed into: each keeps what it understood, and says quietly what it did not."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from sleepcalm.diary.civil_time import UnknownZoneError, time_zone
from sleepcalm.diary.clock_text import ClockTextError, parse_clock
from sleepcalm.gui.diary.rounded_line import RoundedLine
from sleepcalm.gui.diary.wording import clock_text, number_text
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height

TAKEN_AFTER_MS = 300
"""What is typed counts when the keys have rested that long, or at once when the field is left."""

_DURATION = re.compile(
    r"(?P<hours>\d{1,2})\s*(?::|h)\s*(?:(?P<minutes>\d{1,2})\s*(?:m|min)?)?", re.IGNORECASE
)
_WHOLE = re.compile(r"(?P<number>\d{1,6})\s*(?:m|min|mg|x)?", re.IGNORECASE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Fields", text)


class Field(QWidget):
    """A caption, a line, and below it, only when needed, why the text cannot be taken.

    `changed` carries each new value; None is an empty line: not recorded.
    """

    changed = Signal(object)

    def __init__(self, title: str, characters: int, *, is_inline: bool = False) -> None:
        """`is_inline` puts the caption before the line instead of above it."""
        super().__init__()
        self._value: Any = None
        self._names_itself = False
        self.line = RoundedLine(characters)
        self.line.setAccessibleName(title)
        self.problem = caption()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(TAKEN_AFTER_MS)
        self._rest.timeout.connect(lambda: self._take(is_left=False))
        name = caption(title)
        name.setBuddy(self.line)
        self.caption = name
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line_height(self) * 0.25))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight if is_inline else QBoxLayout.Direction.TopToBottom)
        row.setSpacing(round(line_height(self) * (0.6 if is_inline else 0.25)))
        row.addWidget(name)
        row.addWidget(self.line, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self._rest.start())
        self.line.editingFinished.connect(lambda: self._take(is_left=True))

    @property
    def value(self) -> Any:
        return self._value

    def take_out_problem(self) -> QLabel:
        """The line for what cannot be taken, to stand elsewhere; it then names the field."""
        self._column.removeWidget(self.problem)
        self._names_itself = True
        return self.problem

    def set_value(self, value: Any, *, anew: bool = False) -> None:
        """Show `value` without a signal. What is being typed stays, unless all is shown `anew`."""
        if not anew and (self._is_being_typed() or self._has_problem()):
            return
        self._value = value
        self._rest.stop()
        self._say("")
        text = "" if value is None else self.text_of(value)
        if self.line.text() != text:
            self.line.setText(text)
        self.line.setModified(False)

    def flush(self) -> None:
        """Take what is typed now."""
        if self.line.isModified():
            self._take(is_left=True)

    def parse(self, text: str) -> Any:
        """The value that `text` means; raises ValueError that says why it means none."""
        return text

    def text_of(self, value: Any) -> str:
        return str(value)

    def _take(self, *, is_left: bool) -> None:
        self._rest.stop()
        if not self.line.isModified():
            return
        text = self.line.text().strip()
        try:
            value = self.parse(text) if text else None
        except ValueError as error:
            # While keys are still going down, half a time is not a mistake.
            if is_left:
                self._say(self._with_what_is_kept(str(error)))
            return
        self._say("")
        if is_left:
            self.line.setModified(False)
            self.line.setText("" if value is None else self.text_of(value))
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def _with_what_is_kept(self, reason: str) -> str:
        if self._value is None:
            return reason
        return _tr("{reason}. {value} is kept.").format(reason=reason, value=self.text_of(self._value))

    def _say(self, text: str) -> None:
        name = f"{self.caption.text()}: " if self._names_itself and text else ""
        self.problem.setText(name + text)
        self.problem.setVisible(bool(text))
        self.line.setAccessibleDescription(text)

    def _is_being_typed(self) -> bool:
        return self.line.isModified() and (self.line.hasFocus() or self._rest.isActive())

    def _has_problem(self) -> bool:
        return bool(self.problem.text())


class ClockField(Field):
    """A time of day: 2340, 23:40, 11:40 pm, 7."""

    def __init__(self, title: str) -> None:
        super().__init__(title, characters=len(clock_text(time(23, 40))) + 1)

    def parse(self, text: str) -> Any:
        try:
            return parse_clock(text)
        except ClockTextError as error:
            raise ValueError(str(error)) from error

    def text_of(self, value: Any) -> str:
        return clock_text(value)


class NumberField(Field):
    """A whole number; minutes may also be typed as 1:20 or 1 h 20."""

    def __init__(self, title: str, high: int, *, is_minutes: bool = False, is_inline: bool = False) -> None:
        super().__init__(title, characters=5, is_inline=is_inline)
        self._high = high
        self._is_minutes = is_minutes

    def parse(self, text: str) -> Any:
        number = _WHOLE.fullmatch(text)
        duration = _DURATION.fullmatch(text) if self._is_minutes else None
        if number:
            value = int(number["number"])
        elif duration:
            value = int(duration["hours"]) * 60 + int(duration["minutes"] or 0)
        else:
            raise ValueError(self._what_is_wanted())
        if value > self._high:
            raise ValueError(self._what_is_wanted())
        return value

    def text_of(self, value: Any) -> str:
        return str(value)

    def _what_is_wanted(self) -> str:
        return _tr("A whole number from 0 to {high}").format(high=self._high)


class AmountField(Field):
    """A number that may have a fraction, with a point or a comma."""

    def __init__(self, title: str, high: int) -> None:
        super().__init__(title, characters=6)
        self._high = high

    def parse(self, text: str) -> Any:
        try:
            value = float(text.lower().removesuffix("mg").strip().replace(",", "."))
        except ValueError:
            value = -1.0
        if not 0 <= value <= self._high:
            raise ValueError(_tr("A number from 0 to {high}").format(high=self._high))
        return value

    def text_of(self, value: Any) -> str:
        return number_text(value)


class WordsField(Field):
    def __init__(self, title: str, characters: int = 14) -> None:
        super().__init__(title, characters)
        self.line.setMaxLength(200)


class ZoneField(Field):
    """The name of a time zone, such as Europe/Berlin."""

    def __init__(self, title: str) -> None:
        super().__init__(title, characters=18)

    def parse(self, text: str) -> Any:
        try:
            time_zone(text)
        except UnknownZoneError as error:
            raise ValueError(str(error)) from error
        return text
