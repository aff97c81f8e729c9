"""What holds for every routine that comes with the program."""

from __future__ import annotations

import re
import tomllib

import pytest
from shipped import CATALOGUE, ROUTINES, VOICE, forms, share_of_silence, words

from sleepcalm.program import evidence_for_kinds
from sleepcalm.relaxation.routine import Kind, Phase, Routine
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline, build_timeline
from sleepcalm.shipped_files import shipped_folder

IDS = {
    "pmr-16", "pmr-16-twice", "pmr-7", "pmr-4", "recall", "recall-counting", "counting",
    "body-scan", "breath-awareness", "falling-feeling", "paced-breathing", "autogenic",
    "drifting-pictures", "after-a-jolt", "quiet-rest",
}  # fmt: skip
GUIDED = ("body-scan", "breath-awareness", "falling-feeling")
PACED_BY_THEIR_FORM = ("pmr-16", "pmr-16-twice", "pmr-7", "pmr-4", "recall", "autogenic")
WITHOUT_CAUTIONS = (Kind.REST, Kind.RESCUE)

every_routine = pytest.mark.parametrize("routine", ROUTINES.values(), ids=lambda routine: routine.id)


def test_all_are_there_and_usable():
    assert CATALOGUE.errors == ()
    assert set(ROUTINES) == IDS


@every_routine
def test_the_house_rules_of_wording(routine: Routine):
    assert routine.sources
    assert routine.cautions or routine.kind in WITHOUT_CAUTIONS
    for text in routine.spoken_sentences():
        assert not {"we", "our", "us", "let's", "must", "should"} & set(words(text)), text
        assert len(words(text)) <= 22, text
        assert not re.search(r"[!…;:()]|\b(bells?|chimes?|gong)\b", text), text


@every_routine
def test_every_sentence_has_its_clip(routine: Routine):
    assert sorted(routine.spoken_sentences() - VOICE.clips.keys()) == []


@every_routine
def test_no_word_is_drawn_out(routine: Routine):
    """Slowness lies in the pauses. Single words have no pace."""
    for text in routine.spoken_sentences():
        if len(words(text)) >= 4:
            minutes = VOICE.clips[text].frames / SAMPLE_RATE_HZ / 60
            assert 100 <= len(words(text)) / minutes <= 320, text


@every_routine
def test_the_first_minute_is_spoken_at_an_easy_pace(routine: Routine):
    for choices in forms(routine):
        cues = build_timeline(routine, VOICE.clips, choices).cues
        first = [cue for cue in cues if cue.next_frame <= 60 * SAMPLE_RATE_HZ]
        if first:
            minutes = first[-1].next_frame / SAMPLE_RATE_HZ / 60
            assert sum(len(words(cue.text)) for cue in first) / minutes <= 140


@every_routine
def test_a_long_silence_is_announced(routine: Routine):
    for choices in forms(routine):
        for cue in build_timeline(routine, VOICE.clips, choices).cues:
            if cue.pause_frames >= 18 * SAMPLE_RATE_HZ:
                assert re.search(r"quiet|fade away", cue.text), cue.text


def shares(timeline: Timeline) -> tuple[float, float, float]:
    """The share of silence while settling in, in what follows, and from the last guided step on."""
    settled = max(step.end_frame for step in timeline.steps if step.phase is Phase.SETTLE)
    last = timeline.steps[-2].start_frame
    return (
        share_of_silence(timeline, 0, settled),
        share_of_silence(timeline, settled, last),
        share_of_silence(timeline, last, timeline.duration_frames),
    )


@pytest.mark.parametrize("name", GUIDED)
def test_about_half_is_silence_at_first_two_thirds_then_and_four_fifths_in_the_end(name):
    for choices in forms(ROUTINES[name]):
        opening, middle, end = shares(build_timeline(ROUTINES[name], VOICE.clips, choices))
        assert 0.42 <= opening <= 0.6
        assert 0.6 <= middle <= 0.72
        assert end >= 0.8


@pytest.mark.parametrize("name", PACED_BY_THEIR_FORM)
def test_where_holds_and_formulas_set_the_pace_silence_grows_as_well(name):
    for choices in forms(ROUTINES[name]):
        opening, middle, end = shares(build_timeline(ROUTINES[name], VOICE.clips, choices))
        assert 0.4 <= opening <= 0.6
        assert 0.6 <= middle <= 0.8
        assert end >= 0.8


@every_routine
def test_guided_routines_offer_rather_than_order(routine: Routine):
    if routine.id in (*GUIDED, *PACED_BY_THEIR_FORM) and routine.id != "autogenic":
        assert any(text.startswith("You may notice") for text in routine.spoken_sentences())


@every_routine
def test_a_voice_leads_out_into_quiet(routine: Routine):
    for choices in forms(routine):
        last = build_timeline(routine, VOICE.clips, choices).steps[-1]
        assert last.phase is Phase.SILENCE or routine.kind is Kind.RESCUE


def test_there_is_an_honest_sentence_for_every_kind_in_use():
    seeds = shipped_folder("seeds")
    evidence = evidence_for_kinds(seeds)
    assert evidence.keys() == {routine.kind for routine in ROUTINES.values()}
    claims = tomllib.loads((seeds / "evidence.toml").read_text(encoding="utf-8"))["claims"]
    for claim in claims:
        assert claim["grade"] == "none" or claim["sources"], claim["id"]
        assert not re.search(r"\b(cures?|prevents?|treats?|proven)\b", claim["sentence"]), claim["id"]
