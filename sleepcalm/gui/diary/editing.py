"""The night that is open: every change goes through here, and from here to the record at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QObject, Signal

from sleepcalm.diary.civil_time import Instant, readings
from sleepcalm.diary.entry import Entry, recorded
from sleepcalm.diary.joining import day_before
from sleepcalm.diary.measures import Measures, measure
from sleepcalm.diary.placing import NIGHT_ORDER
from sleepcalm.diary.slips import TwelveHourSlip, twelve_hour_slips
from sleepcalm.diary.suggestions import Suggestion, suggest_habits
from sleepcalm.gui.diary import draft as drafting
from sleepcalm.gui.diary.draft import NightDraft
from sleepcalm.gui.diary.night_axis import ASLEEP, local_clock
from sleepcalm.gui.diary.ports import DiaryRecord, Practice


class NightEditing(QObject):
    """One open night. `opened`: another night is shown; `changed`: an answer is another one."""

    opened = Signal()
    changed = Signal()

    def __init__(self, record: DiaryRecord) -> None:
        super().__init__()
        self._record = record
        self._draft = drafting.blank_draft(record.now().date(), record.time_zone)
        self._previous: Entry | None = None
        self._practices: tuple[Practice, ...] = ()
        self._is_recorded = False

    @property
    def draft(self) -> NightDraft:
        return self._draft

    @property
    def entry(self) -> Entry:
        return self._draft.entry

    @property
    def wake_date(self) -> date:
        return self._draft.entry.wake_date

    @property
    def is_recorded(self) -> bool:
        """Whether the record holds this night."""
        return self._is_recorded

    @property
    def previous(self) -> Entry | None:
        """The night before, from which habits are offered."""
        return self._previous

    @property
    def practices(self) -> tuple[Practice, ...]:
        return self._practices

    @property
    def measures(self) -> Measures:
        return measure(self.entry)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return suggest_habits(self.entry, self._previous)

    @property
    def slips(self) -> tuple[TwelveHourSlip, ...]:
        return twelve_hour_slips(self.wake_date, self.entry.night_times)

    def open(self, wake_date: date) -> None:
        """Show a night, recorded or not. One in the future is not opened."""
        if wake_date > self._record.now().date():
            return
        entry = self._record.entry(wake_date)
        self._is_recorded = entry is not None
        if entry is None:
            self._draft = drafting.blank_draft(wake_date, self._record.time_zone)
        else:
            self._draft = drafting.draft_of(entry)
        self._previous = self._record.entry(day_before(wake_date))
        self._practices = tuple(self._record.practices(wake_date))
        self.opened.emit()

    def set_value(self, path: str, value: Any) -> None:
        """An answer by its path in the entry; None is not recorded."""
        name = path.rpartition(".")[2]
        if path in NIGHT_ORDER:
            self._take(drafting.with_time(self._draft, path, value))
        elif name in drafting.EVENING_TIMES:
            self._take(drafting.with_habit_time(self._draft, name, value))
        else:
            self._take(drafting.with_value(self._draft, path, value))

    def move_mark(self, name: str, moment: datetime, *, is_final: bool) -> None:
        """A mark of the night line was moved; it is saved when the mouse has let go."""
        if name == ASLEEP:
            tried = self.entry.tried_to_sleep
            if tried is not None:
                minutes = max(round((moment - tried.utc) / timedelta(minutes=1)), 0)
                path = "sleep_onset_latency_min"
                self._take(drafting.with_value(self._draft, path, minutes), saves=is_final)
            return
        zone = self._zone_of(name)
        instant = Instant.from_moment(moment, zone)
        # Of an hour that clocks show twice the line knows which is meant; else the clock says it all.
        is_double = len(readings(instant.wall, zone)) > 1
        at: Instant | time = instant if is_double else local_clock(moment, zone)
        self._take(drafting.with_time(self._draft, name, at), saves=is_final)

    def clear_mark(self, name: str) -> None:
        self.set_value("sleep_onset_latency_min" if name == ASLEEP else name, None)

    def mend(self, slip: TwelveHourSlip) -> None:
        """Take the time that was meant."""
        self._take(drafting.mended(self._draft, slip.night))

    def take_reading(self, name: str, instant: Instant) -> None:
        """Of a time that clocks showed twice, the one that was meant."""
        self._take(drafting.with_reading(self._draft, name, instant))

    def accept(self, suggestions: tuple[Suggestion, ...]) -> None:
        """Take over habits of the evening before."""
        draft = self._draft
        for suggestion in suggestions:
            draft = drafting.with_accepted(draft, suggestion)
        self._take(draft)

    def change(self, changed: Callable[[NightDraft], NightDraft]) -> None:
        """Any other change of the draft."""
        self._take(changed(self._draft))

    def delete(self) -> Callable[[], None]:
        """Move this night to the bin; the result brings it back and shows it."""
        wake_date = self.wake_date
        bring_back = self._record.delete(wake_date)
        self.open(wake_date)

        def undo() -> None:
            bring_back()
            self.open(wake_date)

        return undo

    def save_again(self) -> None:
        """Try once more what could not be saved."""
        self._record.save(self.entry)

    def _zone_of(self, name: str) -> str:
        if name in drafting.MORNING_TIMES:
            return self._draft.morning_zone
        return self.entry.time_zone

    def _take(self, draft: NightDraft, *, saves: bool = True) -> None:
        now = self._record.now()
        if saves:
            entry = recorded(draft.entry, Instant.from_moment(now, self._record.time_zone))
            draft = replace(draft, entry=entry)
        self._draft = draft
        if saves:
            self._is_recorded = True
            self._record.save(draft.entry)
        self.changed.emit()
