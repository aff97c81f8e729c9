"""`sleepcalm play`: a routine in the terminal."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from bisect import bisect_right
from contextlib import nullcontext
from threading import Event
from types import FrameType
from typing import Self

from sleepcalm.commands.listening import (
    add_choices,
    add_sound,
    chosen_preferences,
    chosen_timeline,
    number_between,
    options_again,
    words_of,
)
from sleepcalm.commands.recorded_practice import recorded_practice
from sleepcalm.commands.spoken import spoken
from sleepcalm.preferences import SOUND_OUTPUTS
from sleepcalm.program import Program, UserError
from sleepcalm.relaxation.moment import Moment
from sleepcalm.relaxation.session import Session, SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline
from sleepcalm.storage.data_folder import CONVERTED_SOUNDS, OWN_SOUNDS

HELP = "play a routine in the terminal; Ctrl-C fades it out"

_LONGEST_S = 86_400.0
_SPEED_LIMITS = (1.0, 1000.0)

_LOOK_EVERY_S = 0.01
"""Faster than real time there is news at every moment, and to look at each would slow it down."""


def add_arguments(parser: ArgumentParser) -> None:
    add_choices(parser)
    parser.add_argument("--output", choices=SOUND_OUTPUTS, help="where the sound goes")
    add_sound(parser)
    parser.add_argument("--start-at", metavar="S", type=number_between(0, _LONGEST_S), default=0.0)
    parser.add_argument(
        "--stop-after",
        metavar="S",
        type=number_between(0, _LONGEST_S),
        help="seconds of playing, then fade out",
    )
    parser.add_argument(
        "--speed",
        metavar="F",
        type=number_between(*_SPEED_LIMITS),
        help="try a routine out, so many times faster and unrecorded; for --output silent only",
    )


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.audio.outputs import OutputError, SilentSystem  # noqa: PLC0415 - slow to import
    from sleepcalm.audio.own_sounds import OwnSounds  # noqa: PLC0415
    from sleepcalm.audio.player import Player  # noqa: PLC0415
    from sleepcalm.audio.sound_systems import SILENT_OUTPUT, SOUND_SYSTEMS  # noqa: PLC0415

    program = spoken(program, arguments.id)
    preferences = chosen_preferences(program, arguments)
    timeline = chosen_timeline(program, arguments, preferences)
    progressed, interrupted = Event(), Event()
    screen = _TerminalScreen(timeline)
    output = arguments.output or preferences.sound_output
    if arguments.speed is not None and output != SILENT_OUTPUT:
        raise UserError(f"--speed goes with --output {SILENT_OUTPUT} only", status=2)
    try:
        system = SilentSystem(arguments.speed) if arguments.speed else SOUND_SYSTEMS[output]()
    except OutputError as error:
        raise UserError(str(error)) from error

    def interrupt() -> None:
        interrupted.set()
        progressed.set()

    player = Player(
        program.assets,
        own_sounds=OwnSounds(program.data_folder / OWN_SOUNDS, program.data_folder / CONVERTED_SOUNDS),
        voice_volume=preferences.voice_volume,
        background_volume=preferences.background_volume,
        on_progress=progressed.set,
        on_notice=lambda text: None if text == player.failure else screen.notice(text),  # told at the end
        on_interrupted=interrupt,
        system=system,
    )
    try:
        player.load(timeline, preferences.background_choice)
        session = Session(timeline, player)
        stop_frame = _stop_frame(arguments)
        session.seek(round(arguments.start_at * SAMPLE_RATE_HZ))
        session.play()
        recorded = recorded_practice(program) if arguments.speed is None else nullcontext(_unrecorded)
        with _Interrupts() as interrupts, recorded as follow:
            while session.state not in (SessionState.IDLE, SessionState.FINISHED):
                progressed.wait()
                if arguments.speed is not None:
                    time.sleep(_LOOK_EVERY_S)
                progressed.clear()
                if player.failure:
                    raise UserError(player.failure)
                moment = session.update()
                follow(session)
                if interrupted.is_set():
                    raise UserError(_how_to_go_on(arguments, moment.frame))
                if session.is_sounding:
                    screen.show(moment)
                if interrupts.taken() or (stop_frame is not None and moment.frame >= stop_frame):
                    stop_frame = None
                    session.stop()
    finally:
        player.close()
        screen.end()
    return 0


def _how_to_go_on(arguments: Namespace, frame: int) -> str:
    again = shlex.join(_go_on_words(arguments, frame // SAMPLE_RATE_HZ))
    return f"the sound device has gone, and the routine has stopped; to go on: {again}"


def _go_on_words(arguments: Namespace, start_s: int) -> list[str]:
    """The command that goes on at `start_s` in the same layout, and stops where it was to stop."""
    stop_after_s = arguments.stop_after
    if stop_after_s is not None:
        stop_after_s = max(arguments.start_at + stop_after_s - start_s, 0.0)
    return [
        *("sleepcalm", "play", arguments.id, *options_again(arguments)),
        *words_of("--output", arguments.output),
        *words_of("--start-at", start_s),
        *words_of("--stop-after", stop_after_s),
        *words_of("--data-dir", arguments.data_dir),
        *words_of("--demo", arguments.demo),
    ]


def _unrecorded(_session: Session) -> None:
    """A routine that is tried out faster is no practice."""


def _stop_frame(arguments: Namespace) -> int | None:
    if arguments.stop_after is None:
        return None
    end_s: float = arguments.start_at + arguments.stop_after
    return round(end_s * SAMPLE_RATE_HZ)


class _Interrupts:
    """Ctrl-C, a request to terminate and a closed terminal ask for a soft end; a second one ends at once.

    The handler only leaves a mark: the code it interrupts may hold a lock.
    """

    _SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))

    def __init__(self) -> None:
        self._asked = False

    def taken(self) -> bool:
        """Whether a soft end was asked for since the last call."""
        asked, self._asked = self._asked, False
        return asked

    def __enter__(self) -> Self:
        wanted = (number for number in self._SIGNALS if signal.getsignal(number) is not signal.SIG_IGN)
        self._before = {int(number): signal.signal(number, self._handle) for number in wanted}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, self._before[number])
        self._asked = True


class _TerminalScreen:
    """Each sentence on a line of its own and, on a terminal, a line below it that counts."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._is_terminal = sys.stdout.isatty()
        self._text = ""
        self._shown_cues: int | None = None

    def show(self, moment: Moment) -> None:
        """Shows where a routine stands; sentences that were passed since the last time are not left out."""
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
        cues = self._timeline.cues
        begun = bisect_right(cues, moment.frame, key=lambda cue: cue.start_frame)
        since, self._shown_cues = self._shown_cues, begun
        if since is None:
            return [moment.text]
        return [cue.text for cue in cues[since:begun] if cue.text]

    def notice(self, text: str) -> None:
        if text:
            self._clear_line()
            print(text, file=sys.stderr, flush=True)

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
