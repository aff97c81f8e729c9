"""Choosing a routine, and what its list does while something plays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from relax_window import SCRIPTS, Opened, Opener

from sleepcalm.gui.relax.routine_list import RoutineRow
from sleepcalm.gui.relax.scrolled_dialog import ScrolledDialog
from sleepcalm.gui.widgets.buttons import LinkButton
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import Catalogue, read_catalogue
from sleepcalm.relaxation.left_place import LeftOff, left_place
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.strict_values import RoutineFormatError
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

Key = Qt.Key


def rows_of(opened: Opened) -> tuple[RoutineRow, RoutineRow]:
    """The row that is chosen, and the one above it, or below the first."""
    rows = opened.tab.routines.rows
    place = next(number for number, row in enumerate(rows) if row.isChecked())
    return rows[place], rows[place - 1 if place else 1]


def towards(opened: Opened, row: RoutineRow) -> Qt.Key:
    """The arrow that leads to `row` from its neighbour."""
    rows = opened.tab.routines.rows
    place = next(number for number, each in enumerate(rows) if each.isChecked())
    return Key.Key_Up if rows.index(row) < place else Key.Key_Down


def test_the_routine_of_last_time_is_chosen(open_window: Opener) -> None:
    opened = open_window(Preferences(routine="breath-awareness"))
    assert opened.tab.routines.chosen_id == "breath-awareness"
    assert opened.tab.stage.title.text() == "Breath awareness"


def test_a_routine_that_is_gone_gives_way_to_the_usual_one(open_window: Opener) -> None:
    opened = open_window(Preferences(routine="no-longer-there"))
    assert opened.tab.routines.chosen_id == "pmr-7"


def test_where_the_usual_one_is_gone_too_it_is_the_first(open_window: Opener) -> None:
    others = {name: each for name, each in read_catalogue([SCRIPTS]).routines.items() if name != "pmr-7"}
    opened = open_window(Preferences(routine="no-longer-there"), Catalogue(others, ()))
    assert opened.tab.routines.chosen_id == opened.tab.routines.rows[0].routine_id


def test_every_routine_is_listed_with_its_length(opened: Opened, qtbot: QtBot) -> None:
    rows = opened.tab.routines.rows
    assert [row.accessibleName().endswith(" min") for row in rows].count(True) == 1
    opened.tab.prepare()
    qtbot.waitUntil(lambda: all(row.accessibleName().endswith(" min") for row in rows))
    for row in rows:
        assert row.accessibleName().endswith(" min")
        assert row.toolTip()


def test_a_click_chooses_and_is_remembered(opened: Opened) -> None:
    _chosen, row = rows_of(opened)
    row.click()
    assert row.isChecked()
    assert opened.tab.stage.title.text() == row.text()
    assert opened.tab.playback.state is SessionState.IDLE
    opened.tab.flush()
    assert opened.saved[-1].routine == row.routine_id


def test_arrows_choose_while_nothing_plays(opened: Opened) -> None:
    chosen, other = rows_of(opened)
    chosen.setFocus()
    QTest.keyClick(chosen, towards(opened, other))
    assert other.isChecked()
    assert other.hasFocus()


def test_arrows_only_look_around_while_something_plays(opened: Opened) -> None:
    chosen, other = rows_of(opened)
    opened.tab.playback.toggle()
    opened.sound.hear(30)
    chosen.setFocus()
    QTest.keyClick(chosen, towards(opened, other))
    assert other.hasFocus()
    assert chosen.isChecked()
    assert opened.tab.playback.state is SessionState.PLAYING
    QTest.keyClick(other, Key.Key_Return)
    assert other.isChecked()
    assert opened.tab.playback.state is SessionState.IDLE


def test_choosing_another_silences_what_plays(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(30)
    playing = opened.sound.transport
    rows_of(opened)[1].click()
    assert not playing.is_playing


def test_enter_in_the_list_begins(opened: Opened) -> None:
    row, _other = rows_of(opened)
    row.setFocus()
    QTest.keyClick(row, Key.Key_Return)
    assert opened.tab.playback.state is SessionState.PLAYING


@pytest.mark.parametrize("size", [(1040, 700), (800, 600)])
def test_the_chosen_routine_is_in_sight(open_window: Opener, size: tuple[int, int]) -> None:
    opened = open_window(Preferences(routine="quiet-rest"), size=size)
    opened.window.setMinimumSize(0, 0)
    assert is_in_sight(opened, "quiet-rest")
    opened.tab.choose_routine("pmr-16-twice")
    assert is_in_sight(opened, "pmr-16-twice")
    opened.tab.choose_routine("body-scan")
    assert is_in_sight(opened, "body-scan")
    opened.window.resize(size[0], 560)
    assert is_in_sight(opened, "body-scan")


def test_looking_around_by_keys_scrolls_along(open_window: Opener) -> None:
    opened = open_window(Preferences(routine="pmr-16-twice"))
    opened.tab.playback.toggle()
    opened.sound.hear(30)
    rows = opened.tab.routines.rows
    rows[0].setFocus()
    for row in rows[1:]:
        QTest.keyClick(opened.window.focusWidget(), Key.Key_Down)
        assert row.hasFocus()
        assert is_in_sight(opened, row.routine_id)
    assert opened.tab.playback.routine.id == "pmr-16-twice"


def is_in_sight(opened: Opened, routine_id: str) -> bool:
    (row,) = [row for row in opened.tab.routines.rows if row.routine_id == routine_id]
    return row.visibleRegion().boundingRect() == row.rect()


def test_a_routine_of_one_step_has_one(open_window: Opener) -> None:
    steps = (Step("Rest", Phase.GUIDE, (Sentence("Rest.", 60),)),)
    opened = open_window(catalogue=Catalogue({"a": Routine("a", "A", Kind.REST, "", (), (), steps)}, ()))
    assert opened.tab.stage.step_label.text() == "1 min · 1 step"


def test_files_that_cannot_be_read_are_one_quiet_line(open_window: Opener) -> None:
    routine = Routine(
        "a", "A", Kind.REST, "Rest.", (), (), (Step("Rest", Phase.GUIDE, (Sentence("Rest.", 5),)),)
    )
    opened = open_window(catalogue=Catalogue({"a": routine}, ("bad.toml: has no steps", "b.toml: no id")))
    (line,) = [each for each in opened.tab.findChildren(LinkButton) if "cannot be read" in each.text()]
    assert line.text() == "2 files cannot be read…"
    assert line.toolTip() == "bad.toml: has no steps\nb.toml: no id"
    assert line.accessibleDescription() == line.toolTip()


def test_the_reasons_are_read_in_a_small_window_that_a_key_opens(open_window: Opener) -> None:
    opened = open_window(catalogue=Catalogue({}, ("bad.toml: has <b>no</b> steps", "b.toml: no id")))
    (line,) = [each for each in opened.tab.findChildren(LinkButton) if "cannot be read" in each.text()]
    assert line.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(line, Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ScrolledDialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert texts == ["bad.toml: has <b>no</b> steps\n\nb.toml: no id"]
    QTest.keyClick(dialog, Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_without_any_routine_it_says_so_and_nothing_can_be_started(open_window: Opener) -> None:
    opened = open_window(catalogue=Catalogue({}, ("bad.toml: has no steps",)))
    assert opened.tab.stage.sentence.text() == "There is no routine file that can be read."
    assert not opened.tab.stage.play_button.isEnabled()
    for key in (Key.Key_Space, Key.Key_Right, Key.Key_Left, Key.Key_Escape):
        QTest.keyClick(opened.tab, key)
    assert opened.sound.loaded == []


def test_what_a_routine_has_no_use_for_is_not_offered(opened: Opened) -> None:
    assert opened.tab.settings.hold.isVisible()
    next(row for row in opened.tab.routines.rows if row.routine_id == "breath-awareness").click()
    assert not opened.tab.settings.hold.isVisible()
    assert not opened.tab.settings.hand.isVisible()
    assert opened.tab.settings.pauses.isVisible()


def test_a_routine_can_be_begun_by_its_id(opened: Opened) -> None:
    opened.tab.begin("body-scan")
    assert opened.tab.routines.chosen_id == "body-scan"
    assert opened.tab.playback.state is SessionState.PLAYING
    opened.tab.begin("body-scan")
    assert opened.tab.playback.state is SessionState.PLAYING


def test_a_routine_begins_where_it_was_left(opened: Opened) -> None:
    opened.tab.choose_routine("body-scan")
    timeline = opened.tab.playback.timeline
    cue = next(cue for cue in timeline.cues[20:] if cue.text)
    left = LeftOff(0.5, left_place(timeline, cue.end_frame - 1))
    opened.tab.choose_routine("pmr-7")
    opened.tab.begin("body-scan", left)
    assert opened.sound.transport.frame == cue.start_frame
    assert opened.tab.playback.is_sounding


def test_what_plays_already_is_not_moved_by_a_place_that_is_found_late(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(7)
    opened.tab.begin(opened.tab.playback.routine.id, LeftOff(0.5))
    assert opened.tab.playback.moment.frame == 7 * SAMPLE_RATE_HZ
    assert opened.tab.playback.is_sounding


class Damaged(dict[str, Routine]):
    """Routines of which one cannot be read once it is asked for."""

    def __getitem__(self, routine_id: str) -> Routine:
        if routine_id == "body-scan":
            raise RoutineFormatError("it has no steps")
        return super().__getitem__(routine_id)


def test_a_routine_that_cannot_be_read_is_not_begun_and_no_other_in_its_place(open_window: Opener) -> None:
    opened = open_window(catalogue=Catalogue(Damaged(read_catalogue([SCRIPTS]).routines), ()))
    before = opened.tab.playback.routine.id
    opened.tab.begin("body-scan", LeftOff(0.5))
    assert opened.tab.playback.routine.id == before
    assert opened.tab.playback.state is SessionState.IDLE
    assert not opened.tab.playback.is_under_way
    assert opened.tab.stage.notice.text() == "This routine cannot be read: it has no steps"
