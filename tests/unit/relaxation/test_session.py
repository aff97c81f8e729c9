"""What the keys do in each state, driven by a sound whose clock the test turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.session import STOP_FADE_S, Session, SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Clip, Timeline, build_timeline

TAIL_S = 60


def a_timeline() -> Timeline:
    """Three steps of 10 s (2 s of voice, 8 s of pause) with a hold of 5 s in the first."""
    clips = {"One.": Clip("one", 2 * SAMPLE_RATE_HZ)}
    steps = (
        Step("First", Phase.TENSE, (Sentence("One.", 3),), "neck", hold_s=5),
        Step("Second", Phase.RELEASE, (Sentence("One.", 8),), "neck"),
        Step("Third", Phase.SILENCE, (Sentence("One.", 8),)),
    )
    return build_timeline(Routine("r", "R", Kind.PMR, "S", (), (), steps), clips, Choices())


class FakeSound:
    """A transport whose time passes only when the test says so."""

    def __init__(self, total_frames: int) -> None:
        self.total_frames = total_frames
        self.frame = 0
        self.playing = False
        self.fade_left_s: float | None = None
        self.rests = True

    def play(self) -> None:
        self.playing, self.fade_left_s, self.rests = True, None, False

    def pause(self) -> None:
        self.playing = False

    def seek(self, frame: int) -> None:
        self.frame = frame

    def fade_out(self, duration_s: float) -> None:
        self.fade_left_s = duration_s

    def heard_frame(self) -> int:
        return self.frame

    def is_at_rest(self) -> bool:
        return self.rests

    def pass_time(self, seconds: float) -> None:
        if not self.playing:
            return
        self.frame = min(self.frame + round(seconds * SAMPLE_RATE_HZ), self.total_frames)
        if self.fade_left_s is not None:
            self.fade_left_s -= seconds
        if self.frame == self.total_frames or (self.fade_left_s is not None and self.fade_left_s <= 0):
            self.playing, self.rests = False, True


class Run:
    def __init__(self) -> None:
        timeline = a_timeline()
        self.sound = FakeSound(timeline.exercise_end_frame + TAIL_S * SAMPLE_RATE_HZ)
        self.session = Session(timeline, self.sound)

    def after(self, seconds: float) -> SessionState:
        self.sound.pass_time(seconds)
        self.session.update()
        return self.session.state


@pytest.fixture
def run() -> Run:
    return Run()


def test_it_plays_fades_after_the_last_word_and_finishes(run):
    assert run.session.state is SessionState.IDLE
    run.session.play()
    assert run.after(21) is SessionState.PLAYING
    assert run.after(1.5) is SessionState.FADING
    assert run.after(TAIL_S) is SessionState.FINISHED


def test_space_pauses_and_resumes_at_the_same_place(run):
    run.session.toggle()
    run.after(4)
    run.session.toggle()
    assert run.after(100) is SessionState.PAUSED
    assert run.session.moment.frame == 4 * SAMPLE_RATE_HZ
    run.session.toggle()
    assert run.after(1) is SessionState.PLAYING
    assert run.session.moment.frame == 5 * SAMPLE_RATE_HZ


def test_a_stop_fades_out_and_returns_to_the_beginning(run):
    run.session.play()
    run.after(12)
    run.session.stop()
    assert run.after(1) is SessionState.FADING
    assert run.after(4) is SessionState.IDLE
    assert run.session.moment.frame == 0
    assert run.sound.frame == 0


def test_space_calls_a_stop_back(run):
    run.session.play()
    run.after(3)
    run.session.stop()
    run.after(1)
    run.session.toggle()
    assert run.after(5) is SessionState.PLAYING
    assert run.session.moment.frame == 9 * SAMPLE_RATE_HZ


def test_what_the_sleep_timer_lets_leave_pauses_and_can_be_stopped_by_hand(run):
    run.session.play()
    run.after(3)
    run.session.stop(600, by_hand=False)
    assert (run.session.is_stopping, run.session.can_pause) == (True, True)
    run.session.toggle()
    assert run.after(5) is SessionState.PAUSED
    run.session.toggle()
    assert run.after(1) is SessionState.PLAYING
    run.session.stop(600, by_hand=False)
    run.session.stop()
    assert run.sound.fade_left_s == STOP_FADE_S
    assert (run.session.is_stopping, run.session.can_pause) == (True, False)
    assert run.after(STOP_FADE_S) is SessionState.IDLE


def test_stop_while_paused_rewinds_at_once(run):
    run.session.play()
    run.after(3)
    run.session.pause()
    run.session.stop()
    assert run.session.state is SessionState.IDLE
    assert run.session.moment.frame == 0


def test_after_the_end_play_begins_again(run):
    run.session.play()
    run.after(1000)
    run.session.play()
    assert run.session.state is SessionState.PLAYING
    assert run.session.moment.frame == 0


def test_a_pause_in_the_fading_end_resumes_into_the_fading_end(run):
    run.session.play()
    run.after(30)
    run.session.pause()
    assert run.session.state is SessionState.PAUSED
    run.session.play()
    assert run.session.state is SessionState.FADING


def test_steps_forth_and_back(run):
    run.session.play()
    run.session.next_step()
    assert run.session.moment.step.title == "Second"
    run.after(5)
    run.session.previous_step()
    assert run.session.moment.frame == 10 * SAMPLE_RATE_HZ
    run.session.previous_step()
    assert run.session.moment.step.title == "First"
    run.session.next_step()
    run.session.next_step()
    run.session.next_step()
    assert run.session.moment.step.title == "Third"
    assert run.session.state is SessionState.PLAYING


def test_seeking_back_from_the_end_of_the_words_plays_on(run):
    run.session.play()
    run.after(30)
    run.session.seek(0)
    assert run.session.state is SessionState.PLAYING


def test_the_countdown_of_a_hold(run):
    run.session.play()
    run.after(3)
    moment = run.session.moment
    assert moment.is_holding
    assert moment.countdown is not None
    assert (moment.countdown.total_s, moment.countdown.left_s) == (5, 4)
    assert moment.text == "One."
    run.after(5)
    assert not run.session.moment.is_holding


ACTIONS = st.sampled_from(["play", "pause", "toggle", "stop", "next_step", "previous_step"])


@given(st.lists(ACTIONS | st.floats(0, 40) | st.integers(-100, 10_000_000), max_size=30))
def test_no_order_of_keys_leads_astray(actions):
    run = Run()
    for action in actions:
        if isinstance(action, str):
            getattr(run.session, action)()
        elif isinstance(action, float):
            run.after(action)
        else:
            run.session.seek(action)
        session = run.session
        assert 0 <= session.moment.frame <= session.timeline.duration_frames
        if session.is_sounding:
            assert run.sound.playing or run.sound.rests
        else:
            assert not run.sound.playing
        if session.state is SessionState.IDLE:
            assert run.sound.frame == session.moment.frame
