"""The Relax tab: joins list, stage, settings and sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui.relax.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.leave_out_dialog import LeaveOutDialog
from sleepcalm.gui.relax.playback import MakeTimeline, Playback
from sleepcalm.gui.relax.ports import Sound
from sleepcalm.gui.relax.routine_list import RoutineList
from sleepcalm.gui.relax.sound_panel import SoundPanel
from sleepcalm.gui.relax.stage import Stage
from sleepcalm.gui.relax.wording import minutes_text
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.labels import caption, heading
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea
from sleepcalm.preferences import NO_BACKGROUND, Preferences
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.routine import Kind, Routine
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

VOLUME_STEP = 0.05
REMARK_MS = 8000
"""How long a remark stands in the notice line."""


class RelaxTab(QWidget):
    """Space plays and pauses wherever the focus is; docs/keyboard.md lists all the keys.

    Connect the window's `painted` to `prepare`, so that the sound is loaded once the window stands.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        make_timeline: MakeTimeline,
        preferences: Preferences,
        save_preferences: Callable[[Preferences], None],
        sound: Sound,
        *,
        evidence: Mapping[Kind, str],
    ) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._make_timeline = make_timeline
        self._sound = sound
        self._evidence = evidence
        self._sound_notice = ""
        self._remark = ""
        self._is_narrow = False
        self._kept = KeptPreferences(preferences, save_preferences)
        routine = self._first_routine()
        self.playback = Playback(routine, preferences.choices_for(routine.id), make_timeline, sound)
        self.playback.set_background(self._background())
        self.routines = RoutineList(catalogue.routines.values())
        self.stage = Stage()
        self.panel = SoundPanel(sound.backgrounds)
        self._remark_time = QTimer(self)
        self._remark_time.setSingleShot(True)
        self._remark_time.setInterval(REMARK_MS)
        self._lay_out()
        self._connect()
        self._show_preferences()
        self._show_routine()

    def prepare(self) -> None:
        """Load the sound of the chosen routine, so that the first key is answered at once."""
        self._sound.set_voice_volume(self._kept.value.voice_volume)
        self._sound.set_background_volume(self._kept.value.background_volume)
        self.playback.prepare()

    def flush(self) -> None:
        """Write preferences that are not written yet."""
        self._kept.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no control in the tab had a use for."""
        actions: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: self.playback.previous_step,
            Qt.Key.Key_Right: self.playback.next_step,
            Qt.Key.Key_Escape: self.playback.stop,
            Qt.Key.Key_Up: lambda: self._change_voice_volume(VOLUME_STEP),
            Qt.Key.Key_Down: lambda: self._change_voice_volume(-VOLUME_STEP),
            Qt.Key.Key_Return: self.playback.toggle,
            Qt.Key.Key_Enter: self.playback.toggle,
        }
        action = actions.get(event.key())
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            action()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < line_height(self) * 54
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def _first_routine(self) -> Routine:
        """The routine of last time, or the first there is, or one that holds nothing."""
        routines = self._catalogue.routines
        wanted = routines.get(self._kept.value.routine) or next(iter(routines.values()), None)
        return wanted or Routine("", self.tr("No routine found"), Kind.REST, "", (), (), ())

    def _background(self) -> str:
        wanted = self._kept.value.background
        return wanted if wanted in self._sound.backgrounds else NO_BACKGROUND

    def _choose_routine(self, routine_id: str) -> None:
        self._kept.change(routine=routine_id)
        routine = self._catalogue.routines[routine_id]
        self.playback.open(routine, self._kept.value.choices_for(routine_id))

    def _begin(self) -> None:
        if not self.playback.is_sounding:
            self.playback.toggle()

    def _change_voice_volume(self, change: float) -> None:
        volume = min(max(self._kept.value.voice_volume + change, 0.0), 1.0)
        self._kept.change(voice_volume=round(volume, 2))

    def _want_cautions(self, wanted: bool) -> None:
        routine_id = self.playback.routine.id
        heard = tuple(name for name in self._kept.value.cautions_heard if name != routine_id)
        self._kept.change(cautions_heard=heard if wanted else (*heard, routine_id))

    def _note_cautions_heard(self, routine_id: str) -> None:
        if routine_id not in self._kept.value.cautions_heard:
            self._kept.change(cautions_heard=(*self._kept.value.cautions_heard, routine_id))

    def _leave_out(self) -> None:
        dialog = LeaveOutDialog(self._kept.value.skipped_groups, self)
        dialog.changed.connect(lambda groups: self._kept.change(skipped_groups=groups))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _apply_preferences(self, before: Preferences) -> None:
        now = self._kept.value
        if now.voice_volume != before.voice_volume:
            self._sound.set_voice_volume(now.voice_volume)
        if now.background_volume != before.background_volume:
            self._sound.set_background_volume(now.background_volume)
        if now.background != before.background:
            self.playback.set_background(self._background())
        self.playback.adopt(now.choices_for(self.playback.routine.id))
        self._show_preferences()

    def _show_preferences(self) -> None:
        self.panel.show_preferences(replace(self._kept.value, background=self._background()))
        self._show_cautions()

    def _show_cautions(self) -> None:
        routine = self.playback.routine
        heard = routine.id in self._kept.value.cautions_heard
        self.panel.show_routine(routine, cautions_are_heard=heard)

    def _show_routine(self) -> None:
        """The routine or its timeline is another one."""
        self.routines.set_chosen(self.playback.routine.id)
        self._show_cautions()
        for routine in self._catalogue.routines.values():
            timeline = self._make_timeline(routine, self._kept.value.choices_for(routine.id))
            seconds = timeline.duration_frames / SAMPLE_RATE_HZ
            self.routines.set_length(routine.id, minutes_text(seconds))
        self.stage.set_timeline(self.playback.timeline)
        self._refresh()

    def _refresh(self) -> None:
        """Follow the sound; what nobody can see is brought up to date when it is shown again."""
        if not self.isVisible():
            return
        playback, moment = self.playback, self.playback.moment
        self.routines.only_looks_around = playback.is_under_way
        self.stage.set_playable(is_playable=moment is not None)
        self.stage.show_playing(is_playing=playback.is_sounding)
        if moment is None:
            self.stage.show_nothing(playback.routine.title, self._why_nothing())
        elif playback.state is SessionState.FINISHED:
            self.stage.show_finished(playback.routine, playback.timeline)
        elif playback.is_under_way:
            self.stage.show_moment(moment, self._phase_of_state())
        else:
            evidence = self._evidence.get(playback.routine.kind, "")
            self.stage.show_idle(playback.routine, playback.timeline, evidence)

    def _phase_of_state(self) -> str:
        if self.playback.is_stopping:
            return self.tr("Fading out")
        return "" if self.playback.is_sounding else self.tr("Paused")

    def _why_nothing(self) -> str:
        if not self._catalogue.routines:
            return self.tr("There is no routine file that can be read.")
        return self.tr("With these muscles left out, nothing of this routine remains.")

    def _show_remark(self, text: str) -> None:
        self._remark = text
        self._remark_time.start()
        self._show_notice()

    def _forget_remark(self) -> None:
        self._remark = ""
        self._show_notice()

    def _show_sound_notice(self, text: str) -> None:
        self._sound_notice = text
        self._show_notice()

    def _show_notice(self) -> None:
        self.stage.notice.setText(self._remark or self._sound_notice)

    def _arrange(self) -> None:
        """Where there is no room for both sides, the settings take the place of the list when wanted."""
        button = self.stage.settings_button
        button.setVisible(self._is_narrow)
        wants_settings = self._is_narrow and button.isChecked()
        self._list_card.setVisible(not wants_settings)
        self._panel_card.setVisible(wants_settings or not self._is_narrow)

    def _connect(self) -> None:
        QShortcut(
            QKeySequence(Qt.Key.Key_Space),
            self,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            autoRepeat=False,
        ).activated.connect(self.playback.toggle)
        self.stage.play_wanted.connect(self.playback.toggle)
        self.stage.previous_wanted.connect(self.playback.previous_step)
        self.stage.next_wanted.connect(self.playback.next_step)
        self.stage.sought.connect(self.playback.seek)
        self.stage.settings_wanted.connect(self._arrange)
        self.routines.chosen.connect(self._choose_routine)
        self.routines.begun.connect(self._begin)
        self.panel.changed.connect(lambda field, value: self._kept.change(**{field: value}))
        self.panel.cautions_wanted.connect(self._want_cautions)
        self.panel.leaving_out_wanted.connect(self._leave_out)
        self.playback.moved.connect(self._refresh)
        self.playback.timeline_changed.connect(self._show_routine)
        self.playback.cautions_heard.connect(self._note_cautions_heard)
        self.playback.choices_wait.connect(
            lambda: self._show_remark(self.tr("This takes effect from the next start on."))
        )
        self._kept.changed.connect(self._apply_preferences)
        self._kept.save_failed.connect(
            lambda reason: self._show_remark(
                self.tr(
                    "Your settings could not be saved ({reason}). They hold until you close the window."
                ).format(reason=reason)
            )
        )
        self._remark_time.timeout.connect(self._forget_remark)
        self._sound.notice_changed.connect(self._show_sound_notice)

    def _lay_out(self) -> None:
        line = line_height(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Relax"))
        self.setAccessibleDescription(
            self.tr("Space plays and pauses, left and right change the step, Escape fades out.")
        )
        self._list_card, self._panel_card = Card(), Card()
        padding = round(line * 1.0)
        left = QVBoxLayout(self._list_card)
        left.setContentsMargins(padding, padding, padding, padding)
        left.setSpacing(round(line * 0.6))
        left.addWidget(heading(self.tr("Routines")))
        left.addWidget(self.routines, 1)
        if self._catalogue.errors:
            left.addWidget(self._errors_line())
        right = QVBoxLayout(self._panel_card)
        right.setContentsMargins(padding, padding, round(padding * 0.5), padding)
        right.addWidget(QuietScrollArea(self.panel))
        self._list_card.setFixedWidth(round(line * 13.5))
        self._panel_card.setFixedWidth(round(line * 13.5))
        row = QHBoxLayout(self)
        margin = round(line * 1.4)
        row.setContentsMargins(margin, margin, margin, round(margin * 0.8))
        row.setSpacing(margin)
        row.addWidget(self._list_card)
        row.addStretch(1)
        row.addWidget(self.stage, 1000)
        row.addStretch(1)
        row.addWidget(self._panel_card)
        self._arrange()

    def _errors_line(self) -> QWidget:
        """One quiet line for the files that could not be used; the reasons are behind it."""
        number = len(self._catalogue.errors)
        text = (
            self.tr("1 file could not be read")
            if number == 1
            else self.tr("{number} files could not be read")
        )
        line, reasons = caption(text.format(number=number)), "\n".join(self._catalogue.errors)
        line.setWordWrap(True)
        line.setToolTip(reasons)
        line.setAccessibleDescription(reasons)
        return line
