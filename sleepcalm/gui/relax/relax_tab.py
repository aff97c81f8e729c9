"""The Relax tab: joins list, stage, settings and sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.playback import MakeTimeline, Playback
from sleepcalm.gui.relax.ports import Sound
from sleepcalm.gui.relax.routine_list import RoutineList
from sleepcalm.gui.relax.settings_panel import SettingsPanel
from sleepcalm.gui.relax.side_cards import RoutinesCard, SettingsCard
from sleepcalm.gui.relax.stage import Stage
from sleepcalm.gui.relax.wording import minutes_text
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.routine import Kind, Routine
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

VOLUME_STEP = 0.05

_REPEATED_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
"""The keys that may be held down."""

WIDE_LINES = 54
"""From this width on, in heights of a line, there is room for both cards beside the stage."""


class RelaxTab(QWidget):
    """Space plays and pauses wherever the focus is; docs/keyboard.md lists all the keys.

    Connect the window's `painted` to `prepare`, so that the sound is loaded once the window stands.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        make_timeline: MakeTimeline,
        preferences: KeptPreferences,
        sound: Sound,
        evidence: Mapping[Kind, str],
    ) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._make_timeline = make_timeline
        self._sound = sound
        self._evidence = evidence
        self._is_narrow = False
        self._shows_settings = False
        self._kept = preferences
        routine = self._first_routine()
        self.playback = Playback(routine, preferences.value.choices_for(routine.id), make_timeline, sound)
        self.playback.set_background(self._kept.value.background_choice)
        self.routines = RoutineList(catalogue.routines.values())
        self.stage = Stage()
        self.settings = SettingsPanel(sound.backgrounds)
        self._list_card = RoutinesCard(self.routines, catalogue.errors)
        self._settings_card = SettingsCard(self.settings)
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
            Qt.Key.Key_Space: self.playback.toggle,
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
        elif not event.isAutoRepeat() or event.key() in _REPEATED_KEYS:
            action()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for one card and the stage; the layout's own minimum would ask for both cards."""
        line = line_height(self)
        return QSize(line * 39, line * 23)

    def _first_routine(self) -> Routine:
        """The routine of last time, or the first there is, or one that holds nothing."""
        routines = self._catalogue.routines
        wanted = routines.get(self._kept.value.routine) or next(iter(routines.values()), None)
        return wanted or Routine("", self.tr("No routine found"), Kind.REST, "", (), (), ())

    def choose_routine(self, routine_id: str) -> None:
        """Open the routine of that id, and remember it."""
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
        from sleepcalm.gui.relax.leave_out_dialog import LeaveOutDialog  # noqa: PLC0415 - not at the start

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
        if now.background_choice != before.background_choice:
            self.playback.set_background(self._kept.value.background_choice)
        self.playback.adopt(now.choices_for(self.playback.routine.id))
        self._show_preferences()

    def _show_preferences(self) -> None:
        self.settings.show_preferences(self._kept.value)
        self._show_cautions()

    def _show_cautions(self) -> None:
        routine = self.playback.routine
        heard = routine.id in self._kept.value.cautions_heard
        self.settings.show_routine(routine, cautions_are_heard=heard)

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

    def _fit(self) -> None:
        """Arrange cards and margins for the present size."""
        line = line_height(self)
        margin = round(line * (1.4 if self.height() > line * 30 else 0.7))
        self._row.setContentsMargins(margin, margin, margin, round(margin * 0.7))
        self._row.setSpacing(margin)
        is_narrow = self.width() < line * WIDE_LINES
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def swap_cards(self) -> None:
        """Where one card is shown, show the other."""
        self._shows_settings = not self._shows_settings
        self._arrange()
        self.setFocus()

    def _arrange(self) -> None:
        """Where there is no room for both cards, the settings take the place of the list when wanted."""
        shows_settings = self._shows_settings and self._is_narrow
        for card in (self._list_card, self._settings_card):
            card.offer_other(is_offered=self._is_narrow)
        self._list_card.setVisible(not shows_settings)
        self._settings_card.setVisible(shows_settings or not self._is_narrow)
        self._row.removeWidget(self._settings_card)
        self._row.insertWidget(1 if self._is_narrow else self._row.count(), self._settings_card)

    def _connect(self) -> None:
        self.stage.play_wanted.connect(self.playback.toggle)
        self.stage.previous_wanted.connect(self.playback.previous_step)
        self.stage.next_wanted.connect(self.playback.next_step)
        self.stage.sought.connect(self.playback.seek)
        self._list_card.other_wanted.connect(self.swap_cards)
        self._settings_card.other_wanted.connect(self.swap_cards)
        self.routines.chosen.connect(self.choose_routine)
        self.routines.begun.connect(self._begin)
        self.settings.changed.connect(lambda field, value: self._kept.change(**{field: value}))
        self.settings.cautions_wanted.connect(self._want_cautions)
        self.settings.leaving_out_wanted.connect(self._leave_out)
        self.playback.moved.connect(self._refresh)
        self.playback.timeline_changed.connect(self._show_routine)
        self.playback.cautions_heard.connect(self._note_cautions_heard)
        self.playback.choices_wait.connect(
            lambda: self.stage.notice.remark(self.tr("This takes effect from the next start on."))
        )
        self._kept.changed.connect(self._apply_preferences)
        self._sound.notice_changed.connect(self.stage.notice.set_notice)

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Relax"))
        self.setAccessibleDescription(
            self.tr("Space plays and pauses, left and right change the step, Escape fades out.")
        )
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._list_card)
        self._row.addStretch(1)
        self._row.addWidget(self.stage, 1000)
        self._row.addStretch(1)
        self._row.addWidget(self._settings_card)
        self._fit()
        self._arrange()
