"""The end of the window: in which order what was opened is closed, and what keeps it open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from relax_window import Opened, Opener

from sleepcalm.gui.unsaved_dialog import Answer
from sleepcalm.window.closing import WindowClosing


class Ending:
    """A window on its way out, and what was done on it."""

    def __init__(self, opened: Opened, reasons: list[str]) -> None:
        self.opened = opened
        self.done: list[str] = []
        self._reasons = reasons
        application = SimpleNamespace(exit=lambda status: self.done.append(f"exit {status}"))
        sound = SimpleNamespace(
            fade_out=lambda _seconds: self.done.append("fade"),
            is_silent=lambda: True,
            close=lambda: self.done.append("sound"),
        )
        self.closing = WindowClosing(application, opened.window, opened.tab, sound)
        self.closing.at_end(lambda: self.done.append("writer"))
        self.closing.wait_for(
            SimpleNamespace(
                finish=self._reasons.pop,
                try_again=self._reasons.pop,
                close=lambda: self.done.append("record"),
            )
        )


END = ["fade", "record", "writer", "sound"]


@pytest.fixture
def opened(open_window: Opener) -> Opened:
    return open_window()


def test_what_was_opened_last_is_closed_first_and_the_sound_at_the_very_end(opened, qtbot):
    ending = Ending(opened, [""])
    opened.window.close()
    assert ending.closing.has_begun
    qtbot.waitUntil(lambda: ending.done == [*END, "exit 0"])


def test_what_cannot_be_closed_keeps_nothing_else_open(opened, qtbot):
    ending = Ending(opened, [""])

    def fail() -> None:
        raise OSError("gone")

    ending.closing.at_end(fail)
    with qtbot.captureExceptions() as raised:
        opened.window.close()
        qtbot.waitUntil(lambda: ending.done == [*END, "exit 0"])
    assert [str(error) for _, error, _ in raised] == ["gone"]


@pytest.mark.parametrize(
    ("answers", "reasons", "closes"),
    [
        ([Answer.CLOSE], ["full"], True),
        ([Answer.STAY], ["full"], False),
        ([Answer.TRY_AGAIN], ["", "full"], True),
        ([Answer.TRY_AGAIN, Answer.STAY], ["full", "full"], False),
    ],
)
def test_somebody_is_asked_about_what_is_not_on_disk(opened, monkeypatch, answers, reasons, closes):
    ending, left = Ending(opened, reasons), iter(answers)
    monkeypatch.setattr("sleepcalm.gui.unsaved_dialog.ask_about_unsaved", lambda *_: next(left))
    opened.window.close()
    assert ending.closing.has_begun is closes
    assert opened.window.isVisible() is not closes
    assert list(left) == []
    opened.window.may_close = lambda: True  # after the test


def test_without_anybody_to_ask_it_is_said_and_the_program_ends_with_1(opened, qtbot, capsys):
    ending = Ending(opened, ["still full", "full"])
    ending.closing.close_unasked()
    qtbot.waitUntil(lambda: ending.done == [*END, "exit 1"])
    assert capsys.readouterr().err == "sleepcalm: still full\n"
