"""The quiet line at the head of the stage that says what a trial has for tonight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.relax.ports import Evening
from sleepcalm.gui.widgets.buttons import LinkButton
from sleepcalm.gui.widgets.labels import label
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.trends.trial import PRACTICE, Condition
from sleepcalm.trends.trial_nights import QUIET_REST, TrialNight, next_change

if TYPE_CHECKING:
    from sleepcalm.gui.relax.relax_tab import RelaxTab

_LONGEST_WAIT_MS = 24 * 3600 * 1000


class TonightLine(QWidget):
    """Shows nothing without a trial; it is made once the record is read.

    It asks anew when the trial changes, when the window comes to the front, and when "tonight" becomes
    another night: one timer waits for that moment.
    """

    wanted = Signal(str)
    """The id of a routine: the person would like it chosen."""

    def __init__(self, titles: Mapping[str, str], evening: Evening, parent: QWidget) -> None:
        """`titles` of the routines by id."""
        super().__init__(parent)
        self._titles = titles
        self._evening = evening
        self._routine = ""
        self.compared_with = ""
        """The routine that tonight's rest is the control of, by its id; "" where tonight is no rest."""
        self._chosen = ""
        self._is_under_way = False
        self.words = label(role=theme.MUTED, size=0.95)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = LinkButton(self.tr("Choose it"))
        self.choose.clicked.connect(lambda: self.wanted.emit(self._routine))
        self._until_change = QTimer(self)
        self._until_change.setSingleShot(True)
        self._until_change.timeout.connect(self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, round(line_height(self) * 0.3))
        row.addStretch(1)
        row.addWidget(self.words, 1000)
        row.addWidget(self.choose)
        row.addStretch(1)
        evening.changed.connect(self.ask)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._ask_if_active)
        self.ask()

    def show_playback(self, routine: str, *, is_under_way: bool) -> None:
        """`routine` is chosen; while one is played, no other is offered."""
        if (routine, is_under_way) != (self._chosen, self._is_under_way):
            self._chosen, self._is_under_way = routine, is_under_way
            self._offer()

    def ask(self) -> None:
        """Bring the line up to date."""
        night = self._evening.tonight()
        self._routine = "" if night is None else _routine_of(night)
        is_rest = night is not None and self._routine == QUIET_REST
        self.compared_with = (night.trial.routine or "") if night is not None and is_rest else ""
        self.words.setText("" if night is None else self._sentence(night))
        self._offer()
        self.setVisible(night is not None)
        now = self._evening.now()
        wait_ms = round((next_change(now) - now).total_seconds() * 1000) + 1
        self._until_change.start(min(max(wait_ms, 1), _LONGEST_WAIT_MS))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.ask()

    def _ask_if_active(self, state: Qt.ApplicationState) -> None:
        """A suspended machine's timer may be late: the window that comes to the front asks, too."""
        if state is Qt.ApplicationState.ApplicationActive:
            self.ask()

    def _offer(self) -> None:
        is_known = self._routine in self._titles
        is_another = is_known and self._routine != self._chosen
        room = self.choose.sizePolicy()
        room.setRetainSizeWhenHidden(is_another)  # what stands below does not move when playing begins
        self.choose.setSizePolicy(room)
        self.choose.setVisible(is_another and not self._is_under_way)
        if is_known:
            self.choose.setAccessibleName(self.tr("Choose {title}").format(title=self._titles[self._routine]))

    def _sentence(self, night: TrialNight) -> str:
        trial, is_with = night.trial, night.assignment.condition is Condition.WITH
        if trial.factor != PRACTICE:
            words = self.tr("Tonight: with “{habit}”") if is_with else self.tr("Tonight: without “{habit}”")
            what = words.format(habit=trial.factor)
        elif is_with:
            title = self._titles.get(trial.routine or "", trial.routine or "")
            what = self.tr("Tonight: {title}").format(title=title)
        else:
            what = self.tr("Tonight: quiet audio")
        return self.tr("{what} (trial, night {number} of {total})").format(
            what=what, number=night.number, total=night.total
        )


def _routine_of(night: TrialNight) -> str:
    if night.trial.factor != PRACTICE:
        return ""
    return (night.trial.routine or "") if night.assignment.condition is Condition.WITH else QUIET_REST


def show_tonight(tab: RelaxTab, evening: Evening) -> TonightLine:
    """Put the line at the head of the tab's stage; choosing leaves the keyboard with the tab."""
    titles = {row.routine_id: row.text() for row in tab.routines.rows}
    line = TonightLine(titles, evening, tab.stage)

    def choose(routine: str) -> None:
        if line.compared_with:
            tab.choose_rest(routine, as_long_as=line.compared_with)
        else:
            tab.choose_routine(routine)
        tab.setFocus()

    def follow() -> None:
        line.show_playback(tab.playback.routine.id, is_under_way=tab.playback.is_under_way)

    line.wanted.connect(choose)
    tab.playback.moved.connect(follow)
    tab.playback.timeline_changed.connect(follow)
    tab.stage.put_at_head(line)
    follow()
    return line
