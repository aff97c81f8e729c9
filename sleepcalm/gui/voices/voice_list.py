"""The voices, one below the other: the one looked at is raised, the one that speaks is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.voices.ports import VoiceOnOffer
from sleepcalm.gui.voices.wording import row_text, state_text, voice_title
from sleepcalm.gui.widgets.list_row import ListRow, place_after
from sleepcalm.gui.widgets.painting import colour, line_height, scaled_font

_SMALL = 0.92


class VoiceRow(ListRow):
    """Title and state; checked while it is the one looked at."""

    def __init__(self, voice: VoiceOnOffer) -> None:
        super().__init__()
        self.voice = voice
        self._is_chosen = False
        self.state = ""
        """The words below the title."""

    @property
    def is_chosen(self) -> bool:
        return self._is_chosen

    def show_voice(self, voice: VoiceOnOffer, *, is_chosen: bool, is_being_made: bool) -> None:
        self.voice, self._is_chosen = voice, is_chosen
        text = row_text(voice, is_being_made=is_being_made)
        self.state = f"{text} · {state_text(voice)}" if is_being_made and voice.clips else text
        parts = [voice_title(voice), text]  # a number that grows would be read out at every sentence
        if is_chosen:
            parts.append(self.tr("chosen"))
        self.setAccessibleName(", ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 16, round(line * 2.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 10, round(line_height(self) * 2.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = line_height(self)
        self.paint_ground(painter)
        side = round(line * 0.6)
        upper = QRect(side, round(line * 0.2), self.width() - 2 * side, line)
        lower = upper.translated(0, round(line * 1.05))
        if self._is_chosen:
            upper.setRight(upper.right() - self._paint_mark(painter, upper))
        painter.setPen(colour(self, theme.TEXT))
        _paint_line(painter, upper, voice_title(self.voice))
        painter.setFont(scaled_font(self, _SMALL))
        painter.setPen(colour(self, theme.MUTED))
        _paint_line(painter, lower, self.state)
        painter.end()

    def _paint_mark(self, painter: QPainter, room: QRect) -> int:
        """Write at the right that the voice is chosen, and give the width taken."""
        mark = self.tr("chosen")
        painter.setPen(colour(self, theme.ACCENT))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark)
        return QFontMetrics(self.font()).horizontalAdvance(mark) + line_height(self)


class VoiceList(QWidget):
    """Up, Down, Home and End look at another voice."""

    selected = Signal(str)
    """A narrator is looked at."""

    row_shown = Signal()
    """The row that is looked at should be in sight."""

    choice_made = Signal()
    """Enter on the row that is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[VoiceRow] = []
        self._selected = ""
        self.setAccessibleName(self.tr("Voices"))
        self.setAccessibleDescription(self.tr("Up and down look at another voice, Enter chooses it."))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(line_height(self) * 0.1))

    @property
    def row(self) -> VoiceRow | None:
        """The one looked at."""
        return next((row for row in self.rows if row.isChecked()), None)

    @property
    def voice(self) -> VoiceOnOffer | None:
        """The one looked at."""
        return self.row.voice if self.row else None

    def show_voices(self, voices: Sequence[VoiceOnOffer], chosen: str, made: str) -> None:
        """Show them; `made` is being made.

        The one looked at stays, and its row keeps the focus; at first it is the chosen one.
        """
        before = {row.voice.narrator: row for row in self.rows}
        names = [voice.narrator for voice in voices]
        for narrator, row in before.items():
            if narrator not in names:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        self.rows = [before.get(voice.narrator) or self._new_row(voice) for voice in voices]
        for place, (row, voice) in enumerate(zip(self.rows, voices, strict=True)):
            self._column.insertWidget(place, row)
            row.voice = voice
        self.show_states(chosen, made)
        wanted = self._selected if self._selected in names else chosen
        self._select(wanted if wanted in names else next(iter(names), ""))

    def show_states(self, chosen: str, made: str) -> None:
        """Mark the voice that is chosen, and the one that is being made."""
        for row in self.rows:
            name = row.voice.narrator
            row.show_voice(row.voice, is_chosen=name == chosen, is_being_made=name == made)

    def add_clips(self, narrator: str, clips: int) -> None:
        """So many more sentences of a voice are made than was listed."""
        for row in self.rows:
            if row.voice.narrator == narrator:
                now = min(max(row.voice.clips + clips, 0), row.voice.wanted)
                row.voice = replace(row.voice, clips=now)

    def focus_selected(self) -> None:
        for row in self.rows:
            if row.isChecked():
                row.setFocus(Qt.FocusReason.OtherFocusReason)
                self.row_shown.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = next((number for number, row in enumerate(self.rows) if row.hasFocus()), None)
        if place is None:
            event.ignore()
            return
        target = place_after(event.key(), place, len(self.rows))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choice_made.emit()
        elif target is not None:
            self._select(self.rows[target].voice.narrator)
            self.focus_selected()
        else:
            event.ignore()

    def _new_row(self, voice: VoiceOnOffer) -> VoiceRow:
        row = VoiceRow(voice)
        row.clicked.connect(lambda: self._select(row.voice.narrator))
        return row

    def _select(self, narrator: str) -> None:
        self._selected = narrator
        for row in self.rows:
            row.set_checked(is_checked=row.voice.narrator == narrator)
        self.selected.emit(narrator)


def _paint_line(painter: QPainter, room: QRect, text: str) -> None:
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
