"""Makes the pictures of the documentation: the real window, standing still at chosen moments.

    python packaging/screenshots.py            docs/pictures/relax.png
    python packaging/screenshots.py FOLDER     every moment in every size, to be looked at

It needs no display: without one, Qt paints off the screen.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Signal  # noqa: E402 - the platform is chosen first
from PySide6.QtGui import QFont  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from sleepcalm.audio.narration import read_voice  # noqa: E402 - the platform is chosen first
from sleepcalm.gui.kept_preferences import KeptPreferences  # noqa: E402
from sleepcalm.gui.main_window import MainWindow  # noqa: E402
from sleepcalm.gui.relax.relax_tab import RelaxTab  # noqa: E402
from sleepcalm.gui.theme import FUSION, apply_theme  # noqa: E402
from sleepcalm.preferences import Preferences  # noqa: E402
from sleepcalm.program import evidence_for_kinds  # noqa: E402
from sleepcalm.relaxation.catalogue import read_catalogue  # noqa: E402
from sleepcalm.relaxation.routine import Phase  # noqa: E402
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline, build_timeline  # noqa: E402

DOCUMENTATION = ROOT / "docs" / "pictures"
TEXT_PT = 11.0
"""What most desktops set."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size of the window, with the text relative to what most desktops set."""

    name: str
    width: int
    height: int
    text: float = 1.0


SIZES = (
    Size("1040x700", 1040, 700),
    Size("1366x768", 1366, 768),
    Size("800x600", 800, 600),
    Size("1040x700-150", 1040, 700, 1.5),
    Size("1366x768-150", 1366, 768, 1.5),
)


class StillTransport:
    """A place in a timeline at which time does not pass."""

    def __init__(self, timeline: Timeline) -> None:
        self.total_frames = timeline.duration_frames
        self._frame = 0
        self.is_over = False

    def play(self) -> None: ...

    def pause(self) -> None: ...

    def seek(self, frame: int) -> None:
        self._frame = frame

    def fade_out(self, duration_s: float) -> None: ...

    def heard_frame(self) -> int:
        return self._frame

    def is_at_rest(self) -> bool:
        return self.is_over


class StillSound(QObject):
    """The sound of a picture."""

    progressed = Signal()
    notice_changed = Signal(str)
    backgrounds = ("none", "rain", "brown")

    def load(self, timeline: Timeline, background: str) -> StillTransport:  # noqa: ARG002
        self.transport = StillTransport(timeline)
        return self.transport

    def set_voice_volume(self, volume: float) -> None: ...

    def set_background_volume(self, volume: float) -> None: ...

    def set_background(self, name: str) -> None: ...


class Scene:
    """The window with one routine, to be brought to a moment."""

    def __init__(self, preferences: Preferences) -> None:
        self.sound = StillSound()
        catalogue = read_catalogue([ROOT / "assets" / "scripts"])
        clips = read_voice(ROOT / "assets" / "audio" / preferences.narrator).clips
        self.tab = RelaxTab(
            catalogue,
            lambda routine, choices: build_timeline(routine, clips, choices),
            KeptPreferences(preferences, lambda _preferences: None),
            self.sound,
            evidence_for_kinds(ROOT / "seeds"),
        )
        self.window = MainWindow([("&Relax", self.tab)], "SleepCalm")

    def play_at(self, seconds: float) -> None:
        self.tab.playback.toggle()
        self.tab.playback.seek(seconds)

    def moment_in(self, title: str, phase: Phase, share: float) -> float:
        """Seconds from the start to a share of a step."""
        steps = self.tab.playback.timeline.steps
        step = next(step for step in steps if step.title == title and step.phase is phase)
        return (step.start_frame + share * (step.end_frame - step.start_frame)) / SAMPLE_RATE_HZ

    def hold(self, number: int) -> float:
        """Seconds to shortly after the beginning of a hold."""
        cues = [cue for cue in self.tab.playback.timeline.cues if cue.is_hold]
        return cues[number].start_frame / SAMPLE_RATE_HZ + 1.6


def _idle(scene: Scene) -> None:
    del scene


def _release(scene: Scene) -> None:
    scene.play_at(scene.moment_in("Right hand and arm", Phase.RELEASE, 0.4))


def _hold(scene: Scene) -> None:
    scene.play_at(scene.hold(5))


def _ready(scene: Scene) -> None:
    scene.play_at(scene.moment_in("Face", Phase.TENSE, 0.4))


def _paused(scene: Scene) -> None:
    scene.play_at(scene.moment_in("Chest, shoulders and belly", Phase.RELEASE, 0.6))
    scene.tab.playback.toggle()


def _finished(scene: Scene) -> None:
    scene.play_at(scene.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ)
    scene.sound.transport.is_over = True
    scene.sound.progressed.emit()


def _quiet(scene: Scene) -> None:
    scene.sound.notice_changed.emit("No sound device: the text carries the routine.")
    scene.play_at(scene.moment_in("Quiet", Phase.SILENCE, 0.5))


def _settings(scene: Scene) -> None:
    scene.tab.swap_cards()


def _sources(scene: Scene) -> None:
    scene.tab.stage.about.sources_button.setChecked(True)


MOMENTS = {
    "idle": _idle,
    "release": _release,
    "hold": _hold,
    "ready": _ready,
    "paused": _paused,
    "finished": _finished,
    "quiet": _quiet,
    "settings": _settings,
    "sources": _sources,
}


def picture(application: QApplication, moment: str, size: Size, target: Path) -> None:
    """Save one moment in one size as PNG."""
    font = QFont(application.font())
    font.setPointSizeF(TEXT_PT * size.text)
    application.setFont(font)
    apply_theme(application)
    scene = Scene(Preferences())
    scene.window.resize(size.width, size.height)
    scene.window.show()
    MOMENTS[moment](scene)
    application.processEvents()
    scene.window.grab().save(str(target))
    scene.window.close()
    scene.window.deleteLater()


def main(arguments: list[str]) -> int:
    application = QApplication(["screenshots", *FUSION])
    if arguments:
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        for size in SIZES:
            for moment in MOMENTS:
                picture(application, moment, size, folder / f"{moment}-{size.name}.png")
    else:
        DOCUMENTATION.mkdir(parents=True, exist_ok=True)
        picture(application, "release", SIZES[0], DOCUMENTATION / "relax.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
