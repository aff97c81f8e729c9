"""What `play` shows in the terminal, without a sound."""

from __future__ import annotations

from types import SimpleNamespace

from sleepcalm.commands.terminal_screen import TerminalScreen
from sleepcalm.relaxation.choices import Choices
from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.routine_format import read_routine
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import build_timeline


def test_while_the_sound_fades_out_that_is_said_once_and_no_further_sentence(capsys, data, two_words):
    timeline = build_timeline(read_routine(data / "routines" / f"{two_words}.toml"), {}, Choices())
    first, second = (cue.start_frame for cue in timeline.cues if cue.text)
    playing, fading = (
        SimpleNamespace(state=SessionState.PLAYING, moment=moment_at(timeline, frame))
        for frame in (first, second)
    )
    screen = TerminalScreen(timeline)
    screen.begin(first)
    screen.show(playing)
    assert capsys.readouterr() == ("There is nothing to get right tonight.\n", "")
    for _ in range(2):
        screen.leave()
        screen.show(fading)
    assert capsys.readouterr() == ("", "sleepcalm: fading out, which takes some seconds\n")
