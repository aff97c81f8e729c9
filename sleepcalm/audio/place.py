"""What sounds at one place of one mix, with the bed that it may be passing to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sleepcalm.audio.ahead import AheadMixer
from sleepcalm.audio.mixer import Gains
from sleepcalm.audio.ramp import Ramp
from sleepcalm.audio.samples import Samples, even_power

_NOTHING = np.zeros(1, np.float32)


@dataclass(slots=True)
class Place:
    """`presence` is the power of its voice, on its way in or out, and `incoming` the mix with another bed."""

    mixer: AheadMixer
    incoming: AheadMixer | None
    position: int
    presence: Ramp

    def mix(self, frames: int, gains: Gains, presence: Samples, bed_rise: Samples) -> Samples:
        """So many frames from here on; `bed_rise` is the share that the incoming bed has got."""
        voice = gains.voice * even_power(presence)
        if self.incoming is None:
            return self.mixer.mix(self.position, frames, Gains(voice, gains.background))
        arriving = Gains(_NOTHING, gains.background * bed_rise)
        leaving = Gains(voice, gains.background * (np.float32(1) - bed_rise))
        at = self.position
        return self.incoming.mix(at, frames, arriving) + self.mixer.mix(at, frames, leaving)
