"""What the Relax tab needs of the sound and of a trial, which are built elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance

from sleepcalm.backgrounds import Background
from sleepcalm.relaxation.timeline import Timeline

if TYPE_CHECKING:
    from datetime import datetime

    from sleepcalm.relaxation.left_place import LeftOff
    from sleepcalm.relaxation.session import Transport
    from sleepcalm.trends.trial_nights import TrialNight  # not before the first frame


class Sound(Protocol):
    """The sound as the Relax tab asks for it. Every call returns at once; volumes run from 0 to 1."""

    @property
    def backgrounds(self) -> tuple[str, ...]:
        """The names of what can lie under the voice, "none" among them."""

    @property
    def progressed(self) -> SignalInstance:
        """`Signal()`, on the GUI's thread and at most about ten times a second: sound was played."""

    @property
    def notice_changed(self) -> SignalInstance:
        """`Signal(str)`: a quiet line about the sound, such as that there is no device; "" ends it."""

    def load(
        self, timeline: Timeline, background: Background, *, background_goes_on: bool = False
    ) -> Transport:
        """Take up a timeline in place of the one before, silent and at its beginning.

        It is prepared on a thread of its own; a `play` that comes sooner is remembered. A background that
        goes on has sounded up to now under the one before, and does not come up slowly again.
        """

    def set_voice_volume(self, volume: float) -> None: ...

    def set_background_volume(self, volume: float) -> None: ...

    def set_background(self, background: Background) -> None:
        """Change what lies under the voice; while it sounds, softly."""


class Evening(Protocol):
    """What the evenings of a trial are to be."""

    @property
    def changed(self) -> SignalInstance:
        """`Signal()`, on the GUI's thread: what tonight is may be something else now."""

    def now(self) -> datetime:
        """Civil time, with its offset."""

    def tonight(self) -> TrialNight | None:
        """The trial's night that is meant by "tonight"; None without a trial."""


class History(Protocol):
    """What was practised so far."""

    @property
    def changed(self) -> SignalInstance:
        """`Signal()`, on the GUI's thread: there is more of it."""

    def left_off(self, routine: str) -> LeftOff | None:
        """Where the last practice of a routine was left, if it makes sense to go on there."""

    def times_completed(self) -> Mapping[str, int]:
        """How often each routine was heard to its end, by its id."""
