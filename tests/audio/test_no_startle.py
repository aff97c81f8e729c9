"""Nothing startles: measured on the sound of the routines as they are rendered, at the default volumes.

Some are measured each time, every one of them with `make torture`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyloudnorm
import pytest
from scipy.signal import lfilter

from sleepcalm.audio.background_maker import BackgroundMaker
from sleepcalm.audio.clips import ClipReader
from sleepcalm.audio.deck import Deck
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.narration import read_voice
from sleepcalm.audio.own_sounds import OwnSounds
from sleepcalm.audio.samples import START_FADE_FRAMES, start_gain, volume_gain
from sleepcalm.backgrounds import NO_BACKGROUND, SOUNDS, Background, parse_background
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.clip import CLIP_LUFS
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Clip, Timeline, build_timeline
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


def measured(mixer: Mixer, total_frames: int, gains: Gains = GAINS) -> Measured:
    """The K-weighting of ITU-R BS.1770, as the library has it, over blocks that follow each other."""
    filters = [(each.b, each.a) for each in pyloudnorm.Meter(SAMPLE_RATE_HZ)._filters.values()]
    states = [np.zeros((2, 2)) for _ in filters]
    last, step, hops = np.zeros((1, 2)), 0.0, []
    for start in range(0, total_frames, BLOCK_FRAMES):
        block = mixer.mix(start, BLOCK_FRAMES, gains)
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


@pytest.mark.parametrize("volume", [0.5, 0.8, 1.0])
def test_a_background_alone_does_not_startle_at_any_volume(volume, tmp_path):
    mixer = made(SHORT_ROUTINE, "brown", tmp_path)
    silent = replace(mixer, timeline=replace(mixer.timeline, cues=()))
    found = measured(silent, 20 * SAMPLE_RATE_HZ, Gains.constant(0, volume_gain(volume)))
    assert found.momentary_lufs[-1] > FAINT_LUFS + LARGEST_RISE_LU
    assert found.startling(silent.timeline) == []


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


class Steady:
    """A voice and a background that never change, so that what is heard is the fade."""

    LEVEL = np.float32(0.1)

    def samples(self, clip: Clip) -> np.ndarray:
        return np.full(clip.frames, self.LEVEL)

    def add_to(self, planes: np.ndarray, _start_frame: int, gains: np.ndarray) -> None:
        planes += self.LEVEL * gains


VOICE_ONLY, BACKGROUND_ONLY = Gains.constant(1, 0), Gains.constant(0, 1)


def fade_of(sound: np.ndarray, full: np.ndarray) -> np.ndarray:
    assert full.min() > 0
    return (sound / full)[:, 0]


def check_fade(fade: np.ndarray) -> None:
    """From silence to the full level, never back, in two seconds and no less; and to be heard soon."""
    assert fade[0] == 0
    assert np.all(np.diff(fade) >= 0)
    assert fade[START_FADE_FRAMES - 1] < 1
    assert fade[-1] == pytest.approx(1, abs=1e-6)
    in_db = 20 * np.log10(fade[[SAMPLE_RATE_HZ // 20, SAMPLE_RATE_HZ // 4]])
    assert in_db == pytest.approx([-9.7, -6.3], abs=0.1)


@pytest.fixture
def steady() -> Mixer:
    clips = {"On and on.": Clip("on", 20 * SAMPLE_RATE_HZ)}
    step = Step("On", Phase.SETTLE, (Sentence("On and on.", 1),))
    routine = Routine("r", "R", Kind.REST, "S", (), (), (step,))
    return Mixer(build_timeline(routine, clips, Choices()), Steady(), Bed(Steady(), linger_s=60))


@pytest.mark.parametrize("routine", sorted(ROUTINES))
def test_every_routine_begins_in_silence(routine, tmp_path):
    assert not made(routine, Preferences().background, tmp_path).mix(0, 1, GAINS).any()


def test_a_start_is_a_fade_from_silence_of_two_seconds(steady):
    whole = steady.mix(10 * SAMPLE_RATE_HZ, START_FADE_FRAMES + 1, VOICE_ONLY)
    check_fade(fade_of(steady.mix(0, START_FADE_FRAMES + 1, VOICE_ONLY), whole))


def test_the_background_comes_up_below_the_fade_of_the_start(steady):
    frames = 6 * SAMPLE_RATE_HZ
    whole = steady.mix(10 * SAMPLE_RATE_HZ, frames + 1, BACKGROUND_ONLY)
    fade = fade_of(steady.mix(0, frames + 1, BACKGROUND_ONLY), whole)
    assert fade[0] == 0
    assert np.all(np.diff(fade) >= 0)
    assert np.all(fade[:frames] <= start_gain(0, frames) + 1e-6)
    assert fade[-1] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("gains", [VOICE_ONLY, BACKGROUND_ONLY, Gains.constant(1, 1)])
def test_so_is_a_resume_for_voice_and_background_alike(steady, gains):
    deck = Deck(lambda: 0, float(gains.voice[0]), float(gains.background[0]))
    deck.put_on(steady)
    deck.play()
    deck.read(8 * SAMPLE_RATE_HZ)
    deck.pause()
    deck.read(SAMPLE_RATE_HZ)
    place = deck.heard_frame()
    deck.play()
    whole = steady.mix(place, START_FADE_FRAMES + 1, gains)
    check_fade(fade_of(deck.read(START_FADE_FRAMES + 1), whole))


def test_no_step_is_a_quarter_of_full_scale_at_full_volume_either():
    """Clips that are softer than the others are turned up."""
    for clip in VOICE.clips.values():
        gain = 10 ** ((CLIP_LUFS - clip.loudness_lufs) / 20) * 0.5**0.5
        assert np.abs(np.diff(CLIPS.samples(clip))).max() * gain < 0.24, clip.path


ROUNDING_LU = 0.05


def loudness_lufs(sound: np.ndarray) -> float:
    """ITU-R BS.1770-4 with the coefficients printed there; one block at least."""
    weighted = np.pad(sound.astype(np.float64), ((0, max(0, BLOCK_400_MS - len(sound))), (0, 0)))
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        weighted = lfilter(numerator, denominator, weighted, axis=0)
    blocks = np.lib.stride_tricks.sliding_window_view(weighted, BLOCK_400_MS, axis=0)[::HOP_FRAMES]
    powers = (blocks**2).mean(axis=2).sum(axis=1)
    heard = powers[-0.691 + 10 * np.log10(powers + 1e-12) > -70]
    return float(-0.691 + 10 * np.log10(heard[heard > heard.mean() / 10].mean()))


BLOCK_400_MS = WINDOW_HOPS * HOP_FRAMES
_SHELF = [1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585]
_HIGH_PASS = [1.0, -2.0, 1.0], [1, -1.99004745483398, 0.99007225036621]


@pytest.mark.parametrize("routine", sorted(ROUTINES))
def test_no_cue_is_louder_than_the_first_of_its_phase_or_than_the_like_before(routine):
    """Every cue with words, however short, as it is mixed."""
    timeline = laid_out(routine)
    beyond_the_start = [
        replace(
            cue, start_frame=cue.start_frame + START_FADE_FRAMES, end_frame=cue.end_frame + START_FADE_FRAMES
        )
        for cue in timeline.cues
        if cue.clip
    ]
    mixer = Mixer(replace(timeline, cues=tuple(beyond_the_start)), CLIPS, Bed(None))
    first: dict[Phase, float] = {}
    before: dict[bool, float] = {}
    louder = []
    for cue in beyond_the_start:
        level = loudness_lufs(mixer.mix(cue.start_frame, cue.end_frame - cue.start_frame, GAINS))
        is_full = cue.phase in (Phase.SETTLE, Phase.TENSE)
        limit = min(first.setdefault(cue.phase, level), before.get(is_full, level))
        before[is_full] = level
        if level > limit + ROUNDING_LU:
            louder.append((cue.text, level, limit))
    assert not louder
