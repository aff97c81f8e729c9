"""Has the stage show where the playback stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from sleepcalm.gui.relax.playback import Playback
from sleepcalm.gui.relax.stage import Stage
from sleepcalm.relaxation.heard_steps import are_all_skipped
from sleepcalm.relaxation.routine import Kind
from sleepcalm.relaxation.session_state import SessionState


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relax", text)


class StageFollower:
    """`evidence` is what is known of each kind of routine."""

    def __init__(
        self, stage: Stage, playback: Playback, evidence: Mapping[Kind, str], *, has_routines: bool
    ) -> None:
        self._stage = stage
        self._playback = playback
        self._evidence = evidence
        self._has_routines = has_routines

    def follow(self) -> None:
        playback = self._playback
        self._stage.set_playable(is_playable=playback.has_sound)
        self._stage.show_playing(is_playing=playback.can_pause)
        if not playback.has_sound:
            self._stage.show_nothing(playback.routine.title, self._why_nothing())
        elif playback.state is SessionState.FINISHED:
            self._stage.show_finished(playback.routine, playback.timeline)
        elif playback.is_under_way and (moment := playback.moment):
            self._stage.show_moment(moment, self._phase_of_state())
        else:
            evidence = self._evidence.get(playback.routine.kind, "")
            self._stage.show_idle(playback.routine, playback.timeline, evidence)

    def _phase_of_state(self) -> str:
        if self._playback.is_stopping:
            return _tr("Fading out")
        return "" if self._playback.is_sounding else _tr("Paused")

    def _why_nothing(self) -> str:
        if not self._has_routines:
            return _tr("There is no routine file that can be read.")
        if are_all_skipped(self._playback.routine, self._playback.piece.choices):
            return _tr("With these muscles left out, nothing of this routine remains.")
        return _tr("In this form of the routine nothing is heard.")
