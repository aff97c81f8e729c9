"""How many nights the history says it has."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from sleepcalm.diary.entry import Entry
from sleepcalm.gui.diary.history_page import HistoryPage


@pytest.mark.parametrize(
    ("nights", "all_", "none_found"),
    [
        (0, "0 nights recorded", "0 nights recorded"),
        (1, "1 night recorded", "0 of 1 night"),
        (2, "2 nights recorded", "0 of 2 nights"),
    ],
)
def test_one_night_is_one(qtbot: QtBot, nights: int, all_: str, none_found: str) -> None:
    page = HistoryPage()
    qtbot.addWidget(page)
    days = [date(2026, 1, 1 + number) for number in range(nights)]
    page.show_entries({day: Entry(day, "UTC") for day in days})
    assert page.found.text() == all_
    page.search.setText("a word that nobody wrote")
    assert page.found.text() == none_found
