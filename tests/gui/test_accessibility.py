"""Every control has a name, and no text is cut, at any size of text and window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSlider, QWidget
from relax_window import Opened, Opener

from sleepcalm.gui.relax.leave_out_dialog import LeaveOutDialog
from sleepcalm.gui.theme import apply_theme
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

CONTROLS = (QAbstractButton, QComboBox, QSlider)


def name_of(widget: QWidget) -> str:
    """What a screen reader would say."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_every_control_has_a_name(opened: Opened) -> None:
    controls = [widget for kind in CONTROLS for widget in opened.tab.findChildren(kind)]
    assert len(controls) >= 18
    assert [type(widget).__name__ for widget in controls if not name_of(widget)] == []


def test_every_box_of_the_dialog_has_a_name(opened: Opened) -> None:
    dialog = LeaveOutDialog((), opened.tab)
    assert len(dialog.boxes) == 16
    assert len({name_of(box) for box in dialog.boxes.values()}) == 16
    dialog.deleteLater()


def test_what_is_drawn_is_told_in_words(opened: Opened) -> None:
    opened.tab.playback.toggle()
    opened.sound.hear(opened.first_hold_s() + 1)
    stage = opened.tab.stage
    assert stage.figure.accessibleName() == "Body"
    assert stage.figure.accessibleDescription() == "right hand and arm: tension"
    assert stage.ring.accessibleName() == "Countdown"
    assert stage.ring.accessibleDescription() == "hold for 6 s"
    assert stage.bar.value() == round(opened.first_hold_s() + 1)
    assert stage.bar.accessibleName()


def is_cut(widget: QWidget) -> bool:
    """Whether the text of a label or button needs more room than there is."""
    if isinstance(widget, QLabel):
        if not widget.text():
            return False
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height()
        needed = widget.fontMetrics().size(0, widget.text())
    elif isinstance(widget, QAbstractButton) and widget.hasHeightForWidth():
        return widget.heightForWidth(widget.width()) > widget.height()
    else:
        needed = widget.sizeHint()
    return needed.width() > widget.width() or needed.height() > widget.height()


def texts(opened: Opened) -> list[QWidget]:
    widgets = [*opened.tab.findChildren(QLabel), *opened.tab.findChildren(QAbstractButton)]
    return [widget for widget in widgets if widget.isVisible()]


@pytest.fixture
def large_text(qapp: QApplication) -> None:
    """Text half as large again as most desktops set; the theme fixture puts it back."""
    font = QFont(qapp.font())
    font.setPointSizeF(16.5)
    qapp.setFont(font)
    apply_theme(qapp)


SIZES = [(1040, 700), (1366, 768)]


def assert_nothing_is_cut(opened: Opened) -> None:
    QApplication.processEvents()
    cut = {name_of(widget) or widget.text(): widget.geometry() for widget in texts(opened) if is_cut(widget)}
    assert cut == {}
    stage = opened.tab.stage
    parts = [part for part in stage.children() if isinstance(part, QWidget) and part.isVisible()]
    for part in parts:
        assert QRect(0, 0, stage.width(), stage.height()).contains(part.geometry()), part
        overlapping = [
            other for other in parts if other is not part and other.geometry().intersects(part.geometry())
        ]
        assert overlapping == []


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_cut_at_one_and_a_half(
    large_text: None, open_window: Opener, size: tuple[int, int]
) -> None:
    opened = open_window(size=size)
    assert (opened.window.width(), opened.window.height()) == size
    assert_nothing_is_cut(opened)
    opened.tab.swap_cards()
    assert_nothing_is_cut(opened)


@pytest.mark.parametrize("size", [(800, 600), *SIZES])
def test_no_text_is_cut_at_the_usual_size(open_window: Opener, size: tuple[int, int]) -> None:
    opened = open_window(size=size)
    assert (opened.window.width(), opened.window.height()) == size
    assert_nothing_is_cut(opened)


def test_no_sentence_is_cut_at_one_and_a_half(large_text: None, open_window: Opener) -> None:
    opened = open_window(size=SIZES[0])
    seen = set()
    for row in opened.tab.routines.rows:
        row.click()
        timeline = opened.tab.playback.timeline
        for cue in timeline.cues:
            shown = (timeline.steps[cue.step_index].title, cue.text)
            if shown not in seen:
                seen.add(shown)
                opened.tab.playback.seek(cue.start_frame / SAMPLE_RATE_HZ + 0.01)
                assert_nothing_is_cut(opened)


def test_narrow_windows_swap_the_cards(open_window: Opener) -> None:
    opened = open_window(size=(800, 600))
    assert opened.tab.routines.isVisible()
    assert not opened.tab.settings.isVisible()
    opened.tab.swap_cards()
    assert opened.tab.settings.isVisible()
    assert not opened.tab.routines.isVisible()
    opened.window.resize(1366, 768)
    QApplication.processEvents()
    assert opened.tab.settings.isVisible()
    assert opened.tab.routines.isVisible()


def test_the_focus_can_be_seen_on_every_control(opened: Opened) -> None:
    opened.tab.playback.seek(100)
    controls = [
        widget
        for kind in CONTROLS
        for widget in opened.tab.findChildren(kind)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for control in controls:
        opened.tab.setFocus()
        without = control.grab().toImage()
        control.setFocus()
        assert control.hasFocus()
        assert control.grab().toImage() != without, name_of(control)
