from diary_nights import instant, night

from sleepcalm.diary.entry import Evening
from sleepcalm.diary.placing import NoticeKind
from sleepcalm.diary.suggestions import accept, suggest_habits

YESTERDAY = night(
    wake_date="2026-11-21",
    evening={
        "caffeine_mg": 160,
        "caffeine_last": "15:30",
        "alcohol_drinks": 0,
        "alcohol_last": "00:30",
        "exercise": "moderate",
        "stress": 7,
        "illness": True,
        "medicines": [{"name": "melatonin", "dose": "2 mg", "time": "22:00", "new_or_changed": True}],
    },
)


def test_habits_are_offered_and_states_are_not() -> None:
    offered = [suggestion.field for suggestion in suggest_habits(night(), YESTERDAY)]
    assert offered == [
        "caffeine_mg", "caffeine_last", "alcohol_drinks", "alcohol_last", "exercise", "medicines",
    ]  # fmt: skip


def test_an_offer_changes_nothing_until_it_is_accepted() -> None:
    tonight = night()
    suggest_habits(tonight, YESTERDAY)
    assert tonight.evening == Evening()


def test_what_is_recorded_is_not_offered_even_if_it_is_zero() -> None:
    tonight = night(evening={"caffeine_mg": 0, "medicines": []})
    offered = {suggestion.field for suggestion in suggest_habits(tonight, YESTERDAY)}
    assert not offered & {"caffeine_mg", "medicines"}


def test_nothing_to_offer_without_a_night_before() -> None:
    assert suggest_habits(night(), None) == ()
    assert suggest_habits(night(), night(wake_date="2026-11-21")) == ()


def test_accepted_times_are_tonights() -> None:
    tonight = night(into_bed="01:00", tried_to_sleep="01:10")
    for suggestion in suggest_habits(tonight, YESTERDAY):
        tonight = accept(tonight, suggestion)
    assert tonight.evening.caffeine_mg == 160
    assert tonight.evening.caffeine_last == instant("2026-11-21T15:30+01:00")
    assert tonight.evening.alcohol_last == instant("2026-11-22T00:30+01:00")
    assert tonight.evening.medicines is not None
    (medicine,) = tonight.evening.medicines
    assert (medicine.name, medicine.dose) == ("melatonin", "2 mg")
    assert medicine.time == instant("2026-11-21T22:00+01:00")
    assert medicine.new_or_changed is None
    assert suggest_habits(tonight, YESTERDAY) == ()


def test_a_time_that_clocks_skip_tonight_is_told_with_the_offer() -> None:
    before = night(
        wake_date="2026-03-28",
        into_bed="03:00",
        tried_to_sleep="03:10",
        evening={"alcohol_last": "02:30", "medicines": [{"name": "melatonin", "time": "02:40"}]},
    )
    tonight = night(wake_date="2026-03-29", into_bed="04:00", tried_to_sleep="04:10")
    for suggestion in suggest_habits(tonight, before):
        tonight = accept(tonight, suggestion)
    assert tonight.evening.alcohol_last == instant("2026-03-29T03:30+02:00")
    assert [(notice.field, notice.kind) for notice in tonight.time_notices] == [
        ("evening.alcohol_last", NoticeKind.MOVED_OUT_OF_GAP),
        ("evening.medicines[0].time", NoticeKind.MOVED_OUT_OF_GAP),
    ]
