"""Builds the window and joins it with the sound, the record and the files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.lazy_page import LazyPage
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.gui.theme import FUSION, apply_theme
from sleepcalm.program import Program, evidence_for_kinds
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.timeline import Choices, Timeline
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.storage.late_writer import LateWriter
from sleepcalm.window.closing import WindowClosing
from sleepcalm.window.garbage import GarbageCollection
from sleepcalm.window.sound import WindowSound

if TYPE_CHECKING:
    from datetime import date
    from types import TracebackType

    from sleepcalm.relaxation.left_place import LeftOff
    from sleepcalm.window.night import WindowNight
    from sleepcalm.window.recording import WindowRecording

SWITCH_INTERVAL_S = 0.0005
"""How soon a busy window has to let the sound's thread go on. A block of sound asks for the
interpreter some forty times; at Python's 5 ms a busy window made gaps of up to 0.3 s."""


def run_window(program: Program, begin: str | None = None, *, goes_on: bool = False) -> int:
    """Open the window and stay until it is closed; gives the exit status. `begin` is the id of a routine
    that starts at once, with `goes_on` where it was left."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = QApplication(["sleepcalm", *FUSION])
    window = Window(application, program, begin, goes_on=goes_on)
    window.show()
    return application.exec()


class Window:
    """The main window and everything that lives as long as it."""

    def __init__(
        self,
        application: QApplication,
        program: Program,
        begin: str | None = None,
        *,
        goes_on: bool = False,
    ) -> None:
        self._program = program
        application.setApplicationName("sleepcalm")
        application.setApplicationDisplayName("SleepCalm")
        application.setDesktopFileName("sleepcalm")
        application.setQuitOnLastWindowClosed(False)
        apply_theme(application)
        self.sound = WindowSound(program.assets, program.preferences, program.data_folder)
        self._recording: WindowRecording | None = None
        self._night: WindowNight | None = None
        self._begin = begin
        self._goes_on = goes_on
        self._preferences_writer = LateWriter(
            program.preferences_file.save,
            lambda error: self.relax_tab.told.emit(_not_saved(error)),
        )
        self.preferences = KeptPreferences(program.preferences, self._preferences_writer.put)
        self.relax_tab = RelaxTab(
            program.catalogue,
            self._timeline,
            self.preferences,
            self.sound,
            evidence_for_kinds(shipped_folder("seeds")),
        )
        self._diary_page, self._minerals_page, self._trends_page = LazyPage(), LazyPage(), LazyPage()
        names = [self.relax_tab.tr(name) for name in ("&Relax", "&Diary", "&Minerals", "&Trends")]
        pages = (self.relax_tab, self._diary_page, self._minerals_page, self._trends_page)
        tabs = list(zip(names, pages, strict=True))
        badge = self.relax_tab.tr("Demo: an invented diary") if program.demo else ""
        self.main_window = MainWindow(tabs, "SleepCalm", badge)
        self._closing = WindowClosing(application, self.main_window, self.relax_tab, self.sound)
        self._closing.at_end(self._preferences_writer.close)
        self._connect()
        for notice in program.notices:
            self.relax_tab.told.emit(notice)

    def show(self) -> None:
        self.main_window.show()

    def _connect(self) -> None:
        self.main_window.painted.connect(self._after_paint)
        self.sound.told.connect(self.relax_tab.told)
        self.sound.ready.connect(self.relax_tab.settings.background.look)
        self.sound.interrupted.connect(self._pause_without_device)
        sys.excepthook = _show_errors(self.relax_tab.told.emit)

    def _after_paint(self) -> None:
        self._garbage = GarbageCollection()
        if os.environ.get("SLEEPCALM_QUIT_AFTER_PAINT") == "1":
            self.main_window.close()
        else:
            self.sound.start()
            self.relax_tab.prepare()
            self._start_recording()
            self._start_night()
            if self._begin is not None:
                self._begin_routine(self._begin)
            self._listen_to_signals()

    def _begin_routine(self, routine_id: str) -> None:
        def go_on(left: LeftOff | None) -> None:
            if not self.relax_tab.playback.is_under_way:  # the listener may have begun something meanwhile
                self.relax_tab.begin(routine_id, left)

        if self._goes_on and self._recording is not None:
            self._recording.find_left_off(routine_id, go_on)
        else:
            self.relax_tab.begin(routine_id)

    def _listen_to_signals(self) -> None:
        from sleepcalm.window.signals import WindowSignals  # noqa: PLC0415 - loads the sockets

        self._signals = WindowSignals(self._closing.close_unasked)

    def _start_recording(self) -> None:
        from sleepcalm.window.recording import WindowRecording  # noqa: PLC0415 - see its docstring

        self._recording = WindowRecording(self._program, self.preferences, self.main_window)
        self._closing.wait_for(self._recording)
        self._recording.notice.connect(self.relax_tab.told)
        self._recording.ready.connect(self._open_pages)
        self._recording.night_wanted.connect(self._open_night)
        self.relax_tab.playback.moved.connect(self._log_practice)

    def _start_night(self) -> None:
        from sleepcalm.window.device_volumes import DeviceVolumeMemory  # noqa: PLC0415 - not at the start
        from sleepcalm.window.night import WindowNight  # noqa: PLC0415 - see its docstring

        self._night = WindowNight(self.relax_tab, self.main_window, self.preferences)
        self._closing.at_end(self._night.close)
        if self._recording is not None:
            self._night.jolted.connect(self._recording.note_jolt)
            self._night.timer_ended.connect(self._recording.note_timer)
            self._night.interrupted.connect(self._recording.note_interruption)
        self.sound.notice_changed.connect(self._night.bedside.show_notice)
        self._night.bedside.show_notice(self.sound.notice)  # it may have been said while the window opened
        self._night.start()
        self._device_volumes = DeviceVolumeMemory(self.preferences, self.sound.device_changed)
        self._join_own_files()

    def _join_own_files(self) -> None:
        from sleepcalm.window.own_files import offer_own_sounds, show_own_routines  # noqa: PLC0415 - rarely
        from sleepcalm.window.voices import WindowVoices  # noqa: PLC0415 - not at the start

        folder, remark = self._program.data_folder, self.relax_tab.stage.notice.remark
        offer_own_sounds(folder, self.relax_tab)
        self.relax_tab.lacking = lambda routine: self._program.narrator.left_to_built_in(
            routine.spoken_sentences()
        )
        self._voices = WindowVoices(self._program, self.preferences, self.relax_tab, self._narrate)
        self._closing.at_end(self._voices.close)
        self._voices.speak_own_routines()
        self.relax_tab.voices_wanted.connect(self._voices.open)
        self.relax_tab.show_stand_in()
        self.relax_tab.own_routines_wanted.connect(
            lambda: show_own_routines(folder, self._program.assets, remark)
        )

    def _timeline(self, routine: Routine, choices: Choices) -> Timeline:
        """By the voice that speaks now."""
        return self._program.timeline(routine, choices)

    def _narrate(self, program: Program) -> None:
        """The same program, spoken by another voice."""
        self._program = program
        self.relax_tab.renew()

    def _open_pages(self) -> None:
        if self._recording is not None:
            self._diary_page.offer(self._recording.diary_tab)
            self._minerals_page.offer(self._recording.minerals_tab)
            self._trends_page.offer(self._recording.trends_tab)
            self._recording.show_tonight(self.relax_tab)

    def _open_night(self, wake_date: date) -> None:
        """The Diary tab first: it is built when it is looked at."""
        self.main_window.open_page(self._diary_page)
        self._diary_page.build()
        if self._recording is not None:
            self._recording.open_night(wake_date)

    def _pause_without_device(self) -> None:
        self.relax_tab.playback.pause()
        if self._night is not None:
            self._night.note_device_gone()

    def _log_practice(self) -> None:
        # While the sound leaves a closing window it still moves; all practice has ended by then.
        if self._recording is not None and not self._closing.has_begun and not self.relax_tab.is_aside:
            self._recording.follow(self.relax_tab.playback)


def _not_saved(error: OSError) -> str:
    return f"Your choices could not be saved ({error.strerror}); they hold until you close the window."


def _show_errors(
    show: Callable[[str], None],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """An excepthook: the details for the log, a line for the screen."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        import logging  # noqa: PLC0415 - not at the start

        logging.getLogger(__name__).error("%s", kind.__name__, exc_info=(kind, error, trace))
        show(f"Something went wrong ({kind.__name__}). What you had chosen is kept.")

    return hook
