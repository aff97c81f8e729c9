"""The record in the window: what is done there is on disk, and found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Ending, Practice
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.lazy_page import LazyPage
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.minerals.intake import DayIntake
from sleepcalm.program import Program, load_program
from sleepcalm.relaxation.choices import Choices
from sleepcalm.relaxation.session import SessionState
from sleepcalm.storage.errors import StorageError
from sleepcalm.storage.record_book import RecordBook
from sleepcalm.storage.recovery import WhenChanged
from sleepcalm.window.diary import WindowDiary
from sleepcalm.window.minerals import WindowMinerals
from sleepcalm.window.record import WindowRecord
from sleepcalm.window.recording import WindowRecording

MORNING = datetime.fromisoformat("2026-11-22T07:30:00+01:00")
LAST_NIGHT = date(2026, 11, 22)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    return load_program(tmp_path / "data", MORNING, clock=lambda: MORNING)


@pytest.fixture
def opened(qtbot):
    """Opens records and closes them after the test."""
    records: list[WindowRecord] = []

    def open_record(program: Program) -> WindowRecord:
        record = WindowRecord(program)
        records.append(record)
        with qtbot.waitSignal(record.ready, timeout=20_000):
            record.start()
        return record

    yield open_record
    for record in records:
        record.close()


def a_night() -> Entry:
    return Entry(wake_date=LAST_NIGHT, time_zone="Europe/Berlin", notes="quiet")


def test_a_night_counts_at_once_and_is_on_disk_when_it_says_saved(qtbot, program, opened):
    record = opened(program)
    diary = WindowDiary(record, program)
    with qtbot.waitSignal(diary.saved, timeout=20_000) as saved:
        diary.save(a_night())
        assert diary.entry(LAST_NIGHT).notes == "quiet"
        assert list(diary.entries(LAST_NIGHT, LAST_NIGHT)) == [LAST_NIGHT]
    assert saved.args[0] == LAST_NIGHT
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"


def test_what_is_saved_before_the_record_is_open_waits_for_it(qtbot, program):
    record = WindowRecord(program)
    diary = WindowDiary(record, program)
    diary.save(a_night())
    with qtbot.waitSignal(diary.saved, timeout=20_000):
        record.start()
    record.close()


def test_a_deleted_night_can_be_brought_back(qtbot, program, opened):
    diary = WindowDiary(opened(program), program)
    with qtbot.waitSignal(diary.saved, timeout=20_000):
        diary.save(a_night())
    with qtbot.waitSignal(diary.replaced, timeout=20_000):
        bring_back = diary.delete(LAST_NIGHT)
        assert diary.entry(LAST_NIGHT) is None
    with qtbot.waitSignal(diary.replaced, timeout=20_000):
        bring_back()
        assert diary.entry(LAST_NIGHT).notes == "quiet"
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"


def test_the_first_change_of_an_old_night_leaves_the_one_before_in_the_bin(qtbot, program, opened):
    record = opened(program)
    first = WindowDiary(record, program)
    with qtbot.waitSignal(first.saved, timeout=20_000):
        first.save(a_night())
    second = WindowDiary(record, program)
    for notes in ("changed", "changed again"):
        with qtbot.waitSignal(second.saved, timeout=20_000):
            second.save(replace(a_night(), notes=notes))
    in_bin = [found.key for found in record.book.database.in_bin()]
    assert in_bin == [LAST_NIGHT.isoformat()]


def test_a_second_window_reads_and_says_who_writes(qtbot, program, opened):
    first = opened(program)
    diary = WindowDiary(first, program)
    with qtbot.waitSignal(diary.saved, timeout=20_000):
        diary.save(a_night())
    second = opened(program)
    assert "SleepCalm window" in second.read_only_reason
    reader = WindowDiary(second, program)
    assert reader.entry(LAST_NIGHT).notes == "quiet"
    with qtbot.waitSignal(reader.save_failed, timeout=20_000):
        reader.save(replace(a_night(), notes="lost?"))
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"


def test_a_failed_save_is_said_and_kept_in_memory(qtbot, program, opened, monkeypatch):
    record = opened(program)
    diary = WindowDiary(record, program)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sleepcalm.storage.atomic_file.FileOperations.write", full)
    with qtbot.waitSignal(diary.save_failed, timeout=20_000) as failed:
        diary.save(a_night())
    assert failed.args == ["Not saved (No space left on device). What was saved before is unchanged."]
    assert diary.entry(LAST_NIGHT).notes == "quiet"
    monkeypatch.undo()
    with qtbot.waitSignal(diary.saved, timeout=20_000):
        diary.save(diary.entry(LAST_NIGHT))


def test_a_damaged_record_is_told_of_and_the_night_is_there_again(qtbot, program, tmp_path):
    record = WindowRecord(program)
    with qtbot.waitSignal(record.ready, timeout=20_000):
        record.start()
    diary = WindowDiary(record, program)
    for notes in ("one", "two"):
        with qtbot.waitSignal(diary.saved, timeout=20_000):
            diary.save(replace(a_night(), notes=notes))
    record.close()
    (path,) = (tmp_path / "data").glob("record*.json")
    path.write_bytes(path.read_bytes()[:200])
    again = WindowRecord(program)
    with qtbot.waitSignals([again.notice, again.ready], timeout=20_000):
        again.start()
    assert again.book.entry(LAST_NIGHT) is not None
    again.close()


def test_days_of_intake_and_the_minerals_tab_over_the_real_record(qtbot, program, opened):
    minerals = WindowMinerals(opened(program), program)
    with qtbot.waitSignal(minerals.saved, timeout=20_000):
        minerals.save_day(DayIntake(date=minerals.today()))
        assert minerals.day(minerals.today()) is not None
    assert [day.date for day in minerals.days(minerals.today(), minerals.today())] == [minerals.today()]


def test_tabs_are_built_when_they_are_looked_at(qtbot, program):
    built = []

    def build() -> QLabel:
        built.append(True)
        return QLabel("here")

    page = LazyPage()
    qtbot.addWidget(page)
    page.offer(build)
    assert not built
    page.show()
    qtbot.waitUntil(lambda: page.content is not None)
    page.hide()
    page.show()
    assert built == [True]


def test_what_is_not_on_disk_is_known_before_the_window_closes(qtbot, program, opened, monkeypatch):
    record = opened(program)
    diary = WindowDiary(record, program)
    diary.save(a_night())
    assert record.why_not_saved() == ""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sleepcalm.storage.atomic_file.FileOperations.write", full)
    diary.save(replace(a_night(), notes="typed last"))
    assert "No space left on device" in record.why_not_saved()
    record.try_again()
    assert "No space left on device" in record.why_not_saved()
    monkeypatch.undo()
    record.try_again()
    assert record.why_not_saved() == ""
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "typed last"


def refuse_to_begin_a_record(*_: object, **__: object) -> None:
    raise OSError(13, "Permission denied")


def test_what_a_folder_does_not_take_is_known_before_the_window_closes(qtbot, program, opened, monkeypatch):
    monkeypatch.setattr("sleepcalm.storage.atomic_file.FileOperations.create", refuse_to_begin_a_record)
    record = opened(program)
    assert record.read_only_reason.startswith("Nothing can be recorded")
    diary = WindowDiary(record, program)
    assert record.why_not_saved() == ""
    with qtbot.waitSignal(diary.save_failed, timeout=20_000):
        diary.save(a_night())
    assert "Permission denied" in record.why_not_saved()
    record.try_again()
    assert "Permission denied" in record.why_not_saved()
    monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(program.data_folder.parent / "state"))
    record.try_again()
    assert record.why_not_saved() == ""
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"


def test_what_waits_for_a_record_that_never_opens_is_known_before_the_window_closes(
    qtbot, program, monkeypatch
):
    def refuse(*_: object) -> None:
        raise StorageError("The folder cannot be used (Permission denied).")

    monkeypatch.setattr(Program, "open_record", refuse)
    monkeypatch.setattr(Program, "read_record", refuse)
    record = WindowRecord(program)
    with qtbot.waitSignal(record.notice, timeout=20_000) as notice:
        record.start()
    assert "Nothing can be recorded" in notice.args[0]
    assert record.why_not_saved() == ""
    diary = WindowDiary(record, program)
    diary.save(a_night())
    assert "Permission denied" in record.why_not_saved()
    monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(program.data_folder.parent / "state"))
    record.try_again()
    assert record.why_not_saved() == ""
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"
    record.close()


def test_what_waits_for_a_record_that_is_still_opening_is_on_disk_before_the_window_closes(program):
    record = WindowRecord(program)
    diary = WindowDiary(record, program)
    diary.save(a_night())
    record.start()
    assert record.why_not_saved() == ""
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"
    record.close()


def test_a_record_that_takes_long_to_open_is_told_of_and_waited_for_once_more(program, monkeypatch):
    may_open = Event()
    open_record = Program.open_record

    def open_late(program: Program, *arguments: object) -> RecordBook:
        may_open.wait()
        return open_record(program, *arguments)

    monkeypatch.setattr(Program, "open_record", open_late)
    record = WindowRecord(program)
    diary = WindowDiary(record, program)
    diary.save(a_night())
    record.start()
    with monkeypatch.context() as hasty:
        hasty.setattr("sleepcalm.window.record_opening.LONGEST_WAIT_S", 0.01)
        assert "still being opened" in record.why_not_saved()
        record.try_again()
        assert "still being opened" in record.why_not_saved()
    may_open.set()
    assert record.why_not_saved() == ""
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"
    record.close()


def test_what_waits_while_another_window_writes_is_known_before_the_window_closes(program, opened):
    first = opened(program)
    second = WindowRecord(program)
    WindowDiary(second, program).save(a_night())
    second.start()
    assert "SleepCalm window" in second.why_not_saved()
    second.try_again()
    assert "SleepCalm window" in second.why_not_saved()
    first.close()
    second.try_again()
    assert second.why_not_saved() == ""
    with program.read_record() as on_disk:
        assert on_disk.entry(LAST_NIGHT).notes == "quiet"
    second.close()


def test_what_only_reads_on_purpose_asks_nothing_when_it_closes(qtbot, program, opened):
    opened(program)
    second = opened(program)
    reader = WindowDiary(second, program)
    with qtbot.waitSignal(reader.save_failed, timeout=20_000):
        reader.save(a_night())
    assert second.why_not_saved() == ""


def test_what_sounds_while_it_is_asked_about_what_is_unsaved_ends_with_the_window(qtbot, program):
    window = QWidget()
    qtbot.addWidget(window)
    recording = WindowRecording(program, KeptPreferences(program.preferences, lambda _: None), window)
    with qtbot.waitSignal(recording.ready, timeout=20_000):
        pass
    timeline = program.timeline(program.routine("pmr-7"), Choices())
    sounding = SimpleNamespace(
        timeline=timeline, state=SessionState.PLAYING, moment=SimpleNamespace(frame=48_000)
    )
    recording.follow(sounding)
    assert recording.finish() == ""
    recording.follow(sounding)
    assert recording.try_again() == ""
    recording.close()
    with program.read_record() as on_disk:
        assert {practice.ending for practice in on_disk.practices()} == {Ending.CLOSED}


def test_practices_that_cannot_be_read_are_told_of(qtbot, program, monkeypatch):
    def unreadable(_book: RecordBook) -> list[Practice]:
        raise StorageError("A practice cannot be read.")

    monkeypatch.setattr(RecordBook, "practices", unreadable)
    window = QWidget()
    qtbot.addWidget(window)
    recording = WindowRecording(program, KeptPreferences(program.preferences, lambda _: None), window)
    with qtbot.waitSignal(recording.notice, timeout=20_000) as notice:
        pass
    assert notice.args == ["A practice cannot be read."]
    recording.close()


@pytest.mark.parametrize(("may_close", "is_visible"), [(False, True), (True, False)])
def test_a_window_that_may_not_close_stays(qtbot, may_close, is_visible):
    window = MainWindow([("&Any", QLabel("here"))], "SleepCalm")
    qtbot.addWidget(window)
    window.show()
    window.may_close = lambda: may_close
    window.close()
    assert window.isVisible() is is_visible


@pytest.fixture
def edited(qtbot, program, tmp_path) -> None:
    """The record with a quiet night, which a hand has made a loud one."""
    first = WindowRecord(program)
    with qtbot.waitSignal(first.ready, timeout=20_000):
        first.start()
    diary = WindowDiary(first, program)
    with qtbot.waitSignal(diary.saved, timeout=20_000):
        diary.save(a_night())
    first.close()
    path = tmp_path / "data" / "record.json"
    edited = path.read_bytes().replace(b'"quiet"', b'"loud"')
    path.unlink()  # as editors do it; in place, the kept generation would change with it
    path.write_bytes(edited)


@pytest.mark.usefixtures("edited")
@pytest.mark.parametrize(("answer", "notes"), [(WhenChanged.ACCEPT, "loud"), (WhenChanged.RESTORE, "quiet")])
def test_a_record_that_a_hand_has_edited_is_asked_about(qtbot, program, answer, notes):
    again = WindowRecord(program)
    with qtbot.waitSignal(again.question, timeout=20_000):
        again.start()
    with pytest.raises(RuntimeError):
        _ = again.book
    with qtbot.waitSignal(again.ready, timeout=20_000):
        again.start(answer)
    assert again.book.entry(LAST_NIGHT).notes == notes
    again.close()


@pytest.mark.usefixtures("edited")
@pytest.mark.parametrize("is_sent_away", [True, False])
def test_what_waits_for_an_answer_is_known_before_the_window_closes(qtbot, program, is_sent_away):
    record = WindowRecord(program)
    questions = []
    record.question.connect(questions.append)
    before = LAST_NIGHT - timedelta(days=1)
    WindowDiary(record, program).save(replace(a_night(), wake_date=before))
    record.start()
    assert "use it as it is" in record.why_not_saved()
    assert questions == []  # who closes the window is not asked by this
    qtbot.waitUntil(lambda: len(questions) == 1)
    record.try_again()
    assert "use it as it is" in record.why_not_saved()
    if is_sent_away:  # by who ends the program from elsewhere
        record.start_to_read("Only looked at.")
        assert record.why_not_saved() == "Only looked at."
    else:
        record.start(WhenChanged.ACCEPT)
        assert record.why_not_saved() == ""
        with program.read_record() as on_disk:
            assert set(on_disk.entries(before, LAST_NIGHT)) == {before, LAST_NIGHT}
    record.close()
