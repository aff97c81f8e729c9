"""The words of the Relax tab that stand for values: phases, muscle groups, times, choices."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from sleepcalm.backgrounds import OWN_PREFIX, parse_background
from sleepcalm.relaxation.muscle_groups import GROUPS
from sleepcalm.relaxation.routine import Phase

if TYPE_CHECKING:
    from sleepcalm.relaxation.moment import Moment


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relax", text)


def clock_text(seconds: float) -> str:
    """Whole seconds as 7:48 or 1:02:30."""
    hours, rest = divmod(max(math.floor(seconds), 0), 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def left_text(seconds: float) -> str:
    """The time left; rounded up, so that it and the time gone by make up the whole."""
    return _tr("{time} left").format(time=clock_text(math.ceil(seconds)))


def minutes_text(seconds: float) -> str:
    return _tr("{minutes} min").format(minutes=max(round(seconds / 60), 1))


def step_text(moment: Moment, steps: int) -> str:
    return _tr("Step {number} of {steps}").format(number=moment.step_index + 1, steps=steps)


def phase_word(moment: Moment) -> str:
    """What there is to do at this moment, in a word or two."""
    if moment.breath is not None:
        return _tr("Breathe")
    if moment.step.phase is Phase.TENSE:
        return _tr("Tense gently") if moment.is_holding else _tr("Get ready")
    return {
        Phase.SETTLE: _tr("Listen"),
        Phase.RELEASE: _tr("Let go"),
        Phase.GUIDE: _tr("Notice"),
        Phase.SILENCE: _tr("Rest"),
    }[moment.step.phase]


def body_text(moment: Moment) -> str:
    """What the drawn body shows, for those who do not see it."""
    if moment.step.muscle_group is None:
        return _tr("nothing marked")
    words = {Phase.TENSE: _tr("{group}: tension"), Phase.RELEASE: _tr("{group}: letting go")}
    template = words.get(moment.step.phase, _tr("{group}: attention"))
    return template.format(group=group_name(moment.step.muscle_group))


def group_name(group: str) -> str:
    """The name of any muscle group, its side included."""
    names = {
        "forehead": _tr("forehead"),
        "upper_face": _tr("eyes and nose"),
        "jaw": _tr("jaw"),
        "face": _tr("face"),
        "neck": _tr("neck"),
        "face_and_neck": _tr("face and neck"),
        "chest": _tr("chest and shoulders"),
        "abdomen": _tr("belly"),
        "torso": _tr("chest, shoulders and belly"),
        "both_arms": _tr("both arms"),
        "both_legs": _tr("both legs"),
        "whole_body": _tr("whole body"),
        "left_hand": _tr("left hand and forearm"),
        "left_upper_arm": _tr("left upper arm"),
        "left_arm": _tr("left hand and arm"),
        "left_thigh": _tr("left thigh"),
        "left_calf": _tr("left calf"),
        "left_foot": _tr("left foot"),
        "left_leg": _tr("left leg and foot"),
        "right_hand": _tr("right hand and forearm"),
        "right_upper_arm": _tr("right upper arm"),
        "right_arm": _tr("right hand and arm"),
        "right_thigh": _tr("right thigh"),
        "right_calf": _tr("right calf"),
        "right_foot": _tr("right foot"),
        "right_leg": _tr("right leg and foot"),
    }
    return names[group]


def regions_of(group: str | None) -> frozenset[str]:
    return GROUPS[group] if group else frozenset()


def stand_in_text(lacking: int, sentences: int) -> str:
    """Why the built-in voice speaks a routine though another one was chosen; nothing where none lacks."""
    if sentences == 1 and lacking:
        return _tr("Built-in voice: the one sentence is not made yet.")
    words = _tr("Built-in voice: {lacking} of {sentences} sentences not made yet.")
    return words.format(lacking=lacking, sentences=sentences) if lacking else ""


def background_name(name: str) -> str:
    known = {
        "none": _tr("None"),
        "rain": _tr("Soft rain"),
        "brown": _tr("Brown noise"),
        "pink": _tr("Pink noise"),
        "ocean": _tr("Ocean"),
        "wind": _tr("Wind"),
        "stream": _tr("Stream"),
        "fan": _tr("Fan"),
        "drone": _tr("Low drone"),
    }
    if name.startswith(OWN_PREFIX):
        return name[len(OWN_PREFIX) :].rpartition(".")[0] or name[len(OWN_PREFIX) :]
    return known.get(name, name.replace("-", " ").replace("_", " ").capitalize())


def mixture_name(background: str) -> str:
    """Its sounds, joined by a plus sign."""
    return " + ".join(background_name(part.name) for part in parse_background(background))


def pauses_text(scale: float) -> str:
    if scale == 1.0:
        return _tr("usual")
    return _tr("{factor} times").format(factor=f"{scale:.1f}")


def hold_text(hold_s: float | None) -> str:
    return _tr("usual") if hold_s is None else _tr("{seconds} s").format(seconds=round(hold_s))


def left_out_text(groups: Iterable[str]) -> str:
    names = [group_name(group) for group in groups]
    if not names:
        return _tr("Nothing is left out.")
    return _tr("Left out: {groups}.").format(groups=", ".join(names))
