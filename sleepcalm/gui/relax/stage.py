"""The middle of the Relax tab: what is said and done now, and the keys of the player.

The stage only shows; it asks for everything by signals and is told what to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.relax.about_routine import AboutRoutine
from sleepcalm.gui.relax.figure_view import FigureView
from sleepcalm.gui.relax.notice_line import NoticeLine
from sleepcalm.gui.relax.stage_layout import TITLE_SIZE, StageLayout, StageParts
from sleepcalm.gui.relax.stage_progress import StageProgress
from sleepcalm.gui.relax.wording import (
    body_text,
    minutes_text,
    phase_word,
    regions_of,
    step_text,
)
from sleepcalm.gui.widgets import icons
from sleepcalm.gui.widgets.body_figure import Glow
from sleepcalm.gui.widgets.buttons import IconButton
from sleepcalm.gui.widgets.labels import Paragraph, caption, label
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.relaxation.routine import Phase, Routine
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

if TYPE_CHECKING:
    from sleepcalm.relaxation.moment import Moment


class Stage(QWidget):
    """Title, figure, countdown, words, step bar and the keys of the player."""

    play_wanted = Signal()
    previous_wanted = Signal()
    next_wanted = Signal()
    sought = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._timeline: Timeline | None = None
        self._shown_words: object = None
        self.step_label = caption()
        self.title = label(size=TITLE_SIZE)
        self._figure_view = FigureView()
        self.figure = self._figure_view.figure
        self.ring = self._figure_view.ring
        self.guide = self._figure_view.guide
        self.about = AboutRoutine()
        self.phase_label = label(role=theme.CALM, size=1.4)
        self.sentence = Paragraph(theme.TEXT, size=1.15, lines=3)
        self._progress = StageProgress()
        self.bar = self._progress.bar
        self.elapsed = self._progress.elapsed
        self.left = self._progress.left
        self.notice = NoticeLine()
        self.previous_button = IconButton(icons.previous_step(), self.tr("Previous step"))
        self.play_button = IconButton(icons.play(), self.tr("Play"), primary=True)
        self.next_button = IconButton(icons.next_step(), self.tr("Next step"))
        self._pages = QStackedWidget()
        self._lay_out()
        self.play_button.clicked.connect(self.play_wanted)
        self.previous_button.clicked.connect(self.previous_wanted)
        self.next_button.clicked.connect(self.next_wanted)
        self.bar.sought.connect(self.sought)

    def set_timeline(self, timeline: Timeline) -> None:
        """Show another timeline on the step bar."""
        self._timeline = timeline
        self._progress.set_timeline(timeline)

    def put_at_head(self, line: QWidget) -> None:
        """Let a line stand above the step."""
        self._column.insertWidget(0, line)

    def show_idle(self, routine: Routine, timeline: Timeline, evidence: str) -> None:
        """Show a routine that waits to be begun."""
        self._shown_words = None
        seconds = timeline.duration_frames / SAMPLE_RATE_HZ
        one, many = self.tr("{minutes} · 1 step"), self.tr("{minutes} · {steps} steps")
        steps = len(timeline.steps)
        words = one if steps == 1 else many
        self.step_label.setText(words.format(minutes=minutes_text(seconds), steps=steps))
        self.title.setText(routine.title)
        self.about.show_routine(routine, evidence)
        self._pages.setCurrentWidget(self.about)
        self.figure.show_regions(frozenset(), Glow.QUIET, self.tr("nothing marked"))
        self._show_no_time()
        self._progress.show_place(0.0, seconds)

    def show_moment(self, moment: Moment, phase: str = "") -> None:
        """Show a moment of a routine; `phase` replaces the word for what there is to do.

        This comes with every stretch of sound: words are looked up only when there are others.
        """
        if self._timeline is None:
            return
        words = (moment.step_index, moment.text, moment.is_holding, phase)
        if words != self._shown_words:
            self._show_words(moment, phase)
            self._shown_words = words
        self.ring.show_countdown(moment.countdown, is_hold=moment.is_holding)
        self._figure_view.show_breath(moment.breath)
        self._progress.show_place(moment.frame / SAMPLE_RATE_HZ, moment.left_s)

    def _show_words(self, moment: Moment, phase: str) -> None:
        if self._timeline is None:
            return
        self.step_label.setText(step_text(moment, len(self._timeline.steps)))
        self.title.setText(moment.step.title)
        is_tense = moment.step.phase is Phase.TENSE
        self._show_phase(phase or phase_word(moment), theme.ACCENT if is_tense and not phase else theme.CALM)
        self.sentence.setText(moment.text)
        self._pages.setCurrentIndex(1)
        self.figure.show_regions(regions_of(moment.step.muscle_group), _glow_of(moment), body_text(moment))

    def show_finished(self, routine: Routine, timeline: Timeline) -> None:
        """Show that a routine is over."""
        self._shown_words = None
        self.step_label.setText("")
        self.title.setText(routine.title)
        self._show_phase(self.tr("Rest well"), theme.CALM)
        self.sentence.setText(self.tr("That was all. There is nothing more to do."))
        self._pages.setCurrentIndex(1)
        self.figure.show_regions(regions_of("whole_body"), Glow.QUIET, self.tr("the whole body at rest"))
        self._show_no_time()
        self._progress.show_place(timeline.duration_frames / SAMPLE_RATE_HZ, 0.0)

    def show_nothing(self, title: str, text: str) -> None:
        """Show why there is nothing to play."""
        self._shown_words = None
        self.step_label.setText("")
        self.title.setText(title)
        self.phase_label.setText("")
        self.sentence.setText(text)
        self._pages.setCurrentIndex(1)
        self.figure.show_regions(frozenset(), Glow.QUIET, self.tr("nothing marked"))
        self._show_no_time()
        self.bar.set_steps([])
        self._progress.show_place(0.0, 0.0)

    def _show_no_time(self) -> None:
        self.ring.show_countdown(None, is_hold=False)
        self._figure_view.show_breath(None)

    def show_playing(self, *, is_playing: bool) -> None:
        """Let the middle key be Pause or Play."""
        name = self.tr("Pause") if is_playing else self.tr("Play")
        if self.play_button.accessibleName() != name:
            self.play_button.set_icon(icons.pause() if is_playing else icons.play(), name)

    def set_playable(self, *, is_playable: bool) -> None:
        if self.play_button.isEnabled() is not is_playable:
            for button in (self.previous_button, self.play_button, self.next_button):
                button.setEnabled(is_playable)

    def _show_phase(self, text: str, role: theme.Role) -> None:
        self.phase_label.setText(text)
        if self.phase_label.foregroundRole() != role:  # setting it paints, even if it is the same
            self.phase_label.setForegroundRole(role)

    def set_low(self, *, is_low: bool) -> None:
        """A low stage shows no figure, and the keys above the words."""
        self._column.set_low(is_low=is_low)

    def minimumSizeHint(self) -> QSize:
        """The layout's own minimum knows nothing of times that can stand above the keys."""
        line = line_height(self)
        return QSize(line * 19, line * 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.fit_width(self.width())

    def _lay_out(self) -> None:
        self.setMaximumWidth(line_height(self) * 42)
        for text in (self.step_label, self.title, self.phase_label):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title.setWordWrap(True)
        keys = (self.previous_button, self.play_button, self.next_button)
        parts = StageParts(
            step=self.step_label,
            title=self.title,
            figure=self._figure_view,
            words=self._words(),
            bar=self.bar,
            keys=keys,
            elapsed=self.elapsed,
            left=self.left,
            notice=self.notice,
        )
        self._column = StageLayout(self, parts)

    def _words(self) -> QWidget:
        spoken = QWidget()
        column = QVBoxLayout(spoken)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line_height(self) * 0.3))
        column.addWidget(self.phase_label)
        column.addWidget(self.sentence, 1)
        self._pages.addWidget(self.about)
        self._pages.addWidget(spoken)
        return self._pages


def _glow_of(moment: Moment) -> Glow:
    if moment.is_holding:
        return Glow.TENSE
    return {
        Phase.TENSE: Glow.READY,
        Phase.RELEASE: Glow.CALM,
    }.get(moment.step.phase, Glow.QUIET)
