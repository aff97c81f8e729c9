"""Makes what lies under the voice from what was chosen, and keeps the sounds that are in use."""

from __future__ import annotations

from collections.abc import Sequence

from sleepcalm.audio.ambience import Ambience, Mixture
from sleepcalm.audio.ambience_sounds import AMBIENCES
from sleepcalm.audio.mixer import Bed
from sleepcalm.audio.samples import volume_gain
from sleepcalm.backgrounds import Background, Part


class BackgroundMaker:
    """For one thread. A sound takes some tenths of a second to make and 4 to 13 MB to keep."""

    def __init__(self) -> None:
        self._made: dict[str, Ambience] = {}

    def bed(self, background: Background) -> Bed:
        """What the mixer lays under the voice."""
        return Bed(self._ambience(background.parts), background.linger_s, background.fade_s)

    def _ambience(self, parts: Sequence[Part]) -> Ambience | None:
        audible = [part for part in parts if part.level > 0]
        self._made = {part.name: self._made.get(part.name) or AMBIENCES[part.name]() for part in audible}
        if len(audible) == 1 and audible[0].level == 1:
            return self._made[audible[0].name]
        mixed = [(self._made[part.name], volume_gain(part.level)) for part in audible]
        return Mixture(tuple(mixed)) if mixed else None
