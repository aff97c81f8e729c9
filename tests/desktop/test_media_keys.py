"""The player on a real bus, as another program finds it there."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from dbus_fast import DBusError, Variant

from sleepcalm.desktop.ports import NowPlaying, PlaybackStatus
from testbed.bus_services import PLAYER, PLAYER_INTERFACE

NOW = NowPlaying(
    PlaybackStatus.PLAYING,
    piece=3,
    position_s=61.5,
    length_s=3600.25,
    volume=0.5,
    can_go_next=True,
    can_go_previous=True,
)
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"


@pytest.fixture
def shown(make_desktop, peer):
    """A desktop that shows NOW, and what it is called for."""
    desktop, calls = make_desktop()
    desktop.media_keys.show(NOW)
    peer.wait_for_player()
    return desktop, calls


def test_every_value_has_the_type_that_mpris_asks_for(shown, peer):
    types = {
        "PlaybackStatus": "s",
        "Metadata": "a{sv}",
        "Position": "x",
        "Volume": "d",
        "Rate": "d",
        "MinimumRate": "d",
        "MaximumRate": "d",
        "CanGoNext": "b",
        "CanGoPrevious": "b",
        "CanPlay": "b",
        "CanPause": "b",
        "CanSeek": "b",
        "CanControl": "b",
    }
    everything = peer.ask(
        PLAYER, "/org/mpris/MediaPlayer2", "org.freedesktop.DBus.Properties", "GetAll", "s", PLAYER_INTERFACE
    )[0]
    assert {name: value.signature for name, value in everything.items()} == types
    assert {name: value.signature for name, value in everything["Metadata"].value.items()} == {
        "mpris:trackid": "o",
        "mpris:length": "x",
        "xesam:title": "s",
    }


def test_it_says_where_the_player_stands(shown, peer):
    assert peer.property("PlaybackStatus").value == "Playing"
    assert peer.property("Position").value == 61_500_000
    assert peer.property("Volume").value == 0.5
    assert peer.property("Metadata").value["mpris:length"].value == 3_600_250_000
    assert peer.property("CanSeek").value is True


def test_a_lock_screen_learns_nothing_of_what_is_played(shown, peer):
    metadata = peer.property("Metadata").value
    assert metadata["xesam:title"].value == "SleepCalm"
    assert metadata["mpris:trackid"].value == "/org/sleepcalm/piece/3"


def test_the_root_names_the_program(shown, peer):
    root = "org.mpris.MediaPlayer2"
    assert peer.property("Identity", root).value == "SleepCalm"
    assert peer.property("DesktopEntry", root).value == "sleepcalm"
    assert peer.property("CanQuit", root).value is False
    empty = peer.property("SupportedUriSchemes", root)
    assert (empty.signature, empty.value) == ("as", [])


def test_the_window_can_be_raised_and_not_closed(shown, peer):
    _, calls = shown
    peer.ask(PLAYER, "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2", "Quit")
    peer.ask(PLAYER, "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2", "Raise")
    assert calls.next() == ("raise_window", None)


@pytest.mark.parametrize(
    ("member", "call"),
    [
        ("Play", "play"),
        ("Pause", "pause"),
        ("PlayPause", "play_pause"),
        ("Stop", "stop"),
        ("Next", "next_step"),
        ("Previous", "previous_step"),
    ],
)
def test_each_key_is_passed_on(shown, peer, member, call):
    _, calls = shown
    peer.player(member)
    assert calls.next() == (call, None)


def test_seek_moves_from_where_it_stands(shown, peer):
    _, calls = shown
    peer.player("Seek", "x", -10_000_000)
    assert calls.next() == ("seek_by", -10.0)


def test_seek_beyond_the_end_means_next(shown, peer):
    _, calls = shown
    peer.player("Seek", "x", 3_600_000_000)
    assert calls.next() == ("next_step", None)


def test_a_position_is_taken_for_this_piece_only_and_within_it(shown, peer):
    _, calls = shown
    piece = "/org/sleepcalm/piece/3"
    peer.player("SetPosition", "ox", "/org/sleepcalm/piece/2", 5_000_000)
    peer.player("SetPosition", "ox", piece, -1)
    peer.player("SetPosition", "ox", piece, 3_600_250_001)
    peer.player("SetPosition", "ox", piece, 5_000_000)
    assert calls.next() == ("set_position", 5.0)
    assert calls.none_waits()


@pytest.mark.parametrize(("asked", "got"), [(0.25, 0.25), (1.7, 1.0), (-3.0, 0.0)])
def test_volume_is_kept_within_its_limits(shown, peer, asked, got):
    _, calls = shown
    peer.set_property("Volume", Variant("d", asked))
    assert calls.next() == ("set_volume", got)


@pytest.mark.parametrize("asked", [float("nan"), float("inf"), float("-inf")])
def test_a_volume_that_is_no_number_is_refused(shown, peer, asked):
    _, calls = shown
    with pytest.raises(DBusError):
        peer.set_property("Volume", Variant("d", asked))
    assert peer.property("Volume").value == 0.5
    assert calls.none_waits()


def test_a_rate_of_nought_pauses_and_any_other_is_left_alone(shown, peer):
    _, calls = shown
    peer.set_property("Rate", Variant("d", 2.0))
    assert peer.property("Rate").value == 1.0
    peer.set_property("Rate", Variant("d", 0.0))
    assert calls.next() == ("pause", None)
    assert calls.none_waits()


def test_addresses_are_refused(shown, peer):
    with pytest.raises(DBusError):
        peer.player("OpenUri", "s", "file:///song.ogg")


def test_with_nothing_to_play_the_keys_do_nothing(make_desktop, peer):
    desktop, calls = make_desktop()
    desktop.media_keys.show(NowPlaying())
    peer.wait_for_player()
    for member in ("Play", "Pause", "PlayPause", "Next", "Previous"):
        peer.player(member)
    peer.player("Seek", "x", 1)
    assert peer.property("CanPlay").value is False
    assert peer.property("Metadata").value["mpris:trackid"].value == NO_TRACK
    assert calls.none_waits()


def test_a_change_is_told_with_just_what_has_changed(shown, peer):
    desktop, _ = shown
    desktop.media_keys.show(replace(NOW, status=PlaybackStatus.PAUSED))
    signal = peer.next_signal()
    assert signal.member == "PropertiesChanged"
    assert signal.body == [PLAYER_INTERFACE, {"PlaybackStatus": Variant("s", "Paused")}, []]


def test_another_piece_tells_its_length(shown, peer):
    desktop, _ = shown
    desktop.media_keys.show(replace(NOW, piece=4, length_s=60.0, position_s=0.0))
    changed = peer.next_signal().body[1]
    assert set(changed) == {"Metadata"}
    assert changed["Metadata"].value["mpris:length"] == Variant("x", 60_000_000)


def test_a_jump_is_told_and_an_even_course_is_not(shown, peer):
    desktop, _ = shown
    desktop.media_keys.show(replace(NOW, position_s=61.6))
    desktop.media_keys.show(replace(NOW, position_s=600.0))
    signal = peer.next_signal()
    assert (signal.member, signal.signature, signal.body) == ("Seeked", "x", [600_000_000])
    assert peer.property("Position").value == 600_000_000
    assert peer.signals.empty()


def test_a_second_window_takes_a_name_of_its_own(make_desktop, peer):
    make_desktop()
    peer.wait_for_player()
    make_desktop()
    peer.wait_for_player(f"{PLAYER}.instance{os.getpid()}")


def test_its_methods_can_be_asked_for(shown, peer):
    xml = peer.ask(PLAYER, "/org/mpris/MediaPlayer2", "org.freedesktop.DBus.Introspectable", "Introspect")[0]
    for member in ("PlayPause", "SetPosition", "Seeked", "Metadata", "SupportedMimeTypes"):
        assert f'name="{member}"' in xml
