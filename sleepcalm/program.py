"""What every way of starting SleepCalm needs: its folders, preferences, routines and narrator."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from sleepcalm.audio.narration import Voice
from sleepcalm.audio.narrator import Narrator, read_narrator, with_fallback
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import Catalogue, read_catalogue, routine_files
from sleepcalm.relaxation.routine import Kind, Routine
from sleepcalm.relaxation.strict_values import RoutineFormatError, shown
from sleepcalm.relaxation.timeline import Choices, Timeline, build_timeline
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.storage.data_folder import OWN_RECORDINGS, OWN_ROUTINES, PIPER_VOICES, RENDERED_VOICES
from sleepcalm.storage.preferences_file import PreferencesFile

if TYPE_CHECKING:
    # The record's libraries, and those that make sound, take longer to import than a routine to list.
    from sleepcalm.audio.voices.library import VoiceLibrary
    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.storage.recovery import WhenChanged


_HALF_A_DAY = timedelta(hours=12)
"""After midnight it is still the night of the evening before."""


class UserError(Exception):
    """Something the user should know in one line; `status` is the exit status it leads to."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that is read at the start. `notices` are lines that the user should see."""

    data_folder: Path
    assets: Path
    preferences_file: PreferencesFile
    preferences: Preferences
    catalogue: Catalogue
    narrator: Narrator
    notices: tuple[str, ...]
    now: Callable[[], datetime]
    """The civil clock, with its offset."""
    demo: bool = False
    """The record is an invented one, in a folder that goes when the program ends."""

    @property
    def voice(self) -> Voice | None:
        """The voice that was chosen to speak, though it may not have all clips yet."""
        return self.narrator.voice

    def timeline(self, routine: Routine, choices: Choices) -> Timeline:
        """Lay `routine` out; what is shuffled has another order each night. Raises ChoiceError."""
        if choices.seed is None and routine.is_shuffled:
            evening = (self.now() - _HALF_A_DAY).date()
            choices = replace(choices, seed=evening.toordinal())
        return build_timeline(routine, self.narrator.clips_for(routine.spoken_sentences()), choices)

    def stand_in(self, routine: Routine) -> str:
        """Why the built-in voice speaks `routine` though it was not chosen, in a line; else nothing."""
        return self.narrator.stand_in(routine.spoken_sentences())

    def narrated_by(self, narrator: str) -> tuple[Program, tuple[str, ...]]:
        """The same program with another narrator, or with the same one's new clips, and what to say of it."""
        cache = self.data_folder / RENDERED_VOICES
        found, notices = read_narrator(narrator, self.assets / "audio", cache)
        return replace(self, narrator=with_fallback(found, cache)), notices

    def sentences(self, *routine_ids: str) -> tuple[str, ...]:
        """What the routines say, in their order, each sentence once; of all routines where none is named.

        Raises UserError.
        """
        routines = [self.routine(routine_id) for routine_id in routine_ids or self.catalogue.routines]
        return tuple(dict.fromkeys(text for each in routines for text in sorted(each.spoken_sentences())))

    def voice_library(self) -> VoiceLibrary:
        """The voices of this machine."""
        from sleepcalm.audio.voices.library import (  # noqa: PLC0415
            VoiceFolders,
            VoiceLibrary,
            installed_engines,
        )
        from sleepcalm.storage.atomic_file import make_private_folder  # noqa: PLC0415

        folders = VoiceFolders(
            built_in=self.assets / "audio",
            rendered=self.data_folder / RENDERED_VOICES,
            recordings=self.data_folder / OWN_RECORDINGS,
            piper=self.data_folder / PIPER_VOICES,
            locks=self.data_folder / "locks" if self.demo else lock_folder(),
        )
        return VoiceLibrary(folders, installed_engines(folders), make_private_folder)

    def routine(self, routine_id: str) -> Routine:
        """The routine of that id. Raises UserError that names the nearest ones."""
        try:
            return self.catalogue.routines[routine_id]
        except KeyError:
            nearest = ", ".join(self.catalogue.nearest_ids(routine_id)) or "none, for none could be loaded"
            line = self.why_no_routine(routine_id)
            raise UserError(f"{line}; nearest: {nearest}; `sleepcalm routines` lists all", status=2) from None
        except RoutineFormatError as error:
            raise UserError(f"the installation is damaged: {error}") from error

    def why_no_routine(self, routine_id: str) -> str:
        """That there is no routine of that id, and what is wrong with the file where there is one."""
        reason = self.catalogue.unusable.get(routine_id)
        return f"there is no routine {shown(routine_id)}" + (f" ({reason})" if reason else "")

    def open_record(self, writer: str, when_changed: WhenChanged | None = None) -> RecordBook:
        """The record, open for writing until it is closed; `writer` is what another one is told.

        Raises RecordLockedError, ChangedOutsideError (unless `when_changed` decides) and StorageError.
        """
        from sleepcalm.storage.opening import open_database  # noqa: PLC0415
        from sleepcalm.storage.record_book import RecordBook  # noqa: PLC0415
        from sleepcalm.storage.recovery import WhenChanged  # noqa: PLC0415

        database = open_database(
            self.data_folder,
            lock_folder=self.data_folder / "locks" if self.demo else lock_folder(),
            program=writer,
            now=self.now,
            when_changed=when_changed or WhenChanged.ASK,
        )
        return RecordBook(database, self.now)

    def keep_house(self, book: RecordBook) -> None:
        """Let go of what has been in the bin for long, and make the day's backup. Raises StorageError."""
        book.database.purge_bin()
        if not self.demo:
            book.database.backups.make_if_due(self.now())

    def read_record(self) -> RecordBook:
        """The record for reading only, beside whoever writes to it; empty where there is none yet.

        Raises StorageError.
        """
        from sleepcalm.storage.opening import read_database  # noqa: PLC0415
        from sleepcalm.storage.record_book import RecordBook, empty_database  # noqa: PLC0415

        database = read_database(self.data_folder, now=self.now)
        return RecordBook(database or empty_database(self.data_folder, self.now), self.now)


def load_program(
    data_folder: Path,
    now: datetime,
    *,
    clock: Callable[[], datetime] | None = None,
    demo: bool = False,
    steps_later: bool = False,
) -> Program:
    """Read what the program needs from its own folders and from `data_folder`, which may not exist yet.

    With `steps_later` a shipped routine is read up to its first step, and to its end when it is asked for.
    """
    assets = shipped_folder("assets")
    preferences_file = PreferencesFile(data_folder)
    preferences, notices = preferences_file.load(now)
    shipped, own = assets / "scripts", data_folder / OWN_ROUTINES
    catalogue = read_catalogue([own], trusted=shipped) if steps_later else read_catalogue([shipped, own])
    cache = data_folder / RENDERED_VOICES
    narrator, complaints = read_narrator(preferences.narrator, assets / "audio", cache)
    if narrator.built_in is None or _holds_routines(own):  # the built-in voice has all that is shipped
        narrator = with_fallback(narrator, cache)
    return Program(
        data_folder,
        assets,
        preferences_file,
        preferences,
        catalogue,
        narrator,
        notices + complaints,
        clock or civil_now,
        demo,
    )


def _holds_routines(folder: Path) -> bool:
    try:
        return bool(routine_files(folder))
    except OSError:
        return False  # as the catalogue says


def default_data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """SLEEPCALM_DATA_DIR, else the platform's folder for a user's data."""
    chosen = environment.get("SLEEPCALM_DATA_DIR")
    return Path(chosen) if chosen else platformdirs.user_data_path("sleepcalm", appauthor=False)


def lock_folder() -> Path:
    """Where writers keep out of each other's way: on this machine, apart from any synced data folder."""
    return platformdirs.user_state_path("sleepcalm", appauthor=False) / "locks"


def civil_now(environment: Mapping[str, str] = os.environ) -> datetime:
    """The time by the wall clock, with its offset; SLEEPCALM_NOW (ISO 8601) replaces it for checking.

    Where TZ is no zone of this earth, UTC.
    """
    chosen = environment.get("SLEEPCALM_NOW")
    if not chosen:
        try:
            return datetime.now().astimezone()
        except ValueError:  # the C library takes a TZ of a day and more, Python does not
            return datetime.now(UTC)
    try:
        return datetime.fromisoformat(chosen).astimezone()
    except (ValueError, OverflowError) as error:
        raise UserError(f"SLEEPCALM_NOW: {error}", status=2) from error


def local_zone() -> str:
    """The IANA name of the zone that this machine's clock shows. Raises UserError if it cannot be told."""
    from tzlocal import get_localzone_name  # noqa: PLC0415 - only the diary needs it

    try:
        name = get_localzone_name()
    except (LookupError, ValueError) as error:
        raise UserError(
            f"this machine's time zone is not known ({error}); set TZ=Europe/Berlin or the like"
        ) from error
    if name:
        return name
    if time.timezone == 0 and not time.daylight:
        return "UTC"
    raise UserError("this machine's time zone has no name; set TZ=Europe/Berlin or the like")


def evidence_for_kinds(seeds: Path) -> dict[Kind, str]:
    """What is known of each kind of routine, in a sentence, from seeds/evidence.toml. Raises UserError."""
    try:
        claims = tomllib.loads((seeds / "evidence.toml").read_text(encoding="utf-8"))["claims"]
        return {Kind(kind): claim["sentence"] for claim in claims for kind in claim.get("routine_kinds", ())}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"the installation is damaged: evidence.toml: {error!r}") from error
