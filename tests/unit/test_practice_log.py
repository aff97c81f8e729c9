"""What is played is recorded as it goes: what was heard, and not what was skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.practice import Ending, InterruptedBy, PlaceLeft, Practice
from sleepcalm.practice_log import PracticeLog, left_off
from sleepcalm.relaxation.left_place import LeftOff, left_place
from sleepcalm.relaxation.routine import Phase
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Cue, Timeline, TimelineStep

LAST_WORD = 300 * SAMPLE_RATE_HZ


def routine_of(routine_id: str) -> Timeline:
    """Five minutes of one step: sentences of two seconds with pauses of eight."""
    cues = tuple(
        Cue(
            second * SAMPLE_RATE_HZ,
            (second + 2) * SAMPLE_RATE_HZ,
            8 * SAMPLE_RATE_HZ,
            0,
            Phase.GUIDE,
            None,
            f"Sentence {second}.",
            None,
            is_hold=False,
        )
        for second in range(0, 300, 10)
    )
    step = TimelineStep("Rest", Phase.GUIDE, None, 0, LAST_WORD)
    return Timeline(routine_id, "Routine", cues, (step,), LAST_WORD, LAST_WORD)


class Evening:
    """A player whose time passes as the test says."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
        self.frame = 0
        self.saved: list[Practice] = []
        self.log = PracticeLog(lambda: Instant.from_moment(self.time, "UTC"), self.saved.append)

    def hear(self, seconds: int, state: SessionState = SessionState.PLAYING, routine: str = "pmr-7") -> None:
        for _ in range(seconds * 10):
            self.frame += SAMPLE_RATE_HZ // 10
            self.time += timedelta(seconds=0.1)
            self.log.follow(routine_of(routine), state, self.frame)

    def tell(self, state: SessionState, routine: str = "pmr-7") -> None:
        self.log.follow(routine_of(routine), state, self.frame)


@pytest.fixture
def evening() -> Evening:
    return Evening()


def test_a_routine_is_on_record_from_its_first_moment_on(evening):
    evening.hear(1)
    (practice,) = evening.saved
    assert (practice.routine, practice.ended, practice.completed) == ("pmr-7", None, False)


def test_a_crash_loses_a_minute_at_most(evening):
    evening.hear(200)
    assert evening.saved[-1].minutes_heard >= 200 / 60 - 1


def test_a_rest_that_ends_in_silence_counts_to_its_last_moment(evening):
    """Without a background nothing sounds after the exercise: it ends in the moment that completes it."""
    evening.hear(299)
    evening.frame = LAST_WORD
    evening.tell(SessionState.FINISHED)
    assert evening.saved[-1].completed


def test_a_jump_to_the_end_completes_nothing(evening):
    evening.hear(10)
    evening.frame = LAST_WORD
    evening.tell(SessionState.FINISHED)
    assert not evening.saved[-1].completed


def test_a_whole_routine(evening):
    evening.hear(310)
    evening.tell(SessionState.FINISHED)
    last = evening.saved[-1]
    assert last.completed
    assert last.minutes_heard == pytest.approx(310 / 60, abs=0.01)
    assert last.ended is not None
    assert {practice.key for practice in evening.saved} == {last.key}


def test_a_routine_that_was_stopped_is_not_completed(evening):
    evening.hear(100)
    evening.tell(SessionState.IDLE)
    assert not evening.saved[-1].completed
    assert evening.saved[-1].ended is not None


def test_what_was_skipped_was_not_heard(evening):
    evening.hear(10)
    evening.frame += 200 * SAMPLE_RATE_HZ
    evening.hear(10)
    evening.tell(SessionState.IDLE)
    assert evening.saved[-1].minutes_heard == pytest.approx(20 / 60, abs=0.01)


def test_a_pause_is_saved_and_not_heard(evening):
    evening.hear(30)
    evening.tell(SessionState.PAUSED)
    assert evening.saved[-1].minutes_heard == pytest.approx(0.5, abs=0.01)
    count = len(evening.saved)
    evening.tell(SessionState.PAUSED)
    assert len(evening.saved) == count


def test_another_routine_ends_the_one_before(evening):
    evening.hear(30)
    evening.hear(30, routine="breath-awareness")
    ended = [practice for practice in evening.saved if practice.ended]
    assert [practice.routine for practice in ended] == ["pmr-7"]


def test_nothing_is_recorded_of_looking_around(evening):
    evening.tell(SessionState.IDLE)
    evening.log.close()
    assert evening.saved == []


def test_jolts_and_interruptions_are_noted_at_once_with_their_time(evening):
    evening.hear(60)
    evening.log.note_jolt()
    evening.hear(30)
    evening.log.note_interruption(InterruptedBy.AFTER_A_JOLT)
    evening.log.note_jolt()
    last = evening.saved[-1]
    started = last.started.utc
    assert [(jolt.utc - started).total_seconds() for jolt in last.jolts] == pytest.approx([60, 90], abs=0.2)
    assert [each.by for each in last.interruptions] == [InterruptedBy.AFTER_A_JOLT]
    assert (last.interruptions[0].at.utc - started).total_seconds() == pytest.approx(90, abs=0.2)


def test_without_a_practice_nothing_is_noted(evening):
    evening.log.note_jolt()
    evening.log.note_interruption(InterruptedBy.DEVICE)
    assert evening.saved == []


@pytest.mark.parametrize("ending", [Ending.STOPPED, Ending.TIMER, Ending.CLOSED])
def test_how_it_ended_and_where(evening, ending):
    evening.hear(150)
    if ending is Ending.TIMER:
        evening.log.note_timer()
    if ending is Ending.CLOSED:
        evening.log.close()
    else:
        evening.tell(SessionState.IDLE)
    assert evening.saved[-1].ending is ending
    assert evening.saved[-1].reached_share == pytest.approx(0.5, abs=0.001)


def test_a_timer_that_was_called_back_ended_nothing(evening):
    evening.hear(10)
    evening.log.note_timer()
    evening.hear(2, SessionState.FADING)
    evening.hear(2)
    evening.tell(SessionState.IDLE)
    assert evening.saved[-1].ending is Ending.STOPPED


def test_what_was_heard_to_its_last_word_is_completed_whatever_ends_its_background(evening):
    evening.hear(305)
    evening.log.note_timer()
    evening.tell(SessionState.IDLE)
    assert evening.saved[-1].ending is Ending.COMPLETED
    assert evening.saved[-1].reached_share == 1


def test_one_that_is_under_way_tells_no_ending(evening):
    evening.hear(70)
    assert evening.saved[-1].ending is None


def test_the_place_is_the_one_before_the_sound_began_to_leave(evening):
    """Of what fades away nobody hears all."""
    evening.hear(95)
    evening.log.note_timer()
    evening.hear(60, SessionState.FADING)
    evening.tell(SessionState.IDLE)
    assert evening.saved[-1].left_at == PlaceLeft("Rest", "guide", None, 0, 9, pytest.approx(3 / 8))
    assert evening.saved[-1].reached_share == pytest.approx(155 / 300, abs=0.001)


def test_a_pause_does_not_move_the_place_and_going_on_does(evening):
    evening.hear(41)
    evening.tell(SessionState.PAUSED)
    assert evening.saved[-1].left_at == PlaceLeft("Rest", "guide", None, 0, 4)
    evening.frame = 0
    evening.tell(SessionState.IDLE)
    assert evening.saved[-1].left_at == PlaceLeft("Rest", "guide", None, 0, 4)


def test_what_is_on_record_tells_where_to_go_on(evening):
    evening.hear(95)
    evening.tell(SessionState.IDLE)
    place = left_place(routine_of("pmr-7"), 95 * SAMPLE_RATE_HZ)
    assert left_off(evening.saved[-1]) == LeftOff(pytest.approx(95 / 300, abs=1e-3), place)


def test_an_older_record_tells_what_it_knows():
    started = Instant.from_moment(datetime(2026, 11, 22, 22, 0, tzinfo=UTC), "UTC")
    assert left_off(Practice("pmr-7", started)) is None
    assert left_off(Practice("pmr-7", started, reached_share=0.4)) == LeftOff(0.4)


@pytest.mark.parametrize("first", [Ending.STOPPED, Ending.TIMER])
def test_a_window_that_is_closed_while_the_sound_leaves_does_not_end_it(evening, first):
    evening.hear(150)
    if first is Ending.TIMER:
        evening.log.note_timer()
    evening.hear(2, SessionState.FADING)
    evening.log.close()
    assert evening.saved[-1].ending is first


@pytest.mark.parametrize("state", [SessionState.PLAYING, SessionState.PAUSED])
def test_a_stop_that_was_called_back_does_not_hide_that_the_window_closed(evening, state):
    evening.hear(150)
    evening.log.note_timer()
    evening.hear(2, SessionState.FADING)
    evening.tell(state)
    evening.log.close()
    assert evening.saved[-1].ending is Ending.CLOSED


def test_what_pauses_in_the_timer_s_fade_is_not_ended_by_the_timer(evening):
    evening.hear(150)
    evening.log.note_timer()
    evening.hear(2, SessionState.FADING)
    evening.tell(SessionState.PAUSED)
    evening.tell(SessionState.IDLE)
    assert evening.saved[-1].ending is Ending.STOPPED
