"""Makes what lies under the voice from what was chosen, and keeps the sounds that are in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sleepcalm.audio.ambience import Ambience, Mixture
from sleepcalm.audio.ambience_sounds import AMBIENCES
from sleepcalm.audio.mixer import Bed
from sleepcalm.audio.own_sounds import OwnSoundError, OwnSounds
from sleepcalm.audio.samples import volume_gain
from sleepcalm.backgrounds import OWN_PREFIX, Background, Part


class BackgroundMaker:
    """For one thread. A sound of ours takes some tenths of a second to make and 4 to 13 MB to keep.

    A file of the user's that cannot be used is left out, and `on_problem` told in a line. One that has to be
    converted first is converted at once or, where there is a `convert_later`, left out and handed to that.
    When `is_wanted` turns false meanwhile, that is given up and the file left out without a line.
    """

    def __init__(
        self,
        own_sounds: OwnSounds,
        on_problem: Callable[[str], None],
        convert_later: Callable[[str], None] | None = None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self._own_sounds = own_sounds
        self._on_problem = on_problem
        self._convert_later = convert_later
        self._is_wanted = is_wanted
        self._made: dict[str, Ambience] = {}

    def bed(self, background: Background) -> Bed:
        """What the mixer lays under the voice."""
        ambience = self._ambience(background.parts)
        return Bed(ambience, background.linger_s, background.fade_s)

    def _ambience(self, parts: Sequence[Part]) -> Ambience | None:
        audible = [part for part in parts if part.level > 0]
        made = {part.name: self._sound(part.name) for part in audible}
        self._made = {name: sound for name, sound in made.items() if sound and name in AMBIENCES}
        mixed = [(sound, volume_gain(part.level)) for part in audible if (sound := made[part.name])]
        if len(mixed) == 1 and mixed[0][1] == 1:
            return mixed[0][0]
        return Mixture(tuple(mixed)) if mixed else None

    def _sound(self, name: str) -> Ambience | None:
        if name.startswith(OWN_PREFIX):
            return self._own_sound(name.removeprefix(OWN_PREFIX))
        return self._made.get(name) or AMBIENCES[name]()

    def _own_sound(self, name: str) -> Ambience | None:
        try:
            loop = self._own_sounds.ready(name, self._on_problem)
            if loop is None and self._convert_later is not None:
                self._convert_later(name)
            elif loop is None:
                self._own_sounds.convert(name, self._is_wanted)
                loop = self._own_sounds.ready(name, self._on_problem)
        except OwnSoundError as error:
            self._on_problem(str(error))
            return None
        return loop
