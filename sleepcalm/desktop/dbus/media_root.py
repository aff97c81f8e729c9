"""The program as MPRIS shows it beside its player: https://specifications.freedesktop.org/mpris-spec/latest/"""

# dbus-fast reads the annotations, and takes "None" as a string for a mistake.

from typing import Annotated

from dbus_fast import PropertyAccess
from dbus_fast.annotations import DBusBool, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

from sleepcalm.desktop.ports import MediaControls

TITLE = "SleepCalm"

StrList = Annotated[list[str], DBusSignature("as")]

READ = PropertyAccess.READ


class RootInterface(ServiceInterface):
    def __init__(self, controls: MediaControls) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self._controls = controls

    @dbus_method("Raise")
    def raise_window(self) -> None:
        self._controls.raise_window()

    @dbus_method("Quit")
    def quit(self) -> None:
        """CanQuit is false: a key pressed in the dark must not close an unfinished diary."""

    @dbus_property(READ, "CanRaise")
    def can_raise(self) -> DBusBool:
        return True

    @dbus_property(READ, "CanQuit")
    def can_quit(self) -> DBusBool:
        return False

    @dbus_property(READ, "HasTrackList")
    def has_track_list(self) -> DBusBool:
        return False

    @dbus_property(READ, "Identity")
    def identity(self) -> DBusStr:
        return TITLE

    @dbus_property(READ, "DesktopEntry")
    def desktop_entry(self) -> DBusStr:
        return "sleepcalm"

    @dbus_property(READ, "SupportedUriSchemes")
    def supported_uri_schemes(self) -> StrList:
        return []

    @dbus_property(READ, "SupportedMimeTypes")
    def supported_mime_types(self) -> StrList:
        return []
