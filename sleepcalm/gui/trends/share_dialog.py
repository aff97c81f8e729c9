"""The small window before a file is saved: of what kind it is to be, and what may be in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui.widgets.choices import Segments, TickBox
from sleepcalm.gui.widgets.labels import caption, wrapped
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog


class ShareDialog(QuietDialog):
    """`accepted` says that a place for the file may be asked for."""

    def __init__(
        self,
        title: str,
        about: str,
        parent: QWidget,
        *,
        kinds: tuple[str, Mapping[str, str], str] | None = None,
        asks_what_is_private: bool = True,
    ) -> None:
        """`kinds` holds the name of the choice, the word for each value, and the value chosen at first."""
        super().__init__(title, parent.tr("Save as …"), parent)
        self.kind: Segments | None = None
        self.medicines = TickBox(self.tr("With &medicines"))
        self.notes = TickBox(self.tr("With &notes"))
        self.column.addWidget(wrapped(about))
        if kinds is not None:
            name, words, first = kinds
            self.kind = Segments(words, name)
            self.kind.set_value(first)
            row = QHBoxLayout()
            row.addWidget(caption(name))
            row.addSpacing(self.fontMetrics().height())
            row.addWidget(self.kind)
            row.addStretch(1)
            self.column.addLayout(row)
        if asks_what_is_private:
            self.column.addWidget(self.medicines)
            self.column.addWidget(self.notes)
        self.column.addStretch(1)
        self.done_button.setFocus()
