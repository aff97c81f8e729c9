"""How a run of a routine can stand, told apart from the run itself: what shows it needs no more."""

from __future__ import annotations

from enum import StrEnum


class SessionState(StrEnum):
    """`fading` is the time after the exercise, or after a stop, in which the sound leaves."""

    IDLE = "idle"
    PLAYING = "playing"
    PAUSED = "paused"
    FADING = "fading"
    FINISHED = "finished"


STOP_FADE_S = 4.0
"""How long the sound takes to leave when the listener stops it: soft, but soon."""
