"""The Diary tab: joins the sheet of a night, the month, the figures, the history and the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from sleepcalm.gui.diary.calendar_card import night_state
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.night_sheet import NightSheet
from sleepcalm.gui.diary.ports import DiaryRecord
from sleepcalm.gui.diary.sheet_card import SheetCard
from sleepcalm.gui.diary.side_column import WIDTH_LINES, SideColumn
from sleepcalm.gui.diary.wording import clock_text, night_name
from sleepcalm.gui.widgets.painting import line_height

WIDE_LINES = 50
"""From this width on, in heights of a line, the month and the figures stand beside the sheet."""
HIGH_LINES = 34
"""In a lower window the figures may be out of sight, and a line on the sheet sums them up."""


class DiaryTab(QWidget):
    """Opens with last night. Alt+Left and Alt+Right go to the night before and after.

    `flush` takes and hands to the record what is still being typed: call it before the window closes.
    """

    def __init__(
        self,
        record: DiaryRecord,
        asked: tuple[str, ...],
        keep_asked: Callable[[tuple[str, ...]], None],
    ) -> None:
        """`asked` are the ids of the questions asked every morning; `keep_asked` keeps another choice."""
        super().__init__()
        self._record = record
        self._asked = asked
        self._keep_asked = keep_asked
        self._today = record.now().date()
        self._is_narrow = self._is_low = False
        self._shows_side = False
        self._bring_back: Callable[[], None] | None = None
        self.editing = NightEditing(record)
        self.sheet = NightSheet(self.editing)
        self.card = SheetCard(self.sheet)
        self.side = SideColumn(record)
        self._history: QWidget | None = None
        self._lay_out()
        self._connect()
        self.sheet.choose(asked)
        self.open_night(self._today)

    def open_night(self, wake_date: date) -> None:
        """Show a night, after what was typed into the one before is kept. The future is not opened."""
        self.flush()
        self.editing.open(wake_date)

    def flush(self) -> None:
        """Hand to the record what is typed and not taken yet."""
        if not self._record.read_only_reason:
            self.sheet.flush()

    def show_history(self) -> None:
        """Show all nights as a table."""
        from sleepcalm.gui.diary.history_page import HistoryPage  # noqa: PLC0415 - not before it is wanted

        self.flush()
        if not isinstance(self._history, HistoryPage):
            page = HistoryPage()
            page.night_wanted.connect(self._open_from_history)
            page.back_wanted.connect(self.show_sheet)
            self._history_box.addWidget(page)
            self._history = page
        self._history.show_entries(self._record.entries(date.min, date.max))
        self._pages.setCurrentIndex(1)
        self._history.setFocus()

    def show_sheet(self) -> None:
        """Back from the history or the calendar to the night."""
        self._pages.setCurrentIndex(0)
        self._shows_side = False
        self._arrange()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no control had a use for."""
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() == Qt.Key.Key_Left:
            self._go(-1)
        elif is_alt and event.key() == Qt.Key.Key_Right:
            self._go(1)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """A tab that was left open overnight shows the new morning."""
        super().showEvent(event)
        today = self._record.now().date()
        if today != self._today:
            was_today = self.editing.wake_date == self._today
            self._today = today
            self.open_night(today if was_today else self.editing.wake_date)

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for one of the two columns; what is higher scrolls."""
        line = line_height(self)
        return QSize(line * 26, line * 20)

    def _go(self, days: int) -> None:
        self.open_night(self.editing.wake_date + timedelta(days=days))

    def _open_from_history(self, wake_date: date) -> None:
        self.open_night(wake_date)
        self.show_sheet()

    def _show_opened(self) -> None:
        wake_date = self.editing.wake_date
        self.card.show_night(wake_date, self._record.now().date())
        self.card.show_status("" if self.editing.is_recorded else self.tr("not recorded"))
        self.card.area.verticalScrollBar().setValue(0)
        self.setFocusProxy(self.sheet.night.first_blank())
        self.side.calendar_card.select(wake_date)
        self._show_measures()

    def _show_changed(self) -> None:
        wake_date, calendar = self.editing.wake_date, self.side.calendar_card.calendar
        is_shown = calendar.month == wake_date.replace(day=1)
        if (
            is_shown
            and self.editing.is_recorded
            and calendar.state(wake_date) is not night_state(self.editing.entry)
        ):
            self.side.calendar_card.show_month(wake_date)
        self._show_measures()

    def _show_measures(self) -> None:
        self.side.measures.show_measures(self.editing.entry, self.editing.measures)

    def _show_saved(self, wake_date: date, at: datetime) -> None:
        if wake_date == self.editing.wake_date:
            self.card.show_status(self.tr("saved {time}").format(time=clock_text(at.time())))
        self._show_lasting_notice()

    def _show_failure(self, reason: str) -> None:
        self.card.show_status(self.tr("not saved"))
        self.card.show_notice(reason, can_try_again=True)

    def _show_lasting_notice(self) -> None:
        """Why nothing can be saved, as long as that is so."""
        reason = self._record.read_only_reason
        self.card.show_notice(reason)
        self.sheet.setEnabled(not reason)

    def _delete(self) -> None:
        name = night_name(self.editing.wake_date)
        self._bring_back = self.editing.delete()
        self.card.offer_undo(self.tr("Undo: bring back {night}").format(night=name))
        self.card.undo.setFocus()

    def _undo(self) -> None:
        if self._bring_back is not None:
            bring_back, self._bring_back = self._bring_back, None
            self.card.offer_undo("")
            bring_back()
            self.setFocus()

    def _choose_items(self) -> None:
        from sleepcalm.gui.diary.choose_items_dialog import ChooseItemsDialog  # noqa: PLC0415 - seldom wanted

        dialog = ChooseItemsDialog(self._asked, self)
        dialog.changed.connect(self._ask)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask(self, asked: tuple[str, ...]) -> None:
        self._asked = asked
        self.sheet.choose(asked)
        self._keep_asked(asked)

    def _show_replaced(self) -> None:
        """Nights were changed elsewhere: show them as they are now."""
        self.editing.open(self.editing.wake_date)

    def _fit(self) -> None:
        line = line_height(self)
        margin = round(line * (1.2 if self.height() > line * 30 else 0.7))
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._row.setSpacing(line)
        self._history_box.setContentsMargins(margin, margin, margin, margin)
        fit = (self.width() < line * WIDE_LINES, self.height() < line * HIGH_LINES)
        if fit != (self._is_narrow, self._is_low):
            self._is_narrow, self._is_low = fit
            self._arrange()

    def _show_side(self) -> None:
        self._shows_side = True
        self._arrange()
        self.side.calendar_card.calendar.setFocus()

    def _arrange(self) -> None:
        """Where there is no room for both, the month takes the place of the sheet when wanted."""
        line = line_height(self)
        shows_side = self._shows_side and self._is_narrow
        self.side.back.setVisible(self._is_narrow)
        self.card.calendar.setVisible(self._is_narrow)
        self.side.setVisible(shows_side or not self._is_narrow)
        self.card.setVisible(not shows_side)
        if self._is_narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        else:
            self.side.setFixedWidth(round(line * WIDTH_LINES))
        self.sheet.is_brief = self._is_narrow or self._is_low
        self.sheet.show_draft(anew=False)

    def _connect(self) -> None:
        self.editing.opened.connect(self._show_opened)
        self.editing.changed.connect(self._show_changed)
        self.sheet.deleting_wanted.connect(self._delete)
        self.sheet.choosing_wanted.connect(self._choose_items)
        self.card.earlier_wanted.connect(lambda: self._go(-1))
        self.card.later_wanted.connect(lambda: self._go(1))
        self.card.calendar_wanted.connect(self._show_side)
        self.card.again_wanted.connect(self.editing.save_again)
        self.card.undo_wanted.connect(self._undo)
        self.side.back_wanted.connect(self.show_sheet)
        self.side.calendar_card.chosen.connect(self.open_night)
        self.side.calendar_card.entered.connect(self.show_sheet)
        self.side.calendar_card.history_wanted.connect(self.show_history)
        self._record.saved.connect(self._show_saved)
        self._record.save_failed.connect(self._show_failure)
        self._record.replaced.connect(self._show_replaced)

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("Diary"))
        night, history = QWidget(), QWidget()
        self._row = QHBoxLayout(night)
        self._row.addWidget(self.side)
        self._row.addWidget(self.card, 1)
        self._history_box = QHBoxLayout(history)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(night)
        self._pages.addWidget(history)
        self._show_lasting_notice()
        self._arrange()
