"""The Relax tab: joins list, stage, settings and sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.carded_page import CardedPage
from sleepcalm.gui.relax.interlude import AFTER_A_JOLT, Interlude
from sleepcalm.gui.relax.lengths import RoutineLengths, form_as_long_as, length_text
from sleepcalm.gui.relax.piece import MakeTimeline, Piece
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.gui.relax.player_keys import PlayerKeys, is_key_without_meaning
from sleepcalm.gui.relax.ports import Sound
from sleepcalm.gui.relax.routine_list import RoutineList
from sleepcalm.gui.relax.settings_link import SettingsLink
from sleepcalm.gui.relax.settings_panel import SettingsPanel
from sleepcalm.gui.relax.side_cards import RoutinesCard, SettingsCard
from sleepcalm.gui.relax.small_windows import SmallWindows
from sleepcalm.gui.relax.stage import Stage
from sleepcalm.gui.relax.stage_follower import StageFollower
from sleepcalm.gui.relax.volume_check import VOLUME_CHECK, check_piece
from sleepcalm.gui.relax.wording import stand_in_text
from sleepcalm.preferences import USUAL_ROUTINE
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.routine import Kind, Routine
from sleepcalm.relaxation.strict_values import RoutineFormatError
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

if TYPE_CHECKING:
    from sleepcalm.relaxation.left_place import LeftOff


class RelaxTab(CardedPage):
    """Space plays and pauses wherever the focus is; docs/keyboard.md lists all the keys.

    Connect the window's `painted` to `prepare`, so that the sound is loaded once the window stands.
    """

    bedside_wanted = Signal()
    own_routines_wanted = Signal()
    voices_wanted = Signal()
    told = Signal(str)
    """Emit it, from any thread, with what the user should know from now on."""
    idle_key = Signal()
    """A key that means nothing here."""

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
        self._is_prepared = False
        self.lacking: Callable[[Routine], int] = lambda _routine: 0
        """How many sentences of a routine the chosen voice lacks, so that another one speaks it."""
        self._kept = preferences
        routine = self._first_routine()
        self.playback = Playback(routine, preferences.value.choices_of(routine), make_timeline, sound)
        self.playback.set_background(self._kept.value.background_choice)
        self.interlude = Interlude(self.playback, self._piece_after_a_jolt)
        self.volume_check = Interlude(self.playback, self._piece_to_check, is_bare=True)
        self._lengths = RoutineLengths(catalogue.routines, self._timeline_of)
        self.routines = RoutineList(catalogue.heads)
        self.stage = Stage()
        self._stage_follower = StageFollower(
            self.stage, self.playback, evidence, has_routines=bool(catalogue.routines)
        )
        self.settings = SettingsPanel(sound.backgrounds)
        self._list_card = RoutinesCard(self.routines, catalogue.errors)
        self._settings_card = SettingsCard(self.settings)
        self._keys = self._make_keys()
        self.small_windows = SmallWindows(self, preferences, sound.backgrounds)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Relax"))
        self.setAccessibleDescription(
            self.tr("Space plays and pauses, left and right change the step, Escape fades out.")
        )
        self.lay_out(self._list_card, self.stage, self._settings_card)
        self._settings_link = SettingsLink(self.settings, preferences, self.playback, sound)
        self._connect()
        self._show_routine()

    def prepare(self) -> None:
        """Load the sound of the chosen routine, so that the first key is answered at once, and find out
        how long each routine is."""
        self._is_prepared = True
        self._lengths.find()
        self.interlude.prepare()
        self._sound.set_voice_volume(self._kept.value.voice_volume)
        self._sound.set_background_volume(self._kept.value.background_volume)
        self.playback.prepare()

    def flush(self) -> None:
        """Write preferences that are not written yet."""
        self._kept.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no control in the tab had a use for."""
        if self._keys.press(event):
            return
        super().keyPressEvent(event)
        if is_key_without_meaning(event):
            self.idle_key.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._keys.release(event)
        super().keyReleaseEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def _first_routine(self) -> Routine:
        """The routine of last time, or the usual one, or the first there is, or one that holds nothing."""
        found = self._catalogue.first_of(self._kept.value.routine, USUAL_ROUTINE)
        if found:
            return self._catalogue.routines[found]
        return Routine("", self.tr("No routine found"), Kind.REST, "", (), (), ())

    def choose_routine(self, routine_id: str) -> bool:
        """Open the routine of that id, and remember it; False, and a remark, where it cannot be read."""
        try:
            routine = self._catalogue.routines[routine_id]
        except RoutineFormatError as error:
            self.stage.notice.remark(self.tr("This routine cannot be read: {reason}").format(reason=error))
            return False
        self._kept.change(routine=routine_id)
        self.playback.open(routine, self._kept.value.choices_of(routine))
        return True

    def choose_rest(self, rest_id: str, as_long_as: str) -> None:
        """Open a rest of the length of another routine; where that cannot be told, of its own length."""
        try:
            form = form_as_long_as(self._catalogue.routines[rest_id], self._timeline_of(as_long_as))
        except (KeyError, RoutineFormatError):
            form = None
        if form is not None:
            self._kept.change(routine_forms=self._kept.value.with_form(form))
        self.choose_routine(rest_id)

    def begin(self, routine_id: str, left: LeftOff | None = None) -> None:
        """Start a routine at once, where it was left if that is given."""
        if routine_id != self.playback.routine.id and not self.choose_routine(routine_id):
            return
        timeline = self.playback.timeline
        if left is not None and timeline.cues and not self.playback.is_under_way:
            from sleepcalm.relaxation.left_place import frame_to_go_on  # noqa: PLC0415 - not at the start

            self.playback.seek(frame_to_go_on(timeline, left) / SAMPLE_RATE_HZ)
        self._begin()

    def _begin(self) -> None:
        if not self.playback.is_sounding:
            self.playback.play()

    def _piece_after_a_jolt(self) -> Piece | None:
        try:
            routine = self._catalogue.routines[AFTER_A_JOLT]
        except (KeyError, RoutineFormatError):
            return None
        choices = self._kept.value.choices_of(routine)
        return Piece(routine, choices, self._make_timeline(routine, choices))

    def _piece_to_check(self) -> Piece | None:
        title, routine = self.tr("As loud as it gets"), self.playback.routine
        return check_piece(routine, title, self._kept.value.choices_of, self._make_timeline)

    @property
    def is_aside(self) -> bool:
        """Whether what plays is no practice: it comes between, or is a sentence heard for itself."""
        return self.interlude.is_between or self.playback.routine.id == VOLUME_CHECK

    def _timeline_of(self, routine_id: str) -> Timeline:
        routine = self._catalogue.routines[routine_id]
        return self._make_timeline(routine, self._kept.value.choices_of(routine))

    def renew(self) -> None:
        """Routines are laid out otherwise than before: another voice speaks, or one has more sentences."""
        self.playback.renew()
        self._lengths.find()
        self.interlude.prepare()
        self._settings_link.show_routine()
        self._show_settings()

    def show_stand_in(self) -> None:
        """Say so where another voice than the chosen one speaks the routine."""
        routine = self.playback.routine
        text = stand_in_text(self.lacking(routine), len(routine.spoken_sentences()))
        self.settings.show_stand_in(text)

    def _show_settings(self) -> None:
        """Preferences, or the routine that they are for, are others."""
        self.show_stand_in()
        self.stage.guide.is_still = self._kept.value.reduced_motion

    def _show_routine(self) -> None:
        """The routine or its timeline is another one."""
        routine_id, timeline = self.playback.routine.id, self.playback.timeline
        self.routines.set_chosen(routine_id)
        self.routines.set_length(routine_id, length_text(timeline))
        self._settings_link.show_routine()
        self._show_settings()
        if self._is_prepared and not (self.interlude.is_under_way or routine_id == VOLUME_CHECK):
            self._lengths.find()
            self.interlude.prepare()
        self.stage.set_timeline(timeline)
        self._refresh()

    def _refresh(self) -> None:
        """Follow the sound; what nobody can see is brought up to date when it is shown again."""
        if not self.isVisible():
            return
        self.routines.only_looks_around = self.playback.is_under_way
        self._stage_follower.follow()

    def _make_keys(self) -> PlayerKeys:
        keys = PlayerKeys(self.playback, self._kept, self.interlude)
        keys.add(Qt.Key.Key_Escape, self.playback.stop)
        keys.add(Qt.Key.Key_Return, self.playback.toggle)
        keys.add(Qt.Key.Key_Enter, self.playback.toggle)
        keys.add(Qt.Key.Key_B, self.bedside_wanted.emit)
        return keys

    def _connect(self) -> None:
        self.stage.play_wanted.connect(self.playback.toggle)
        self.stage.previous_wanted.connect(self.playback.previous_step)
        self.stage.next_wanted.connect(self.playback.next_step)
        self.stage.sought.connect(self.playback.seek)
        self._lengths.found.connect(self.routines.set_length)
        self.interlude.returned.connect(self._settings_link.adopt_choices)
        self._list_card.own_wanted.connect(self.own_routines_wanted)
        self.settings.voices_wanted.connect(self.voices_wanted)
        self.routines.chosen.connect(self.choose_routine)
        self.routines.begun.connect(self._begin)
        self.settings.leaving_out_wanted.connect(self.small_windows.leave_out)
        self.settings.mixing_wanted.connect(self.small_windows.mix)
        self.settings.night_wanted.connect(self.small_windows.set_night)
        self.settings.bedside_wanted.connect(self.bedside_wanted)
        self.playback.moved.connect(self._refresh)
        self.playback.timeline_changed.connect(self._show_routine)
        self.playback.choices_wait.connect(
            lambda: self.stage.notice.remark(self.tr("This takes effect from the next start on."))
        )
        self._kept.changed.connect(self._show_settings)
        self._sound.notice_changed.connect(self.stage.notice.set_notice)
        self.told.connect(self.stage.notice.tell)
