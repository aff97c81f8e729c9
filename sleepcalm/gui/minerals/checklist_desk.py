"""Joins the checklist card with the day: what is shown, and what keys and clicks do."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sleepcalm.gui.minerals.checklist_card import ChecklistCard
from sleepcalm.gui.minerals.checklist_keeper import ChecklistKeeper
from sleepcalm.gui.minerals.dose_rules import rules_beside
from sleepcalm.gui.minerals.wording import time_text
from sleepcalm.minerals.checklist import find_entry
from sleepcalm.minerals.intake import Amount, Item
from sleepcalm.minerals.item_search import SearchableItem

_NIGHT_ENDS = 4
"""Until this hour who opens the list most likely has not been to bed."""


class ChecklistDesk(QObject):
    """Everything that the card asks of the keeper, and the keeper's day on the card."""

    item_wanted = Signal(object, str)
    """The window for an item of the user's: an Item to change, or None and a name for a new one."""

    def __init__(self, card: ChecklistCard, keeper: ChecklistKeeper) -> None:
        super().__init__(card)
        self._card = card
        self._keeper = keeper
        self._changed_key = ""
        self._connect()
        self._show_writable()

    def show_day(self) -> None:
        """Show the keeper's day as it is now."""
        card, keeper = self._card, self._keeper
        day, today = keeper.day, keeper.record.today()
        card.header.show_day(day.date, today, is_small_hours=keeper.record.now().hour < _NIGHT_ENDS)
        medicines, guide = keeper.medicines, keeper.facts.guide
        rules = {entry.key: rules_beside(guide, medicines, entry) for entry in day.entries}
        card.entries.show_entries(day.entries, rules, can_change=keeper.can_change)
        card.empty.setText(self.tr("Nothing on the list yet. Find a food above, or add an item of your own."))
        card.nothing_taken.setChecked(day.nothing_taken)
        is_today = day.date == today
        card.copy.setText(self.tr("Copy yesterday") if is_today else self.tr("Copy the day before"))
        card.copy.updateGeometry()
        card.copy.setEnabled(keeper.can_change and keeper.can_copy_day_before())
        card.undo.setText(self.tr("Undo {name}").format(name=keeper.undo_name.replace("&", "&&")))
        card.undo.setVisible(bool(keeper.undo_name))
        card.undo.updateGeometry()
        self._show_parts()

    def open_amount_of_entry(self, key: str) -> None:
        """Let the amount and the time of an entry be changed."""
        entry = find_entry(self._keeper.day, key)
        self._changed_key = key
        self._card.amount.open_for_changing(self._keeper.items.marks(entry.item), entry)

    def end_search(self, item_id: str = "") -> None:
        """Back to the checklist: to the first entry of that item, or to where the keyboard was."""
        self._card.search.clear()
        self._show_found(is_wanted=False)
        self._card.amount.hide()
        keys = [entry.key for entry in self._keeper.day.entries if entry.item.id == item_id]
        self._card.entries.focus_entry(keys[0] if keys else self._card.entries.current_key)

    def go_to(self, date: dt.date) -> None:
        self._card.amount.hide()
        self._card.saved.clear()
        self._keeper.go_to(date)

    def remove_current(self) -> None:
        if self._card.entries.current_key and self._keeper.can_change:
            self._keeper.remove(self._card.entries.current_key)

    def _show_writable(self) -> None:
        reason, card = self._keeper.record.read_only_reason, self._card
        for control in (card.search, card.add_own, card.nothing_taken):
            control.setEnabled(not reason)
        card.notice.setText(reason)
        card.notice.setVisible(bool(reason))

    def _show_parts(self) -> None:
        """The results take the place of the entries while there is a search."""
        card, day = self._card, self._keeper.day
        searching = not card.results.isHidden()
        card.entries.setVisible(not searching and bool(day.entries))
        card.empty.setVisible(not searching and not day.entries)
        card.nothing_taken.setVisible(not searching and not day.checked_entries)

    def _search(self, query: str) -> None:
        self._show_found(is_wanted=bool(query.strip()))

    def _show_found(self, *, is_wanted: bool) -> None:
        card, items = self._card, self._keeper.items
        if is_wanted:
            query = card.search.text().strip()
            favourites = frozenset(kept.item.id for kept in items.kept if kept.favourite)
            card.results.show_found(query, items.search(query), favourites)
            card.amount.hide()
        card.results.setVisible(is_wanted)
        self._show_parts()

    def _enter_results(self) -> None:
        if self._card.results.isHidden():
            self._show_found(is_wanted=True)
        self._card.results.focus_first()

    def _pick_first(self) -> None:
        if not self._card.search.text().strip():
            self._enter_results()
        elif self._card.results.rows:
            self._pick(self._card.results.rows[0].found)

    def _pick(self, found: SearchableItem) -> None:
        self._changed_key = ""
        self._card.amount.open_for_adding(self._keeper.items.marks(found.item), found.note)

    def _take_amount(self, amount: Amount, time: dt.time | None) -> None:
        item = self._card.amount.item
        if self._changed_key:
            self._keeper.change_entry(self._changed_key, amount, time)
            self.end_search()
        elif item is not None:
            key = self._keeper.add(item, amount, time)
            self.end_search()
            self._card.entries.focus_entry(key)

    def _give_amount_up(self) -> None:
        self._card.amount.hide()
        if self._card.results.isHidden():
            self._card.entries.focus_entry(self._card.entries.current_key)
        else:
            self._card.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_favourite(self, is_favourite: bool) -> None:
        item = self._card.amount.item
        if item is not None:
            self._keeper.mark(item, favourite=is_favourite)

    def _open_menu(self, key: str) -> None:
        if self._keeper.can_change:
            menu = self.menu_of(key)
            below = self._card.entries.row(key).more
            menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def menu_of(self, key: str) -> QMenu:
        """Everything that can be done with an entry and its item."""
        keeper, menu = self._keeper, QMenu(self._card)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        item = find_entry(keeper.day, key).item
        marks = keeper.items.marks(item)
        menu.addAction(self.tr("&Amount and time…")).triggered.connect(lambda: self.open_amount_of_entry(key))
        _add_mark(menu, self.tr("&Favourite, first in the search"), is_set=marks.favourite).toggled.connect(
            lambda is_set: keeper.mark(item, favourite=is_set)
        )
        _add_mark(menu, self.tr("&Offer every day"), is_set=marks.daily).toggled.connect(
            lambda is_set: keeper.mark(item, daily=is_set)
        )
        menu.addSeparator()
        if keeper.items.is_own(item.id):
            self._add_own_actions(menu, marks.item)
        menu.addAction(self.tr("&Remove from this day")).triggered.connect(lambda: keeper.remove(key))
        return menu

    def _add_own_actions(self, menu: QMenu, item: Item) -> None:
        menu.addAction(self.tr("&Change this item…")).triggered.connect(
            lambda: self.item_wanted.emit(item, "")
        )
        menu.addAction(self.tr("&Delete this item")).triggered.connect(lambda: self._keeper.delete_item(item))

    def _show_saved(self, moment: dt.datetime) -> None:
        self._card.saved.setText(self.tr("saved {time}").format(time=time_text(moment.time())))
        self._card.notice.setVisible(bool(self._keeper.record.read_only_reason))
        self._card.try_again.hide()

    def _show_failure(self, reason: str) -> None:
        words = self.tr("{reason} What you see is kept while the window is open.")
        self._card.notice.setText(words.format(reason=reason))
        self._card.notice.show()
        self._card.saved.clear()
        self._card.try_again.show()

    def _connect(self) -> None:
        card, keeper = self._card, self._keeper
        keeper.shown.connect(self.show_day)
        keeper.record.saved.connect(self._show_saved)
        keeper.record.save_failed.connect(self._show_failure)
        card.header.day_wanted.connect(self.go_to)
        card.header.today_wanted.connect(lambda: self.go_to(keeper.record.today()))
        card.search.textChanged.connect(self._search)
        card.search.down.connect(self._enter_results)
        card.search.entered.connect(self._pick_first)
        card.search.ended.connect(self.end_search)
        card.results.picked.connect(self._pick)
        card.results.own_item_wanted.connect(lambda name: self.item_wanted.emit(None, name))
        card.results.left_upwards.connect(card.search.setFocus)
        card.amount.chosen.connect(self._take_amount)
        card.amount.given_up.connect(self._give_amount_up)
        card.amount.favourite_wanted.connect(self._mark_favourite)
        card.entries.toggled.connect(keeper.toggle)
        card.entries.amount_wanted.connect(self.open_amount_of_entry)
        card.entries.removal_wanted.connect(lambda _key: self.remove_current())
        card.entries.menu_wanted.connect(self._open_menu)
        card.nothing_taken.clicked.connect(
            lambda: keeper.set_nothing_taken(nothing_taken=card.nothing_taken.isChecked())
        )
        card.add_own.clicked.connect(lambda: self.item_wanted.emit(None, ""))
        card.copy.clicked.connect(keeper.copy_day_before)
        card.undo.clicked.connect(keeper.undo)
        card.try_again.clicked.connect(keeper.save_again)


def _add_mark(menu: QMenu, words: str, *, is_set: bool) -> QAction:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(is_set)
    return action
