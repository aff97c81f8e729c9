"""The Relax tab at chosen moments of a routine."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from still import ROOT, Staged, Stills

from sleepcalm.audio.narration import read_voice
from sleepcalm.backgrounds import NO_BACKGROUND, SOUNDS, Background
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.preferences import Preferences
from sleepcalm.program import evidence_for_kinds
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.routine import BreathPart, Phase
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline, build_timeline


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
    backgrounds = (NO_BACKGROUND, *SOUNDS)

    def load(
        self,
        timeline: Timeline,
        background: Background,  # noqa: ARG002
        *,
        background_goes_on: bool = False,  # noqa: ARG002
    ) -> StillTransport:
        self.transport = StillTransport(timeline)
        return self.transport

    def set_voice_volume(self, volume: float) -> None: ...

    def set_background_volume(self, volume: float) -> None: ...

    def set_background(self, background: Background) -> None: ...


class Scene:
    """The tab with one routine, to be brought to a moment."""

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
        self.tab.prepare()

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


def _breath(scene: Scene) -> None:
    scene.tab.choose_routine("paced-breathing")
    breaths = [cue for cue in scene.tab.playback.timeline.cues if cue.breath is BreathPart.INHALE]
    scene.play_at(breaths[3].start_frame / SAMPLE_RATE_HZ + 2.8)


MOMENTS: dict[str, Callable[[Scene], object]] = {
    "idle": _idle,
    "release": _release,
    "hold": _hold,
    "ready": _ready,
    "paused": _paused,
    "finished": _finished,
    "quiet": _quiet,
    "settings": _settings,
    "sources": _sources,
    "breath": _breath,
    "mix": lambda scene: scene.tab.settings.mix.click(),
    "ending": lambda scene: scene.tab.settings.night.click(),
}


def _stage(moment: str) -> Staged:
    scene = Scene(Preferences())
    return Staged(scene.tab, lambda: MOMENTS[moment](scene))


STILLS = Stills("&Relax", "release", MOMENTS, _stage)
