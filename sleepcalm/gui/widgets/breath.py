"""How far a drawn breath is filled, so that the guide moves with what is heard."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sleepcalm.relaxation.routine import BreathPart

if TYPE_CHECKING:
    from sleepcalm.relaxation.moment import GuidedBreath


def breath_fullness(breath: GuidedBreath) -> float:
    """From 0 (out) to 1 (in). It starts and ends slowly, as breath does."""
    eased = (1 - math.cos(math.pi * breath.share)) / 2
    match breath.part:
        case BreathPart.INHALE:
            return eased
        case BreathPart.EXHALE:
            return 1 - eased
        case BreathPart.REST:
            return 1.0
