"""The sixteen muscle groups of progressive muscle relaxation and the larger groups made of them.

The division into sixteen, seven and four groups follows Bernstein and Borkovec's manual.
Routine files speak of the dominant and the other side; here a side is left or right once the
listener's dominant hand is known.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class Hand(StrEnum):
    """The hand a person writes with; it decides which side comes first."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def opposite(self) -> Hand:
        return Hand.RIGHT if self is Hand.LEFT else Hand.LEFT


_SIDED_PARTS = {
    "hand": ("hand",),
    "upper_arm": ("upper_arm",),
    "arm": ("hand", "upper_arm"),
    "thigh": ("thigh",),
    "calf": ("calf",),
    "foot": ("foot",),
    "leg": ("thigh", "calf", "foot"),
}
_MIDDLE_PARTS = {
    "forehead": ("forehead",),
    "upper_face": ("upper_face",),
    "jaw": ("jaw",),
    "face": ("forehead", "upper_face", "jaw"),
    "neck": ("neck",),
    "face_and_neck": ("forehead", "upper_face", "jaw", "neck"),
    "chest": ("chest",),
    "abdomen": ("abdomen",),
    "torso": ("chest", "abdomen"),
}


def _all_groups() -> dict[str, frozenset[str]]:
    groups = {name: frozenset(parts) for name, parts in _MIDDLE_PARTS.items()}
    for hand in Hand:
        for name, parts in _SIDED_PARTS.items():
            groups[f"{hand}_{name}"] = frozenset(f"{hand}_{part}" for part in parts)
    groups["both_arms"] = groups["left_arm"] | groups["right_arm"]
    groups["both_legs"] = groups["left_leg"] | groups["right_leg"]
    groups["whole_body"] = frozenset[str]().union(*groups.values())
    return groups


GROUPS = MappingProxyType(_all_groups())
"""Every group by its name with a left or right side, as the set of the sixteen it is made of."""

SIXTEEN = GROUPS["whole_body"]
"""The names of the sixteen groups (`hand` is the hand and forearm, `chest` takes in the shoulders
and the upper back)."""

FEET = frozenset({"left_foot", "right_foot"})

_UNSIDED = frozenset(name for name in GROUPS if not name.startswith(("left_", "right_")))

FILE_NAMES = _UNSIDED | {f"{role}_{part}" for role in ("dominant", "other") for part in _SIDED_PARTS}
"""The names that a routine file may use."""


def resolve(name: str, dominant_hand: Hand) -> str:
    """Turn a routine file's group name, such as `dominant_arm`, into one with a side, such as `right_arm`.

    A name that has its side already is returned as it is. Raises KeyError for a name that is no group.
    """
    role, _, part = name.partition("_")
    if part in _SIDED_PARTS and role == "dominant":
        return f"{dominant_hand}_{part}"
    if part in _SIDED_PARTS and role == "other":
        return f"{dominant_hand.opposite}_{part}"
    if name not in GROUPS:
        raise KeyError(name)
    return name
