"""System sleep is held off while that is wanted, on a real bus and by a logind that counts its locks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from testbed.bus_services import StubCookies, StubLogind, StubPortal

BLOCK = ("taken", "sleep", "SleepCalm", "Sound is playing", "block")
DELAY = ("taken", "sleep", "SleepCalm", "Sound is playing", "delay")
LET_GO = {("let go", "block"), ("let go", "delay")}

HOLDING_PROGRAM = """
import sys
from threading import Event
from sleepcalm.desktop.bus_desktop import BusDesktop
from sleepcalm.desktop.dbus.services import Buses

session, system = sys.argv[1:]
desktop = BusDesktop(None, None, Buses(lambda: session, lambda: system, 0.05))
desktop.start()
desktop.system_sleep.hold()
Event().wait()
"""


@pytest.fixture
def power_management(session) -> Iterator[StubCookies]:
    name = "org.freedesktop.PowerManagement"
    with StubCookies(session.address, name, "/org/freedesktop/PowerManagement/Inhibit") as service:
        yield service


@pytest.fixture
def portal(session) -> Iterator[StubPortal]:
    with StubPortal(session.address) as service:
        yield service


@pytest.fixture
def ready(logind, make_desktop):
    """A desktop that has found logind."""
    desktop, calls = make_desktop()
    logind.wait_for_question()
    return desktop, calls


def test_held_and_let_go_as_often_as_asked(ready, logind):
    desktop, _ = ready
    for _ in range(3):
        desktop.system_sleep.hold()
        assert logind.next_locks() == {BLOCK, DELAY}
        desktop.system_sleep.release()
        assert logind.next_locks() == LET_GO
    assert not logind.held


def test_asked_twice_it_is_held_once(ready, logind):
    desktop, _ = ready
    desktop.system_sleep.hold()
    desktop.system_sleep.hold()
    assert logind.next_locks() == {BLOCK, DELAY}
    desktop.system_sleep.release()
    assert logind.next_locks() == LET_GO


def test_let_go_while_the_lock_was_on_its_way(ready, logind):
    desktop, _ = ready
    for _ in range(20):
        desktop.system_sleep.hold()
        desktop.system_sleep.release()
    desktop.system_sleep.suspend()  # which the bus carries after all that came before
    events = [logind.next_event()]
    while events[-1][0] != "suspend":
        events.append(logind.next_event())
    taken = sum(event[0] == "taken" for event in events)
    let_go = sum(event[0] == "let go" for event in events)
    while let_go < taken:
        assert logind.next_event()[0] == "let go"
        let_go += 1
    assert not logind.held


def test_what_was_asked_before_there_was_a_bus_is_done_once_there_is(make_desktop, system):
    system.stop()
    desktop, _ = make_desktop()
    desktop.system_sleep.hold()
    system.start()
    with StubLogind(system.address) as logind:
        assert logind.next_locks() == {BLOCK, DELAY}
        desktop.close()


def test_a_logind_that_starts_anew_is_asked_anew(make_desktop, system):
    desktop, calls = make_desktop()
    desktop.system_sleep.hold()
    for _ in range(3):
        with StubLogind(system.address) as logind:
            assert logind.next_locks() == {BLOCK, DELAY}
            logind.wait_for_question()
            logind.prepare_for_sleep(True)
            assert calls.next() == ("about_to_sleep", None)
            desktop.system_sleep.release()
            assert logind.next_locks() == LET_GO
            desktop.system_sleep.hold()
            assert logind.next_locks() == {BLOCK, DELAY}


def test_closing_lets_go(ready, logind):
    desktop, _ = ready
    desktop.system_sleep.hold()
    logind.next_event(), logind.next_event()
    desktop.close()
    assert logind.next_locks() == LET_GO


def test_a_killed_program_holds_nothing(session, system, logind):
    command = [sys.executable, "-c", HOLDING_PROGRAM, session.address, system.address]
    with subprocess.Popen(command, env={"PYTHONPATH": os.pathsep.join(sys.path)}) as program:
        try:
            assert logind.next_locks() == {BLOCK, DELAY}
        finally:
            program.send_signal(signal.SIGKILL)
    assert logind.next_locks() == LET_GO


def test_a_bus_that_dies_and_comes_back_is_asked_again(make_desktop, system):
    with StubLogind(system.address) as before:
        desktop, _ = make_desktop()
        desktop.system_sleep.hold()
        assert before.next_locks() == {BLOCK, DELAY}
        system.stop()
        assert before.next_locks() == LET_GO
    system.start()
    with StubLogind(system.address) as after:
        assert after.next_locks() == {BLOCK, DELAY}
        desktop.close()


def test_refused_it_goes_on_without(ready, logind, session, peer):
    desktop, _ = ready
    logind.is_refusing = True
    desktop.system_sleep.hold()
    desktop.system_sleep.suspend()
    _, calls = ready
    assert calls.next() == ("suspend_refused", "not for you")
    logind.is_refusing = False
    desktop.system_sleep.hold()
    assert logind.next_locks() == {BLOCK, DELAY}


def test_what_the_computer_is_about_to_do_is_passed_on(ready, logind):
    desktop, calls = ready
    logind.prepare_for_sleep(True)
    assert calls.next() == ("about_to_sleep", None)
    logind.prepare_for_sleep(False)  # nobody has a use for that it has woken up
    logind.is_refusing = True
    desktop.system_sleep.suspend()
    assert calls.next() == ("suspend_refused", "not for you")


def test_a_suspend_lets_go_first(ready, logind):
    """From systemd 257 on, one's own lock would be in the way."""
    desktop, _ = ready
    desktop.system_sleep.hold()
    logind.next_event(), logind.next_event()
    desktop.system_sleep.suspend()
    events = [logind.next_event() for _ in range(3)]
    assert ("suspend", False) in [event[:2] for event in events]
    assert not logind.held


@pytest.mark.parametrize(
    ("answer", "can"), [("yes", True), ("challenge", False), ("na", False), ("no", False)]
)
def test_it_can_suspend_only_without_a_password(system, make_desktop, answer, can):
    with StubLogind(system.address) as logind:
        logind.can_suspend = answer
        desktop, calls = make_desktop()
        logind.wait_for_question()
        logind.is_refusing = True
        desktop.system_sleep.suspend()
        assert calls.next()[0] == "suspend_refused"  # so the answer before that one was taken in
        assert desktop.system_sleep.can_suspend is can
        desktop.close()


def test_without_logind_a_suspend_is_refused_and_not_waited_for(make_desktop):
    desktop, calls = make_desktop()
    assert not desktop.system_sleep.can_suspend
    desktop.system_sleep.suspend()
    assert calls.next()[0] == "suspend_refused"


def test_a_session_that_suspends_by_itself_is_asked_too(make_desktop, power_management):
    desktop, _ = make_desktop()
    desktop.system_sleep.hold()
    kind, who, why, cookie = power_management.next_event()
    assert (kind, who, why) == ("inhibit", "SleepCalm", "Sound is playing")
    desktop.system_sleep.release()
    assert power_management.next_event() == ("uninhibit", cookie)


def test_where_only_a_portal_is_it_is_asked(make_desktop, portal):
    desktop, _ = make_desktop()
    desktop.system_sleep.hold()
    assert portal.next_event() == ("inhibit", "", 4, "Sound is playing")
    desktop.system_sleep.release()
    assert portal.next_event() == ("close", f"{portal.path}/request/a/4")


def test_another_desktop_s_service_is_not_started(make_desktop, session, folder):
    name = "org.freedesktop.PowerManagement"
    description = f"[D-BUS Service]\nName={name}\nExec=/usr/bin/touch {folder}/started\n"
    (session.services / f"{name}.service").write_text(description)
    session.stop()
    session.start()
    with StubPortal(session.address) as portal:
        desktop, _ = make_desktop()
        desktop.system_sleep.hold()
        assert portal.next_event()[0] == "inhibit"
        assert not (folder / "started").exists()


def test_where_both_are_only_one_is_asked(make_desktop, power_management, portal):
    desktop, _ = make_desktop()
    desktop.system_sleep.hold()
    power_management.next_event()
    desktop.screen_lock.hold()
    assert portal.next_event()[2] == 8  # not 4 before it
