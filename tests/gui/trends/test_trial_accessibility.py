"""On cards and windows of questions and trials every control has a name, and no text is cut at any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sleepcalm.gui.trends.questions.card import QuestionCard
from sleepcalm.gui.trends.trials.card import TrialCard
from sleepcalm.gui.trends.trials.page import HABIT
from sleepcalm.gui.trends.trials.wizard import TrialWizard
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea
from sleepcalm.trends.trial import Condition

from .asked_record import QuestionsInMemory, nights_of
from .trial_record import COFFEE, PMR, TOO_FEW_NIGHTS, TrialsInMemory, result_with

SIZES = [(1040, 700), (1366, 768), (800, 600)]
SIDE_LINES = 16.5
"""The width of the column beside the chart, in heights of a line."""

ENOUGH = nights_of(*[(3, True)] * 12, *[(1, False)] * 20)


class Scene:
    """Both cards in a column as wide as that beside the chart."""

    def __init__(self, qtbot, trials: TrialsInMemory, size: tuple[int, int]) -> None:
        self.questions = QuestionCard(QuestionsInMemory(ENOUGH))
        self.trial = TrialCard(trials)
        self.window = QWidget()
        side = QWidget()
        column = QVBoxLayout(side)
        for card in (self.questions, self.trial):
            column.addWidget(card)
        column.addStretch(1)
        area = QuietScrollArea(side)
        area.setFixedWidth(round(line_height(self.window) * SIDE_LINES))
        row = QHBoxLayout(self.window)
        row.addStretch(1)
        row.addWidget(area)
        self.window.resize(*size)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.questions.factor.setCurrentIndex(self.questions.factor.findData("alcohol"))
        self.settle()

    def settle(self) -> None:
        """Until the heights have followed what is shown."""
        for _round in range(6):
            QApplication.processEvents()

    def dialog(self) -> QDialog:
        dialogs = [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]
        assert len(dialogs) == 1
        self.settle()
        return dialogs[0]


def over() -> TrialsInMemory:
    ended = replace(PMR, ended_early=PMR.start.replace(day=30), accepted=(TOO_FEW_NIGHTS,))
    trials = TrialsInMemory(ended, now="2026-12-27T21:00")
    trials.found = result_with(ended, lambda number, one: number % 3 + (one is Condition.WITH))
    return trials


def short() -> TrialsInMemory:
    trials = TrialsInMemory()
    trials.short = (TOO_FEW_NIGHTS,)
    return trials


def wizard_at(step: int) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        scene.trial.plan()
        wizard = scene.trial.findChild(TrialWizard)
        if step == 0:
            wizard.subject.choose_kind(HABIT)
        wizard.caution.nothing_applies.setChecked(True)
        for _step in range(step):
            wizard.shortfall.accept.setChecked(wizard.page is wizard.shortfall)
            wizard.done_button.click()
        assert wizard.page is wizard.pages[step]

    return act


MOMENTS: dict[str, tuple[Callable[[], TrialsInMemory], Callable[[Scene], object]]] = {
    "question": (TrialsInMemory, lambda scene: scene.questions.show_comparison()),
    **{f"step {step + 1}": (short, wizard_at(step)) for step in range(5)},
    "nights": (lambda: TrialsInMemory(COFFEE, now="2026-10-09T21:00"), lambda s: s.trial.tell_nights()),
    "end": (lambda: TrialsInMemory(PMR), lambda scene: scene.trial.end_early()),
    "result": (over, lambda scene: scene.trial.past[0].click()),
}


@pytest.fixture(autouse=True)
def _british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture(params=[11.0, 16.0])
def text_pt(request, qapp) -> Iterator[float]:
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPointSizeF(request.param)
    qapp.setFont(font)
    yield request.param
    qapp.setFont(before)


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def is_cut(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height()
    if isinstance(widget, QLabel):
        needed = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text())
    else:
        needed = widget.sizeHint()
    return needed.width() > widget.width() or needed.height() > widget.height()


def cut_texts(parent: QWidget) -> list[str]:
    widgets = [*parent.findChildren(QLabel), *parent.findChildren(QAbstractButton)]
    seen = [widget for widget in widgets if (widget.isVisible() and name_of(widget)) or _has_words(widget)]
    assert len(seen) > 2
    return [f"{type(w).__name__} {w.text()}" for w in seen if w.isVisible() and is_cut(w)]


def _has_words(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and bool(widget.text())


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.usefixtures("text_pt")
def test_no_text_is_cut_and_no_window_is_larger_than_its_parent(qtbot, size, moment):
    trials, act = MOMENTS[moment]
    scene = Scene(qtbot, trials(), size)
    assert cut_texts(scene.questions) == []
    assert cut_texts(scene.trial) == []
    act(scene)
    dialog = scene.dialog()
    assert cut_texts(dialog) == []
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_control_has_a_name_and_the_keyboard_gets_to_it(qtbot, moment):
    trials, act = MOMENTS[moment]
    scene = Scene(qtbot, trials(), SIZES[0])
    act(scene)
    for parent in (scene.questions, scene.trial, scene.dialog()):
        controls = [
            control
            for kind in (QAbstractButton, QComboBox, QLineEdit)
            for control in parent.findChildren(kind)
            if control.isVisible()
        ]
        assert controls
        assert [control for control in controls if not name_of(control)] == []
        unreached = [c for c in controls if c.focusPolicy() == Qt.FocusPolicy.NoFocus]
        assert all(type(control).__name__ == "_Segment" for control in unreached)
