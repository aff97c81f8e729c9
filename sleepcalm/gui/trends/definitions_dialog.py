"""What the figures of the trends mean, one click away from them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.labels import label, wrapped
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("Definitions", text)


def definitions() -> tuple[tuple[str, str], ...]:
    """Each figure with what it is. The sleep measures are those of the Consensus Sleep Diary."""
    return (
        (
            _tr("Night"),
            _tr(
                "A night carries the date of the morning. With it stand the magnesium, calcium, caffeine,"
                " stress and practice of the day and evening before."
            ),
        ),
        (
            _tr("Gap, zero, cross"),
            _tr(
                "A small dash: nothing is recorded. A line at the bottom: recorded, and none. A cross: the"
                " answers contradict one another, so the night is left out of the sleep figures."
            ),
        ),
        (
            _tr("Jolts"),
            _tr(
                "Hypnic jerks of a night. A hatched bar reaches from the least to the most that the answer"
                " allows, as for 3 to 5; with 6 or more it is open upwards. Their mean is a range, too."
            ),
        ),
        (
            _tr("Time to fall asleep"),
            _tr(
                "From trying to sleep to falling asleep, as estimated (sleep onset latency). Dozing that"
                " jolts break off still counts as falling asleep."
            ),
        ),
        (
            _tr("Asleep"),
            _tr(
                "From trying to sleep to the final awakening, less the time to fall asleep and the time"
                " awake in between (total sleep time). Naps are not in it. The bar behind is the time in bed."
            ),
        ),
        (
            _tr("Sleep efficiency"),
            _tr(
                "The sum of the time asleep over the sum of the time in bed, of the nights that have both."
                " A routine in bed before trying to sleep lowers it."
            ),
        ),
        (
            _tr("Mean"),
            _tr(
                "Of the nights that have the figure, which stand beside it. It takes about seven nights with"
                " a weekend for a mean to say much."
            ),
        ),
        (
            _tr("Weeks, months and years"),
            _tr(
                "Over a long time a bar is the mean of several nights; the whisker holds the middle half of"
                " them."
            ),
        ),
        (
            _tr("Dashed line"),
            _tr(
                "What is recommended a day for you, from food and supplements; two lines where it is a range."
            ),
        ),
    )


class DefinitionsDialog(QuietDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(_tr("What the figures mean"), _tr("Done"), parent, can_cancel=False)
        for name, meaning in definitions():
            self.column.addWidget(label(name, theme.HEADING))
            self.column.addWidget(wrapped(meaning, theme.TEXT, 1.0))
        self.column.addStretch(1)
