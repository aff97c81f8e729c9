"""The two cards beside the stage. Where there is room for one only, each leads to the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.relax.routine_list import RoutineList
from sleepcalm.gui.relax.settings_panel import SettingsPanel
from sleepcalm.gui.widgets.buttons import LinkButton, OutlinedButton
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.labels import heading, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import EDGE, GUTTER, QuietScrollArea

LIST_LINES = 13
SETTINGS_LINES = 14
MOST_LINES = 18
"""The widths of the cards in heights of a line, and what each may take where there is room to spare."""

_NO_LIMIT = 100_000


class SideCard(Card):
    """A card that can offer a way to the other one."""

    other_wanted = Signal()

    def __init__(self, to_other: str, content: QWidget, width_lines: float) -> None:
        super().__init__()
        self._usual_lines = self._width_lines = width_lines
        self._area = QuietScrollArea(content)
        self._is_whole = False
        self._fit_width()
        line = line_height(self)
        self._to_other = OutlinedButton(to_other)
        self._to_other.clicked.connect(self.other_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(line, line, line, line)
        self._column.setSpacing(round(line * 0.6))

    def set_whole(self, *, is_whole: bool) -> None:
        """As wide as there is room, and as high as its content; else narrow, and it scrolls."""
        self._is_whole = is_whole
        self._fit_width()
        self._area.show_all(shows_all=is_whole)

    def spread(self, spare_lines: float) -> None:
        """Take up to that many heights of a line beside its usual width."""
        self._width_lines = min(self._usual_lines + max(spare_lines, 0), MOST_LINES)
        self._fit_width()

    def spread_alone(self) -> None:
        """Be as wide as the other card, in whose place it stands."""
        self.spread(SETTINGS_LINES - self._usual_lines)

    def _fit_width(self) -> None:
        line = line_height(self)
        self.setMinimumWidth(round(line * (self._usual_lines if self._is_whole else self._width_lines)))
        self.setMaximumWidth(_NO_LIMIT if self._is_whole else self.minimumWidth())

    def offer_other(self, *, is_offered: bool) -> None:
        self._to_other.setVisible(is_offered)

    def _keep_gutter(self) -> None:
        """Take the room for the scroll bar from the margin."""
        margins = self._column.contentsMargins()
        margins.setRight(round(margins.right() - line_height(self) * GUTTER))
        self._column.setContentsMargins(margins)

    def _fill(self, above: list[QWidget], below: list[QWidget]) -> None:
        for widget in above:
            self._column.addWidget(widget)
        self._column.addWidget(self._area, 1)
        for widget in below:
            self._column.addWidget(widget)
        foot = QVBoxLayout()
        margins = self._column.contentsMargins()
        foot.setContentsMargins(0, 0, margins.left() - margins.right(), 0)
        foot.addWidget(self._to_other)
        self._column.addLayout(foot)


class RoutinesCard(SideCard):
    """The list, a line for routine files that could not be used, and the way to one's own."""

    own_wanted = Signal()

    def __init__(self, routines: RoutineList, errors: tuple[str, ...]) -> None:
        super().__init__(self.tr("Sound and pace"), routines, LIST_LINES)
        lines = [self._errors_line(errors)] if errors else []
        self.own_button = LinkButton(self.tr("Own routines…"))
        self.own_button.setAccessibleDescription(self.tr("Opens the folder for them, with an example."))
        self.own_button.clicked.connect(self.own_wanted)
        self._keep_gutter()
        self._fill([heading(self.tr("Routines"))], [*lines, self.own_button])
        self._routines = routines
        routines.row_shown.connect(self._bring_into_sight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self._routines.chosen_row is not None:
            self._bring_into_sight(self._routines.chosen_row)

    def _bring_into_sight(self, row: QWidget) -> None:
        """Clear of the soft edge, too."""
        self._area.ensureWidgetVisible(row, 0, round(line_height(self) * EDGE))

    def _errors_line(self, errors: tuple[str, ...]) -> QWidget:
        one, many = self.tr("1 file cannot be read…"), self.tr("{number} files cannot be read…")
        line = LinkButton((one if len(errors) == 1 else many).format(number=len(errors)))
        line.setToolTip("\n".join(errors))
        line.setAccessibleDescription(line.toolTip())
        line.clicked.connect(lambda: self._show_errors(errors))
        return line

    def _show_errors(self, errors: tuple[str, ...]) -> None:
        from sleepcalm.gui.relax.scrolled_dialog import ScrolledDialog  # noqa: PLC0415 - not at the start

        dialog = ScrolledDialog(self.tr("Routine files that cannot be read"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_content(wrapped("\n\n".join(errors)), width_lines=27)
        dialog.open()


class SettingsCard(SideCard):
    """The settings, which scroll when the window is too low for them."""

    def __init__(self, panel: SettingsPanel) -> None:
        super().__init__(self.tr("Routines"), panel, SETTINGS_LINES)
        self._keep_gutter()
        self._fill([], [])
