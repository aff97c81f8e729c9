"""Every control has a name, every key has a way, and no text is cut at any size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QWidget

from sleepcalm.gui.theme import apply_theme
from sleepcalm.minerals.intake import ChecklistItem
from sleepcalm.preferences import Preferences, RegularMedicine

from .minerals_window import CAPSULE, EVENING, TABLET, Opened, Opener, day_with

ITEMS = (ChecklistItem(CAPSULE, daily=True), ChecklistItem(TABLET, daily=True))
MEDICINES = Preferences(
    medicines=(
        RegularMedicine("levothyroxine", ("20:00",)),
        RegularMedicine("iron"),
        RegularMedicine("other"),
    )
)
SIZES = [(1040, 700), (1366, 768), (800, 600)]
DIALOGS = ["item", "calendar", "person", "medicines"]


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def controls_in(parent: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    return [widget for kind in kinds for widget in parent.findChildren(kind)]


def open_dialog(opened: Opened, name: str) -> QDialog:
    openers = {
        "item": lambda: opened.tab.open_item(CAPSULE, ""),
        "calendar": opened.tab.open_calendar,
        "person": opened.tab.open_person,
        "medicines": opened.tab.open_medicines,
    }
    openers[name]()
    dialog = opened.tab.findChild(QDialog)
    assert dialog is not None
    return dialog


def is_cut(widget: QWidget) -> bool:
    """Whether a label or button needs more room than there is."""
    if isinstance(widget, QLabel):
        if not widget.text():
            return False
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height()
        needed = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text())
    elif isinstance(widget, QAbstractButton) and widget.hasHeightForWidth():
        return widget.heightForWidth(widget.width()) > widget.height()
    else:
        needed = widget.sizeHint()
    return needed.width() > widget.width() or needed.height() > widget.height()


def cut_texts(parent: QWidget) -> list[str]:
    widgets = [*parent.findChildren(QLabel), *parent.findChildren(QAbstractButton)]
    seen = [widget for widget in widgets if widget.isVisible()]
    assert len(seen) > 3
    return [f"{type(w).__name__} {w.text() or w.accessibleName()}" for w in seen if is_cut(w)]


def settle(opened: Opened) -> None:
    """Until the heights have followed what is shown."""
    opened.qtbot.waitUntil(opened.tab.isVisible)
    for _round in range(5):
        QApplication.processEvents()


@pytest.fixture
def large_text(qapp: QApplication) -> None:
    font = QFont(qapp.font())
    font.setPointSizeF(16.5)
    qapp.setFont(font)
    apply_theme(qapp)


def test_every_control_of_the_tab_has_a_name(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)), items=ITEMS, preferences=MEDICINES)
    opened.tab.checklist.search.setText("milk")
    opened.tab.totals.span.set_value("week")
    opened.tab.totals.show_totals()
    nameless = [type(widget).__name__ for widget in controls_in(opened.tab) if not name_of(widget)]
    hidden_words = [opened.tab.checklist.copy, opened.tab.checklist.undo]
    assert len(controls_in(opened.tab)) > 30
    assert nameless == []
    assert all(name_of(widget) for widget in hidden_words)


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_the_dialogs_has_a_name(open_tab: Opener, name: str) -> None:
    opened = open_tab(items=ITEMS, preferences=MEDICINES)
    dialog = open_dialog(opened, name)
    own = [
        w for w in controls_in(dialog) if not w.objectName().startswith("qt_")
    ]  # Qt's calendar has its own
    assert own
    assert [type(widget).__name__ for widget in own if not name_of(widget)] == []


def test_the_bars_say_in_words_what_they_show(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)), preferences=Preferences(sex="female", birth_year=1984))
    assert opened.tab.totals.panels["magnesium"].bar.accessibleName() == (
        "Magnesium: 100 of 320 mg; 0 mg from food; 100 mg from supplements"
    )
    opened.tab.desk.go_to(opened.record.today().replace(day=1))
    assert "not recorded" in opened.tab.totals.panels["magnesium"].bar.accessibleName()


def test_tab_reaches_every_part_and_comes_round(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING), (TABLET, 1, EVENING)), items=ITEMS)
    start, reached = QApplication.focusWidget(), []
    for _step in range(60):
        opened.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is start:
            break
    checklist = opened.tab.checklist
    assert reached[-1] is start
    for wanted in (
        checklist.search,
        checklist.header.earlier,
        checklist.header.calendar,
        checklist.add_own,
        opened.row("Night capsule").more,
        opened.tab.totals.change_reference,
        opened.tab.good_to_know.medicines,
    ):
        assert wanted in reached
    assert opened.row("Calcium tablet").tick not in reached  # the arrows lead there


def test_space_presses_a_button_and_enter_does(open_tab: Opener) -> None:
    opened = open_tab()
    header = opened.tab.checklist.header
    header.earlier.setFocus()
    opened.press(Qt.Key.Key_Space)
    opened.press(Qt.Key.Key_Return)
    assert (opened.record.today() - opened.tab.keeper.date).days == 2


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", ["rules", "week", "amount", "warning", "search"])
def test_no_text_is_cut(open_tab: Opener, large_text: None, size: tuple[int, int], scene: str) -> None:
    servings = 4 if scene == "warning" else 1
    opened = open_tab(
        day_with((CAPSULE, servings, EVENING), (TABLET, 1, EVENING)), preferences=MEDICINES, size=size
    )
    if scene == "week":
        opened.tab.totals.span.set_value("week")
        opened.tab.totals.show_totals()
    elif scene == "amount":
        opened.tab.desk.open_amount_of_entry(opened.entry("Night capsule").key)
    elif scene == "search":
        opened.tab.checklist.search.setText("spinach")
    settle(opened)
    assert cut_texts(opened.tab) == []


@pytest.mark.parametrize("width", range(900, 1400, 50))
def test_a_long_name_among_the_found_is_shown_with_its_serving(
    open_tab: Opener, large_text: None, width: int
) -> None:
    opened = open_tab(size=(width, 850))
    opened.tab.checklist.search.setText("almo")
    settle(opened)
    assert len(opened.tab.checklist.results.rows) > 1
    assert cut_texts(opened.tab) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_no_text_of_the_dialogs_is_cut(open_tab: Opener, large_text: None, name: str) -> None:
    opened = open_tab(items=ITEMS, preferences=MEDICINES, size=(800, 600))
    dialog = open_dialog(opened, name)
    settle(opened)
    assert cut_texts(dialog) == []
    assert dialog.width() <= 800
    assert dialog.height() <= 600


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window(open_tab: Opener, large_text: None, size: tuple[int, int]) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)), items=ITEMS, size=size)
    settle(opened)
    assert (opened.window.width(), opened.window.height()) == size
    for card in (opened.tab.checklist, opened.tab.totals, opened.tab.good_to_know):
        right = card.mapTo(opened.window, card.rect().topRight()).x()
        assert right < size[0]
