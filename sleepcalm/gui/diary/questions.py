"""What the diary can ask beyond the core of every night: which answers, in which words, in which place.

The core is always on the sheet. Of the rest the user chooses what is asked every morning; what is
not chosen waits, folded away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from sleepcalm.diary.entry import Exercise, Restedness, Side

_MINUTES_A_DAY = 1440


class Kind(Enum):
    """How a part of a question is answered."""

    MINUTES = "minutes"
    COUNT = "count"
    AMOUNT = "amount"
    SCALE = "scale"
    ANSWER = "answer"
    CHOICE = "choice"
    WORDS = "words"
    CLOCK = "clock"
    MEDICINES = "medicines"
    OTHER_SLEEPS = "other sleeps"
    ZONES = "zones"


class Group(Enum):
    """The part of the sheet in which a question stands."""

    NIGHT = "night"
    JOLTS = "jolts"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of a question, by its path in the entry. Labels are English; `worded` translates."""

    path: str
    kind: Kind
    label: str
    high: int = _MINUTES_A_DAY
    options: type[StrEnum] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that can be asked, by the id under which it is chosen."""

    id: str
    group: Group
    title: str
    parts: tuple[Part, ...]


def worded(text: str) -> str:
    """A label of this module in the user's language."""
    return QCoreApplication.translate("Questions", text)


def _T(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Questions", text))


def _one(id_: str, group: Group, part: Part) -> Question:
    return Question(id_, group, part.label, (part,))


def _yes_no(id_: str, group: Group, path: str, label: str) -> Question:
    return _one(id_, group, Part(path, Kind.ANSWER, label))


_ALL = (
    _yes_no("falling", Group.JOLTS, "hypnic_jerks.falling_sensation", _T("a feeling of falling")),
    _yes_no("woke_fully", Group.JOLTS, "hypnic_jerks.woke_fully", _T("woke me fully")),
    _yes_no("sensory", Group.JOLTS, "hypnic_jerks.sensory_only", _T("only a flash or bang")),
    _yes_no("in_practice", Group.JOLTS, "hypnic_jerks.during_practice", _T("during a routine")),
    _yes_no("partner", Group.JOLTS, "hypnic_jerks.seen_by_partner", _T("seen by someone else")),
    _yes_no("unsure", Group.JOLTS, "hypnic_jerks.unsure", _T("not sure it was a jolt")),
    _one(
        "resettle",
        Group.JOLTS,
        Part("hypnic_jerks.minutes_to_resettle", Kind.MINUTES, _T("Minutes to settle again")),
    ),
    Question(
        "body_part",
        Group.JOLTS,
        _T("Body part and side"),
        (
            Part("hypnic_jerks.body_part", Kind.WORDS, _T("Body part")),
            Part("hypnic_jerks.side", Kind.CHOICE, _T("Side"), options=Side),
        ),
    ),
    _one("fear", Group.JOLTS, Part("hypnic_jerks.fear", Kind.SCALE, _T("Fear, 0 none to 10 extreme"), 10)),
    _one("rested", Group.NIGHT, Part("restedness", Kind.CHOICE, _T("How rested"), options=Restedness)),
    _one(
        "trying_on",
        Group.NIGHT,
        Part("minutes_trying_after_waking", Kind.MINUTES, _T("Minutes trying to sleep on after waking")),
    ),
    _one(
        "woke_early",
        Group.NIGHT,
        Part("woke_earlier_than_planned_min", Kind.MINUTES, _T("Woke earlier than planned, minutes")),
    ),
    _one(
        "own_estimate",
        Group.NIGHT,
        Part("own_estimate_total_sleep_min", Kind.MINUTES, _T("Own estimate of sleep, minutes or 6:30")),
    ),
    Question(
        "naps",
        Group.NIGHT,
        _T("Naps the day before"),
        (
            Part("naps.count", Kind.COUNT, _T("Naps the day before"), 999),
            Part("naps.minutes", Kind.MINUTES, _T("Minutes of naps")),
        ),
    ),
    _one("other_sleeps", Group.NIGHT, Part("other_sleeps", Kind.OTHER_SLEEPS, _T("Another sleep"))),
    _one("travel", Group.NIGHT, Part("time_zone", Kind.ZONES, _T("Time zone, when travelling"))),
    Question(
        "caffeine",
        Group.EVENING,
        _T("caffeine"),
        (
            Part("evening.caffeine_mg", Kind.AMOUNT, _T("Caffeine in mg"), 10_000),
            Part("evening.caffeine_last", Kind.CLOCK, _T("Last caffeine at")),
        ),
    ),
    Question(
        "stress",
        Group.EVENING,
        _T("stress"),
        (Part("evening.stress", Kind.SCALE, _T("Stress, 0 none to 10 extreme"), 10),),
    ),
    Question(
        "exercise",
        Group.EVENING,
        _T("exercise"),
        (
            Part("evening.exercise", Kind.CHOICE, _T("Exercise"), options=Exercise),
            Part("evening.exercise_ended", Kind.CLOCK, _T("Exercise ended at")),
        ),
    ),
    Question(
        "alcohol",
        Group.EVENING,
        _T("alcohol"),
        (
            Part("evening.alcohol_drinks", Kind.AMOUNT, _T("Alcohol, number of drinks"), 100),
            Part("evening.alcohol_last", Kind.CLOCK, _T("Last drink at")),
        ),
    ),
    Question(
        "tiredness",
        Group.EVENING,
        _T("tiredness"),
        (Part("evening.tiredness", Kind.SCALE, _T("Tiredness, 0 none to 10 extreme"), 10),),
    ),
    _one("medicines", Group.EVENING, Part("evening.medicines", Kind.MEDICINES, _T("medicine"))),
    _yes_no("nicotine", Group.EVENING, "evening.nicotine", _T("nicotine")),
    _yes_no("screen", Group.EVENING, "evening.screen_late", _T("screen late")),
    _yes_no("noise", Group.EVENING, "evening.noise_or_light", _T("noise or light")),
    _yes_no("illness", Group.EVENING, "evening.illness", _T("illness")),
)

QUESTIONS: Mapping[str, Question] = {question.id: question for question in _ALL}


def questions(group: Group) -> tuple[Question, ...]:
    """The questions of one part of the sheet, in their order."""
    return tuple(question for question in _ALL if question.group is group)
