"""The whole first routine with rain: mixed in memory, and written as a file beside ffmpeg and sox."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.table import Row, Unavailable, require
from sleepcalm.audio.ambience_sounds import soft_rain
from sleepcalm.audio.clips import ClipReader
from sleepcalm.audio.mixdown import write_mixdown
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.samples import START_FADE_FRAMES, volume_gain
from sleepcalm.program import Program, load_program
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Cue, Timeline
from testbed.desk import private_environment

ROUTINE = "pmr-7"
GOAL_TIMES_REAL_TIME = 300
BLOCK_FRAMES = SAMPLE_RATE_HZ // 10
LARGEST_DIFFERENCE = 10 ** (-60 / 20)
ROUNDS = 3


def measure(folder: Path) -> Iterator[Row]:
    program = load_program(folder / "data", datetime.now(UTC))
    routine = program.routine(ROUTINE)
    timeline = program.timeline(routine, program.preferences.choices_of(routine))
    yield _in_memory(program, timeline)
    yield from _to_a_file(program, timeline, folder)


def _in_memory(program: Program, timeline: Timeline) -> Row:
    """Blocks of the player's kind of size, each clip decoded from its file; the rain is made before."""
    mixer = Mixer(timeline, ClipReader(program.assets), Bed(soft_rain()))
    preferences = program.preferences
    gains = Gains.constant(volume_gain(preferences.voice_volume), volume_gain(preferences.background_volume))
    start_s = time.process_time()
    for start in range(0, mixer.total_frames, BLOCK_FRAMES):
        mixer.mix(start, min(BLOCK_FRAMES, mixer.total_frames - start), gains)
    taken_s = time.process_time() - start_s
    length_s = mixer.total_frames / SAMPLE_RATE_HZ
    speed = length_s / taken_s
    return Row(
        "mixing, one core",
        f"{taken_s:.2f} s of CPU",
        f"real time {length_s:.0f} s",
        taken_s / length_s,
        f"at least {GOAL_TIMES_REAL_TIME} times real time (is {speed:.0f})",
        speed >= GOAL_TIMES_REAL_TIME,
    )


def _to_a_file(program: Program, timeline: Timeline, folder: Path) -> Iterator[Row]:
    rain, ours = folder / "rain.wav", folder / "ours.wav"
    rain_only = Mixer(timeline, ClipReader(program.assets), Bed(soft_rain()))
    gains = Gains.constant(0, volume_gain(program.preferences.background_volume))
    write_mixdown(rain_only, rain, gains, replace=False, on_progress=lambda _share: None)
    environment = private_environment(folder) | {"SLEEPCALM_DATA_DIR": str(folder / "data")}
    render = [sys.executable, "-m", "sleepcalm", "render", ROUTINE, str(ours), "--force"]
    cues = [cue for cue in timeline.cues if cue.clip is not None]
    voice_gain = volume_gain(program.preferences.voice_volume)
    for tool, command in (("ffmpeg", _ffmpeg), ("sox", _sox)):
        theirs = folder / f"{tool}.wav"
        job = command(program.assets, cues, voice_gain, rain, theirs)
        try:
            require({tool: tool})
            pairs = [(_run(render, environment), _run(job, environment)) for _ in range(ROUNDS)]
            _check_same(ours, theirs)
        except Unavailable as reason:
            yield Row(f"render to WAV, {tool}", "", f"skipped: {reason}", None, "", None)
            continue
        ours_wall_s, ours_cpu_s = map(min, zip(*(pair[0] for pair in pairs), strict=True))
        their_wall_s, their_cpu_s = map(min, zip(*(pair[1] for pair in pairs), strict=True))
        yield _times("time", tool, ours_wall_s, their_wall_s)
        yield _times("CPU", tool, ours_cpu_s, their_cpu_s)


def _times(what: str, tool: str, ours_s: float, theirs_s: float) -> Row:
    name = f"render to WAV, {what}, fastest of {ROUNDS}"
    return Row(name, f"{ours_s:.2f} s", f"{tool} {theirs_s:.2f} s", ours_s / theirs_s, "", None)


def _ffmpeg(assets: Path, cues: Sequence[Cue], gain: float, rain: Path, to: Path) -> list[str]:
    """The voice is laid out one clip after another, which is far faster than mixing delayed clips."""
    inputs = [word for cue in cues if cue.clip for word in ("-i", str(assets / cue.clip.path))]
    chains = []
    end_frame = 0
    for number, cue in enumerate(cues):
        delay = cue.start_frame - end_frame
        factor = gain * 0.5**0.5 * 10 ** (cue.gain_db / 20)
        chains.append(f"[{number}:a]volume={factor:.8f}:precision=float,adelay={delay}S[c{number}]")
        end_frame = cue.end_frame
    joined = "".join(f"[c{number}]" for number in range(len(cues)))
    chains.append(f"{joined}concat=n={len(cues)}:v=0:a=1,pan=stereo|c0=c0|c1=c0[voice]")
    chains.append(f"[voice][{len(cues)}:a]amix=inputs=2:normalize=0:duration=longest[out]")
    graph = ["-filter_complex", ";".join(chains), "-map", "[out]", "-c:a", "pcm_s16le"]
    return ["ffmpeg", "-v", "error", "-nostdin", "-y", *inputs, "-i", str(rain), *graph, str(to)]


def _sox(assets: Path, cues: Sequence[Cue], gain: float, rain: Path, to: Path) -> list[str]:
    """sox has a delay for a whole channel only; each clip gets its silence from a sox of its own."""
    pieces = []
    end_frame = 0
    for cue in cues:
        if cue.clip:
            factor = gain * 0.5**0.5 * 10 ** (cue.gain_db / 20)
            pad = f"pad {cue.start_frame - end_frame}s"
            pieces.append(f"|sox -v {factor:.8f} {assets / cue.clip.path} -p {pad}")
            end_frame = cue.end_frame
    voice = " ".join(f'"{piece}"' for piece in pieces)
    mix = f"sox {voice} -c 2 -p | sox -D -m -v 1 -p -v 1 {rain} -b 16 {to}"
    return ["bash", "-c", f"set -o pipefail; {mix}"]


def _check_same(ours: Path, theirs: Path) -> None:
    """A reference that does another job is none."""
    a, b = (soundfile.read(path, dtype="float32")[0] for path in (ours, theirs))
    frames = min(len(a), len(b))  # the fade-in of the voice is ours alone
    difference = float(np.abs(a[START_FADE_FRAMES:frames] - b[START_FADE_FRAMES:frames]).max())
    if abs(len(a) - len(b)) > SAMPLE_RATE_HZ or difference > LARGEST_DIFFERENCE:
        raise Unavailable(f"{theirs.name} is another sound: differs by {difference:.4f} of full scale")


def _run(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds by the clock and seconds of CPU, with those of all its children."""
    before, start_s = os.times(), time.perf_counter()
    subprocess.run(command, env=environment, check=True, timeout=600)
    wall_s, after = time.perf_counter() - start_s, os.times()
    user_s = after.children_user - before.children_user
    return wall_s, user_s + after.children_system - before.children_system
