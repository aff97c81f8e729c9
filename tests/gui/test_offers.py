"""What is offered before a routine begins: a place to go on from, the next step for learners; quietly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from relax_window import Opened, Opener

from sleepcalm.gui.relax.offer_line import LEAST_ROOM_LINES
from sleepcalm.gui.relax.offers import Offers
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.calm_place import calm_place
from sleepcalm.relaxation.left_place import LeftOff, LeftPlace, left_place
from sleepcalm.relaxation.session import SessionState


class Past(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.left: dict[str, float] = {}
        self.places: dict[str, LeftPlace] = {}
        self.completed: dict[str, int] = {}

    def left_off(self, routine: str) -> LeftOff | None:
        return LeftOff(self.left[routine], self.places.get(routine)) if routine in self.left else None

    def times_completed(self) -> Mapping[str, int]:
        return self.completed


@pytest.fixture
def past() -> Past:
    return Past()


@pytest.fixture
def offer(open_window: Opener, past: Past) -> Callable[..., tuple[Opened, Offers]]:
    def make(
        routine: str = "pmr-7", *, is_decided: bool = False, checked: bool = True
    ) -> tuple[Opened, Offers]:
        preferences = Preferences(routine=routine, cautions_heard=("pmr-7",), volume_checked=checked)
        opened = open_window(preferences)
        return opened, Offers(opened.tab, past, opened.tab._kept, lambda: is_decided)

    return make


def test_nothing_is_offered_that_has_no_ground(offer):
    _opened, offers = offer("body-scan")
    assert offers.line.offer is None
    assert not offers.line.isVisible()


def test_one_goes_on_with_the_sentence_that_was_cut_off(offer, past):
    opened, offers = offer()
    timeline = opened.tab.playback.timeline
    cue = next(cue for cue in timeline.cues[30:] if cue.text)
    past.left["pmr-7"] = 0.5
    past.places["pmr-7"] = left_place(timeline, cue.end_frame - 1)
    past.changed.emit()
    assert timeline.steps[cue.step_index].title in offers.line.words.text()
    offers.line.accept_button.click()
    assert opened.sound.transport.frame == cue.start_frame > 0
    assert opened.tab.playback.state is SessionState.PLAYING


def test_a_place_of_which_a_share_alone_is_known_is_the_calm_one_before(offer, past):
    past.left["pmr-7"] = 0.6
    opened, offers = offer()
    timeline = opened.tab.playback.timeline
    assert "stopped at" in offers.line.words.text()
    offers.line.accept_button.click()
    place = calm_place(timeline, round(0.6 * timeline.exercise_end_frame))
    assert opened.sound.transport.frame == place > 0
    assert opened.tab.playback.state is SessionState.PLAYING
    assert not offers.line.isVisible()


def test_a_routine_that_is_chosen_brings_its_own_offer(offer, past):
    past.left["body-scan"] = 0.5
    opened, offers = offer("breath-awareness")
    assert offers.line.offer is None
    opened.tab.choose_routine("body-scan")
    assert offers.line.offer is not None
    opened.tab.choose_routine("breath-awareness")
    assert offers.line.offer is None


def test_a_practice_that_has_just_ended_is_offered_when_it_is_told(offer, past):
    opened, offers = offer("body-scan")
    opened.tab.playback.toggle()
    opened.sound.hear(400)
    past.left["body-scan"] = 0.4
    past.changed.emit()
    assert offers.line.offer is None
    opened.tab.playback.stop()
    opened.sound.end()
    assert offers.line.offer is not None


def test_the_next_step_for_learners_is_offered_beside_muscle_relaxation_only(offer, past):
    past.completed = {"pmr-16-twice": 3}
    opened, offers = offer("pmr-16")
    assert "seven groups" in offers.line.words.text()
    offers.line.accept_button.click()
    assert opened.tab.playback.routine.id == "pmr-7"
    assert offers.line.offer is None
    opened.tab.choose_routine("body-scan")
    assert offers.line.offer is None


def test_whoever_went_all_the_way_is_offered_nothing_more(offer, past):
    past.completed = dict.fromkeys(("pmr-16", "pmr-7", "pmr-4", "recall", "recall-counting", "counting"), 9)
    _opened, offers = offer("pmr-7")
    assert offers.line.offer is None


def test_a_trial_decides_alone_what_tonight_is(offer):
    assert offer("pmr-7", is_decided=True)[1].line.offer is None
    assert offer("pmr-7")[1].line.offer is not None


def test_an_offer_that_was_waved_away_does_not_come_again(offer, past):
    past.left["pmr-7"] = 0.6
    opened, offers = offer()
    offers.line.dismiss_button.click()
    offers.renew()
    assert "step by step" in offers.line.words.text()
    offers.line.dismiss_button.click()
    opened.tab.choose_routine("body-scan")
    opened.tab.choose_routine("pmr-7")
    assert offers.line.offer is None


def test_it_is_all_done_by_keys(offer, past):
    past.left["pmr-7"] = 0.6
    opened, offers = offer()
    offers.line.accept_button.setFocus()
    QTest.keyClick(offers.line.accept_button, Qt.Key.Key_Return)
    assert opened.tab.playback.state is SessionState.PLAYING
    assert offers.line.accept_button.accessibleDescription()


def test_the_first_use_offers_a_sentence_as_loud_as_it_gets(offer):
    opened, offers = offer(checked=False)
    before = opened.tab.playback.piece
    loudest_db = max(cue.gain_db for cue in before.timeline.cues)
    offers.line.accept_button.click()
    (cue,) = opened.tab.playback.timeline.cues
    assert opened.sound.transport.is_playing
    assert cue.gain_db == loudest_db
    assert cue.text in {each.text for each in before.timeline.cues}
    assert opened.sound.loaded_background.parts == ()
    assert opened.tab.is_aside
    QTest.keyClick(opened.tab, Qt.Key.Key_Down)
    assert opened.sound.voice_volume == pytest.approx(0.9)
    opened.sound.hear(opened.tab.playback.timeline.duration_frames / 48_000)
    opened.sound.end()
    assert opened.tab.playback.piece == before
    assert opened.tab.playback.state is SessionState.IDLE
    assert not opened.tab.is_aside
    assert opened.tab._kept.value.volume_checked
    assert "how loud" not in offers.line.words.text()


def test_the_volume_check_can_be_waved_away_for_good(offer):
    opened, offers = offer("body-scan", checked=False)
    assert "how loud" in offers.line.words.text()
    offers.line.dismiss_button.click()
    assert opened.tab._kept.value.volume_checked
    assert not offers.line.isVisible()


def test_an_offer_gives_way_where_the_window_is_low(offer, past):
    past.left["pmr-7"] = 0.6
    opened, offers = offer()
    assert offers.line.isVisible()
    opened.window.resize(800, opened.window.minimumHeight())
    QApplication.processEvents()
    assert opened.tab.stage.height() < offers.line.fontMetrics().height() * LEAST_ROOM_LINES
    assert not offers.line.isVisible()
    opened.window.resize(1040, 900)
    QApplication.processEvents()
    assert offers.line.isVisible()
