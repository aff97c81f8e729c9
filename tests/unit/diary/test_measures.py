from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from diary_nights import BERLIN, LORD_HOWE, NEW_YORK, NOW, instant, night, nights, zones
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json, entry_to_json, validated
from sleepcalm.diary.flags import TEXTS, FlagCode
from sleepcalm.diary.measures import Measures, measure, measures_to_json

MEASURES = (
    "time_in_bed_min",
    "total_sleep_time_min",
    "sleep_onset_latency_min",
    "wake_after_sleep_onset_min",
    "terminal_wakefulness_min",
    "sleep_efficiency_tib_pct",
    "sleep_efficiency_dse_pct",
)


def codes(measures: Measures) -> list[str]:
    return [flag.code.value for flag in measures.flags]


def test_the_standard_night() -> None:
    assert measures_to_json(measure(night())) == {
        "time_in_bed_min": 500,
        "total_sleep_time_min": 411,
        "sleep_onset_latency_min": 24,
        "wake_after_sleep_onset_min": 20,
        "terminal_wakefulness_min": 20,
        "sleep_efficiency_tib_pct": 82.2,
        "sleep_efficiency_dse_pct": None,
    }
    assert measure(night()).flags == ()


def test_the_share_of_the_sleep_episode_is_not_lowered_by_a_routine_in_bed() -> None:
    at_once = measure(night(into_bed="23:05", minutes_trying_after_waking=5))
    practised = measure(night(into_bed="22:05", minutes_trying_after_waking=5))
    assert at_once.sleep_efficiency_dse_pct == pytest.approx(100 * 411 / (24 + 411 + 20 + 5))
    assert practised.sleep_efficiency_dse_pct == at_once.sleep_efficiency_dse_pct
    assert practised.sleep_efficiency_tib_pct == pytest.approx(100 * 411 / 535)
    assert at_once.sleep_efficiency_tib_pct == pytest.approx(100 * 411 / 475)


@st.composite
def full_nights(draw: st.DrawFn) -> tuple[Entry, dict[str, int]]:
    """A night with every answer, and the parts that it was made of, in minutes."""
    part = st.integers(0, 120)
    parts = {"settling": draw(part), "onset": draw(part), "asleep": draw(st.integers(0, 600))}
    parts |= {"waso": draw(part), "after": draw(part)}
    wake_date, zone = draw(nights), draw(zones)
    bed = datetime.combine(wake_date, datetime.min.time()) - timedelta(minutes=draw(st.integers(0, 240)))
    start = bed.replace(tzinfo=UTC)

    def later(minutes: int) -> Instant:
        return Instant.from_moment(start + timedelta(minutes=minutes), zone)

    tried = parts["settling"]
    awake = tried + parts["onset"] + parts["asleep"] + parts["waso"]
    entry = Entry(
        wake_date=wake_date,
        time_zone=zone,
        into_bed=later(0),
        tried_to_sleep=later(tried),
        sleep_onset_latency_min=parts["onset"],
        awakenings=1,
        wake_after_sleep_onset_min=parts["waso"],
        final_awakening=later(awake),
        out_of_bed=later(awake + parts["after"]),
        minutes_trying_after_waking=draw(st.integers(0, parts["after"])),
    )
    return entry, parts


@given(full_nights())
def test_a_night_is_the_sum_of_its_parts_whatever_clocks_do(made: tuple[Entry, dict[str, int]]) -> None:
    entry, parts = made
    found = measure(entry)
    assert found.total_sleep_time_min == parts["asleep"]
    assert found.time_in_bed_min == sum(parts.values())
    assert found.terminal_wakefulness_min == parts["after"]
    assert found.adds_up
    assert not {"does_not_add_up", "out_of_order", "trying_longer_than_awake"} & set(codes(found))
    for share in (found.sleep_efficiency_tib_pct, found.sleep_efficiency_dse_pct):
        assert share is None or 0 <= share <= 100
    assert (found.sleep_efficiency_tib_pct is None) == (found.time_in_bed_min == 0)


@given(full_nights(), st.integers(1, 600))
def test_more_awake_than_there_was_time_is_kept_and_never_clamped(
    made: tuple[Entry, dict[str, int]], too_many: int
) -> None:
    entry, parts = made
    waso = parts["waso"] + parts["asleep"] + too_many
    found = measure(replace(entry, wake_after_sleep_onset_min=waso))
    assert FlagCode.DOES_NOT_ADD_UP in codes(found)
    assert not found.adds_up
    assert not found.complete
    assert found.wake_after_sleep_onset_min == waso
    assert (found.total_sleep_time_min, found.sleep_efficiency_tib_pct) == (None, None)
    assert found.sleep_efficiency_dse_pct is None
    assert found.time_in_bed_min == sum(parts.values())


def test_awake_for_all_of_the_time_adds_up() -> None:
    found = measure(night(sleep_onset_latency_min=400, wake_after_sleep_onset_min=55))
    assert (found.total_sleep_time_min, found.sleep_efficiency_tib_pct) == (0, 0)
    assert found.flags == ()


def test_falling_asleep_alone_may_not_add_up() -> None:
    found = measure(night(sleep_onset_latency_min=456, wake_after_sleep_onset_min=None))
    assert codes(found) == ["does_not_add_up"]


@pytest.mark.parametrize(
    ("zone", "wake_date", "asleep_min"),
    [
        (BERLIN, "2026-10-25", 9 * 60),
        (BERLIN, "2026-03-29", 7 * 60),
        (NEW_YORK, "2026-11-01", 9 * 60),
        (NEW_YORK, "2026-03-08", 7 * 60),
        (LORD_HOWE, "2026-04-05", 8 * 60 + 30),
        (LORD_HOWE, "2026-10-04", 7 * 60 + 30),
        ("Asia/Kathmandu", "2026-10-25", 8 * 60),
    ],
)
def test_nights_of_changing_clocks(zone: str, wake_date: str, asleep_min: int) -> None:
    found = measure(
        night(
            wake_date=wake_date,
            time_zone=zone,
            into_bed="23:00",
            tried_to_sleep="23:00",
            sleep_onset_latency_min=0,
            awakenings=0,
            wake_after_sleep_onset_min=None,
            final_awakening="07:00",
            out_of_bed="07:00",
        )
    )
    assert (found.time_in_bed_min, found.total_sleep_time_min) == (asleep_min, asleep_min)


@pytest.mark.parametrize(
    ("answers", "waso", "asleep", "missing"),
    [
        ({"awakenings": 0, "wake_after_sleep_onset_min": None}, 0, 431, ()),
        ({"awakenings": 0, "wake_after_sleep_onset_min": 0}, 0, 431, ()),
        ({"awakenings": 3, "wake_after_sleep_onset_min": None}, None, None, ("wake_after_sleep_onset_min",)),
        ({"awakenings": 3, "wake_after_sleep_onset_min": 0}, 0, 431, ()),
        ({"awakenings": None, "wake_after_sleep_onset_min": None}, None, None, ("awakenings",)),
        ({"awakenings": None, "wake_after_sleep_onset_min": 20}, 20, 411, ()),
    ],
)
def test_awakenings_blank_zero_and_some(
    answers: dict[str, Any], waso: int | None, asleep: int | None, missing: tuple[str, ...]
) -> None:
    found = measure(night(**answers))
    assert (found.wake_after_sleep_onset_min, found.total_sleep_time_min) == (waso, asleep)
    assert found.missing_for("total_sleep_time_min") == missing
    assert found.flags == ()


def test_no_awakenings_yet_minutes_awake() -> None:
    found = measure(night(awakenings=0, wake_after_sleep_onset_min=20))
    assert codes(found) == ["awakenings_contradict"]
    assert found.wake_after_sleep_onset_min == 20
    assert found.total_sleep_time_min is None
    assert not found.adds_up


def test_a_night_without_sleep_is_an_answer() -> None:
    found = measure(
        night(
            did_not_sleep=True,
            sleep_onset_latency_min=None,
            awakenings=None,
            wake_after_sleep_onset_min=None,
            final_awakening=None,
        )
    )
    assert (found.time_in_bed_min, found.total_sleep_time_min) == (500, 0)
    assert found.sleep_efficiency_tib_pct == 0
    assert found.sleep_onset_latency_min is None
    assert found.terminal_wakefulness_min is None
    assert (found.missing, found.flags) == ((), ())
    assert found.complete


def test_a_night_without_sleep_and_without_times() -> None:
    found = measure(Entry(date(2026, 11, 22), BERLIN, did_not_sleep=True))
    assert (found.total_sleep_time_min, found.sleep_efficiency_tib_pct) == (0, 0)
    assert found.time_in_bed_min is None
    assert not found.complete


def test_a_night_without_sleep_that_speaks_of_sleep() -> None:
    found = measure(night(did_not_sleep=True))
    assert codes(found) == ["did_not_sleep_contradicts"]
    assert (found.total_sleep_time_min, found.sleep_onset_latency_min) == (0, None)


def test_no_time_in_bed_has_no_efficiency() -> None:
    at_seven = dict.fromkeys(("into_bed", "tried_to_sleep", "final_awakening", "out_of_bed"), "07:00")
    found = measure(night(**at_seven, sleep_onset_latency_min=0, wake_after_sleep_onset_min=0))
    assert (found.time_in_bed_min, found.total_sleep_time_min) == (0, 0)
    assert found.sleep_efficiency_tib_pct is None
    assert found.sleep_efficiency_dse_pct is None
    assert codes(found) == ["no_time_in_bed"]


def test_trying_longer_than_there_was_time_after_waking() -> None:
    assert codes(measure(night(minutes_trying_after_waking=21))) == ["trying_longer_than_awake"]
    assert codes(measure(night(minutes_trying_after_waking=20))) == []


def test_the_users_own_estimate_changes_nothing() -> None:
    entry = night(own_estimate_total_sleep_min=300)
    assert entry.own_estimate_total_sleep_min == 300
    assert measure(entry) == measure(night())


def test_naps_and_other_sleeps_are_in_no_measure() -> None:
    with_more = night(
        naps={"count": 2, "minutes": 90},
        other_sleeps=[{"started": "09:00", "ended": "10:30", "sleep_min": 80}],
    )
    assert measure(with_more) == measure(night())


@pytest.mark.parametrize(
    ("left_out", "measure_name"),
    [
        ("into_bed", "time_in_bed_min"),
        ("out_of_bed", "terminal_wakefulness_min"),
        ("tried_to_sleep", "total_sleep_time_min"),
        ("final_awakening", "total_sleep_time_min"),
        ("sleep_onset_latency_min", "sleep_onset_latency_min"),
        ("into_bed", "sleep_efficiency_tib_pct"),
        ("minutes_trying_after_waking", "sleep_efficiency_dse_pct"),
    ],
)
def test_what_is_missing_is_named_and_nothing_takes_its_place(left_out: str, measure_name: str) -> None:
    found = measure(night(**{"minutes_trying_after_waking": 10, left_out: None}))
    assert getattr(found, measure_name) is None
    assert found.missing_for(measure_name) == (left_out,)


@given(
    st.sets(
        st.sampled_from(
            [
                "into_bed",
                "tried_to_sleep",
                "final_awakening",
                "out_of_bed",
                "sleep_onset_latency_min",
                "awakenings",
                "wake_after_sleep_onset_min",
                "minutes_trying_after_waking",
            ]
        )
    )
)
def test_a_figure_is_unknown_exactly_when_something_it_needs_is_named(left_out: set[str]) -> None:
    found = measure(night(**({"minutes_trying_after_waking": 10} | dict.fromkeys(left_out))))
    for name in MEASURES:
        assert (getattr(found, name) is None) == bool(found.missing_for(name))
        assert set(found.missing_for(name)) <= left_out


def test_an_empty_entry_has_no_figures_and_no_flags() -> None:
    found = measure(Entry(date(2026, 11, 22), BERLIN))
    assert set(measures_to_json(found).values()) == {None}
    assert found.flags == ()


def test_the_span_of_a_night() -> None:
    assert codes(measure(night(into_bed="12:59"))) == ["span_over_18_h"]
    assert codes(measure(night(into_bed="13:00"))) == []


@pytest.mark.parametrize(
    ("times", "wrong", "unknown"),
    [
        (
            {"final_awakening": "05:30", "out_of_bed": "04:30"},
            [("final_awakening", "out_of_bed")],
            {"time_in_bed_min", "terminal_wakefulness_min"},
        ),
        (
            {
                "into_bed": "22:30",
                "tried_to_sleep": "21:00",
                "final_awakening": "06:30",
                "out_of_bed": "06:00",
            },
            [("into_bed", "tried_to_sleep"), ("final_awakening", "out_of_bed")],
            {"time_in_bed_min", "terminal_wakefulness_min"},
        ),
        (
            {"into_bed": "22:30", "tried_to_sleep": "15:00"},
            [("into_bed", "tried_to_sleep")],
            {"time_in_bed_min"},
        ),
        ({"tried_to_sleep": "11:05"}, [("tried_to_sleep", "final_awakening")], {"time_in_bed_min"}),
        (
            {"tried_to_sleep": None, "final_awakening": None, "into_bed": "07:30", "out_of_bed": "07:00"},
            [("into_bed", "out_of_bed")],
            {"time_in_bed_min"},
        ),
    ],
)
def test_clocks_that_cannot_follow_one_another_are_named_and_give_no_figures(
    times: dict[str, Any], wrong: list[tuple[str, str]], unknown: set[str]
) -> None:
    entry = night(**times)
    found = measure(entry)
    assert codes(found)[0] == "span_over_18_h"
    assert [flag.fields for flag in found.flags if flag.code is FlagCode.OUT_OF_ORDER] == wrong
    figures = measures_to_json(found)
    assert {figures[name] for name in (*unknown, "total_sleep_time_min", "sleep_efficiency_tib_pct")} == {
        None
    }
    assert not found.adds_up


def test_the_remark_names_both_times() -> None:
    found = measure(night(final_awakening="05:30", out_of_bed="04:30"))
    assert [flag.text for flag in found.flags if flag.code is FlagCode.OUT_OF_ORDER] == [
        "out_of_bed 04:30 lies before final_awakening 05:30; kept as entered, and left out of averages."
    ]


def test_a_long_day_in_bed_is_asked_about_and_counted() -> None:
    ill = measure(
        night(into_bed="22:00", tried_to_sleep="22:10", final_awakening="07:00", out_of_bed="19:00")
    )
    assert codes(ill) == ["span_over_18_h"]
    assert ill.time_in_bed_min == 21 * 60
    assert ill.adds_up


@pytest.mark.parametrize(
    ("into_bed", "out_of_bed", "wrong"),
    [
        ("05:00", "23:30", False),
        ("11:05", "07:00", False),
        ("11:00", "07:00", True),
        ("07:30", "07:00", True),
    ],
)
def test_a_lone_gap_is_a_wrong_order_only_where_that_explains_it(
    into_bed: str, out_of_bed: str, wrong: bool
) -> None:
    ends_only = {"tried_to_sleep": None, "final_awakening": None}
    found = measure(night(**ends_only, into_bed=into_bed, out_of_bed=out_of_bed))
    assert codes(found) == ["span_over_18_h", *["out_of_order"] * wrong]
    assert (found.time_in_bed_min is None) is wrong
    assert found.adds_up is not wrong


@pytest.mark.parametrize("day", [20, 21])
def test_a_date_that_was_given_is_believed(day: int) -> None:
    dated = night(
        tried_to_sleep=None, final_awakening=None, into_bed=f"2026-11-{day}T08:00+01:00", out_of_bed="07:00"
    )
    found = measure(dated)
    assert codes(found) == ["span_over_18_h"]
    assert found.time_in_bed_min == (23 + 24 * (21 - day)) * 60
    assert measure(validated(dated, NOW)) == found


def test_a_wrong_order_of_typed_clocks_is_still_known_when_the_night_is_read_again() -> None:
    slipped = night(final_awakening="05:30", out_of_bed="04:30")
    again = validated(slipped, NOW)
    assert again == slipped
    assert "out_of_order" in codes(measure(again))
    dated = entry_from_json(
        entry_to_json(slipped) | {"final_awakening": "2026-11-22T04:10+01:00"}, default_zone=BERLIN, now=NOW
    )
    assert "out_of_order" not in codes(measure(dated))


def test_times_out_of_order_give_no_figures() -> None:
    turned = replace(night(), into_bed=instant("2026-11-22T08:00+01:00"))
    found = measure(turned)
    assert "out_of_order" in codes(found)
    assert (found.time_in_bed_min, found.total_sleep_time_min) == (None, None)


def test_a_night_that_ends_on_another_date_is_flagged() -> None:
    abroad = night(final_awakening=None, out_of_bed="2026-11-23T00:30+01:00")
    assert "not_on_wake_date" in codes(measure(abroad))


def test_what_was_told_about_a_time_stays_with_the_night() -> None:
    moved = measure(night(wake_date="2026-03-29", into_bed="02:30", tried_to_sleep="03:40"))
    assert [(flag.code, flag.fields) for flag in moved.flags] == [(FlagCode.MOVED_OUT_OF_GAP, ("into_bed",))]
    twice = measure(night(wake_date="2026-10-25", into_bed="23:00", tried_to_sleep="02:30"))
    assert [(flag.code, flag.fields) for flag in twice.flags] == [
        (FlagCode.AMBIGUOUS_TIME, ("tried_to_sleep",))
    ]


@pytest.mark.parametrize(
    ("jerks", "flagged"),
    [
        ({"count": 0, "strongest": "jerk"}, True),
        ({"count": "0", "strongest": "none"}, False),
        ({"count": "1-2", "strongest": "none"}, True),
        ({"count": "1-2", "strongest": "none", "sensory_only": True}, False),
        ({"count": "unknown", "strongest": "jumped"}, False),
        ({"count": 3}, False),
    ],
)
def test_jerks_that_do_not_agree(jerks: dict[str, Any], flagged: bool) -> None:
    assert (codes(measure(night(hypnic_jerks=jerks))) == ["jerks_contradict"]) is flagged


def test_naps_that_do_not_agree() -> None:
    assert codes(measure(night(naps={"count": 0, "minutes": 20}))) == ["naps_contradict"]


@pytest.mark.parametrize(
    ("recorded_at", "late"),
    [
        ("2026-11-22T07:10+01:00", False),
        ("2026-11-22T19:46+01:00", False),
        ("2026-11-22T23:59+01:00", False),
        ("2026-11-23T00:00+01:00", True),
        ("2026-11-25T07:10+01:00", True),
    ],
)
def test_a_late_entry_is_marked(recorded_at: str, late: bool) -> None:
    assert (codes(measure(night(recorded_at=recorded_at))) == ["entered_late"]) is late


def test_every_flag_has_words() -> None:
    assert set(TEXTS) == set(FlagCode) - {FlagCode.OUT_OF_ORDER}  # which names the two times instead
    for flag in measure(night(awakenings=0)).flags:
        assert flag.text == TEXTS[flag.code]
