"""The small window in which the ending of the sound and the bedside screen are set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.night_wording import (
    after_words_text,
    bedside_after_text,
    fade_text,
    timer_text,
)
from sleepcalm.gui.relax.scrolled_dialog import ScrolledDialog
from sleepcalm.gui.widgets.choices import Segments, TickBox
from sleepcalm.gui.widgets.labels import Paragraph, caption, heading
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.stop_slider import StopSlider

LINGER_STOPS_MIN = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 600)
FADE_STOPS_S = (2, 5, 10, 20, 30, 60, 90, 120, 180, 300, 450, 600)
TIMER_STOPS_MIN = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 600, 720)
BEDSIDE_STOPS_S = (0, 5, 10, 20, 30, 60, 120, 300, 600)


class NightDialog(ScrolledDialog):
    """Every change counts at once."""

    def __init__(self, kept: KeptPreferences, parent: QWidget, *, can_suspend: bool) -> None:
        super().__init__(QCoreApplication.translate("NightDialog", "Ending and bedside screen"), parent)
        self._kept = kept
        self.linger = StopSlider(LINGER_STOPS_MIN)
        self.fade = StopSlider(FADE_STOPS_S)
        self.timer = StopSlider(TIMER_STOPS_MIN)
        self.bedside = StopSlider(BEDSIDE_STOPS_S)
        self.at_routine_end = TickBox(self.tr("End with the last word at the latest"))
        self.at_end = Segments(
            {"nothing": self.tr("Do nothing"), "suspend": self.tr("Suspend")}, self.tr("At the very end")
        )
        self.hold_screen = TickBox(self.tr("Keep the screen from locking"))
        self.jolt_key = TickBox(self.tr("J notes a jolt, silently"))
        self.reduced_motion = TickBox(self.tr("Nothing moves by itself"))
        self._captions = [caption() for _ in range(4)]
        self._column = QVBoxLayout()
        self._lay_out(can_suspend=can_suspend)
        self._show_preferences()
        self._connect()

    def _show_preferences(self) -> None:
        preferences = self._kept.value
        minutes = preferences.timer_min or 0.0
        rows = (
            (self.linger, preferences.linger_min, after_words_text(preferences.linger_min)),
            (self.fade, preferences.fade_s, fade_text(preferences.fade_s)),
            (self.timer, minutes, timer_text(preferences.timer_min)),
            (self.bedside, preferences.bedside_after_s, bedside_after_text(preferences.bedside_after_s)),
        )
        for title, (slider, value, text) in zip(self._captions, rows, strict=True):
            slider.show_stop(value)
            title.setText(text)
            slider.setAccessibleDescription(text)
        self.at_end.set_value(preferences.at_end)
        for box, field in self._boxes().items():
            box.setChecked(getattr(preferences, field))

    def _boxes(self) -> dict[TickBox, str]:
        return {
            self.at_routine_end: "timer_at_routine_end",
            self.hold_screen: "hold_screen",
            self.jolt_key: "jolt_key",
            self.reduced_motion: "reduced_motion",
        }

    def _connect(self) -> None:
        self.linger.chosen.connect(self._setter("linger_min"))
        self.fade.chosen.connect(self._setter("fade_s"))
        self.timer.chosen.connect(lambda minutes: self._kept.change(timer_min=minutes or None))
        self.bedside.chosen.connect(self._setter("bedside_after_s"))
        self.at_end.chosen.connect(self._setter("at_end"))
        for box, field in self._boxes().items():
            box.clicked.connect(self._setter(field))
        self._kept.changed.connect(self._show_preferences)

    def _setter(self, field: str) -> Callable[[object], None]:
        return lambda value: self._kept.change(**{field: value})

    def _lay_out(self, *, can_suspend: bool) -> None:
        line = line_height(self)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(line * 0.3))
        linger, fade, timer, bedside = self._captions
        self._column.addWidget(heading(self.tr("After the last word")))
        self._add_row(linger, self.linger, self.tr("How long the background goes on"))
        self._add_row(fade, self.fade, self.tr("How long the sound takes to leave"))
        self._column.addSpacing(round(line * 0.7))
        self._column.addWidget(heading(self.tr("Sleep timer")))
        self._add_row(timer, self.timer, self.tr("Sleep timer"))
        self._column.addWidget(self.at_routine_end)
        hint = Paragraph(theme.MUTED, 0.92, lines=2)
        hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        hint.setText(
            self.tr("A pause stops it. In its last minute any key that means nothing else adds 15 minutes.")
        )
        self._column.addWidget(hint)
        if can_suspend:
            self._column.addWidget(caption(self.tr("The computer, once all is silent")))
            self._column.addWidget(self.at_end, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(round(line * 0.7))
        self._column.addWidget(heading(self.tr("Bedside screen")))
        self._add_row(bedside, self.bedside, self.tr("When the bedside screen comes by itself"))
        for box in (self.hold_screen, self.jolt_key, self.reduced_motion):
            self._column.addWidget(box)
        self._column.addStretch(1)
        self.show_content(content, 23)

    def _add_row(self, title: QLabel, control: QWidget, name: str) -> None:
        title.setBuddy(control)
        title.setWordWrap(True)
        control.setAccessibleName(name)
        self._column.addWidget(title)
        self._column.addWidget(control)
