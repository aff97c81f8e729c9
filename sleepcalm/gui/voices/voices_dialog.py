"""The small window in which a voice is heard, made and chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QWidget

from sleepcalm.gui.voices.ports import Made, Making, VoiceOnOffer, Voices
from sleepcalm.gui.voices.voice_list import VoiceList
from sleepcalm.gui.voices.voice_panel import VoicePanel
from sleepcalm.gui.voices.wording import made_text
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog
from sleepcalm.gui.widgets.scroll import EDGE


class VoicesDialog(QuietDialog):
    """A choice counts at once. What is being made goes on when the dialog is closed."""

    def __init__(self, voices: Voices, parent: QWidget) -> None:
        super().__init__("", "", parent, can_cancel=False)
        self.setWindowTitle(self.tr("Voices"))
        self.done_button.setText(self.tr("Done"))
        self._voices = voices
        self._room = parent.window().size()
        self._is_filled = False
        self._making: Making | None = None
        """As it was shown last."""
        self.intro = wrapped(self.tr("Looking for voices…"))
        self.list = VoiceList()
        self.problems = wrapped()
        self.problems.hide()
        self.more = wrapped(
            self.tr(
                "Other voices appear here once espeak-ng or piper is installed, or a folder with recordings "
                "lies in “recordings” in the data folder. SleepCalm downloads nothing."
            )
        )
        self.panel = VoicePanel()
        for part in (self.intro, self.list, self.problems, self.more):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.foot.addWidget(self.panel)
        self._connect()
        self._show_making()
        voices.look()

    def sizeHint(self) -> QSize:
        """Room for a handful of voices from the beginning on, so that it does not grow under the eyes."""
        wanted = super().sizeHint()
        least = QSize(wanted.width(), line_height(self) * 32)
        return wanted.expandedTo(least).boundedTo(self._room - QSize(line_height(self), line_height(self)))

    def _connect(self) -> None:
        self._voices.found.connect(self._show_found)
        self._voices.making_changed.connect(self._show_making)
        self._voices.made.connect(self._show_made)
        self._voices.chosen_changed.connect(self._show_chosen)
        self._voices.remarked.connect(self.panel.show_news)
        self.list.selected.connect(self._show_voice)
        # Rows have no place yet when they have just come: that takes several rounds, after which timers run.
        self.list.row_shown.connect(lambda: QTimer.singleShot(0, self, self._bring_into_sight))
        self.list.choice_made.connect(self._choose)
        self.panel.choice_made.connect(self._choose)
        self.panel.making_wanted.connect(self._make)
        self.panel.stopping_wanted.connect(self._voices.stop)
        self.panel.hearing_wanted.connect(self._hear)

    def _show_found(self, voices: Sequence[VoiceOnOffer], problems: Sequence[str]) -> None:
        self.intro.setText(
            self.tr("Who speaks. Sentences that a voice lacks are made on this computer, while you go on.")
        )
        self.problems.setText("\n".join(problems))
        self.problems.setVisible(bool(problems))
        self.list.show_voices(voices, self._voices.chosen, self._made_now)
        self._put_in_tab_order()
        if not self._is_filled:
            self._is_filled = True
            self.list.focus_selected()

    def _bring_into_sight(self) -> None:
        if self.list.row is not None:
            self.area.ensureWidgetVisible(self.list.row, 0, round(line_height(self) * EDGE))

    @property
    def _made_now(self) -> str:
        return self._voices.making.narrator if self._voices.making is not None else ""

    def _put_in_tab_order(self) -> None:
        """As the eye goes: rows that come later would stand behind everything else."""
        panel = self.panel
        in_order = [*self.list.rows, panel.hear, panel.make, panel.choose, panel.stop, self.done_button]
        for before, after in pairwise(in_order):
            QWidget.setTabOrder(before, after)

    def _show_making(self) -> None:
        self._count_made()
        self.panel.show_making(self._voices.making)
        self.list.show_states(self._voices.chosen, self._made_now)
        self._show_voice()

    def _count_made(self) -> None:
        """Let the voice that is being made have what has come since it was listed."""
        before, now = self._making, self._voices.making
        self._making = now
        if before is not None and now is not None and replace(before, done=now.done) == now:
            self.list.add_clips(now.narrator, now.done - before.done)

    def _show_made(self, made: Made) -> None:
        self.panel.show_news(made_text(made))

    def _show_chosen(self) -> None:
        self.list.show_states(self._voices.chosen, self._made_now)
        self._show_voice()

    def _show_voice(self) -> None:
        voice = self.list.voice
        is_chosen = voice is not None and voice.narrator == self._voices.chosen
        self.panel.show_voice(voice, is_chosen=is_chosen, is_making=self._voices.making is not None)

    def _choose(self) -> None:
        voice = self.list.voice
        if voice is not None and voice.narrator != self._voices.chosen:
            self._voices.choose(voice.narrator)

    def _make(self) -> None:
        if self.list.voice is not None:
            self._voices.make(self.list.voice.narrator)

    def _hear(self) -> None:
        if self.list.voice is not None:
            self._voices.hear(self.list.voice)
