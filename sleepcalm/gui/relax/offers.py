"""What the Relax tab offers before a routine is begun: to go on from where it was left, or what comes next
for somebody who learns muscle relaxation."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.offer_line import Offer, OfferLine
from sleepcalm.gui.relax.ports import History
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.relaxation.learning_path import next_on_path
from sleepcalm.relaxation.left_place import frame_to_go_on
from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.routine import Kind
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relax", text)


class Offers(QObject):
    """Asked anew whenever the history or the choice of the routine changes; silent while one is under way."""

    def __init__(
        self,
        tab: RelaxTab,
        history: History,
        preferences: KeptPreferences,
        is_decided: Callable[[], bool],
    ) -> None:
        """`is_decided` tells whether something else, such as a trial, says what tonight is."""
        super().__init__(tab)
        self._tab = tab
        self._history = history
        self._preferences = preferences
        self._is_decided = is_decided
        self._shown_for: object = None
        self.line = OfferLine(tab.stage)
        tab.stage.put_at_head(self.line)
        history.changed.connect(self.renew)
        tab.playback.moved.connect(self._follow)
        tab.playback.timeline_changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Bring the line up to date."""
        playback = self._tab.playback
        self._shown_for = (playback.routine.id, playback.is_under_way)
        if playback.is_under_way:
            self.line.show_offers([])
        else:
            self.line.show_offers([offer for offer in self._all() if offer])

    def _all(self) -> tuple[Offer | None, ...]:
        return self._to_check_volume(), self._to_go_on(), self._to_learn()

    def _follow(self) -> None:
        playback = self._tab.playback
        if (playback.routine.id, playback.is_under_way) != self._shown_for:
            self.renew()

    def _to_check_volume(self) -> Offer | None:
        """At the first use: in bed it is late to find out."""
        if self._preferences.value.volume_checked:
            return None
        return Offer(
            "volume check",
            _tr("Before the first night: how loud do words get?"),
            _tr("Hear a sentence"),
            self._check_volume,
            when_waved_away=self._note_checked,
        )

    def _check_volume(self) -> None:
        self._note_checked()
        self._tab.volume_check.prepare()
        self._tab.volume_check.begin()
        self._tab.stage.notice.remark(_tr("Up and Down change the voice."))
        self._tab.setFocus()

    def _note_checked(self) -> None:
        self._preferences.change(volume_checked=True)
        self.renew()

    def _to_go_on(self) -> Offer | None:
        playback = self._tab.playback
        left, timeline = self._history.left_off(playback.routine.id), playback.timeline
        if left is None or not timeline.cues:
            return None
        frame = frame_to_go_on(timeline, left)
        if frame <= 0:
            return None
        title = moment_at(timeline, frame).step.title
        return Offer(
            f"go on {playback.routine.id}",
            _tr("Last time you stopped at “{step}”.").format(step=title),
            _tr("Go on there"),
            lambda: self._go_on(frame),
        )

    def _go_on(self, frame: int) -> None:
        self._tab.playback.seek(frame / SAMPLE_RATE_HZ)
        if not self._tab.playback.is_sounding:
            self._tab.playback.toggle()
        self._tab.setFocus()

    def _to_learn(self) -> Offer | None:
        """Only beside muscle relaxation, and until all of the way was gone."""
        routine, following = self._tab.playback.routine, next_on_path(self._history.times_completed())
        titles = {row.routine_id: row.text() for row in self._tab.routines.rows}
        if following is None or following not in titles or following == routine.id:
            return None
        if routine.kind is not Kind.PMR or self._is_decided():
            return None
        return Offer(
            f"learn {following}",
            _tr("To learn it step by step: {title}.").format(title=titles[following]),
            _tr("Choose it"),
            lambda: self._choose(following),
        )

    def _choose(self, routine_id: str) -> None:
        self._tab.choose_routine(routine_id)
        self._tab.setFocus()
