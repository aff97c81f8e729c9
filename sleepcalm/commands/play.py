"""`sleepcalm play`: a routine in the terminal."""

from __future__ import annotations

import shlex
import time
from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from threading import Event
from typing import TYPE_CHECKING

from sleepcalm.commands.end_requests import EndRequests
from sleepcalm.commands.listening import (
    add_choices,
    add_sound,
    check_choices,
    chosen_preferences,
    chosen_timeline,
    number_between,
    options_again,
    words_of,
)
from sleepcalm.commands.record_access import tell
from sleepcalm.commands.recorded_practice import Follower, recorded_practice, resume_s
from sleepcalm.commands.spoken import spoken
from sleepcalm.commands.terminal_screen import TerminalScreen
from sleepcalm.diary.practice import InterruptedBy
from sleepcalm.preferences import SOUND_OUTPUTS, Preferences
from sleepcalm.program import Program, UserError
from sleepcalm.relaxation.moment import Moment
from sleepcalm.relaxation.session import Session, SessionState
from sleepcalm.relaxation.suspend_watch import SuspendWatch
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline
from sleepcalm.storage.data_folder import CONVERTED_SOUNDS, OWN_SOUNDS

if TYPE_CHECKING:
    from sleepcalm.audio.outputs import SoundSystem
    from sleepcalm.audio.player import Player

HELP = "play a routine in the terminal; Ctrl-C fades it out"

_LONGEST_S = 86_400.0
_SLEPT_FADE_S = 0.2
"""Nobody wants to hear the rest from a lid that opens."""

_SPEED_LIMITS = (1.0, 1000.0)

_LOOK_EVERY_S = 0.01
"""Faster than real time there is news at every moment, and to look at each would slow it down."""


def add_arguments(parser: ArgumentParser) -> None:
    add_choices(parser)
    parser.add_argument("--output", choices=SOUND_OUTPUTS, help="where the sound goes")
    add_sound(parser)
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--start-at", metavar="S", type=number_between(0, _LONGEST_S), default=0.0)
    start.add_argument("--resume", action="store_true", help="go on where the routine was left last time")
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
    from sleepcalm.audio.own_sounds import OwnSounds  # noqa: PLC0415 - slow to import
    from sleepcalm.audio.player import Player  # noqa: PLC0415
    from sleepcalm.desktop.clock import read_clock  # noqa: PLC0415

    preferences = chosen_preferences(program, arguments)
    check_choices(program, arguments)
    system = _system(arguments, preferences)
    program = spoken(program, arguments.id)  # takes minutes perhaps: what can be refused is refused by now
    timeline = chosen_timeline(program, arguments, preferences)
    arguments.start_at = _start_s(program, arguments, timeline)
    news, screen = _News(), TerminalScreen(timeline)
    player = Player(
        program.assets,
        own_sounds=OwnSounds(program.data_folder / OWN_SOUNDS, program.data_folder / CONVERTED_SOUNDS),
        voice_volume=preferences.voice_volume,
        background_volume=preferences.background_volume,
        on_progress=news.progressed.set,
        on_notice=lambda text: None if text == player.failure else screen.notice(text),  # told at the end
        on_interrupted=news.interrupt,
        system=system,
    )
    try:
        player.load(timeline, preferences.background_choice)
        session = Session(timeline, player)
        session.seek(round(arguments.start_at * SAMPLE_RATE_HZ))
        screen.begin(session.moment.frame)
        session.play()
        recorded = recorded_practice(program) if arguments.speed is None else nullcontext(Follower())
        with EndRequests() as end, recorded as follower:
            watch, stop_frame = SuspendWatch(read_clock), _stop_frame(arguments)
            listening = _Listening(session, follower, watch, stop_frame, end)
            _hear_out(listening, player, news, screen, arguments)
    finally:
        player.close()
        screen.end()
    return 0


def _hear_out(
    listening: _Listening, player: Player, news: _News, screen: TerminalScreen, arguments: Namespace
) -> None:
    """Listen until the sound has ended. Raises UserError where something else than the user ended it."""
    while not listening.is_over:
        news.progressed.wait()
        if arguments.speed is not None:
            time.sleep(_LOOK_EVERY_S)
        news.progressed.clear()
        if player.failure:
            raise UserError(player.failure)
        moment = listening.look()
        if news.interrupted.is_set():
            listening.follower.note_interruption(InterruptedBy.DEVICE)
            raise UserError(_how_to_go_on("the sound device has gone", arguments, moment.frame))
        if listening.was_asked_to_end:
            screen.leave()
        screen.show(listening.session)
    if listening.slept_at is not None:
        raise UserError(_how_to_go_on("the computer has slept", arguments, listening.slept_at))


def _start_s(program: Program, arguments: Namespace, timeline: Timeline) -> float:
    """Where to begin; that no words are left from there is told on standard error.

    A background may be: it leaves only after the exercise.
    """
    if arguments.resume:
        return resume_s(program, timeline)
    start_s: float = arguments.start_at
    length_s = timeline.duration_frames / SAMPLE_RATE_HZ
    if start_s > length_s:
        tell(
            f"{timeline.routine_id} is over after {length_s:.1f} s; no words are heard from {start_s:g} s on"
        )
    return start_s


def _system(arguments: Namespace, preferences: Preferences) -> SoundSystem:
    """Where the sound goes. Raises UserError where it cannot go there."""
    from sleepcalm.audio.outputs import OutputError, SilentSystem  # noqa: PLC0415 - slow to import
    from sleepcalm.audio.sound_systems import SILENT_OUTPUT, SOUND_SYSTEMS  # noqa: PLC0415

    output = arguments.output or preferences.sound_output
    if arguments.speed is not None and output != SILENT_OUTPUT:
        raise UserError(f"--speed goes with --output {SILENT_OUTPUT} only", status=2)
    try:
        return SilentSystem(arguments.speed) if arguments.speed else SOUND_SYSTEMS[output]()
    except OutputError as error:
        raise UserError(str(error)) from error


def _how_to_go_on(why: str, arguments: Namespace, frame: int) -> str:
    again = shlex.join(_go_on_words(arguments, frame // SAMPLE_RATE_HZ))
    return f"{why}, and the routine has stopped; to go on: {again}"


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


def _stop_frame(arguments: Namespace) -> int | None:
    if arguments.stop_after is None:
        return None
    end_s: float = arguments.start_at + arguments.stop_after
    return round(end_s * SAMPLE_RATE_HZ)


class _News:
    """What the sound's threads tell."""

    def __init__(self) -> None:
        self.progressed, self.interrupted = Event(), Event()

    def interrupt(self) -> None:
        """The device went."""
        self.interrupted.set()
        self.progressed.set()


class _Listening:
    """A session until its end, which may come early."""

    def __init__(
        self,
        session: Session,
        follower: Follower,
        suspend_watch: SuspendWatch,
        stop_frame: int | None,
        end: EndRequests,
    ) -> None:
        self.session = session
        self.follower = follower
        self._suspend_watch = suspend_watch
        self._stop_frame = stop_frame
        self._end = end
        self.was_asked_to_end = False
        self.slept_at: int | None = None
        """The frame at which the computer slept: that ends it, since nobody is there who could go on."""

    @property
    def is_over(self) -> bool:
        return self.session.state in (SessionState.IDLE, SessionState.FINISHED)

    def look(self) -> Moment:
        """See where the sound is, and let it leave where that is due."""
        session = self.session
        moment = session.update()
        self.follower.follow(session)
        if self._suspend_watch.has_slept(is_sounding=session.is_sounding):
            self.slept_at = moment.frame
            self.follower.note_interruption(InterruptedBy.SUSPEND)
            session.stop(_SLEPT_FADE_S)
        if self._end.asked.is_set() and not self.was_asked_to_end:
            self.was_asked_to_end = True
            self._stop_frame = None
            session.stop()
        if self._stop_frame is not None and moment.frame >= self._stop_frame:
            self._stop_frame = None
            self.follower.note_timer()
            session.stop()
        return moment
