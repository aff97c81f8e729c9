"""A diary in memory that questions are put to, and a card or window on the screen to put them with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sleepcalm.diary.entry import Entry, Evening, HypnicJerks, JerkCountBand
from sleepcalm.trends.comparison import Comparison, compare
from sleepcalm.trends.figures import NightFigures, Series, night_figures
from sleepcalm.trends.trial import Trial

FIRST = date(2026, 8, 1)


def nights_of(*jolts_and_alcohol: tuple[int | JerkCountBand | None, bool | None]) -> list[NightFigures]:
    """A recorded night each: its jolts, and whether alcohol came before it."""
    drinks = {True: 2.0, False: 0.0, None: None}
    entries = {
        wake_date: Entry(
            wake_date,
            "UTC",
            hypnic_jerks=HypnicJerks(count=jolts),
            evening=Evening(alcohol_drinks=drinks[alcohol]),
        )
        for wake_date, (jolts, alcohol) in zip(_dates(), jolts_and_alcohol, strict=False)
    }
    last = max(entries, default=FIRST)
    return list(night_figures(entries, {}, (), FIRST, last))


def _dates() -> list[date]:
    return [FIRST + timedelta(days=number) for number in range(400)]


class QuestionsInMemory(QObject):
    """Answers at once, or, if told to wait, when `answer` is called."""

    changed = Signal()
    problem = Signal(str)

    def __init__(self, nights: list[NightFigures], closing: Trial | None = None) -> None:
        super().__init__()
        self.nights = nights
        self.closing = closing
        self.remembered: list[tuple[str, Series]] = []
        self.waits = False
        self._waiting: list[Callable[[], None]] = []

    def compare(self, factor: str, outcome: Series, tell: Callable[[Comparison], None]) -> None:
        def answer() -> None:
            tell(compare(self.nights, factor, outcome))

        if self.waits:
            self._waiting.append(answer)
        else:
            answer()

    def answer(self) -> None:
        """Everything that was asked, in its order."""
        while self._waiting:
            self._waiting.pop(0)()

    def closed_by(self, factor: str, outcome: Series) -> Trial | None:
        trial = self.closing
        if trial is None or (trial.factor, trial.outcome.value) != (factor, outcome.value):
            return None
        return trial

    def asked(self) -> int:
        return len(set(self.remembered))

    def remember(self, factor: str, outcome: Series) -> None:
        self.remembered.append((factor, outcome))


def shown(qtbot: QtBot, card: QWidget, width: int = 340, height: int = 640) -> None:
    """Show the card in a window that has the keyboard, and that goes with the card."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(card)
    column.addStretch(1)
    window.resize(width, height)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    card.shown_in = window  # type: ignore[attr-defined]
