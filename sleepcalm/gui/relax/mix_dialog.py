"""The small window in which several backgrounds are mixed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from sleepcalm.backgrounds import MOST_PARTS, Part, background_text
from sleepcalm.gui import theme
from sleepcalm.gui.relax.scrolled_dialog import ScrolledDialog
from sleepcalm.gui.relax.wording import background_name
from sleepcalm.gui.widgets.labels import Paragraph, label
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.slider import ThinSlider

_NAME_LINES = 10
"""So wide may a name be, in heights of a line."""


class MixDialog(ScrolledDialog):
    """A level for each sound, heard at once: `changed` carries the mixture as it is written."""

    changed = Signal(str)

    def __init__(self, names: Sequence[str], parts: Sequence[Part], parent: QWidget) -> None:
        """`names` are the sounds that there are; a part whose sound is not among them is kept."""
        super().__init__(QCoreApplication.translate("MixDialog", "Mix the background"), parent)
        levels = {part.name: part.level for part in parts}
        known = [*names, *(name for name in levels if name not in names)]
        self.sliders = {name: ThinSlider(0, 100) for name in known}
        for name, slider in self.sliders.items():
            slider.setSingleStep(5)
            slider.setPageStep(20)
            slider.setValue(round(levels.get(name, 0.0) * 100))
            slider.setAccessibleName(background_name(name))
            slider.valueChanged.connect(self._tell)
        self._lay_out()
        self._show_room()

    @property
    def parts(self) -> tuple[Part, ...]:
        levels = {name: slider.value() / 100 for name, slider in self.sliders.items()}
        return tuple(Part(name, level) for name, level in levels.items() if level > 0)

    def _tell(self) -> None:
        self._show_room()
        self.changed.emit(background_text(self.parts))

    def _show_room(self) -> None:
        """As many sounds as a mixture can have are on: the others wait."""
        is_full = len(self.parts) >= MOST_PARTS
        for slider in self.sliders.values():
            slider.setEnabled(not is_full or slider.value() > 0)

    def _lay_out(self) -> None:
        line = line_height(self)
        intro = Paragraph(theme.MUTED, 0.95, lines=1)
        intro.setText(self.tr("How loud each sound is beside the others."))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.6))
        column.addWidget(intro)
        grid = QGridLayout()
        column.addLayout(grid)
        grid.setHorizontalSpacing(line)
        grid.setColumnStretch(1, 1)
        for row, (name, slider) in enumerate(self.sliders.items()):
            grid.addWidget(_title(background_name(name), slider), row, 0)
            grid.addWidget(slider, row, 1)
        column.addStretch(1)
        self.show_content(content, 25)


def _title(name: str, slider: ThinSlider) -> QLabel:
    """As much of the name as leaves the slider room; the whole is in the tooltip."""
    title = label(size=0.95)
    room = round(line_height(slider) * _NAME_LINES)
    shown = QFontMetrics(title.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, room)
    title.setText(shown.replace("&", "&&"))  # it has a buddy: one alone would mark a letter
    title.setToolTip(escape(name) if shown != name else "")
    title.setBuddy(slider)
    return title
