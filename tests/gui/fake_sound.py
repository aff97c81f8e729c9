"""A sound that stands wherever a test puts it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sleepcalm.backgrounds import Background
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline


class FakeTransport:
    """Records what it is asked for; `hear` moves it on as a device would."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.frame = 0
        self.is_playing = False
        self.fade_s: float | None = None
        self.at_rest = False

    @property
    def total_frames(self) -> int:
        return self.timeline.duration_frames

    def play(self) -> None:
        self.is_playing, self.fade_s, self.at_rest = True, None, False

    def pause(self) -> None:
        self.is_playing = False

    def seek(self, frame: int) -> None:
        self.frame = frame

    def fade_out(self, duration_s: float) -> None:
        self.fade_s = duration_s

    def heard_frame(self) -> int:
        return self.frame

    def is_at_rest(self) -> bool:
        return self.at_rest


class FakeSound(QObject):
    """Implements the Relax tab's port; `loaded` lists every transport that was handed out."""

    progressed = Signal()
    notice_changed = Signal(str)

    def __init__(self, backgrounds: tuple[str, ...] = ("none", "rain", "brown")) -> None:
        super().__init__()
        self.backgrounds = backgrounds
        self.loaded: list[FakeTransport] = []
        self.loaded_background = Background()
        self.background_goes_on = False
        self.voice_volume: float | None = None
        self.background_volume: float | None = None
        self.background = Background()

    @property
    def transport(self) -> FakeTransport:
        """The one loaded last."""
        return self.loaded[-1]

    def load(
        self, timeline: Timeline, background: Background, *, background_goes_on: bool = False
    ) -> FakeTransport:
        self.loaded.append(FakeTransport(timeline))
        self.loaded_background = background
        self.background_goes_on = background_goes_on
        return self.transport

    def set_voice_volume(self, volume: float) -> None:
        self.voice_volume = volume

    def set_background_volume(self, volume: float) -> None:
        self.background_volume = volume

    def set_background(self, background: Background) -> None:
        self.background = background

    def hear(self, seconds: float) -> None:
        """Be at `seconds`, and say so."""
        self.transport.frame = round(seconds * SAMPLE_RATE_HZ)
        self.progressed.emit()

    def end(self) -> None:
        """A fade-out, or the piece, has come to its end."""
        self.transport.at_rest = True
        self.progressed.emit()
