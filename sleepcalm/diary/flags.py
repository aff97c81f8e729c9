"""What is worth a word about an entry: stable codes for machines, a sentence for people."""

from dataclasses import dataclass
from enum import StrEnum


class FlagCode(StrEnum):
    """The codes appear in exports and in `diary show`; they never change their meaning."""

    DOES_NOT_ADD_UP = "does_not_add_up"
    AWAKENINGS_CONTRADICT = "awakenings_contradict"
    DID_NOT_SLEEP_CONTRADICTS = "did_not_sleep_contradicts"
    OUT_OF_ORDER = "out_of_order"
    SPAN_OVER_18_H = "span_over_18_h"
    NO_TIME_IN_BED = "no_time_in_bed"
    TRYING_LONGER_THAN_AWAKE = "trying_longer_than_awake"
    NOT_ON_WAKE_DATE = "not_on_wake_date"
    MOVED_OUT_OF_GAP = "moved_out_of_gap"
    AMBIGUOUS_TIME = "ambiguous_time"
    JERKS_CONTRADICT = "jerks_contradict"
    NAPS_CONTRADICT = "naps_contradict"
    ENTERED_LATE = "entered_late"


TEXTS = {
    FlagCode.DOES_NOT_ADD_UP: "The minutes awake are more than the time from trying to sleep to waking; "
    "kept as entered, and left out of averages.",
    FlagCode.AWAKENINGS_CONTRADICT: "No awakenings, yet minutes awake in the night; kept as entered, "
    "and left out of averages.",
    FlagCode.DID_NOT_SLEEP_CONTRADICTS: "The night is marked as one without sleep, yet other answers "
    "speak of sleep; it counts as one without sleep.",
    FlagCode.SPAN_OVER_18_H: "From bed to rising is more than 18 hours; is one time half a day off?",
    FlagCode.NO_TIME_IN_BED: "Into bed and out of bed at the same time; there is no efficiency.",
    FlagCode.TRYING_LONGER_THAN_AWAKE: "More minutes of trying to sleep on than lay between waking and "
    "rising.",
    FlagCode.NOT_ON_WAKE_DATE: "The last time of the night is not on the wake date.",
    FlagCode.MOVED_OUT_OF_GAP: "Clocks skipped this time that night; it was moved.",
    FlagCode.AMBIGUOUS_TIME: "Clocks showed this time twice that night; the later one was taken.",
    FlagCode.JERKS_CONTRADICT: "The number of jolts and the strongest one do not agree.",
    FlagCode.NAPS_CONTRADICT: "The number of naps and their minutes do not agree.",
    FlagCode.ENTERED_LATE: "Filled in on a later day.",
}
"""English; a screen translates by code. Times out of order are told with the two clocks: `Flag.text`."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding and the fields of the entry that it speaks of."""

    code: FlagCode
    fields: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    """What the clock showed at those fields, where the words name it."""

    @property
    def text(self) -> str:
        if self.code is FlagCode.OUT_OF_ORDER:
            (earlier, later), (first, second) = self.fields, self.clocks
            return (
                f"{later} {second} lies before {earlier} {first}; kept as entered, and left out of averages."
            )
        return TEXTS[self.code]
