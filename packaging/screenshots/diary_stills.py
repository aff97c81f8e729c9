"""The Diary tab at chosen moments, on the invented diary."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from still import ROOT, Staged, Stills

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.diary.joining import night_of_practice
from sleepcalm.gui.diary.diary_tab import DiaryTab
from sleepcalm.gui.diary.ports import Practice
from sleepcalm.preferences import DIARY_ITEMS

DEMO = ROOT / "seeds" / "demo_diary.json"


class DemoRecord(QObject):
    """The invented nights up to the morning of `now`; nothing is kept."""

    saved = Signal(object, object)
    save_failed = Signal(str)
    replaced = Signal()
    read_only_reason = ""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        demo = json.loads(DEMO.read_text(encoding="utf-8"))
        self.time_zone: str = demo["time_zone"]
        self._now = now
        read = [
            entry_from_json(night, default_zone=self.time_zone, now=now)
            for night in demo["nights"]
            if night["wake_date"] <= now.date().isoformat()
        ]
        self.nights = {entry.wake_date: entry for entry in read}
        self._practice = [self._played(played) for played in demo["practice"]]

    def now(self) -> datetime:
        return self._now

    def entry(self, wake_date: date) -> Entry | None:
        return self.nights.get(wake_date)

    def entries(self, first: date, last: date) -> dict[date, Entry]:
        return {day: entry for day, entry in self.nights.items() if first <= day <= last}

    def practices(self, wake_date: date) -> list[Practice]:
        return [p for p in self._practice if night_of_practice(p.started, self.nights)[0] == wake_date]

    def save(self, entry: Entry) -> None:
        self.nights[entry.wake_date] = entry
        self.saved.emit(entry.wake_date, self._now)

    def delete(self, wake_date: date) -> Callable[[], None]:
        entry = self.nights.pop(wake_date)
        return lambda: self.nights.update({wake_date: entry})

    def _played(self, played: dict[str, Any]) -> Practice:
        started, ended = (
            Instant.as_written(datetime.fromisoformat(played[key]), self.time_zone)
            for key in ("started", "ended")
        )
        return Practice("Muscle relaxation", started, ended, played["completed"])


class Scene:
    """The tab with one night, to be brought to a moment."""

    def __init__(self) -> None:
        self.record = DemoRecord(datetime.fromisoformat("2026-11-22T08:02:00+01:00"))
        self.tab = DiaryTab(self.record, DIARY_ITEMS, lambda _asked: None)

    def forget_last_night(self) -> None:
        self.record.nights.pop(date(2026, 11, 22), None)
        self.tab.open_night(date(2026, 11, 22))


def _filled(scene: Scene) -> None:
    """As in the morning, a moment after the last answer."""
    scene.tab.editing.set_value("sleep_quality", scene.tab.editing.entry.sleep_quality)
    scene.tab.card.area.setFocus()


def _blank(scene: Scene) -> None:
    scene.forget_last_night()


def _foot(scene: Scene) -> None:
    bar = scene.tab.card.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _unfolded(scene: Scene) -> None:
    scene.tab.sheet.jolts.more.more.setChecked(True)
    scene.tab.sheet.more_night.more.setChecked(True)
    scene.tab.sheet.evening.add.setChecked(True)
    QApplication.processEvents()
    scene.tab.card.area.verticalScrollBar().setValue(380)


def _evening(scene: Scene) -> None:
    scene.forget_last_night()
    scene.tab.editing.set_value("evening.stress", 4)
    scene.tab.sheet.evening.chips["exercise"].click()
    scene.tab.sheet.evening.chips["exercise"].click()
    QApplication.processEvents()
    bar = scene.tab.card.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _slip(scene: Scene) -> None:
    scene.forget_last_night()
    for path, text in (("into_bed", "2240"), ("tried_to_sleep", "11:05"), ("out_of_bed", "700")):
        line = scene.tab.sheet.night.fields[path].line
        line.setText(text)
        line.setModified(True)
        line.editingFinished.emit()
    line = scene.tab.sheet.night.fields["final_awakening"].line
    line.setText("6x")
    line.setModified(True)
    line.editingFinished.emit()


def _deleted(scene: Scene) -> None:
    scene.tab.sheet.delete_button.click()


def _history(scene: Scene) -> None:
    scene.tab.show_history()


def _choosing(scene: Scene) -> None:
    scene.tab.sheet.choose_button.click()


def _side(scene: Scene) -> None:
    scene.tab.card.calendar_wanted.emit()


MOMENTS: dict[str, Callable[[Scene], None]] = {
    "filled": _filled,
    "blank": _blank,
    "foot": _foot,
    "unfolded": _unfolded,
    "evening": _evening,
    "slip": _slip,
    "deleted": _deleted,
    "history": _history,
    "side": _side,
    "choosing": _choosing,
}


def _stage(moment: str) -> Staged:
    scene = Scene()
    return Staged(scene.tab, lambda: MOMENTS[moment](scene))


STILLS = Stills("&Diary", "filled", MOMENTS, _stage)
