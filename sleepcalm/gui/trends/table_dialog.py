"""The chart as a plain table, for screen readers and for copying."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sleepcalm.gui.trends.table_model import TrendTableModel
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.keys import close_all_by_ctrl_q
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import ThinScrollBar


class TableDialog(QDialog):
    """Ctrl+C and the button copy the whole table as text with tabs."""

    def __init__(self, title: str, model: TrendTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        close_all_by_ctrl_q(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.model = model
        model.setParent(self)
        line = line_height(self)
        self.table = _Table()
        self.table.setModel(model)
        self.table.setAccessibleName(title)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.setCornerButtonEnabled(False)
        self.table.setVerticalScrollBar(ThinScrollBar())
        self.table.setHorizontalScrollBar(ThinScrollBar(Qt.Orientation.Horizontal))
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setResizeContentsPrecision(60)
        self.table.verticalHeader().setDefaultSectionSize(round(line * 1.7))
        self.copied = caption()
        self.copy_button = OutlinedButton(self.tr("&Copy as text"))
        self.done_button = OutlinedButton(self.tr("Done"))
        self.copy_button.clicked.connect(self.copy_table)
        self.done_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(line)
        buttons.addWidget(self.copied, 1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.table.setFocus()

    def copy_table(self) -> None:
        QApplication.clipboard().setText(self.model.as_text())
        self.copied.setText(self.tr("Copied."))

    def sizeHint(self) -> QSize:
        line = line_height(self)
        rows = self.model.rowCount() + 2
        wanted = QSize(line * 60, round(line * 1.7 * rows) + line * 6)
        parent = self.parentWidget()
        return wanted if parent is None else wanted.boundedTo(parent.window().size() - QSize(line, line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_table()
        else:
            super().keyPressEvent(event)


class _Table(QTableView):
    """Leaves Ctrl+C to the window: the whole table is wanted, not a cell."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        else:
            super().keyPressEvent(event)
