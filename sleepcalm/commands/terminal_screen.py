"""What `sleepcalm play` shows while it plays."""

from __future__ import annotations

import os
import sys
from bisect import bisect_right
from contextlib import suppress

from sleepcalm.relaxation.moment import Moment
from sleepcalm.relaxation.session import Session, SessionState
from sleepcalm.relaxation.timeline import Timeline


class TerminalScreen:
    """Each sentence on a line of its own and, on a terminal, a line below it that counts."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._is_terminal = sys.stdout.isatty()
        self._text = ""
        self._shown_cues = 0
        self._is_leaving = False

    def begin(self, frame: int) -> None:
        """The first sentence to show is the one that holds at `frame`, though a pause or a hold be there."""
        first = max(self._begun_cues(frame) - 1, 0)
        while first > 0 and not self._timeline.cues[first].text:
            first -= 1
        self._shown_cues = first

    def show(self, session: Session) -> None:
        """Shows where a routine stands; sentences that were passed since the last time are not left out."""
        if (
            self._is_leaving or session.state is SessionState.IDLE
        ):  # stopped, it stands at its beginning again
            return
        moment = session.moment
        for text in self._news(moment):
            if text != self._text:
                self._text = text
                self._clear_line()
                self._print(f"{text}\n")
        if self._is_terminal:
            minutes, seconds = divmod(int(moment.left_s), 60)
            hold = f" · hold {moment.countdown.left_s:.0f}" if moment.is_holding and moment.countdown else ""
            self._print(f"\r\x1b[2K  {moment.step.title} · {minutes}:{seconds:02d} left{hold}")

    def _news(self, moment: Moment) -> list[str]:
        since, self._shown_cues = self._shown_cues, self._begun_cues(moment.frame)
        return [cue.text for cue in self._timeline.cues[since : self._shown_cues] if cue.text]

    def _begun_cues(self, frame: int) -> int:
        return bisect_right(self._timeline.cues, frame, key=lambda cue: cue.start_frame)

    def notice(self, text: str) -> None:
        if text:
            self._clear_line()
            print(text, file=sys.stderr, flush=True)

    def leave(self) -> None:
        """Say once that the sound fades out; nothing is shown from then on."""
        if self._is_leaving:
            return
        self._is_leaving = True
        with suppress(OSError):  # whoever has closed the terminal reads it no more
            self.notice("sleepcalm: fading out, which takes some seconds")

    def end(self) -> None:
        self._clear_line()

    def _clear_line(self) -> None:
        if self._is_terminal:
            self._print("\r\x1b[2K")

    def _print(self, text: str) -> None:
        try:
            print(text, end="", flush=True)
        except OSError:
            if not self._is_terminal:
                raise
            # The terminal was closed. The sound still has to leave softly, and nobody reads on.
            self._is_terminal = False
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for stream in (sys.stdout, sys.stderr):
                os.dup2(nowhere, stream.fileno())
