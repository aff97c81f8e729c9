"""The nights with what belongs to them as the Trends tab asks for them, and the loading of the charts."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.minerals.seed_file import SeedFileError
from sleepcalm.preferences import Preferences
from sleepcalm.program import Program
from sleepcalm.recorded_nights import known_span, read_figures, recorded_span, rest_routines
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.storage.database import INTAKE_DAYS, NIGHTS, PRACTICES
from sleepcalm.storage.errors import StorageError
from sleepcalm.trends.figures import NightFigures, night_figures
from sleepcalm.trends.periods import Period, RecordedSpan, Span, period_around
from sleepcalm.trends.summary import PeriodSummary, summary_of
from sleepcalm.window.record import WindowRecord

AT_ONCE_NIGHTS = 21
"""So many nights are read while one waits: this week, the one before, and a little. A night takes about
a quarter of a millisecond, years of them have to be read on a thread."""

IDLE_MS = 4000
"""So long after the record is open the window is taken to be at rest, and the sound to be ready."""

_DAY = timedelta(days=1)
_CHART_MODULE = "sleepcalm.gui.trends.night_chart"


class WindowTrends(QObject):
    """See `sleepcalm.gui.trends.ports.TrendsRecord`."""

    changed = Signal()
    problem = Signal(str)

    _read = Signal(object, object)
    """The preferences with which all nights were read, and the nights by wake date."""

    _summed = Signal(object, object)
    """What was known when it was summed up, and the summary of all of it."""

    def __init__(self, record: WindowRecord, program: Program, preferences: KeptPreferences) -> None:
        super().__init__()
        self._record = record
        self._program = program
        self._preferences = preferences
        self._rest_routines = rest_routines(program.catalogue)
        self._seeds = shipped_folder("seeds")
        self._known: dict[date, NightFigures] | None = None
        """Every night from the first to the last on which anything is recorded, once a thread read them."""
        self._changed_meanwhile: set[date] = set()
        self._reader: Thread | None = None
        self._summer: Thread | None = None
        self._week_starts = 0
        self._summaries: dict[Period, PeriodSummary] = {}
        """Of what was looked at since anything changed, and of all nights together, which takes long."""
        self._summed.connect(self._keep_summary, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._know_all, Qt.ConnectionType.QueuedConnection)
        record.saved.connect(self._follow)
        preferences.changed.connect(self._follow_person)

    @property
    def is_complete(self) -> bool:
        return self._known is not None

    def today(self) -> date:
        return self._program.now().date()

    def recorded(self) -> RecordedSpan | None:
        return recorded_span(self._record.book)

    def nights(self, first: date, last: date) -> Sequence[NightFigures] | None:
        if self._known is not None:
            days = (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
            return [self._known.get(day) or _gap(day) for day in days]
        self._read_all()
        return self._figures(first, last) if (last - first).days < AT_ONCE_NIGHTS else None

    def summary(self, period: Period, week_starts: int) -> PeriodSummary | None:
        if week_starts != self._week_starts:
            self._week_starts = week_starts
            self._forget_summaries()
        if period not in self._summaries:
            nights = self.nights(period.first, period.last)
            if nights is None:
                return None
            self._summaries[period] = summary_of(period, nights, week_starts)
        return self._summaries[period]

    def close(self) -> None:
        """Wait for the threads that read, so that they do not outlive the record."""
        for thread in (self._reader, self._summer):
            if thread is not None:
                thread.join()

    def _forget_summaries(self) -> None:
        """Something is another than it was: sum up all nights anew, on a thread."""
        self._summaries = {}
        span = self.recorded()
        if self._known is None or span is None:
            return
        period, week_starts = period_around(Span.ALL, self.today(), recorded=span), self._week_starts
        mark = self._summaries

        def sum_up() -> None:
            nights = self.nights(*span) or ()
            self._summed.emit(mark, (period, summary_of(period, nights, week_starts)))

        self._summer = Thread(target=sum_up, name="summing up trends", daemon=True)
        self._summer.start()

    def _keep_summary(self, mark: dict[Period, PeriodSummary], found: tuple[Period, PeriodSummary]) -> None:
        if mark is self._summaries:  # else something has changed since
            self._summaries.setdefault(*found)

    def _read_all(self) -> None:
        if self._reader is None:
            person = (self._preferences.value,)
            self._reader = Thread(target=self._read_history, args=person, name="reading trends", daemon=True)
            self._reader.start()

    def _read_history(self, preferences: Preferences) -> None:
        """On the thread: everything at once, then joined by night."""
        book = self._record.book
        try:
            span = known_span(book)
            found = self._figures(span[0], span[1] + _DAY, preferences) if span else ()
        except (StorageError, SeedFileError) as error:
            self.problem.emit(str(error))
            return
        finally:
            gc.freeze()  # what has been read stays, and to go through it takes a third of a second
        self._read.emit(preferences, {night.wake_date: night for night in found})

    def _know_all(self, preferences: Preferences, nights: dict[date, NightFigures]) -> None:
        """Nights that were saved while the thread was reading are read anew."""
        self._reader = None
        if _person(preferences) != _person(self._preferences.value):
            self._read_all()
            return
        self._known = nights
        for wake_date in self._changed_meanwhile:
            self._know_around(wake_date)
        self._changed_meanwhile.clear()
        self._forget_summaries()
        self.changed.emit()

    def _follow(self, table: str, key: str) -> None:
        """Something is on disk that a night may have to do with."""
        if table in (NIGHTS, INTAKE_DAYS, PRACTICES) and _is_date(key[:10]):
            day = date.fromisoformat(key[:10])
            if self._reader is not None:
                self._changed_meanwhile.add(day)
            if self._known is not None:
                self._know_around(day)
            self._forget_summaries()
            self.changed.emit()

    def _follow_person(self, before: Preferences) -> None:
        """Other targets belong to another person."""
        if _person(before) != _person(self._preferences.value) and self._known is not None:
            self._read_all()

    def _know_around(self, day: date) -> None:
        """A day's intake belongs to the next night, and so may practice; an entry says whose practice is."""
        if self._known is not None:
            first, last = day - _DAY if day > date.min else day, day + _DAY if day < date.max else day
            self._known.update((night.wake_date, night) for night in self._figures(first, last))

    def _figures(
        self, first: date, last: date, preferences: Preferences | None = None
    ) -> tuple[NightFigures, ...]:
        return read_figures(
            self._record.book,
            self._seeds,
            preferences or self._preferences.value,
            rest_routines=self._rest_routines,
            first=first,
            last=last,
        )


class Charts(QObject):
    """See `sleepcalm.gui.trends.ports.ChartLibrary`: pyqtgraph is imported on a thread of its own."""

    loaded = Signal()

    _imported = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_loaded = False
        self._thread: Thread | None = None
        self._imported.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.load)

    def load_when_idle(self) -> None:
        self._idle.start(IDLE_MS)

    def load(self) -> None:
        self._idle.stop()
        if self._thread is None:
            self._thread = Thread(target=self._import, name="loading charts", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Wait for the import: a process that ends in the middle of one may crash."""
        self._idle.stop()
        if self._thread is not None:
            self._thread.join()

    def _import(self) -> None:
        import_module(_CHART_MODULE)
        self._imported.emit()

    def _finish(self) -> None:
        self.is_loaded = True
        self.loaded.emit()


def _person(preferences: Preferences) -> tuple[object, ...]:
    """What the targets of magnesium and calcium depend on."""
    return (preferences.mineral_region, preferences.sex, preferences.birth_year, preferences.life_stage)


def _gap(wake_date: date) -> NightFigures:
    (night,) = night_figures({}, {}, (), wake_date, wake_date)
    return night


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
