"""What the window records and shows of the record: nights, minerals, and what was played.

Imported once the window is painted: it brings the rules of diary and minerals with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.practice import InterruptedBy, Practice
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.practice_log import PracticeLog, find_left_off
from sleepcalm.program import Program
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.window.diary import WindowDiary
from sleepcalm.window.minerals import WindowMinerals, load_mineral_facts
from sleepcalm.window.practice_history import PracticeHistory
from sleepcalm.window.record import WindowRecord
from sleepcalm.window.trends import Charts, WindowTrends
from sleepcalm.window.trials import WindowTrials

if TYPE_CHECKING:
    from sleepcalm.gui.diary.diary_tab import DiaryTab
    from sleepcalm.gui.relax.relax_tab import RelaxTab
    from sleepcalm.relaxation.left_place import LeftOff
    from sleepcalm.trends.figures import NightFigures

PRACTICES = "practices"

_log = logging.getLogger(__name__)


class WindowRecording(QObject):
    """Opens the record when it is made. `ready` says that the tabs can be built."""

    ready = Signal()
    notice = Signal(str)
    night_wanted = Signal(object)
    """The Diary tab is to show the night of this wake date."""

    def __init__(self, program: Program, preferences: KeptPreferences, window: QWidget) -> None:
        super().__init__(window)
        self._program = program
        self._preferences = preferences
        self._window = window
        self._record = WindowRecord(program)
        self._diary = WindowDiary(self._record, program)
        self._minerals = WindowMinerals(self._record, program)
        self._trends = WindowTrends(self._record, program, preferences)
        self._trials = WindowTrials(
            self._record, self._trends, program, lambda: preferences.value, self._instant
        )
        self._charts = Charts()
        self._practices = PracticeLog(self._instant, self._save_practice)
        self._history = PracticeHistory(self._record, program.now)
        self._record.ready.connect(self._begin)
        self._record.notice.connect(self.notice)
        self._history.problem.connect(self.notice)
        self._record.question.connect(self._ask)
        self._diary_tab: DiaryTab | None = None
        self._record.start()

    def diary_tab(self) -> QWidget:
        from sleepcalm.gui.diary.diary_tab import DiaryTab  # noqa: PLC0415 - not before it is looked at

        asked = self._preferences.value.diary_items
        self._diary_tab = DiaryTab(
            self._diary, asked, lambda items: self._preferences.change(diary_items=items)
        )
        return self._diary_tab

    def minerals_tab(self) -> QWidget:
        from sleepcalm.gui.minerals.minerals_tab import MineralsTab  # noqa: PLC0415 - likewise

        seeds = shipped_folder("seeds")
        return MineralsTab(self._minerals, lambda: load_mineral_facts(seeds), self._preferences)

    def trends_tab(self) -> QWidget:
        from sleepcalm.gui.trends.questions.card import QuestionCard  # noqa: PLC0415 - likewise
        from sleepcalm.gui.trends.sharing import ShareCard, ShareSource  # noqa: PLC0415
        from sleepcalm.gui.trends.trends_tab import TrendsTab  # noqa: PLC0415
        from sleepcalm.gui.trends.trials.card import TrialCard  # noqa: PLC0415

        cards = (QuestionCard(self._trials), TrialCard(self._trials))
        tab = TrendsTab(self._trends, self._charts, self._preferences, self.night_wanted.emit, cards)
        source = ShareSource(
            period=lambda: tab.period,
            series=lambda: tab.series,
            nights=self._trends.nights,
            today=self._trends.today,
            table=_as_table,
            write=_write,
            week_starts=tab.week_starts,
        )
        tab.add_card(ShareCard(source))
        return tab

    def show_tonight(self, tab: RelaxTab) -> None:
        """Say on the Relax tab what a trial has for tonight, and offer what the practices so far suggest."""
        from sleepcalm.gui.relax.offers import Offers  # noqa: PLC0415 - not at the start
        from sleepcalm.gui.relax.tonight_line import show_tonight  # noqa: PLC0415 - not at the start

        show_tonight(tab, self._trials)
        Offers(tab, self._history, self._preferences, lambda: self._trials.tonight() is not None)

    def open_night(self, wake_date: date) -> None:
        """Show a night on the Diary tab, which is built by now or will open with it."""
        if self._diary_tab is not None:
            self._diary_tab.open_night(wake_date)
            self._diary_tab.show_sheet()

    def follow(self, playback: Playback) -> None:
        """Something of what is played has moved."""
        moment = playback.moment
        if moment is not None:
            self._practices.follow(playback.timeline, playback.state, moment.frame)

    def find_left_off(self, routine: str, tell: Callable[[LeftOff | None], None]) -> None:
        """Tell where a routine was left last, once that is read; None where there is no such place."""
        self._history.find(lambda: find_left_off(self._program, routine), tell)

    def note_jolt(self) -> None:
        """The listener says that this was a jolt."""
        self._practices.note_jolt()

    def note_interruption(self, by: InterruptedBy) -> None:
        """Something has come between the listener and the routine."""
        self._practices.note_interruption(by)

    def note_timer(self) -> None:
        """The sleep timer lets the sound leave."""
        self._practices.note_timer()

    def finish(self) -> str:
        """Hand over what was typed last, and wait; why something is not on disk, or "" if everything is."""
        if self._diary_tab is not None:
            self._diary_tab.flush()
        self._practices.close()
        return self._record.why_not_saved()

    def try_again(self) -> str:
        """Save anew what could not be saved; why it still is not, or "" if it is."""
        self._practices.close()  # what went on sounding while somebody was asked
        self._record.try_again()
        return self._record.why_not_saved()

    def close(self) -> None:
        self._history.close()
        self._charts.close()
        self._trials.close()
        self._trends.close()
        self._record.close()

    def _begin(self) -> None:
        if self._record.read_only_reason:
            self.notice.emit(self._record.read_only_reason)
        self.ready.emit()
        self._charts.load_when_idle()

    def _ask(self, error: object) -> None:
        from sleepcalm.gui.changed_record_dialog import ask_about_changed_record  # noqa: PLC0415 - rarely
        from sleepcalm.storage.recovery import WhenChanged  # noqa: PLC0415 - imported already by now

        use_it = ask_about_changed_record(self._window, str(error))
        if use_it is None:
            self._record.start_to_read(str(error))
        else:
            self._record.start(WhenChanged.ACCEPT if use_it else WhenChanged.RESTORE)

    def _instant(self) -> Instant:
        return Instant.from_moment(self._program.now(), self._diary.time_zone)

    def _save_practice(self, practice: Practice) -> None:
        self._history.note(practice)
        nothing: Callable[[], None] = lambda: None  # noqa: E731
        self._record.save(
            (PRACTICES, practice.key),
            practice,
            lambda book: book.save_practice(practice),
            nothing,
            lambda reason: _log.warning("practice not recorded: %s", reason),
        )


def _as_table(nights: Sequence[NightFigures], with_medicines: bool, with_notes: bool) -> str:
    from sleepcalm.storage.trends_csv import write_nights  # noqa: PLC0415 - when a table is wanted

    return write_nights(nights, with_medicines=with_medicines, with_notes=with_notes)


def _write(path: Path, content: bytes) -> None:
    from sleepcalm.storage.atomic_file import write_atomically  # noqa: PLC0415 - imported already by now

    write_atomically(path, content)
