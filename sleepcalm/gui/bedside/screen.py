"""The screen for the night: nearly black, with a ring that follows the sound, and words that fade."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sleepcalm.gui.bedside.drawing import (
    BLACK,
    STILL_FULLNESS,
    Sight,
    Words,
    draw_sight,
    draw_words,
    ring_box,
    words_box,
)
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.interlude import Interlude
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.gui.relax.player_keys import PlayerKeys, is_key_without_meaning
from sleepcalm.gui.relax.wording import phase_word
from sleepcalm.gui.widgets.breath import breath_fullness
from sleepcalm.relaxation.moment import Moment
from sleepcalm.relaxation.routine import BreathPart
from sleepcalm.relaxation.session import SessionState

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WORDS_STAY_MS = 6000
WORDS_FADE_MS = 6000
WORDS_RISE_MS = 3000
"""How long the words take to come where no key has asked for them."""
_FADE_STEP_MS = 100
_KEYS_WITHOUT_WORDS = (Qt.Key.Key_R, Qt.Key.Key_J)
REST_SHARE = 0.6
"""How much of its light the ring has once the words are gone."""


class BedsideScreen(QWidget):
    """Keys as on the Relax tab; Escape leaves, J says "that was a jolt" where the preferences want it.

    A key that means nothing neither shows nor changes anything here: `idle_key` tells of it.
    """

    closed = Signal()
    jolted = Signal()
    idle_key = Signal()
    quit_wanted = Signal()

    def __init__(
        self, playback: Playback, preferences: KeptPreferences, interlude: Interlude, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._playback = playback
        self._preferences = preferences
        self._keys = PlayerKeys(playback, preferences, interlude, ("voice_volume", "background_volume"))
        self._keys.add(Qt.Key.Key_B, self.close)
        if preferences.value.jolt_key:
            self._keys.add(Qt.Key.Key_J, self.jolted.emit)
        self._sight = Sight()
        self._notice = ""
        self._words_for_ms = 0
        self._fade = QTimer(self)
        self._fade.setInterval(_FADE_STEP_MS)
        self._fade.timeout.connect(self._dim_words)
        self.setWindowTitle(self.tr("SleepCalm, bedside"))
        self.setAccessibleName(self.tr("Bedside screen"))
        self.setAccessibleDescription(self._key_words())
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), BLACK)  # whatever shows before the first painting
        self.setPalette(palette)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        playback.moved.connect(self._follow)
        playback.timeline_changed.connect(self._follow)
        self._follow()
        self.show_words()

    @property
    def sight(self) -> Sight:
        """What is to be seen now."""
        return self._sight

    @property
    def words_share(self) -> float:
        """How much of their light the words have, from 0 to 1."""
        if self._preferences.value.reduced_motion:
            return 1.0 if self._words_for_ms < WORDS_STAY_MS + WORDS_FADE_MS else 0.0
        if self._words_for_ms < 0:
            return 1 + self._words_for_ms / WORDS_RISE_MS
        return min(max((WORDS_STAY_MS + WORDS_FADE_MS - self._words_for_ms) / WORDS_FADE_MS, 0.0), 1.0)

    @property
    def notice(self) -> str:
        """What there is to say of the sound or of a pause; it is seen with the words."""
        return self._notice

    def show_words(self) -> None:
        """Let the words be seen for a while."""
        self._words_for_ms = 0
        self._fade.start()
        self.update()

    def show_notice(self, text: str) -> None:
        """Say something that no key has asked for, softly; "" takes back what was said."""
        if text == self._notice:
            return
        self._notice = text
        self.setAccessibleDescription(f"{text} {self._key_words()}".strip())
        self.update()
        if text:
            self._let_words_rise()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Q and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.quit_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        elif self._keys.press(event):
            if event.key() not in _KEYS_WITHOUT_WORDS:
                self.show_words()
        elif is_key_without_meaning(event):
            self.idle_key.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._keys.release(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Somebody without a keyboard at hand finds out how to go on."""
        self.show_words()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._playback.moved.disconnect(self._follow)
        self._playback.timeline_changed.disconnect(self._follow)
        self._fade.stop()
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(BLACK)
        painter.drawRect(event.rect())
        share = self.words_share
        draw_sight(painter, self.size(), self._sight, REST_SHARE + (1 - REST_SHARE) * share)
        if not self._sight.is_over:
            words = Words(self._sight.word, self._notice, self._key_words())
            draw_words(painter, self.size(), self.font(), words, share)
        painter.end()

    def _follow(self) -> None:
        before, self._sight = self._sight, self._sight_now()
        if self._sight == before:
            return
        if self._sight.is_paused and not before.is_paused:
            self._let_words_rise()  # a key, if it was one, shows them at once
        if (self._sight.word, self._sight.is_over) != (before.word, before.is_over):
            self.update()
        else:
            self.update(ring_box(self.size()).toAlignedRect())

    def _sight_now(self) -> Sight:
        moment = self._playback.moment
        if moment is None or self._playback.state is SessionState.FINISHED:
            return Sight(is_over=True)
        if not self._playback.is_sounding:
            is_leaving = self._playback.is_stopping or not self._playback.is_under_way
            return Sight() if is_leaving else Sight(self.tr("paused"), is_paused=True)
        return Sight(self._word_of(moment), _share_left(moment), self._fullness(moment))

    def _fullness(self, moment: Moment) -> float:
        """In whole hundredths: what cannot be seen is not painted."""
        if moment.breath is None or self._preferences.value.reduced_motion:
            return STILL_FULLNESS
        return round(breath_fullness(moment.breath), 2)

    def _word_of(self, moment: Moment) -> str:
        if moment.breath is not None:
            return {
                BreathPart.INHALE: self.tr("in"),
                BreathPart.REST: self.tr("rest"),
                BreathPart.EXHALE: self.tr("out"),
            }[moment.breath.part]
        return phase_word(moment).lower()

    def _key_words(self) -> str:
        words = [self.tr("space: pause or go on"), self.tr("r: after a jolt")]
        if self._preferences.value.jolt_key:
            words.append(self.tr("j: that was a jolt"))
        each = [word.replace(" ", NO_BREAK_SPACE) for word in (*words, self.tr("esc: back"))]
        return "      ".join(each)

    def _let_words_rise(self) -> None:
        self._words_for_ms = round(WORDS_RISE_MS * (self.words_share - 1))
        self._fade.start()

    def _dim_words(self) -> None:
        before = self.words_share
        self._words_for_ms += _FADE_STEP_MS
        if self.words_share != before:
            self.update(words_box(self.size(), self.font()).toAlignedRect())
            self.update(ring_box(self.size()).toAlignedRect())
        if self.words_share == 0:
            self._fade.stop()


def _share_left(moment: Moment) -> float:
    countdown = moment.countdown
    if countdown is None or countdown.total_s <= 0:
        return 1.0
    return round(countdown.left_s / countdown.total_s, 3)
