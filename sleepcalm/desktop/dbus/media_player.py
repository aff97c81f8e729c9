"""The player as MPRIS shows it: https://specifications.freedesktop.org/mpris-spec/latest/ (version 2.2).

The words that a lock screen may show are neutral; nothing here knows what is played.
"""

# dbus-fast reads the annotations, and takes "None" as a string for a mistake.

import logging
import math
import os
import time
from collections.abc import Callable
from typing import Any

from dbus_fast import DBusError, ErrorType, NameFlag, PropertyAccess, RequestNameReply, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusStr,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from sleepcalm.desktop.dbus.media_root import TITLE, RootInterface
from sleepcalm.desktop.ports import MediaControls, NowPlaying
from sleepcalm.desktop.position_watch import PositionWatch

NAME = "org.mpris.MediaPlayer2.sleepcalm"
PATH = "/org/mpris/MediaPlayer2"
PIECES = "/org/sleepcalm/piece"
NO_PIECE = "/org/mpris/MediaPlayer2/TrackList/NoTrack"

US_PER_S = 1_000_000

READ = PropertyAccess.READ

_log = logging.getLogger(__name__)


class MediaPlayer:
    """Takes the player's name on a bus and answers there. `show` may be called at any time."""

    services: frozenset[str] = frozenset()

    def __init__(self, controls: MediaControls, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._root = RootInterface(controls)
        self._player = PlayerInterface(controls)
        self._clock_s = clock_s
        self._watch = PositionWatch()

    async def join(self, bus: MessageBus) -> None:
        bus.export(PATH, self._root)
        bus.export(PATH, self._player)
        for name in (NAME, f"{NAME}.instance{os.getpid()}"):
            if await bus.request_name(name, NameFlag.DO_NOT_QUEUE) is RequestNameReply.PRIMARY_OWNER:
                return
        _log.info("media keys: both names on the bus are taken")

    async def renew(self, service: str, *, has_ended: bool, has_begun: bool) -> None:
        """It asks nobody."""

    def leave(self) -> None:
        """The bus has forgotten the name."""

    def show(self, now: NowPlaying) -> None:
        changed = self._player.take(now)
        if changed:
            self._player.emit_properties_changed(changed)
        if self._watch.is_jump(now, self._clock_s()):
            self._player.seeked()


class PlayerInterface(ServiceInterface):
    def __init__(self, controls: MediaControls) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._controls = controls
        self._now = NowPlaying()

    def take(self, now: NowPlaying) -> dict[str, Any]:
        """Stand where `now` says; gives the properties that this has changed."""
        before, self._now = _properties(self._now), now
        return {name: value for name, value in _properties(now).items() if before[name] != value}

    @property
    def _has_piece(self) -> bool:
        return self._now.piece != 0

    @dbus_method("Play")
    def play(self) -> None:
        if self._has_piece:
            self._controls.play()

    @dbus_method("Pause")
    def pause(self) -> None:
        if self._has_piece:
            self._controls.pause()

    @dbus_method("PlayPause")
    def play_pause(self) -> None:
        if self._has_piece:
            self._controls.play_pause()

    @dbus_method("Stop")
    def stop(self) -> None:
        self._controls.stop()

    @dbus_method("Next")
    def next(self) -> None:
        if self._now.can_go_next:
            self._controls.next_step()

    @dbus_method("Previous")
    def previous(self) -> None:
        if self._now.can_go_previous:
            self._controls.previous_step()

    @dbus_method("Seek")
    def seek(self, offset: DBusInt64) -> None:
        """Beyond the end it means Next, as MPRIS wants it."""
        if not self._has_piece:
            return
        if self._now.position_s + offset / US_PER_S > self._now.length_s:
            self.next()
        else:
            self._controls.seek_by(offset / US_PER_S)

    @dbus_method("SetPosition")
    def set_position(self, track_id: DBusObjectPath, position: DBusInt64) -> None:
        """One that is meant for another piece, or lies outside this one, came too late and is left alone."""
        is_inside = 0 <= position <= _microseconds(self._now.length_s)
        if self._has_piece and track_id == _track_id(self._now) and is_inside:
            self._controls.set_position(position / US_PER_S)

    @dbus_method("OpenUri")
    def open_uri(self, uri: DBusStr) -> None:  # noqa: ARG002 - its name is on the bus
        raise DBusError(ErrorType.NOT_SUPPORTED, "SleepCalm opens no addresses")

    @dbus_signal("Seeked")
    def seeked(self) -> DBusInt64:
        return _microseconds(self._now.position_s)

    @dbus_property(READ, "PlaybackStatus")
    def playback_status(self) -> DBusStr:
        return self._now.status.value

    @dbus_property(READ, "Metadata")
    def metadata(self) -> DBusDict:
        return _metadata(self._now)

    @dbus_property(READ, "Position")
    def position(self) -> DBusInt64:
        return _microseconds(self._now.position_s)

    @dbus_property(PropertyAccess.READWRITE, "Volume")
    def volume(self) -> DBusDouble:
        return self._now.volume

    @volume.setter
    def wanted_volume(self, volume: DBusDouble) -> None:
        if not math.isfinite(volume):
            raise DBusError(ErrorType.INVALID_ARGS, "a volume is a number from 0 to 1")
        self._controls.set_volume(min(max(volume, 0.0), 1.0))

    @dbus_property(PropertyAccess.READWRITE, "Rate")
    def rate(self) -> DBusDouble:
        return 1.0

    @rate.setter
    def wanted_rate(self, rate: DBusDouble) -> None:
        """Speech has one pace. Only nought has a meaning: MPRIS takes it for Pause."""
        if rate == 0.0:
            self.pause()

    @dbus_property(READ, "MinimumRate")
    def minimum_rate(self) -> DBusDouble:
        return 1.0

    @dbus_property(READ, "MaximumRate")
    def maximum_rate(self) -> DBusDouble:
        return 1.0

    @dbus_property(READ, "CanGoNext")
    def can_go_next(self) -> DBusBool:
        return self._now.can_go_next

    @dbus_property(READ, "CanGoPrevious")
    def can_go_previous(self) -> DBusBool:
        return self._now.can_go_previous

    @dbus_property(READ, "CanPlay")
    def can_play(self) -> DBusBool:
        return self._has_piece

    @dbus_property(READ, "CanPause")
    def can_pause(self) -> DBusBool:
        return self._has_piece

    @dbus_property(READ, "CanSeek")
    def can_seek(self) -> DBusBool:
        return self._has_piece

    @dbus_property(READ, "CanControl")
    def can_control(self) -> DBusBool:
        return True


def _properties(now: NowPlaying) -> dict[str, Any]:
    """The properties whose changes are told; Position is not among them."""
    has_piece = now.piece != 0
    return {
        "PlaybackStatus": now.status.value,
        "Metadata": _metadata(now),
        "Volume": now.volume,
        "CanGoNext": now.can_go_next,
        "CanGoPrevious": now.can_go_previous,
        "CanPlay": has_piece,
        "CanPause": has_piece,
        "CanSeek": has_piece,
    }


def _metadata(now: NowPlaying) -> dict[str, Variant]:
    metadata = {"mpris:trackid": Variant("o", _track_id(now)), "xesam:title": Variant("s", TITLE)}
    if now.piece:
        metadata["mpris:length"] = Variant("x", _microseconds(now.length_s))
    return metadata


def _track_id(now: NowPlaying) -> str:
    return f"{PIECES}/{now.piece}" if now.piece else NO_PIECE


def _microseconds(seconds: float) -> int:
    return round(seconds * US_PER_S)
