"""Sound, pace and muscles: heard at once where that makes sense, and remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from relax_window import Opened, Opener

from sleepcalm.backgrounds import Part
from sleepcalm.gui.relax.leave_out_dialog import LeaveOutDialog
from sleepcalm.gui.relax.wording import stand_in_text
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.muscle_groups import Hand
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


def play_to(opened: Opened, seconds: float) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(seconds)


def test_volumes_are_heard_at_once_and_saved_once(opened: Opened, qtbot: QtBot) -> None:
    for value in range(50, 61):
        opened.tab.settings.voice.setValue(value)
    opened.tab.settings.background_volume.setValue(35)
    assert opened.sound.voice_volume == pytest.approx(0.6)
    assert opened.sound.background_volume == pytest.approx(0.35)
    assert opened.saved == []
    qtbot.waitUntil(lambda: bool(opened.saved))
    assert [(saved.voice_volume, saved.background_volume) for saved in opened.saved] == [(0.6, 0.35)]


def test_closing_the_window_saves_what_waits(opened: Opened) -> None:
    opened.tab.settings.voice.setValue(33)
    opened.window.close()
    assert opened.saved[-1].voice_volume == pytest.approx(0.33)


def test_the_background_changes_while_it_plays(opened: Opened) -> None:
    play_to(opened, 5)
    opened.tab.settings.background.setCurrentIndex(2)
    opened.tab.settings.background.activated.emit(2)
    assert opened.sound.background.parts == (Part("brown"),)
    assert opened.tab.playback.state is SessionState.PLAYING
    assert len(opened.sound.loaded) == 1


def test_a_mixture_is_shown_by_its_sounds_until_another_one_is_chosen(open_window: Opener) -> None:
    opened = open_window(Preferences(background="rain:0.5+brown"))
    box = opened.tab.settings.background
    assert (box.currentText(), box.count()) == ("Soft rain + Brown noise", 4)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert box.count() == 3
    opened.window.close()
    assert opened.saved[-1].background == "rain"


def test_longer_pauses_make_the_waiting_routine_longer(opened: Opened) -> None:
    before = opened.tab.playback.timeline.duration_frames
    opened.tab.settings.pauses.setValue(20)
    opened.tab.playback.apply_choices()
    assert opened.tab.playback.timeline.duration_frames > 1.5 * before
    assert opened.tab.playback.state is SessionState.IDLE


@pytest.mark.parametrize("is_paused", [False, True])
def test_another_pace_keeps_the_place_in_what_is_heard(opened: Opened, is_paused: bool) -> None:
    play_to(opened, opened.step_start_s(5) + 8)
    if is_paused:
        opened.tab.playback.toggle()
    before = opened.tab.playback.moment
    opened.tab.settings.pauses.setValue(25)
    opened.tab.settings.hold.setValue(9)
    opened.tab.playback.apply_choices()
    after = opened.tab.playback.moment
    assert before is not None
    assert after is not None
    assert (after.step.title, after.text) == (before.step.title, before.text)
    assert after.frame > before.frame
    assert opened.sound.transport.frame == after.frame
    assert opened.sound.transport.is_playing is not is_paused


def test_the_hand_waits_for_the_next_start_and_says_so(opened: Opened) -> None:
    play_to(opened, opened.step_start_s(3) + 1)
    opened.tab.settings.hand.chosen.emit(Hand.LEFT.value)
    opened.tab.playback.apply_choices()
    assert opened.tab.stage.title.text() == "Right hand and arm"
    assert opened.tab.stage.notice.text() == "This takes effect from the next start on."
    opened.tab.playback.stop()
    opened.sound.end()
    opened.tab.playback.toggle()
    opened.sound.hear(opened.first_hold_s() + 1)
    assert opened.tab.stage.title.text() == "Left hand and arm"


@pytest.mark.parametrize("waits_already", [False, True])
def test_what_takes_effect_at_once_is_not_said_to_wait(opened: Opened, waits_already: bool) -> None:
    play_to(opened, 0.1)
    opened.sound.hear(cautions_end_s(opened) + 0.1)
    assert not opened.tab.settings.cautions.isChecked()
    if waits_already:
        opened.tab.settings.hand.chosen.emit(Hand.LEFT.value)
        assert opened.tab.stage.notice.text() == "This takes effect from the next start on."
        opened.tab.stage.notice._show_notice()
    opened.tab.settings.pauses.setValue(20)
    assert opened.tab.stage.notice.text() == ""
    opened.tab.playback.apply_choices()
    assert opened.tab.playback.piece.choices.pause_scale == 2
    opened.tab.interlude.begin()
    opened.sound.hear(1)
    opened.sound.hear(opened.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ)
    assert opened.tab.playback.routine.id == "pmr-7"
    assert opened.tab.stage.notice.text() == ""


def test_the_own_hold_of_a_routine_is_at_the_left_end(opened: Opened) -> None:
    opened.tab.settings.hold.setValue(8)
    opened.tab.settings.hold.setValue(opened.tab.settings.hold.minimum())
    opened.tab.settings.voice.setValue(40)
    opened.tab.flush()
    assert opened.saved[-1].hold_s is None


def test_a_step_that_is_left_out_while_it_plays_gives_way_to_the_next(opened: Opened) -> None:
    play_to(opened, opened.step_start_s(3) + 1)
    opened.tab.settings.leaving_out_wanted.emit()
    dialog = opened.tab.findChild(LeaveOutDialog)
    assert isinstance(dialog, LeaveOutDialog)
    dialog.boxes["right_hand"].click()
    opened.tab.playback.apply_choices()
    assert opened.tab.stage.title.text() == "Left hand and arm"
    assert opened.sound.transport.is_playing
    assert opened.tab.settings.left_out.text() == "Left out: right hand and forearm."
    dialog.accept()


def test_the_dialog_shows_what_was_left_out_before(open_window: Opener) -> None:
    opened = open_window(Preferences(skipped_groups=("left_leg",)))
    opened.tab.settings.leaving_out_wanted.emit()
    dialog = opened.tab.findChild(LeaveOutDialog)
    assert isinstance(dialog, LeaveOutDialog)
    assert set(dialog.left_out) == {"left_thigh", "left_calf", "left_foot"}
    dialog.accept()


def cautions_end_s(opened: Opened) -> float:
    return opened.step_start_s(1)


def test_cautions_heard_to_their_end_are_left_out_next_time(opened: Opened) -> None:
    end = cautions_end_s(opened)
    play_to(opened, 0.1)
    opened.sound.hear(end / 2)
    opened.sound.hear(end + 0.1)
    assert not opened.tab.settings.cautions.isChecked()
    assert opened.tab.stage.title.text() == "Settle in"
    opened.tab.flush()
    assert opened.saved[-1].cautions_heard == ("pmr-7",)
    assert len(opened.sound.loaded) == 1, "what plays goes on as it is"
    opened.tab.playback.stop()
    opened.sound.end()
    assert opened.tab.playback.timeline.steps[0].title == "Settle in"


def test_cautions_that_were_jumped_over_are_not_counted_as_heard(opened: Opened) -> None:
    play_to(opened, 0.1)
    opened.tab.playback.next_step()
    opened.sound.hear(cautions_end_s(opened) + 5)
    assert opened.tab.settings.cautions.isChecked()


def test_cautions_can_be_wanted_again(open_window: Opener) -> None:
    opened = open_window(Preferences(cautions_heard=("pmr-7", "breath-awareness")))
    opened.tab.settings.cautions.click()
    opened.tab.playback.apply_choices()
    assert opened.tab.playback.timeline.steps[0].title == "Before you begin"
    opened.tab.flush()
    assert opened.saved[-1].cautions_heard == ("breath-awareness",)


def test_what_was_told_stands_beside_the_notice_of_the_sound(opened: Opened) -> None:
    notice = opened.tab.stage.notice
    opened.tab.told.emit("preferences could not be read (Permission denied); defaults are used")
    told = "Preferences could not be read (Permission denied); defaults are used"
    assert notice.text() == told
    opened.sound.notice_changed.emit("No sound device: the text carries the routine.")
    assert notice.text() == f"{told}. No sound device: the text carries the routine."
    opened.sound.notice_changed.emit("")
    assert notice.text() == told
    notice.set_progress("Making the words.")
    assert notice.text() == f"{told}. Making the words."


def test_however_much_is_told_it_leaves_room(opened: Opened) -> None:
    notice = opened.tab.stage.notice
    for number in range(5):
        opened.tab.told.emit(f"{number} " + "what is wrong " * 40)
    opened.tab.told.emit("3 " + "what is wrong " * 40)
    assert [line[:1] for line in notice.toolTip().splitlines()] == ["4", "3"]
    assert notice.text().count("…") == 2
    assert len(notice.text()) < 330


def test_a_notice_of_the_sound_stands_until_it_is_taken_back(opened: Opened) -> None:
    opened.sound.notice_changed.emit("No sound device: the text carries the routine.")
    assert opened.tab.stage.notice.text() == "No sound device: the text carries the routine."
    opened.tab.stage.notice.remark("For a while.")
    assert opened.tab.stage.notice.text() == "For a while."
    opened.sound.notice_changed.emit("")
    assert opened.tab.stage.notice.text() == "For a while."
    opened.tab.stage.notice._show_notice()
    assert opened.tab.stage.notice.text() == ""


@pytest.mark.parametrize(
    ("lacking", "sentences", "words"),
    [
        (0, 63, ""),
        (1, 1, "Built-in voice: the one sentence is not made yet."),
        (1, 63, "Built-in voice: 1 of 63 sentences not made yet."),
        (38, 63, "Built-in voice: 38 of 63 sentences not made yet."),
    ],
)
def test_why_another_voice_speaks(lacking: int, sentences: int, words: str) -> None:
    assert stand_in_text(lacking, sentences) == words


def test_everything_left_out_is_said_and_not_played(open_window: Opener) -> None:
    tense = Step("Neck", Phase.TENSE, (Sentence("Now.", 1),), muscle_group="neck", hold_s=5)
    routine = Routine("neck", "Neck only", Kind.PMR, "The neck.", (), (), (tense,))
    opened = open_window(Preferences(skipped_groups=("neck",)), Catalogue({"neck": routine}, ()))
    assert "nothing of this routine remains" in opened.tab.stage.sentence.text()
    assert not opened.tab.stage.play_button.isEnabled()
    QTest.keyClick(opened.tab, Qt.Key.Key_Space)
    assert opened.tab.playback.state is SessionState.IDLE
    assert opened.sound.loaded == []
