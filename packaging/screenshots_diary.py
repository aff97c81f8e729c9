"""Makes pictures of the Diary tab on the invented diary: the real window, standing still.

python packaging/screenshots_diary.py            docs/pictures/diary.png
python packaging/screenshots_diary.py FOLDER     every moment in every size, to be looked at
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from screenshots import DOCUMENTATION, ROOT, SIZES, TEXT_PT, Size

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.diary.joining import night_of_practice
from sleepcalm.gui.diary.diary_tab import DiaryTab
from sleepcalm.gui.diary.ports import Practice
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.theme import FUSION, apply_theme
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
    """The window with one night, to be brought to a moment."""

    def __init__(self) -> None:
        self.record = DemoRecord(datetime.fromisoformat("2026-11-22T07:14:00+01:00"))
        self.tab = DiaryTab(self.record, DIARY_ITEMS, lambda _asked: None)
        pages = [(name, QWidget()) for name in ("&Tonight", "&Relax")]
        rest = [(name, QWidget()) for name in ("&Minerals", "T&rends", "&Learn")]
        self.window = MainWindow([*pages, ("&Diary", self.tab), *rest], "SleepCalm")
        self.window.open_tab(2)

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


def picture(application: QApplication, moment: str, size: Size, target: Path) -> None:
    """Save one moment in one size as PNG."""
    font = QFont(application.font())
    font.setPointSizeF(TEXT_PT * size.text)
    application.setFont(font)
    apply_theme(application)
    scene = Scene()
    scene.window.resize(size.width, size.height)
    scene.window.show()
    application.processEvents()
    MOMENTS[moment](scene)
    for _round in range(4):  # a layout settles from the inside out
        application.processEvents()
    shown = application.activeModalWidget() or scene.window
    shown.grab().save(str(target))
    if shown is not scene.window:
        shown.close()
    scene.window.close()
    scene.window.deleteLater()


def main(arguments: list[str]) -> int:
    application = QApplication(["sleepcalm", *FUSION])
    if arguments:
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        for size in SIZES:
            for moment in MOMENTS:
                if len(arguments) < 2 or moment in arguments[1:] or size.name in arguments[1:]:
                    picture(application, moment, size, folder / f"{moment}-{size.name}.png")
    else:
        DOCUMENTATION.mkdir(parents=True, exist_ok=True)
        picture(application, "filled", SIZES[0], DOCUMENTATION / "diary.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
