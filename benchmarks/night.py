"""A night of background at once, beside mpv with a looped file, and a thousand jumps in a routine.

By default an hour stands for the night; `--whole` takes all eight.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.playing import resident_mib
from benchmarks.table import Row, Unavailable, require
from sleepcalm.audio.ambience_sounds import soft_rain
from sleepcalm.audio.background_maker import BackgroundMaker
from sleepcalm.audio.clips import ClipReader
from sleepcalm.audio.deck import Deck
from sleepcalm.audio.mixer import Mixer
from sleepcalm.audio.own_sounds import OwnSounds
from sleepcalm.audio.samples import volume_gain
from sleepcalm.backgrounds import Background, parse_background
from sleepcalm.program import Program, load_program
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

ROUTINE = "pmr-7"
BLOCK_FRAMES = SAMPLE_RATE_HZ * 12 // 100
"""What an output asks for at once."""

FILE_S = 120
WARM_UP_S = 60
MEMORY_GOAL_MIB = 1.0
JUMPS = 1000
STEP_GOAL = 0.25


def measure(folder: Path, *, hours: float = 1.0) -> Iterator[Row]:
    program = load_program(folder / "data", datetime.now(UTC))
    routine = program.routine(ROUTINE)
    timeline = program.timeline(routine, program.preferences.choices_of(routine))
    yield _jumps(program, timeline, folder)
    sounds = folder / "data" / "sounds"
    sounds.mkdir(parents=True)
    planes = np.zeros((2, FILE_S * SAMPLE_RATE_HZ), np.float32)
    soft_rain().add_to(planes, 0, np.ones(1, np.float32))
    file = sounds / "rain.flac"
    soundfile.write(file, planes.T, SAMPLE_RATE_HZ)
    try:
        require({"mpv": "mpv"})
        mpv_s = _mpv_cpu_s(file, hours)
    except Unavailable:
        mpv_s = None
    for what, sound in (("rain", "rain"), ("an own file", "own:rain.flac:1")):
        deck = _deck(program, timeline, folder, _choice(sound, hours + 1))
        deck.seek(timeline.duration_frames)
        yield from _night(deck, what, hours, mpv_s)


def _maker(folder: Path) -> BackgroundMaker:
    def fail(problem: str) -> None:
        raise Unavailable(problem)

    return BackgroundMaker(OwnSounds(folder / "data" / "sounds", folder / "data" / "converted"), fail)


def _choice(sounds: str, hours: float) -> Background:
    return Background(parse_background(sounds), linger_s=hours * 3600)


def _deck(program: Program, timeline: Timeline, folder: Path, background: Background) -> Deck:
    preferences = program.preferences
    gains = volume_gain(preferences.voice_volume), volume_gain(preferences.background_volume)
    deck = Deck(lambda: 0, *gains)
    deck.eject()
    deck.put_on(Mixer(timeline, ClipReader(program.assets), _maker(folder).bed(background)))
    return deck


def _night(deck: Deck, what: str, hours: float, mpv_s: float | None) -> Iterator[Row]:
    """From the last word on, in blocks as an output asks for them, mixed ahead as the player does."""
    deck.play()
    _play(deck, WARM_UP_S)
    before_mib, start_s = resident_mib(), time.process_time()
    _play(deck, hours * 3600)
    cpu_s, grown_mib = time.process_time() - start_s, resident_mib() - before_mib
    name = f"{hours:g} h of {what} at once"
    share = f"{cpu_s:.1f} s of CPU ({cpu_s / hours / 36:.2f} % of a core)"
    if mpv_s is None:
        yield Row(f"{name}, CPU", share, "skipped: it needs the package mpv", None, "", None)
    else:
        theirs = f"mpv, a looped file {mpv_s:.1f} s"
        yield Row(f"{name}, CPU", share, theirs, cpu_s / mpv_s, "at most as much", cpu_s <= mpv_s)
    yield Row(
        f"{name}, memory",
        f"{grown_mib:+.2f} MiB",
        f"{before_mib:.0f} MiB after a minute",
        None,
        f"flat: at most {MEMORY_GOAL_MIB:g} MiB more",
        grown_mib <= MEMORY_GOAL_MIB,
    )


def _play(deck: Deck, seconds: float) -> None:
    for _ in range(round(seconds * SAMPLE_RATE_HZ / BLOCK_FRAMES)):
        if deck.is_short():
            deck.mix_ahead()
        deck.read(BLOCK_FRAMES)


def _mpv_cpu_s(file: Path, hours: float) -> float:
    """mpv's, playing as fast as it can into nothing; what it takes to start is not counted."""

    def cpu_s(repeats: int) -> float:
        quiet = ["--no-config", "--really-quiet", "--no-input-terminal", "--ao=null", "--ao-null-untimed=yes"]
        before = os.times()
        subprocess.run(["mpv", *quiet, f"--loop-file={repeats}", str(file)], check=True, timeout=3600)
        after = os.times()
        return after.children_user - before.children_user + after.children_system - before.children_system

    return cpu_s(round(hours * 3600 / FILE_S)) - cpu_s(1)


def _jumps(program: Program, timeline: Timeline, folder: Path) -> Row:
    deck = _deck(program, timeline, folder, _choice("rain", 0))
    deck.play()
    chance = random.Random(1)  # noqa: S311 - places to jump to
    last, largest = np.zeros((1, 2), np.float32), 0.0
    start_s = time.process_time()
    heard_s = 0.0
    for _ in range(JUMPS):
        deck.seek(chance.randrange(timeline.exercise_end_frame))
        frames = chance.randrange(SAMPLE_RATE_HZ // 50, SAMPLE_RATE_HZ)
        block = deck.read(frames)
        heard_s += frames / SAMPLE_RATE_HZ
        largest = max(largest, float(np.abs(np.diff(block, axis=0, prepend=last)).max()))
        last = block[-1:]
    cpu_s = time.process_time() - start_s
    return Row(
        f"{JUMPS} jumps, the largest step",
        f"{largest:.3f} of full scale",
        f"in {heard_s:.0f} s of sound, {cpu_s:.1f} s of CPU",
        None,
        f"below {STEP_GOAL:g}",
        largest < STEP_GOAL,
    )


measure_whole = partial(measure, hours=8.0)
