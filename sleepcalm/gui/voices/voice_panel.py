"""What stays in sight below the list: the voice looked at, what can be done with it, and the making."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.voices.ports import Making, VoiceOnOffer
from sleepcalm.gui.voices.progress import ThinProgress
from sleepcalm.gui.voices.wording import about_text, make_text, making_text, voice_title
from sleepcalm.gui.widgets.buttons import LinkButton, OutlinedButton
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.painting import line_height


class VoicePanel(QWidget):
    """Buttons that have no use now are not there, or wait."""

    hearing_wanted = Signal()
    making_wanted = Signal()
    stopping_wanted = Signal()
    choice_made = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = line_height(self)
        self.about = wrapped()
        self.about.setMinimumHeight(QFontMetrics(self.about.font()).lineSpacing() * 2)
        self.hear = LinkButton(self.tr("&Hear a sentence"))
        self.make = OutlinedButton()
        self.choose = OutlinedButton()
        self.stop = LinkButton(self.tr("&Stop"))
        self.progress = ThinProgress()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Sentences made"))
        self.news = wrapped(role=theme.TEXT)
        """How the making goes, or how it ended."""
        self.stop.setAccessibleDescription(self.tr("What is made stays."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.5))
        column.addWidget(self.about)
        buttons = QHBoxLayout()
        buttons.setSpacing(round(line * 0.5))
        buttons.addWidget(self.hear)
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        buttons.addWidget(self.choose)
        column.addLayout(buttons)
        bar = QHBoxLayout()
        bar.setSpacing(round(line * 0.5))
        bar.addWidget(self.progress, 1)
        bar.addWidget(self.stop)
        column.addLayout(bar)
        column.addWidget(self.news)
        self.hear.clicked.connect(self.hearing_wanted)
        self.make.clicked.connect(self.making_wanted)
        self.stop.clicked.connect(self.stopping_wanted)
        self.choose.clicked.connect(self.choice_made)
        self._tells_making = False
        """Whether the news are of a making that goes on."""
        self.show_news("")
        self.show_making(None)
        self.show_voice(None, is_chosen=False, is_making=False)

    def show_voice(self, voice: VoiceOnOffer | None, *, is_chosen: bool, is_making: bool) -> None:
        """`is_making`: some voice is being made, so no other can be."""
        for control in (self.about, self.hear, self.make, self.choose):
            control.setVisible(voice is not None)
        if voice is None:
            return
        self.about.setText(about_text(voice))
        can_be_made = voice.is_found and not voice.is_built_in
        needs_making = can_be_made and (voice.is_recorded or not voice.is_whole)
        self.make.setText(make_text(voice))
        self.make.setVisible(needs_making)
        self.make.setEnabled(not is_making)
        is_spoken_now = can_be_made and not voice.is_recorded and not is_making
        self.hear.setEnabled(bool(voice.clips) or is_spoken_now)
        self.choose.setText(self.tr("Chosen") if is_chosen else self.tr("&Choose"))
        self.choose.setEnabled(not is_chosen)
        for button in (self.hear, self.make, self.choose):
            button.setAccessibleName(f"{button.text().replace('&', '')}: {voice_title(voice)}")
            button.updateGeometry()

    def show_making(self, making: Making | None) -> None:
        for control in (self.progress, self.stop):
            control.setVisible(making is not None)
        if making is not None:
            self.progress.setRange(0, max(making.wanted, 1))
            self.progress.setValue(making.done)
            self.show_news(making_text(making))
            self._tells_making = True
        elif self._tells_making:
            self.show_news("")

    def show_news(self, text: str) -> None:
        self._tells_making = False
        self.news.setText(text)
        self.news.setVisible(bool(text))
