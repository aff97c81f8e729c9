"""The bedside screen neither blanks nor locks while it shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from testbed.bus_services import StubCookies, StubPortal

NAME, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


@pytest.fixture
def screen_saver(session) -> Iterator[StubCookies]:
    with StubCookies(session.address, NAME, PATH) as service:
        yield service


def test_held_and_let_go_by_a_cookie_that_an_int32_could_not_carry(make_desktop, screen_saver):
    desktop, _ = make_desktop()
    desktop.screen_lock.hold()
    kind, who, _, cookie = screen_saver.next_event()
    assert (kind, who) == ("inhibit", "SleepCalm")
    assert cookie > 2**31
    desktop.screen_lock.release()
    assert screen_saver.next_event() == ("uninhibit", cookie)


def test_held_again_after_it_was_let_go(make_desktop, screen_saver):
    desktop, _ = make_desktop()
    cookies = set()
    for _ in range(3):
        desktop.screen_lock.hold()
        cookies.add(screen_saver.next_event()[3])
        desktop.screen_lock.release()
        assert screen_saver.next_event()[0] == "uninhibit"
    assert len(cookies) == 3


def test_where_only_a_portal_is_it_is_asked(make_desktop, session):
    with StubPortal(session.address) as portal:
        desktop, _ = make_desktop()
        desktop.screen_lock.hold()
        assert portal.next_event()[:3] == ("inhibit", "", 8)
        desktop.screen_lock.release()
        assert portal.next_event() == ("close", f"{portal.path}/request/a/8")


def test_a_bus_that_comes_back_is_asked_again(make_desktop, session):
    desktop, _ = make_desktop()
    desktop.screen_lock.hold()
    with StubCookies(session.address, NAME, PATH) as service:
        assert service.next_event()[0] == "inhibit"
        session.stop()
    session.start()
    with StubCookies(session.address, NAME, PATH) as service:
        assert service.next_event()[0] == "inhibit"


def test_a_screen_saver_that_starts_anew_is_asked_anew(make_desktop, session):
    desktop, _ = make_desktop()
    desktop.screen_lock.hold()
    for _ in range(3):
        with StubCookies(session.address, NAME, PATH) as service:
            assert service.next_event()[0] == "inhibit"
