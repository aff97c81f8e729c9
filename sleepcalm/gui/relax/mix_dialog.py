"""The small window in which several backgrounds are mixed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from sleepcalm.backgrounds import MOST_PARTS, Part, background_text
from sleepcalm.gui import theme
from sleepcalm.gui.relax.wording import background_name
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.labels import Paragraph, label
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea
from sleepcalm.gui.widgets.slider import ThinSlider


class MixDialog(QDialog):
    """A level for each sound, heard at once: `changed` carries the mixture as it is written."""

    changed = Signal(str)

    def __init__(self, names: Sequence[str], parts: Sequence[Part], parent: QWidget) -> None:
        """`names` are the sounds that there are; a part whose sound is not among them is kept."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mix the background"))
        levels = {part.name: part.level for part in parts}
        known = [*names, *(name for name in levels if name not in names)]
        self.sliders = {name: ThinSlider(0, 100) for name in known}
        for name, slider in self.sliders.items():
            slider.setSingleStep(5)
            slider.setPageStep(20)
            slider.setValue(round(levels.get(name, 0.0) * 100))
            slider.setAccessibleName(background_name(name))
            slider.valueChanged.connect(self._tell)
        self._lay_out(parent)
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

    def _lay_out(self, parent: QWidget) -> None:
        line = line_height(self)
        intro = Paragraph(theme.MUTED, 0.95, lines=1)
        intro.setText(self.tr("How loud each sound is beside the others."))
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(line)
        grid.setColumnStretch(1, 1)
        for row, (name, slider) in enumerate(self.sliders.items()):
            title = label(background_name(name), size=0.95)
            title.setBuddy(slider)
            grid.addWidget(title, row, 0)
            grid.addWidget(slider, row, 1)
        grid.setRowStretch(len(self.sliders), 1)
        done = OutlinedButton(self.tr("Done"))
        done.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(line, line, round(line * 0.5), line)
        outer.setSpacing(round(line * 0.6))
        outer.addWidget(intro)
        outer.addWidget(QuietScrollArea(content), 1)
        outer.addWidget(done, 0, Qt.AlignmentFlag.AlignHCenter)
        room = parent.window().size()
        height = content.sizeHint().height() + line * 7
        self.resize(min(line * 25, room.width() - line), min(height, room.height() - line))
