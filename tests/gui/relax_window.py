"""Windows with a Relax tab on a sound that stands still."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fake_sound import FakeSound
from pytestqt.qtbot import QtBot

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import Catalogue, read_catalogue
from sleepcalm.relaxation.routine import Kind
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, build_timeline

SCRIPTS = Path(__file__).resolve().parents[2] / "assets" / "scripts"
EVIDENCE = {Kind.PMR: "Small studies found that some people fall asleep sooner."}


@dataclass
class Opened:
    """A window with its Relax tab, the sound it plays through, and what it has saved."""

    window: MainWindow
    tab: RelaxTab
    sound: FakeSound
    saved: list[Preferences] = field(default_factory=list)

    def step_start_s(self, index: int) -> float:
        return self.tab.playback.timeline.steps[index].start_frame / SAMPLE_RATE_HZ

    def first_hold_s(self) -> float:
        holds = (cue for cue in self.tab.playback.timeline.cues if cue.is_hold)
        return next(holds).start_frame / SAMPLE_RATE_HZ


class Opener:
    """Opens windows for a test; each is closed after it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def __call__(
        self,
        preferences: Preferences | None = None,
        catalogue: Catalogue | None = None,
        size: tuple[int, int] = (1040, 700),
        backgrounds: tuple[str, ...] = ("none", "rain", "brown"),
    ) -> Opened:
        sound, saved = FakeSound(backgrounds), list[Preferences]()
        tab = RelaxTab(
            catalogue or read_catalogue([SCRIPTS]),
            lambda routine, choices: build_timeline(routine, {}, choices),
            KeptPreferences(preferences or Preferences(), saved.append),
            sound,
            EVIDENCE,
        )
        window = MainWindow([("&Relax", tab)], "SleepCalm")
        window.resize(*size)
        self._qtbot.addWidget(window)
        with self._qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        tab.setFocus()
        return Opened(window, tab, sound, saved)
