"""The right card of the Relax tab: sound, pace and muscles."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sleepcalm.backgrounds import NO_BACKGROUND
from sleepcalm.gui.relax.background_chooser import BackgroundChooser
from sleepcalm.gui.relax.form_chooser import FormChooser
from sleepcalm.gui.relax.night_wording import ending_text
from sleepcalm.gui.relax.wording import hold_text, left_out_text, pauses_text
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.choices import Segments, TickBox
from sleepcalm.gui.widgets.labels import caption, heading
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.slider import ThinSlider
from sleepcalm.preferences import HOLD_LIMITS_S, Preferences
from sleepcalm.relaxation.choices import PAUSE_SCALE_LIMITS, Choices
from sleepcalm.relaxation.muscle_groups import Hand
from sleepcalm.relaxation.routine import Phase, Routine

_OWN_HOLD = round(HOLD_LIMITS_S[0]) - 1
"""The leftmost place of the hold slider: each routine's own hold."""


class SettingsPanel(QWidget):
    """Shows the preferences and asks for changes: `changed` names a field and its new value."""

    changed = Signal(str, object)
    cautions_wanted = Signal(bool)
    leaving_out_wanted = Signal()
    voices_wanted = Signal()
    mixing_wanted = Signal()
    night_wanted = Signal()
    bedside_wanted = Signal()

    def __init__(self, backgrounds: tuple[str, ...]) -> None:
        super().__init__()
        self._preferences = Preferences()
        self._extended_min = 0
        self.voice = ThinSlider(0, 100)
        self.voices = OutlinedButton(self.tr("Voice…"))
        self.voices.setAccessibleDescription(self.tr("Choose who speaks"))
        self.stand_in = caption()
        """Why another voice than the chosen one speaks, in place of the caption; else it is not there."""
        self._voice_caption = caption(self.tr("Voice"))
        self.stand_in.setWordWrap(True)
        self.stand_in.hide()
        self.background = BackgroundChooser(backgrounds)
        self.background_volume = ThinSlider(0, 100)
        self.pauses = ThinSlider(round(PAUSE_SCALE_LIMITS[0] * 10), round(PAUSE_SCALE_LIMITS[1] * 10))
        self.hold = ThinSlider(_OWN_HOLD, round(HOLD_LIMITS_S[1]))
        self.form = FormChooser()
        self.cautions = TickBox(self.tr("Hear the cautions"))
        self.hand = Segments(
            {Hand.LEFT.value: self.tr("Left"), Hand.RIGHT.value: self.tr("Right")}, self.tr("Writing hand")
        )
        self.leave_out = OutlinedButton(self.tr("Leave out…"))
        self.mix = OutlinedButton(self.tr("Mix…"))
        self.mix.setAccessibleDescription(self.tr("Several sounds at levels of their own"))
        self.night = OutlinedButton(self.tr("Ending…"))
        self.bedside = OutlinedButton(self.tr("Bedside screen  (B)"))
        self._ending = caption()
        self._ending.setWordWrap(True)
        self.left_out = caption()
        self.left_out.setWordWrap(True)
        self._pauses_caption = caption()
        self._hold_caption = caption()
        self._muscles = QWidget()
        for slider in (self.voice, self.background_volume):
            slider.setSingleStep(5)
            slider.setPageStep(20)
        self._lay_out()
        self._connect()

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the values of `preferences`, without a signal."""
        was_blocked = self.blockSignals(True)
        self.voice.setValue(round(preferences.voice_volume * 100))
        self.background_volume.setValue(round(preferences.background_volume * 100))
        self.background.show_chosen(preferences.background)
        self.pauses.setValue(round(preferences.pause_scale * 10))
        self.hold.setValue(_OWN_HOLD if preferences.hold_s is None else round(preferences.hold_s))
        self.hand.set_value(preferences.dominant_hand)
        self.blockSignals(was_blocked)
        pauses, hold = pauses_text(preferences.pause_scale), hold_text(preferences.hold_s)
        self._pauses_caption.setText(self.tr("Pauses · {value}").format(value=pauses))
        self.pauses.setAccessibleDescription(pauses)
        self._hold_caption.setText(self.tr("Hold tension · {value}").format(value=hold))
        self.hold.setAccessibleDescription(hold)
        self.left_out.setText(left_out_text(preferences.skipped_groups))
        self.left_out.setVisible(bool(preferences.skipped_groups))
        self.leave_out.setAccessibleDescription(self.left_out.text())
        self._preferences = preferences
        self._show_ending()
        self.background_volume.setEnabled(preferences.background != NO_BACKGROUND)

    def show_extended_timer(self, minutes: int) -> None:
        """Keys have extended the sleep timer to so many minutes in all; 0: it is as the preferences say."""
        self._extended_min = minutes
        self._show_ending()

    def _show_ending(self) -> None:
        now = self._preferences
        if self._extended_min:
            now = replace(now, timer_min=float(self._extended_min))
        self._ending.setText(ending_text(now))
        self.night.setAccessibleDescription(self._ending.text())

    def show_routine(self, routine: Routine, choices: Choices, *, cautions_are_heard: bool) -> None:
        """Offer only what the routine has a use for."""
        self.form.show_routine(routine, choices.length_min, choices.variant)
        self._muscles.setVisible(any(step.phase is Phase.TENSE for step in routine.steps))
        self.cautions.setVisible(bool(routine.cautions))
        self.cautions.setChecked(not cautions_are_heard)

    def show_stand_in(self, text: str) -> None:
        self.stand_in.setText(text)
        self.stand_in.setVisible(bool(text))
        self._voice_caption.setVisible(not text)

    def _connect(self) -> None:
        self.voice.valueChanged.connect(lambda value: self.changed.emit("voice_volume", value / 100))
        self.background_volume.valueChanged.connect(
            lambda value: self.changed.emit("background_volume", value / 100)
        )
        self.background.chosen.connect(lambda value: self.changed.emit("background", value))
        self.pauses.valueChanged.connect(lambda value: self.changed.emit("pause_scale", value / 10))
        self.hold.valueChanged.connect(
            lambda value: self.changed.emit("hold_s", None if value == _OWN_HOLD else float(value))
        )
        self.hand.chosen.connect(lambda value: self.changed.emit("dominant_hand", Hand(value)))
        self.cautions.clicked.connect(self.cautions_wanted)
        self.leave_out.clicked.connect(self.leaving_out_wanted)
        self.voices.clicked.connect(self.voices_wanted)
        self.mix.clicked.connect(self.mixing_wanted)
        self.night.clicked.connect(self.night_wanted)
        self.bedside.clicked.connect(self.bedside_wanted)

    def _lay_out(self) -> None:
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.25))
        column.addWidget(heading(self.tr("Sound")))
        self.voice.setAccessibleName(self.tr("Voice volume"))
        column.addWidget(_joined(self._voice_caption, self.voice))
        column.addWidget(self.stand_in)
        column.addLayout(_side_by_side(self.voice, self.voices))
        _add_row(column, caption(self.tr("Background")), self.background, self.tr("Background"))
        self.background_volume.setAccessibleName(self.tr("Background volume"))
        column.addLayout(_side_by_side(self.background_volume, self.mix))
        column.addSpacing(round(line * 0.35))
        column.addWidget(heading(self.tr("Pace")))
        column.addWidget(self.form)
        _add_row(column, self._pauses_caption, self.pauses, self.tr("Length of the pauses"))
        column.addWidget(self.cautions)
        column.addSpacing(round(line * 0.35))
        muscles = QVBoxLayout(self._muscles)
        muscles.setContentsMargins(0, 0, 0, 0)
        muscles.setSpacing(column.spacing())
        muscles.addLayout(_headed(self.tr("Muscles"), self.leave_out))
        muscles.addWidget(self.left_out)
        _add_row(muscles, self._hold_caption, self.hold, self.tr("How long a tension is held"))
        muscles.addWidget(caption(self.tr("Writing hand")))
        muscles.addWidget(self.hand)
        column.addWidget(self._muscles)
        column.addSpacing(round(line * 0.35))
        column.addLayout(_headed(self.tr("Then"), self.night))
        column.addWidget(self._ending)
        column.addWidget(self.bedside)
        column.addStretch(1)


def _add_row(column: QVBoxLayout, title: QLabel, control: QWidget, name: str) -> None:
    """A caption over its control, joined for the keyboard and for screen readers."""
    control.setAccessibleName(name)
    column.addWidget(_joined(title, control))
    column.addWidget(control)


def _joined(title: QLabel, control: QWidget) -> QLabel:
    title.setBuddy(control)
    return title


def _headed(words: str, button: QWidget) -> QHBoxLayout:
    """The name of a group, and at its right what opens more of it."""
    title = heading(words)
    title.setMinimumWidth(1)  # a wide font takes room from the name, not from the card
    row = _side_by_side(title, button)
    row.setSpacing(round(line_height(button) * 0.3))
    return row


def _side_by_side(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(round(line_height(wide) * 0.6))
    row.addWidget(wide, 1)
    row.addWidget(narrow)
    return row
