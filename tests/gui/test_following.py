"""The screen follows the sound, and paints no more than has changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from relax_window import Opened, Opener

from sleepcalm.backgrounds import Part
from sleepcalm.gui.widgets.body_figure import Glow
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


class Paints(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_before_the_start_it_tells_what_the_routine_is(opened: Opened) -> None:
    stage, routine = opened.tab.stage, opened.tab.playback.routine
    assert stage.title.text() == routine.title
    assert stage.about.summary.text() == routine.summary
    assert "Small studies" in stage.about.evidence.text()
    assert not stage.about.sources.isVisible()
    stage.about.sources_button.click()
    assert stage.about.sources.isVisible()
    assert stage.about.sources.text().splitlines() == list(routine.sources)


def test_a_hold_is_amber_and_counted_down(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(opened.first_hold_s() + 1.5)
    stage = opened.tab.stage
    assert stage.phase_label.text() == "Tense gently"
    assert stage.figure.glow is Glow.TENSE
    assert stage.figure.active_regions == GROUPS["right_arm"]
    assert stage.ring.shown_seconds == 5
    assert stage.sentence.text() == "Gently tense the arm, now."
    opened.sound.hear(opened.first_hold_s() + 5.5)
    assert stage.ring.shown_seconds == 1


def test_a_release_is_calm(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(opened.step_start_s(3) + 1)
    stage = opened.tab.stage
    assert stage.step_label.text() == f"Step 4 of {len(opened.tab.playback.timeline.steps)}"
    assert stage.title.text() == "Right hand and arm"
    assert stage.phase_label.text() == "Let go"
    assert stage.figure.glow is Glow.CALM
    assert stage.ring.shown_seconds is not None


def test_left_handers_begin_on_the_left(open_window: Opener) -> None:
    opened = open_window(Preferences(dominant_hand=Hand.LEFT))
    opened.tab.playback.toggle()
    opened.sound.hear(opened.step_start_s(3) + 1)
    assert opened.tab.stage.title.text() == "Left hand and arm"
    assert opened.tab.stage.figure.active_regions == GROUPS["left_arm"]


def test_times_add_up_to_the_whole(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(83.4)
    left_s = opened.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ - 83.4
    minutes, seconds = divmod(int(left_s) + 1, 60)
    assert opened.tab.stage.elapsed.text() == "1:23"
    assert opened.tab.stage.left.text() == f"{minutes}:{seconds:02d} left"


def test_every_step_of_every_routine_can_be_shown(opened: Opened) -> None:
    for row in opened.tab.routines.rows:
        opened.tab.playback.stop()
        opened.sound.end() if opened.sound.loaded else None
        row.click()
        timeline = opened.tab.playback.timeline
        opened.tab.playback.toggle()
        for cue in timeline.cues:
            opened.sound.hear(cue.start_frame / SAMPLE_RATE_HZ + 0.01)
            assert opened.tab.stage.title.text() == timeline.steps[cue.step_index].title
            if cue.text:
                assert opened.tab.stage.sentence.text() == cue.text


def test_the_end_is_told_kindly(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(opened.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ)
    opened.sound.end()
    assert opened.tab.stage.phase_label.text() == "Rest well"
    assert opened.tab.stage.left.text() == "0:00 left"
    assert opened.tab.stage.play_button.accessibleName() == "Play"


def test_the_middle_key_says_what_it_does(opened: Opened) -> None:
    key = opened.tab.stage.play_button
    assert key.accessibleName() == "Play"
    key.click()
    assert key.accessibleName() == "Pause"
    key.click()
    assert key.accessibleName() == "Play"


def test_paused_inside_says_so(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(100)
    opened.tab.playback.toggle()
    assert opened.tab.stage.phase_label.text() == "Paused"


def test_a_tick_within_the_same_pixel_paints_nothing(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(opened.step_start_s(1) + 2.2)  # no countdown there
    QApplication.processEvents()
    stage = opened.tab.stage
    painted = {part: Paints(part) for part in (stage.bar, stage.figure, stage.ring, stage.sentence, stage)}
    opened.sound.hear(opened.step_start_s(1) + 2.21)
    QApplication.processEvents()
    assert {type(part).__name__: paints.count for part, paints in painted.items() if paints.count} == {}


def test_within_a_step_the_figure_is_left_alone(opened: Opened) -> None:
    opened.tab.playback.toggle()
    start = opened.step_start_s(3)
    opened.sound.hear(start + 1)
    QApplication.processEvents()
    figure, ring = Paints(opened.tab.stage.figure), Paints(opened.tab.stage.ring)
    for tick in range(20):
        opened.sound.hear(start + 1 + tick * 0.1)
        QApplication.processEvents()
    assert figure.count == 0
    assert 2 <= ring.count <= 20


def test_what_is_hidden_is_not_brought_up_to_date_until_it_is_shown(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(10)
    opened.window.hide()
    opened.sound.hear(200)
    assert opened.tab.stage.elapsed.text() == "0:10"
    opened.window.show()
    assert opened.tab.stage.elapsed.text() == "3:20"


def test_the_sound_is_loaded_when_asked_for_and_not_before(opened: Opened) -> None:
    assert opened.sound.loaded == []
    opened.tab.prepare()
    assert len(opened.sound.loaded) == 1
    assert opened.sound.loaded_background.parts == (Part("rain"),)
    assert opened.sound.voice_volume == Preferences().voice_volume
    opened.tab.playback.toggle()
    assert len(opened.sound.loaded) == 1
