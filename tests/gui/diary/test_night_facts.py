"""Suggestions, facts of the player, flags, journeys, clock changes: what the sheet says and offers."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from diary.fake_record import FakeRecord
from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Exercise
from sleepcalm.diary.flags import FlagCode
from sleepcalm.gui.diary.chip import Look
from sleepcalm.gui.diary.ports import Practice

SATURDAY = date(2026, 11, 21)
SPRING = datetime.fromisoformat("2026-03-29T09:00:00+02:00")
NEXT_DAY = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
AUTUMN = datetime.fromisoformat("2026-10-25T09:00:00+01:00")


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_habits_of_the_evening_before_are_offered_and_not_recorded(open_diary, example):
    opened = open_diary([example(wake_date="2026-11-21")])
    chip = opened.sheet.evening.chips["caffeine"]
    assert (chip.text(), chip.look) == ("caffeine 160 mg · 15:30?", Look.OFFERED)
    opened.type_into("awakenings", "1")
    assert opened.entry.evening.caffeine_mg is None
    assert opened.entry.evening.caffeine_last is None
    assert "not recorded" in chip.accessibleName()


def test_an_offer_counts_once_it_is_pressed(open_diary, example):
    opened = open_diary([example(wake_date="2026-11-21")])
    chip = opened.sheet.evening.chips["caffeine"]
    click(chip)
    assert opened.entry.evening.caffeine_mg == 160
    assert opened.entry.evening.caffeine_last.iso() == "2026-11-21T15:30:00+01:00"
    assert opened.entry.evening.exercise is None
    assert (chip.text(), chip.look) == ("caffeine 160 mg · 15:30", Look.RECORDED)


def test_all_offers_can_be_taken_at_once_and_what_was_answered_stays(open_diary, example):
    opened = open_diary([example(wake_date="2026-11-21")])
    opened.tab.editing.set_value("evening.caffeine_mg", 0.0)
    click(opened.sheet.evening.take_all)
    evening = opened.entry.evening
    assert (evening.caffeine_mg, evening.caffeine_last) == (0, None)
    assert (evening.exercise, evening.alcohol_drinks) == (Exercise.MODERATE, 0)


def test_a_habit_is_answered_in_its_chip(opened):
    section = opened.sheet.evening
    click(section.chips["caffeine"])
    assert section.open_question == "caffeine"
    opened.press("80", Qt.Key.Key_Tab, "1245", Qt.Key.Key_Return)
    assert opened.entry.evening.caffeine_mg == 80
    assert opened.entry.evening.caffeine_last.iso() == "2026-11-21T12:45:00+01:00"
    assert section.chips["caffeine"].text() == "caffeine 80 mg · 12:45"
    opened.press(Qt.Key.Key_Escape)
    assert section.open_question is None


def test_a_scale_takes_ten_as_two_digits(opened):
    click(opened.sheet.evening.chips["stress"])
    opened.press("10")
    assert opened.entry.evening.stress == 10
    opened.press("0")
    assert opened.entry.evening.stress == 0
    opened.press(Qt.Key.Key_Backspace)
    assert opened.entry.evening.stress is None


def test_medicines_are_none_some_or_not_recorded(opened):
    section = opened.sheet.evening
    section.add.click()
    click(section.chips["medicines"])
    click(section.medicines.none)
    assert opened.entry.evening.medicines == ()
    assert section.chips["medicines"].text() == "no medicine"
    section.medicines.rows[0].name.setFocus()
    opened.press("melatonin", Qt.Key.Key_Tab)
    row = section.medicines.rows[0]
    row.dose.setFocus()
    opened.press("2 mg", Qt.Key.Key_Tab)
    row.at.setFocus()
    opened.press("2230", Qt.Key.Key_Tab)
    (medicine,) = opened.entry.evening.medicines
    assert (medicine.name, medicine.dose) == ("melatonin", "2 mg")
    assert medicine.time.wall == datetime.fromisoformat("2026-11-21T22:30:00")
    click(row.remove)
    assert opened.entry.evening.medicines is None


def test_the_end_of_a_practice_is_told_and_offered(open_diary):
    record = FakeRecord()
    started, ended = (
        Instant.as_written(datetime.fromisoformat(f"2026-11-21T{clock}:00+01:00"), "Europe/Berlin")
        for clock in ("22:58", "23:12")
    )
    record.practised = (Practice("Muscle relaxation", started, ended, completed=True),)
    opened = open_diary(record=record)
    remarks = opened.sheet.night.remarks
    assert remarks.texts == ("Muscle relaxation, ended 23:12.",)
    assert record.writes == []
    click(remarks.offers[0])
    assert opened.entry.tried_to_sleep.wall.time() == time(23, 12)
    assert remarks.offers == []


def test_a_night_that_does_not_add_up_is_kept_and_flagged(open_diary, example):
    opened = open_diary([example()])
    opened.type_into("sleep_onset_latency_min", "600")
    assert opened.entry.sleep_onset_latency_min == 600
    assert any("Kept as entered" in text for text in opened.sheet.night.remarks.texts)
    assert opened.tab.side.measures.value("total_sleep_time_min") == "–"  # noqa: RUF001


def test_a_slip_of_twelve_hours_is_mended_with_one_click(open_diary, example):
    opened = open_diary([example()])
    opened.type_into("tried_to_sleep", "11:05")
    remarks = opened.sheet.night.remarks
    assert opened.tab.editing.measures.flags[0].code is FlagCode.SPAN_OVER_18_H
    assert remarks.offers[0].text() == "lights out 23:05?"
    click(remarks.offers[0])
    assert opened.entry.tried_to_sleep.iso() == "2026-11-21T23:05:00+01:00"
    assert remarks.texts == ()
    assert opened.sheet.night.fields["tried_to_sleep"].line.text() == "23:05"


def test_two_times_in_the_wrong_order_are_named_and_nothing_is_guessed_or_computed(open_diary, example):
    opened = open_diary([example()])
    opened.type_into("final_awakening", "530")
    opened.type_into("out_of_bed", "430")
    remarks, measures = opened.sheet.night.remarks, opened.tab.side.measures
    assert remarks.texts == (
        "Got up 4:30 lies before woke up 5:30. Kept as entered; averages leave this night out.",
    )
    assert remarks.offers == []
    assert opened.entry.out_of_bed.wall.time() == time(4, 30)
    for name in ("time_in_bed_min", "total_sleep_time_min", "sleep_efficiency_tib_pct"):
        assert measures.value(name) == "–"  # noqa: RUF001
    opened.type_into("out_of_bed", "545")
    assert remarks.texts == ()
    assert measures.value("time_in_bed_min") == "7 h 05 min"


def test_an_entry_made_in_the_evening_of_the_wake_date_is_not_called_late(open_diary, example):
    opened = open_diary([example(recorded_at="2026-11-22T19:46:00+01:00")])
    assert opened.sheet.night.remarks.texts == ()
    late = open_diary([example(recorded_at="2026-11-23T00:10:00+01:00")], now=NEXT_DAY)
    late.tab.editing.open(date(2026, 11, 22))
    assert late.sheet.night.remarks.texts == ("Filled in on a later day.",)


def test_measures_follow_and_what_is_missing_is_named(opened):
    measures = opened.tab.side.measures
    opened.type_into("into_bed", "2240")
    opened.type_into("out_of_bed", "7")
    assert measures.value("time_in_bed_min") == "8 h 20 min"
    assert measures.missing.text() == (
        "Still open: lights out, minutes to fall asleep, times awake, woke up."
    )
    for name, text in (
        ("tried_to_sleep", "2305"),
        ("sleep_onset_latency_min", "24"),
        ("awakenings", "2"),
        ("wake_after_sleep_onset_min", "20"),
        ("final_awakening", "640"),
    ):
        opened.type_into(name, text)
    assert measures.value("total_sleep_time_min") == "6 h 51 min"
    assert measures.value("sleep_efficiency_tib_pct") == "82 %"
    assert measures.missing.text() == ""


def test_a_night_without_sleep_is_an_answer(opened):
    click(opened.sheet.night.did_not_sleep)
    assert opened.entry.did_not_sleep is True
    assert opened.tab.side.measures.value("total_sleep_time_min") == "0 min"
    assert opened.tab.side.measures.value("sleep_onset_latency_min") == "did not sleep"
    assert opened.sheet.night.line.axis.mark("asleep") is None


def test_no_is_written_out_as_a_crossed_box_might_be_read_as_yes(opened):
    box = opened.sheet.night.did_not_sleep
    assert box.shown_text() == "did not sleep at all"
    room = box.sizeHint()
    click(box)
    assert box.shown_text() == "did not sleep at all"
    click(box)
    assert opened.entry.did_not_sleep is False
    assert box.shown_text() == "did not sleep at all: no"
    assert box.sizeHint() == room  # nothing beside it moves under the pointer
    assert box.fontMetrics().horizontalAdvance(box.shown_text()) < room.width()


def test_a_time_that_clocks_skipped_is_moved_and_told(open_diary):
    opened = open_diary(now=SPRING)
    opened.type_into("tried_to_sleep", "230")
    assert opened.entry.tried_to_sleep.wall.time() == time(3, 30)
    assert opened.sheet.night.remarks.texts == ("Clocks skipped 02:30 that night; 3:30 was taken.",)


def test_of_a_time_shown_twice_the_earlier_can_be_taken(open_diary):
    opened = open_diary(now=AUTUMN)
    opened.type_into("tried_to_sleep", "230")
    assert opened.entry.tried_to_sleep.iso() == "2026-10-25T02:30:00+01:00"
    click(opened.sheet.night.remarks.offers[0])
    assert opened.entry.tried_to_sleep.iso() == "2026-10-25T02:30:00+02:00"
    assert opened.sheet.night.remarks.texts == ()
    opened.type_into("out_of_bed", "7")
    assert opened.entry.tried_to_sleep.iso() == "2026-10-25T02:30:00+02:00", "and it stays"


def test_a_night_between_zones_keeps_its_clock_times(open_diary, example):
    opened = open_diary([example()])
    block = opened.sheet.more_night
    block.more.click()
    (zones,) = block._built["travel"]
    zones.morning.line.setFocus()
    zones.morning.line.selectAll()
    opened.press("Europe/London", Qt.Key.Key_Tab)
    assert opened.entry.into_bed.iso() == "2026-11-21T22:40:00+01:00"
    assert opened.entry.final_awakening.iso() == "2026-11-22T06:40:00+00:00"
    assert opened.tab.side.measures.value("time_in_bed_min") == "9 h 20 min"
    zones.evening.line.setFocus()
    zones.evening.line.selectAll()
    opened.press("Europe/Berln", Qt.Key.Key_Tab)
    assert "did you mean Europe/Berlin?" in zones.evening.problem.text()
    assert opened.entry.time_zone == "Europe/Berlin"


def test_another_sleep_and_naps_stay_out_of_the_figures(open_diary, example):
    opened = open_diary([example()])
    block = opened.sheet.more_night
    block.more.click()
    (sleeps,) = block._built["other_sleeps"]
    sleeps.rows[0].started.setFocus()
    opened.press("1300", Qt.Key.Key_Tab, "1420", Qt.Key.Key_Tab, "1:10", Qt.Key.Key_Tab)
    (sleep,) = opened.entry.other_sleeps
    assert sleep.started.iso() == "2026-11-22T13:00:00+01:00"
    assert (sleep.ended.wall.time(), sleep.sleep_min) == (time(14, 20), 70)
    count, minutes = block._built["naps"]
    count.line.setFocus()
    opened.press("0", Qt.Key.Key_Tab, "30", Qt.Key.Key_Tab)
    assert (opened.entry.naps.count, opened.entry.naps.minutes) == (0, 30)
    assert any("naps" in text for text in opened.sheet.night.remarks.texts)
    assert opened.tab.side.measures.value("total_sleep_time_min") == "6 h 51 min"
    click(sleeps.rows[0].remove)
    assert opened.entry.other_sleeps is None
    assert minutes.value == 30
