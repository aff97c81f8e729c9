"""Which place of a routine was heard, and when: recordings of the sink, aligned with the rendered file."""

from __future__ import annotations

import json
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import numpy as np
import soundfile
from comparison import offset_of

from testbed.desk import RATE_HZ, Desk, Ear, wait_until

SOUND = {"background": "brown+wind", "background_volume": 1.0}
"""Loops of different lengths under the words: no two moments sound alike, pauses neither."""

PIECE_S = 2.0
RISE_S = 2.0
"""How long a start rises, and so sounds otherwise than the file."""

AROUND_S = 45.0
"""How far from the place before it is looked for."""

ALIKE = 0.98


LAG_S = (-0.3, 3.0)
"""How far a routine may fall behind the clock until the loss of a server is noticed and another one takes
sound. It never skips, and it does not wait: while there is no device its time goes on."""


@dataclass(frozen=True)
class HeardAt:
    """Second `place_s` of the routine was heard when the clock (time.monotonic) stood at `at_s`."""

    place_s: float
    at_s: float

    def lag_s(self, before: HeardAt) -> float:
        """By how much the routine has fallen behind the clock since; below zero where it has skipped."""
        return (self.at_s - before.at_s) - (self.place_s - before.place_s)

    def began(self, since_s: float) -> HeardAt:
        """The same sound at an earlier time."""
        return HeardAt(self.place_s - (self.at_s - since_s), since_s)


BEGINNING = HeardAt(0.0, 0.0)


class Rendered:
    """A routine as it has to sound, with what the user has chosen."""

    def __init__(self, desk: Desk, folder: Path, routine: str = "pmr-7") -> None:
        data = Path(desk.environment["SLEEPCALM_DATA_DIR"])
        data.mkdir(parents=True)
        (data / "preferences.json").write_text(json.dumps(SOUND), encoding="utf-8")
        self.routine = routine
        self._path = folder / "wanted.wav"
        desk.run("render", routine, str(self._path))
        self.cues = json.loads(desk.run("timeline", routine, "--json").stdout)["cues"]

    def now(self, ear: Ear, since_s: float, before: HeardAt = BEGINNING) -> HeardAt:
        """What is heard, once the sound that began after `since_s` has risen; after `before`."""
        wait_until(lambda: sounding_s(ear, since_s) > RISE_S + PIECE_S, "sound that has risen")
        found: list[HeardAt] = []

        def is_steady() -> bool:
            """A server that has just started may stumble, and the player then begins anew."""
            place, likeness = self._last(ear, since_s, before)
            found.append(place)
            return likeness > ALIKE

        wait_until(is_steady, "sound that lies somewhere near in the routine")
        return found[-1]

    def last(self, ear: Ear, since_s: float, before: HeardAt = BEGINNING) -> HeardAt:
        """The end of what was recorded."""
        place, likeness = self._last(ear, since_s, before)
        assert likeness > ALIKE, f"what was heard lies nowhere near ({likeness:.3f})"
        return place

    def _last(self, ear: Ear, since_s: float, before: HeardAt) -> tuple[HeardAt, float]:
        heard, times = ear.heard_since(since_s)
        end = int(np.flatnonzero(heard)[-1]) + 1
        piece = heard[end - round(PIECE_S * RATE_HZ) : end]
        first = round(max(before.place_s - AROUND_S, 0.0) * RATE_HZ)
        last = round((before.place_s + AROUND_S) * RATE_HZ)
        wanted, _ = soundfile.read(self._path, start=first, stop=last, dtype="float32", always_2d=True)
        place, likeness = offset_of(piece, wanted[:, 0])
        return HeardAt((first + place + len(piece)) / RATE_HZ, float(times[end - 1])), likeness


def first_sample_s(ear: Ear, since_s: float) -> float:
    """When the first sample after a moment was heard that is not silence."""
    heard, times = ear.heard_since(since_s)
    return float(times[np.flatnonzero(heard)[0]])


def sounding_s(ear: Ear, since_s: float) -> float:
    """How long something has sounded since a moment."""
    heard, _ = ear.heard_since(since_s)
    sounding = np.flatnonzero(heard)
    return (len(heard) - int(sounding[0])) / RATE_HZ if len(sounding) else 0.0


class Terminal:
    """What `sleepcalm play` says, with the time of each line: its words are its clock.

    Sentences that are said more than once tell no time.
    """

    def __init__(self, playing: subprocess.Popen[str], cues: list[dict]) -> None:
        times = Counter(cue["text"] for cue in cues)
        self._starts_s = {
            cue["text"]: cue["start_s"] for cue in cues if cue["clip"] and times[cue["text"]] == 1
        }
        self.said: list[HeardAt] = []
        assert playing.stdout is not None
        self._lines = playing.stdout
        Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        for line in self._lines:
            at_s = time.monotonic()
            if line.strip() in self._starts_s:
                self.said.append(HeardAt(self._starts_s[line.strip()], at_s))

    def next_after(self, at_s: float) -> HeardAt:
        """The first sentence that is shown after a moment."""
        wait_until(lambda: self.said and self.said[-1].at_s > at_s, "the next sentence")
        return next(said for said in self.said if said.at_s > at_s)
