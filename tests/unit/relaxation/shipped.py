"""The routines that come with the program, laid out with the lengths of their clips."""

from __future__ import annotations

from collections.abc import Iterator

from sleepcalm.audio.narration import read_voice
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.routine import Phase, Routine
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Timeline, TimelineStep, build_timeline
from sleepcalm.shipped_files import shipped_folder

CATALOGUE = read_catalogue([shipped_folder("assets") / "scripts"])
ROUTINES = CATALOGUE.routines
VOICE = read_voice(shipped_folder("assets") / "audio" / "slt")


def laid_out(routine_id: str, **choices: object) -> Timeline:
    return build_timeline(ROUTINES[routine_id], VOICE.clips, Choices(**choices))  # type: ignore[arg-type]


def forms(routine: Routine) -> Iterator[Choices]:
    """Every offered length of every variant."""
    for variant in routine.variants or (None,):
        for length_min in routine.lengths.offered_min if routine.lengths else (None,):
            yield Choices(length_min=length_min, variant=variant and variant.id)


def length_s(part: Timeline | TimelineStep) -> float:
    frames = part.duration_frames if isinstance(part, Timeline) else part.end_frame - part.start_frame
    return frames / SAMPLE_RATE_HZ


def share_of_silence(timeline: Timeline, start: int, end: int) -> float:
    """Of the time between two frames; holds are silent, too."""
    spoken = sum(max(min(c.end_frame, end) - max(c.start_frame, start), 0) for c in timeline.cues if c.text)
    return 1 - spoken / (end - start)


def steps_of(timeline: Timeline, phase: Phase) -> list[TimelineStep]:
    return [step for step in timeline.steps if step.phase is phase]


def words(text: str) -> list[str]:
    return [word.strip(".,").lower() for word in text.split()]
