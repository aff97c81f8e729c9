"""The window for voices: what is offered for each, what is said of it, and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from voices_in_memory import ALL, FRESH, GONE, HALF, OWN, SLT, WHOLE, VoicesInMemory

from sleepcalm.gui.voices.ports import Made, Making, VoiceOnOffer
from sleepcalm.gui.voices.voices_dialog import VoicesDialog
from sleepcalm.gui.voices.wording import about_text

Opening = Callable[..., VoicesDialog]


@pytest.fixture
def voices(qapp: QApplication) -> VoicesInMemory:
    return VoicesInMemory()


@pytest.fixture
def open_dialog(qtbot: QtBot, voices: VoicesInMemory) -> Opening:
    windows: list[QWidget] = []  # none goes before its dialog

    def opened(size: tuple[int, int] = (1040, 700), offered: tuple[VoiceOnOffer, ...] = ALL) -> VoicesDialog:
        window = QWidget()
        window.resize(*size)
        windows.append(window)
        qtbot.addWidget(window)
        dialog = VoicesDialog(voices, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        with qtbot.waitExposed(dialog):
            dialog.show()
        dialog.activateWindow()
        if offered:
            voices.found.emit(offered, ())
        return dialog

    return opened


@pytest.fixture
def dialog(open_dialog: Opening) -> VoicesDialog:
    return open_dialog()


def look_at(dialog: VoicesDialog, voice: VoiceOnOffer) -> None:
    next(row for row in dialog.list.rows if row.voice == voice).click()


def offered(dialog: VoicesDialog) -> set[str]:
    """The buttons that can be pressed for the voice looked at."""
    buttons = {"hear": dialog.panel.hear, "make": dialog.panel.make, "choose": dialog.panel.choose}
    return {name for name, button in buttons.items() if button.isVisible() and button.isEnabled()}


def test_until_voices_are_found_it_says_that_it_looks(open_dialog: Opening, voices: VoicesInMemory) -> None:
    dialog = open_dialog(offered=())
    assert dialog.intro.text() == "Looking for voices…"
    assert offered(dialog) == set()
    voices.found.emit(ALL, ("piper: did not answer within 120 s",))
    assert dialog.problems.text() == "piper: did not answer within 120 s"
    assert "Looking" not in dialog.intro.text()


def test_the_chosen_voice_is_looked_at_first(dialog: VoicesDialog) -> None:
    assert dialog.list.voice == SLT
    assert [row.is_chosen for row in dialog.list.rows] == [True, *[False] * 5]
    assert dialog.list.rows[0].hasFocus()
    assert dialog.panel.choose.text() == "Chosen"


@pytest.mark.parametrize(
    ("voice", "can", "words"),
    [
        (SLT, {"hear"}, "has every sentence"),
        (FRESH, {"hear", "make", "choose"}, "have to be made first"),
        (HALF, {"hear", "make", "choose"}, "Half-made: 120 of 482"),
        (WHOLE, {"hear", "choose"}, "not tried"),
        (OWN, {"hear", "make", "choose"}, "The built-in voice speaks the others"),
        (GONE, {"hear", "choose"}, "not to be found on this computer"),
    ],
)
def test_what_can_be_done_with_each(
    dialog: VoicesDialog, voice: VoiceOnOffer, can: set[str], words: str
) -> None:
    look_at(dialog, voice)
    assert offered(dialog) == can
    assert words in dialog.panel.about.text()


@pytest.mark.parametrize(
    ("clips", "words"), [(0, "0 of its sentences are here."), (1, "1 of its sentences is here.")]
)
def test_a_voice_that_is_gone_says_what_is_left(clips: int, words: str) -> None:
    assert about_text(replace(GONE, clips=clips)).endswith(words)


def test_a_half_made_voice_says_who_speaks_meanwhile(dialog: VoicesDialog) -> None:
    look_at(dialog, HALF)
    assert "the built-in voice speaks that routine" in dialog.panel.about.text()
    assert dialog.panel.make.text() == "&Make the rest"
    row = next(row for row in dialog.list.rows if row.voice == HALF)
    assert row.accessibleName() == "en_GB-alba-medium, piper · 120 of 482 sentences"


def test_choosing_marks_the_voice(dialog: VoicesDialog, voices: VoicesInMemory) -> None:
    look_at(dialog, WHOLE)
    assert voices.chosen == "slt"
    dialog.panel.choose.click()
    assert voices.chosen == "say:Samantha"
    assert [row.voice for row in dialog.list.rows if row.is_chosen] == [WHOLE]
    assert "choose" not in offered(dialog)


def test_making_shows_how_far_it_is_and_can_be_stopped(dialog: VoicesDialog, voices: VoicesInMemory) -> None:
    look_at(dialog, HALF)
    dialog.panel.make.click()
    voices.go_on(Making(HALF.narrator, 12, 63))
    assert (dialog.panel.progress.value(), dialog.panel.progress.maximum()) == (12, 63)
    assert "12 of 63 sentences of the chosen routine" in dialog.panel.news.text()
    voices.go_on(Making(HALF.narrator, 200, 482, is_of_routine=False))
    assert "200 of 482 sentences" in dialog.panel.news.text()
    dialog.panel.stop.click()
    assert voices.asked[-1] == ("stop", "")
    voices.go_on(None)
    voices.made.emit(Made(HALF.narrator, 201, 482, was_stopped=True))
    assert not dialog.panel.progress.isVisible()
    assert "What is made stays" in dialog.panel.news.text()
    assert "make" in offered(dialog)


def test_a_making_that_ends_without_a_word_leaves_none(dialog: VoicesDialog, voices: VoicesInMemory) -> None:
    voices.go_on(Making("", is_of_routine=False))
    assert dialog.panel.news.text() == "Looking for a voice that can speak your routine"
    voices.go_on(None)
    assert dialog.panel.news.isHidden()
    voices.go_on(Making(HALF.narrator, 12, 63))
    voices.remarked.emit("No sentence of it is there yet.")
    voices.go_on(None)
    assert dialog.panel.news.text() == "No sentence of it is there yet."


def test_while_one_is_made_no_other_can_be(dialog: VoicesDialog, voices: VoicesInMemory) -> None:
    voices.go_on(Making(HALF.narrator, 12, 63))
    look_at(dialog, FRESH)
    assert offered(dialog) == {"choose"}
    assert dialog.list.rows[ALL.index(HALF)].accessibleName() == "en_GB-alba-medium, piper · being made"
    look_at(dialog, WHOLE)
    assert offered(dialog) == {"hear", "choose"}


def test_what_went_wrong_is_told_in_a_few_lines(dialog: VoicesDialog, voices: VoicesInMemory) -> None:
    problems = tuple(f"take {number}.wav: is silent" for number in range(5))
    voices.made.emit(Made(OWN.narrator, 12, 17, problems))
    assert dialog.panel.news.text().splitlines() == [
        "folder:mine: 12 of 17 sentences are made.",
        *problems[:3],
        "And 2 more of the kind.",
    ]


def test_a_voice_that_could_not_be_begun_shows_the_reason_only(
    dialog: VoicesDialog, voices: VoicesInMemory
) -> None:
    voices.made.emit(Made(GONE.narrator, 0, 0, ("espeak-ng is not installed",)))
    assert dialog.panel.news.text() == "espeak-ng:en-us: espeak-ng is not installed"


def test_an_opened_window_shows_what_is_being_made_already(
    open_dialog: Opening, voices: VoicesInMemory
) -> None:
    voices.making = Making(HALF.narrator, 30, 482, is_of_routine=False)
    dialog = open_dialog()
    assert dialog.panel.progress.isVisible()
    assert dialog.panel.progress.value() == 30


def test_new_numbers_leave_the_eye_and_the_keyboard_where_they_are(
    dialog: VoicesDialog, voices: VoicesInMemory
) -> None:
    look_at(dialog, HALF)
    dialog.list.focus_selected()
    more = VoiceOnOffer(HALF.narrator, HALF.engine, HALF.language, 482, 482)
    voices.found.emit((SLT, more), ())
    assert dialog.list.voice == more
    assert QApplication.focusWidget() is dialog.list.rows[1]
    assert "make" not in offered(dialog)


def test_keys(dialog: VoicesDialog, voices: VoicesInMemory) -> None:
    def press(key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget(), key)

    press(Qt.Key.Key_Down)
    assert dialog.list.voice == FRESH
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Up)
    assert dialog.list.voice == OWN
    assert voices.chosen == "slt"
    press(Qt.Key.Key_Return)
    assert voices.chosen == OWN.narrator
    assert dialog.isVisible()
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.panel.hear
    press(Qt.Key.Key_Space)
    assert voices.asked[-1] == ("hear", OWN.narrator)
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_row_that_the_keys_reach_is_in_sight(open_dialog: Opening, qtbot: QtBot) -> None:
    dialog = open_dialog((760, 420))
    last = dialog.list.rows[-1]
    qtbot.waitUntil(lambda: last.y() > 0 and last.visibleRegion().isEmpty())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())


def test_a_chosen_voice_far_below_is_in_sight_from_the_beginning(
    open_dialog: Opening, voices: VoicesInMemory, qtbot: QtBot
) -> None:
    many = tuple(VoiceOnOffer(f"piper:voice-{number}", "piper", "", 0, 482) for number in range(40))
    voices.chosen = "piper:voice-33"
    dialog = open_dialog((760, 420), (SLT, *many))
    row = dialog.list.rows[34]
    assert row.is_chosen
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect() == row.rect())


def painted_words(dialog: VoicesDialog, voice: VoiceOnOffer) -> str:
    return next(row for row in dialog.list.rows if row.voice.narrator == voice.narrator).state


def test_the_voice_being_made_shows_what_it_has_by_now(dialog: VoicesDialog, voices: VoicesInMemory) -> None:
    look_at(dialog, HALF)
    voices.go_on(Making(HALF.narrator))
    voices.go_on(Making(HALF.narrator, 12, 63))
    assert painted_words(dialog, HALF) == "piper · being made · 120 of 482 sentences"
    voices.go_on(Making(HALF.narrator, 15, 63))
    assert painted_words(dialog, HALF) == "piper · being made · 123 of 482 sentences"
    assert "Half-made: 123 of 482 sentences" in dialog.panel.about.text()
    voices.go_on(Making(HALF.narrator, 171, 482, is_of_routine=False))
    voices.go_on(Making(HALF.narrator, 177, 482, is_of_routine=False))
    assert "Half-made: 129 of 482" in dialog.panel.about.text(), "what lies between was not counted"
    listed = replace(HALF, clips=177)
    voices.found.emit((SLT, listed), ())
    voices.go_on(Making(HALF.narrator, 180, 482, is_of_routine=False))
    assert "Half-made: 180 of 482" in dialog.panel.about.text()
    assert [row.accessibleName() for row in dialog.list.rows][1] == "en_GB-alba-medium, piper · being made"
    assert voices.asked == [("look", "")]


def test_of_a_voice_that_was_made_anew_there_is_never_more_than_all(
    dialog: VoicesDialog, voices: VoicesInMemory
) -> None:
    look_at(dialog, HALF)
    for done in (0, 482):
        voices.go_on(Making(HALF.narrator, done, 482, is_of_routine=False))
    assert dialog.panel.about.text() == "All 482 sentences are made."


def test_every_control_has_a_name(dialog: VoicesDialog) -> None:
    look_at(dialog, HALF)
    for button in dialog.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()
    assert dialog.panel.hear.accessibleName() == "Hear a sentence: en_GB-alba-medium"


@pytest.mark.parametrize("size", [(1440, 900), (1040, 700), (760, 480)])
@pytest.mark.parametrize("points", [11, 16])
def test_no_text_is_cut(
    qapp: QApplication,
    open_dialog: Opening,
    voices: VoicesInMemory,
    size: tuple[int, int],
    points: int,
) -> None:
    font = qapp.font()
    font.setPointSizeF(points)
    qapp.setFont(font)
    room = (size[0], size[1]) if points == 11 else (round(size[0] * 1.2), round(size[1] * 1.2))
    dialog = open_dialog(room)
    look_at(dialog, HALF)
    voices.go_on(Making(HALF.narrator, 12, 63))
    QApplication.processEvents()
    for label in dialog.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in (dialog.panel.hear, dialog.panel.make, dialog.panel.choose, dialog.panel.stop):
        assert button.width() >= button.sizeHint().width(), button.text()
        assert button.height() >= button.sizeHint().height(), button.text()
    assert dialog.height() <= room[1]
    assert dialog.area.height() >= dialog.list.rows[0].height()
