"""Nothing startles: measured on the sound of the routines as they are rendered, at the default volumes.

Some are measured each time, every one of them with `make torture`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyloudnorm
import pytest
from scipy.signal import lfilter

from sleepcalm.audio.background_maker import BackgroundMaker
from sleepcalm.audio.clips import ClipReader
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.narration import read_voice
from sleepcalm.audio.own_sounds import OwnSounds
from sleepcalm.audio.samples import START_FADE_FRAMES, start_gain, volume_gain
from sleepcalm.backgrounds import NO_BACKGROUND, SOUNDS, Background, parse_background
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.routine import Phase
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Timeline, build_timeline
from sleepcalm.shipped_files import shipped_folder

ASSETS = shipped_folder("assets")
ROUTINES = read_catalogue([ASSETS / "scripts"]).routines
VOICE = read_voice(ASSETS / "audio" / "slt")
CLIPS = ClipReader(ASSETS)
GAINS = Gains.constant(volume_gain(Preferences().voice_volume), volume_gain(Preferences().background_volume))

LARGEST_STEP = 0.25
LARGEST_RISE_LU = 6.0
FAINT_LUFS = -60.0
"""35 LU below the voice, so below what a quiet bedroom makes itself where the voice is as loud as talk."""

HOP_FRAMES = SAMPLE_RATE_HZ // 10
WINDOW_HOPS = 4
SECOND_HOPS = 10
BLOCK_FRAMES = 10 * SAMPLE_RATE_HZ

SAMPLE = ("pmr-7", Preferences().background), ("pmr-7", NO_BACKGROUND), ("drifting-pictures", "rain")
ALL = [(routine, background) for routine in ROUTINES for background in (SAMPLE[0][1], NO_BACKGROUND)]
SHORT_ROUTINE = "counting"


def laid_out(routine: str) -> Timeline:
    seed = 1 if ROUTINES[routine].is_shuffled else None
    return build_timeline(ROUTINES[routine], VOICE.clips, Choices(seed=seed))


def made(routine: str, background: str, tmp_path) -> Mixer:
    maker = BackgroundMaker(OwnSounds(tmp_path / "sounds", tmp_path / "converted"), pytest.fail)
    return Mixer(laid_out(routine), CLIPS, maker.bed(Background(parse_background(background))))


@dataclass(frozen=True)
class Measured:
    largest_step: float
    momentary_lufs: np.ndarray
    """Of the 400 ms up to the end of each tenth of a second; nothing is fainter than FAINT_LUFS."""

    def startling(self, timeline: Timeline) -> list[tuple[float, float]]:
        """When, in s, and by how much, in LU, it rises too fast without a word."""
        spoken = np.zeros(len(self.momentary_lufs), bool)
        for cue in timeline.cues:
            if cue.clip:  # its words are still in the window, and in the second, for a while
                last = cue.end_frame // HOP_FRAMES + WINDOW_HOPS
                spoken[cue.start_frame // HOP_FRAMES : last] = True
        lufs = np.concatenate([np.full(SECOND_HOPS, FAINT_LUFS), self.momentary_lufs])
        lowest = np.lib.stride_tricks.sliding_window_view(lufs, SECOND_HOPS + 1).min(axis=1)
        rises = self.momentary_lufs - lowest
        return [(hop / 10, rises[hop]) for hop in np.flatnonzero((rises > LARGEST_RISE_LU) & ~spoken)]


def measured(mixer: Mixer, total_frames: int) -> Measured:
    """The K-weighting of ITU-R BS.1770, as the library has it, over blocks that follow each other."""
    filters = [(each.b, each.a) for each in pyloudnorm.Meter(SAMPLE_RATE_HZ)._filters.values()]
    states = [np.zeros((2, 2)) for _ in filters]
    last, step, hops = np.zeros((1, 2)), 0.0, []
    for start in range(0, total_frames, BLOCK_FRAMES):
        block = mixer.mix(start, BLOCK_FRAMES, GAINS)
        step = max(step, float(np.abs(np.diff(block, axis=0, prepend=last)).max()))
        last = block[-1:]
        weighted = block.astype(np.float64)
        for number, (b, a) in enumerate(filters):
            weighted, states[number] = lfilter(b, a, weighted, axis=0, zi=states[number])
        hops.append((weighted**2).reshape(-1, HOP_FRAMES, 2).mean(axis=1).sum(axis=1))
    powers = np.convolve(np.concatenate(hops), np.full(WINDOW_HOPS, 1 / WINDOW_HOPS))[: -WINDOW_HOPS + 1]
    return Measured(step, np.maximum(-0.691 + 10 * np.log10(powers + 1e-12), FAINT_LUFS))


def check(mixer: Mixer, total_frames: int | None = None) -> None:
    found = measured(mixer, total_frames or mixer.total_frames)
    assert found.largest_step < LARGEST_STEP
    assert found.startling(mixer.timeline) == []


@pytest.mark.parametrize(("routine", "background"), SAMPLE)
def test_a_routine_neither_clicks_nor_startles(routine, background, tmp_path):
    check(made(routine, background, tmp_path))


@pytest.mark.torture
@pytest.mark.parametrize(("routine", "background"), ALL)
def test_no_routine_clicks_or_startles(routine, background, tmp_path):
    check(made(routine, background, tmp_path))


@pytest.mark.parametrize("background", SOUNDS)
def test_no_background_clicks_or_startles_when_it_begins(background, tmp_path):
    check(made(SHORT_ROUTINE, background, tmp_path), 60 * SAMPLE_RATE_HZ)


@pytest.mark.torture
@pytest.mark.parametrize("background", SOUNDS)
def test_no_background_clicks_or_startles_to_its_end(background, tmp_path):
    check(made(SHORT_ROUTINE, background, tmp_path))


def test_the_measure_finds_what_startles(tmp_path, timeline, hum):
    """The background at once at its full level, under nothing; and a click."""
    silent = Timeline("r", "R", (), timeline.steps, timeline.duration_frames, timeline.duration_frames)
    sudden = measured(Mixer(silent, CLIPS, Bed(hum), fade_in_s=0.2), timeline.duration_frames)
    assert sudden.startling(silent)
    assert not measured(Mixer(silent, CLIPS, Bed(hum)), timeline.duration_frames).startling(silent)

    class Click:
        def add_to(self, planes, _start_frame, _gains):
            planes[:, 100_000] += 0.3

    assert measured(Mixer(silent, CLIPS, Bed(Click())), timeline.duration_frames).largest_step > 0.29


@pytest.mark.parametrize("routine", sorted(ROUTINES))
def test_nothing_is_at_its_full_level_within_the_first_two_seconds(routine, tmp_path):
    mixer = made(routine, Preferences().background, tmp_path)
    start = mixer.mix(0, START_FADE_FRAMES, GAINS)
    everything = Mixer(mixer.timeline, CLIPS, mixer.bed, fade_in_s=1 / SAMPLE_RATE_HZ)
    background = everything.mix(0, START_FADE_FRAMES, Gains(np.zeros(1, np.float32), GAINS.background))
    voice = start - mixer.mix(0, START_FADE_FRAMES, Gains(np.zeros(1, np.float32), GAINS.background))
    rise = start_gain(0, START_FADE_FRAMES)[:, np.newaxis]
    full = np.abs(voice / rise) + np.abs(background)
    assert np.all((np.abs(start) <= rise * full + 1e-5)[1:])


LEVEL_TOLERANCE_LU = 0.5
"""How far clips of one loudness are apart; short ones are measured by other means (docs/narration.md)."""


@pytest.mark.parametrize("routine", sorted(ROUTINES))
def test_no_cue_is_louder_than_the_first_of_its_phase(routine):
    mixer = Mixer(laid_out(routine), CLIPS, Bed(None))
    meter = pyloudnorm.Meter(SAMPLE_RATE_HZ)
    first: dict[Phase, float] = {}
    louder = []
    for cue in mixer.timeline.cues:
        if cue.clip is None or cue.clip.frames < SAMPLE_RATE_HZ:
            continue
        frames = cue.clip.frames
        sound = mixer.mix(cue.start_frame, frames, GAINS) / start_gain(cue.start_frame, frames)[:, np.newaxis]
        level = float(meter.integrated_loudness(sound.astype(np.float64)))
        if level > first.setdefault(cue.phase, level) + LEVEL_TOLERANCE_LU:
            louder.append((cue.text, level, first[cue.phase]))
    assert not louder
