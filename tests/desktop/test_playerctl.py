"""The same player through playerctl, which people bind their keys to."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from sleepcalm.desktop.ports import NowPlaying, PlaybackStatus

NOW = NowPlaying(
    PlaybackStatus.PLAYING,
    piece=1,
    position_s=61.5,
    length_s=754.0,
    volume=0.5,
    can_go_next=True,
    can_go_previous=True,
)
PLAYERCTL = shutil.which("playerctl")

pytestmark = pytest.mark.skipif(PLAYERCTL is None, reason="the real client needs the package playerctl")


@pytest.fixture
def shown(make_desktop, peer):
    desktop, calls = make_desktop()
    desktop.media_keys.show(NOW)
    peer.wait_for_player()
    return desktop, calls


@pytest.fixture
def playerctl(session) -> Callable[..., str]:
    environment = {"DBUS_SESSION_BUS_ADDRESS": session.address, "LC_ALL": "C.UTF-8"}

    def run(*arguments: str) -> str:
        command = [str(PLAYERCTL), "--player=sleepcalm", *arguments]
        answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert not answer.stderr
        return answer.stdout.strip()

    return run


def test_it_reads_status_position_volume_and_metadata(shown, playerctl):
    """It counts on by itself from the position of a player that plays, so this one stands."""
    assert playerctl("status") == "Playing"
    desktop, _ = shown
    desktop.media_keys.show(replace(NOW, status=PlaybackStatus.PAUSED))
    assert playerctl("status") == "Paused"
    assert float(playerctl("position")) == 61.5
    assert float(playerctl("volume")) == 0.5
    assert playerctl("metadata", "mpris:length") == "754000000"
    assert playerctl("metadata", "--format", "{{title}} {{duration(mpris:length)}}") == "SleepCalm 12:34"
    assert playerctl("--list-all") == "sleepcalm"


@pytest.mark.parametrize(
    ("words", "call"),
    [
        (["play"], ("play", None)),
        (["pause"], ("pause", None)),
        (["play-pause"], ("play_pause", None)),
        (["stop"], ("stop", None)),
        (["next"], ("next_step", None)),
        (["previous"], ("previous_step", None)),
        (["position", "10-"], ("seek_by", -10.0)),
        (["position", "10+"], ("seek_by", 10.0)),
        (["position", "90"], ("set_position", 90.0)),
        (["volume", "0.3"], ("set_volume", 0.3)),
    ],
    ids=str,
)
def test_each_of_its_words_reaches_the_player(shown, playerctl, words, call):
    _, calls = shown
    playerctl(*words)
    assert calls.next() == call
    assert calls.none_waits()


def test_it_follows_what_changes(shown, session):
    desktop, _ = shown
    command = [str(PLAYERCTL), "--player=sleepcalm", "--follow", "status"]
    environment = {"DBUS_SESSION_BUS_ADDRESS": session.address}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as follower:
        assert follower.stdout is not None
        try:
            assert follower.stdout.readline() == "Playing\n"
            desktop.media_keys.show(replace(NOW, status=PlaybackStatus.PAUSED))
            assert follower.stdout.readline() == "Paused\n"
            desktop.media_keys.show(replace(NOW, status=PlaybackStatus.STOPPED))
            assert follower.stdout.readline() == "Stopped\n"
        finally:
            follower.terminate()
