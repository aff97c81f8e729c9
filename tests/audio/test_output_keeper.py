"""Which output is used, tried and told of, by a clock of the test's."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import numpy as np
import pytest

from sleepcalm.audio import output_keeper
from sleepcalm.audio.output_keeper import (
    DEVICE_LOST,
    LOOK_EVERY_S,
    NO_DEVICE,
    RETRY_S,
    STANDS_STILL,
    TRIAL_S,
    OutputKeeper,
)
from sleepcalm.audio.outputs import Health, OutputError, Read, TakeBack
from sleepcalm.audio.watched_output import STALL_S

LIMIT_S = 20
FILL = 480
"""What each output reads when it is opened."""


class Device:
    """An output that reads when the test says so."""

    name = "device"

    def __init__(self, read: Read, device_name: str = "headset") -> None:
        self.read = read
        self.device_name = device_name
        self.can_pause = True
        self.state = Health.WELL
        self.read_last = True  # whether anything but silence was read
        self.goes_on = Event()  # until then, whatever is asked of it hangs
        self.goes_on.set()
        self.closed = Event()
        self.read(FILL)

    def held_frames(self) -> int:
        return 0

    def hurry(self, take_back: TakeBack) -> None:
        pass

    def health(self) -> Health:
        assert self.goes_on.wait(LIMIT_S)
        return self.state

    def close(self) -> None:
        assert self.goes_on.wait(LIMIT_S)
        self.read_last = bool(self.read(FILL).any())
        self.closed.set()


class Night:
    """A keeper, its clock, and what it has done."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.answers = Event()
        self.answers.set()
        self.is_there_now = True
        self.reads_and_fails = False
        self.openings = 0
        self.next_name = "headset"
        self.opened: list[Device] = []
        self.silent: list[Device] = []
        self.notices: list[str] = []
        self.breaks = self.losses = self.held_at_break = 0
        self.keeper = OutputKeeper(
            self,
            self._read,
            before_break=self._note_break,
            on_lost=self._note_loss,
            on_notice=self.notices.append,
            on_device=lambda _name: None,
            silent_output=self._open_silent,
        )

    def is_there(self) -> bool:
        assert self.answers.wait(LIMIT_S)
        return self.is_there_now

    def open(self, read: Read) -> Device:
        self.openings += 1
        if self.reads_and_fails:
            read(FILL)
            raise OutputError("it is in use")
        assert self.answers.wait(LIMIT_S)
        if not self.is_there_now:
            raise OutputError("no sound device")
        self.opened.append(Device(read, self.next_name))
        return self.opened[-1]

    def _open_silent(self, read: Read) -> Device:
        self.silent.append(Device(read, ""))
        return self.silent[-1]

    def _read(self, frames: int) -> np.ndarray:
        return np.full((frames, 2), 0.5, np.float32)

    def _note_break(self) -> None:
        self.breaks += 1
        self.held_at_break = self.keeper.held_frames()

    def _note_loss(self) -> None:
        self.losses += 1

    def begin(self) -> Device:
        self.keeper.open(self.now_s)
        self.pass_s(LOOK_EVERY_S, self.opened[0])
        return self.opened[0]

    def pass_s(self, seconds: float, playing: Device | None = None) -> None:
        """Let time pass by looks; `playing` takes blocks meanwhile."""
        for _ in range(round(seconds / LOOK_EVERY_S)):
            self.now_s += LOOK_EVERY_S
            if playing is not None:
                playing.read(FILL)
            self.keeper.look(self.now_s)
            self.settle()

    def settle(self) -> None:
        """Until what is being opened is open, if that is to be."""
        trial = self.keeper._trial
        if trial is not None and self.answers.is_set():
            trial.wait(LIMIT_S)
            if trial.output is None or trial._is_given_up:
                trial._thread.join(LIMIT_S)

    def stand_still(self) -> Device:
        """The output stops taking sound; gives the one that is tried then."""
        before = len(self.opened)
        stalls_at_s = self.now_s + STALL_S + LOOK_EVERY_S
        while len(self.opened) == before and self.now_s < stalls_at_s:
            self.pass_s(LOOK_EVERY_S)
        assert len(self.opened) == before + 1
        return self.opened[-1]


@pytest.fixture
def night() -> Iterator[Night]:
    night = Night()
    yield night
    night.answers.set()
    for device in night.opened:
        device.goes_on.set()
    night.keeper.close()


def takes_sound(device: Device) -> bool:
    return bool(device.read(FILL).any())


def test_an_output_that_plays_stays(night):
    device = night.begin()
    night.pass_s(60, device)
    assert night.opened == [device]
    assert takes_sound(device)
    assert night.notices == []


def test_a_device_that_stands_still_is_told_of_and_silence_carries_the_time(night):
    device = night.begin()
    tried = night.stand_still()
    assert night.breaks == 1
    assert device.closed.is_set()
    night.pass_s(LOOK_EVERY_S)
    assert night.notices == [STANDS_STILL]
    assert [takes_sound(one) for one in (device, tried, night.silent[0])] == [False, False, True]


def test_what_an_opening_alone_takes_is_not_taken_for_playing(night):
    night.begin()
    tried = night.stand_still()
    night.pass_s(TRIAL_S - 2 * LOOK_EVERY_S)
    assert not tried.closed.is_set()
    assert takes_sound(night.silent[0])


def test_one_that_takes_sound_takes_over_without_another_opening(night):
    night.begin()
    tried = night.stand_still()
    night.pass_s(2)
    night.pass_s(LOOK_EVERY_S, tried)
    assert takes_sound(tried)
    assert night.silent[0].closed.is_set()
    assert not takes_sound(night.silent[0]), "one at a time reads"
    assert len(night.opened) == 2
    assert night.notices == [STANDS_STILL, ""]
    assert night.breaks == 2


def test_one_that_goes_on_at_once_needs_no_word(night):
    night.begin()
    tried = night.stand_still()
    night.pass_s(LOOK_EVERY_S, tried)
    assert takes_sound(tried)
    assert night.notices == []


def test_a_trial_in_vain_is_given_up_and_another_follows(night):
    night.begin()
    night.stand_still()
    night.pass_s(20 * TRIAL_S)
    assert 15 <= len(night.opened) <= 22
    *in_vain, tried = night.opened
    assert all(one.closed.is_set() for one in in_vain)
    assert len(night.silent) == 1
    assert night.notices == [STANDS_STILL]
    night.pass_s(LOOK_EVERY_S, tried)
    assert takes_sound(tried)


def test_a_server_that_has_ended_is_told_of_as_no_device_and_used_when_it_is_back(night):
    device = night.begin()
    night.is_there_now = False
    device.state = Health.SYSTEM_GONE
    night.pass_s(2 * LOOK_EVERY_S)
    assert night.notices == [NO_DEVICE]
    night.pass_s(60)
    night.is_there_now, night.next_name = True, "loudspeakers"
    night.pass_s(RETRY_S)
    tried = night.opened[-1]
    night.pass_s(LOOK_EVERY_S, tried)
    assert takes_sound(tried)
    assert night.notices == [NO_DEVICE, ""]
    assert night.losses == 0


def test_a_server_that_hangs_holds_nobody_up_and_its_device_is_used_again(night):
    device = night.begin()
    device.goes_on.clear()
    night.answers.clear()
    night.pass_s(STALL_S + 3 * LOOK_EVERY_S)
    assert night.notices == [STANDS_STILL]
    assert not device.closed.is_set()
    night.pass_s(60)
    assert night.opened == [device], "nothing piles up behind a server that hangs"
    assert not takes_sound(device)
    night.answers.set()
    device.goes_on.set()
    assert device.closed.wait(LIMIT_S)
    night.settle()
    night.pass_s(2 * LOOK_EVERY_S)
    tried = night.opened[-1]
    night.pass_s(LOOK_EVERY_S, tried)
    assert takes_sound(tried)
    assert night.notices == [STANDS_STILL, ""]


def test_what_was_given_up_while_its_opening_hung_is_not_used_any_more(night):
    night.begin()
    night.answers.clear()
    night.pass_s(STALL_S + LOOK_EVERY_S + TRIAL_S + LOOK_EVERY_S)
    trial = night.keeper._trial
    night.answers.set()
    trial.wait(LIMIT_S)
    late = night.opened[-1]
    late.read(FILL)
    assert not trial.plays
    night.pass_s(LOOK_EVERY_S, late)
    assert late.closed.wait(LIMIT_S)
    assert not takes_sound(late)


def test_a_server_that_hangs_at_the_start_is_told_of(night, monkeypatch):
    monkeypatch.setattr("sleepcalm.audio.output_keeper.OPEN_WITHIN_S", 0.01)
    night.answers.clear()
    night.keeper.open(0.0)
    assert night.notices == [STANDS_STILL]
    assert takes_sound(night.silent[0])
    night.answers.set()
    night.settle()
    tried = night.opened[0]
    assert not takes_sound(tried)
    night.pass_s(LOOK_EVERY_S, tried)
    assert takes_sound(tried)
    assert night.notices == [STANDS_STILL, ""]


def test_another_device_than_the_one_that_stood_still_is_not_gone_on_with(night):
    """A headset that loses its link stands still first, and then the loudspeakers are the default."""
    night.begin()
    night.next_name = "loudspeakers"
    tried = night.stand_still()
    night.pass_s(LOOK_EVERY_S, tried)
    assert night.losses == 1
    assert night.notices == [DEVICE_LOST]
    assert not night.keeper.is_open
    assert tried.closed.wait(LIMIT_S)
    night.keeper.open(night.now_s)
    assert takes_sound(night.opened[-1])
    assert night.notices == [DEVICE_LOST, ""]


def test_a_device_that_goes_while_it_is_tried_is_lost(night):
    night.begin()
    tried = night.stand_still()
    tried.state = Health.DEVICE_GONE
    night.pass_s(LOOK_EVERY_S, tried)
    assert night.losses == 1
    assert not takes_sound(tried)


def test_a_pause_ends_the_trials(night):
    night.begin()
    tried = night.stand_still()
    night.keeper.rest()
    assert not night.keeper.is_open
    assert tried.closed.wait(LIMIT_S)
    night.pass_s(60)
    assert len(night.opened) == 2
    night.keeper.open(night.now_s)
    assert takes_sound(night.opened[-1])


def test_what_an_output_reads_while_it_is_closed_is_the_sound(night):
    """From how much it holds then, the place is told from which on it was not heard."""
    device = night.begin()
    device.can_pause = False
    night.keeper.rest()
    assert device.closed.is_set()
    assert device.read_last
    assert not takes_sound(device)


def test_a_device_that_stands_still_in_a_pause_is_closed_and_opened_again_by_play(night):
    device = night.begin()
    night.keeper.rest()
    assert night.keeper.is_open
    night.pass_s(STALL_S + LOOK_EVERY_S)
    assert device.closed.is_set()
    assert not night.keeper.is_open
    night.pass_s(60)
    assert night.opened == [device]
    assert night.notices == []
    night.keeper.open(night.now_s)
    assert takes_sound(night.opened[-1])


def test_what_an_opening_has_read_in_vain_comes_again(night):
    night.reads_and_fails = True
    night.keeper.open(0)
    assert (night.breaks, night.held_at_break) == (1, FILL)
    assert night.keeper.held_frames() == 0
    assert night.notices == [NO_DEVICE]


def test_pauses_begin_no_opening_beside_one_that_has_no_end(night, monkeypatch):
    monkeypatch.setattr(output_keeper, "OPEN_WITHIN_S", 0.01)
    night.answers.clear()
    for _ in range(5):
        night.keeper.open(night.now_s)
        night.keeper.rest()
    assert night.openings == 1
    assert night.notices == [STANDS_STILL]
    assert not night.keeper.is_open
