"""The hypnic jerks of the night: how many, how strong, and what they were like."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.diary.entry import JerkCountBand, JerkStrength
from sleepcalm.diary.jerk_counts import count_range
from sleepcalm.gui.diary.answers import Answers, CaptionedOptions
from sleepcalm.gui.diary.draft import NightDraft, value_of
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.fields import NumberField
from sleepcalm.gui.diary.flow import flow_of
from sleepcalm.gui.diary.options import OptionRow
from sleepcalm.gui.diary.question_block import QuestionBlock
from sleepcalm.gui.diary.questions import Group, questions
from sleepcalm.gui.diary.wording import word
from sleepcalm.gui.widgets.labels import caption, heading
from sleepcalm.gui.widgets.painting import line_height

_COUNT = "hypnic_jerks.count"
_BAND_KEYS = {
    JerkCountBand.ZERO: "0",
    JerkCountBand.ONE_TO_TWO: "1 2",
    JerkCountBand.THREE_TO_FIVE: "3 4 5",
    JerkCountBand.SIX_OR_MORE: "6 7 8 9",
    JerkCountBand.UNKNOWN: "",
}
_STRENGTHS = (
    JerkStrength.TWITCH,
    JerkStrength.JERK,
    JerkStrength.WHOLE_BODY,
    JerkStrength.JUMPED,
    JerkStrength.NONE,
)


class JoltsSection(QWidget):
    """A count is a rough band or an exact number; the one given last counts."""

    def __init__(self, editing: NightEditing) -> None:
        super().__init__()
        self._editing = editing
        self._answers = Answers(editing)
        self.bands = OptionRow(
            [(band, word(band), keys) for band, keys in _BAND_KEYS.items()], self.tr("Number of jolts")
        )
        self.exact = NumberField(self.tr("or exactly"), 999, is_inline=True)
        self.exact.line.setAccessibleName(self.tr("Number of jolts, exactly"))
        self.strongest = CaptionedOptions(
            [(strength, word(strength), str(strength.grade)) for strength in _STRENGTHS],
            self.tr("the strongest"),
            is_inline=True,
        )
        self.more = QuestionBlock(editing, questions(Group.JOLTS), self.tr("More about the jolts"))
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.5))
        title = heading(self.tr("Jolts on the way to sleep (hypnic jerks)"))
        title.setWordWrap(True)
        title.setBuddy(self.bands)
        column.addWidget(title)
        rows = flow_of(
            self.bands, self.exact, self.strongest, across=round(line * 1.1), down=round(line * 0.5)
        )
        column.addLayout(rows)
        column.addWidget(self.more)
        column.addWidget(caption(self.tr("Dozing broken by jolts still counts as falling asleep.")))
        self.bands.changed.connect(lambda band: editing.set_value(_COUNT, band))
        self.exact.changed.connect(self._take_exact)
        self._answers.add("hypnic_jerks.strongest", self.strongest)

    def choose(self, chosen: Collection[str]) -> None:
        self.more.choose(chosen)

    def show_draft(self, draft: NightDraft, *, anew: bool) -> None:
        count = value_of(draft, _COUNT)
        is_band = isinstance(count, JerkCountBand)
        self.bands.set_value(count if is_band else None)
        self.bands.hint(None if is_band or count is None else band_of(count))
        self.exact.set_value(None if is_band else count, anew=anew or is_band)
        self._answers.show_draft(draft, anew=anew)
        self.more.show_draft(draft, anew=anew)

    def flush(self) -> None:
        self.exact.flush()
        self.more.flush()

    def _take_exact(self, count: Any) -> None:
        """An exact number replaces a band; an emptied field leaves a band alone."""
        band = value_of(self._editing.draft, _COUNT)
        if count is not None or not isinstance(band, JerkCountBand):
            self._editing.set_value(_COUNT, count)


def band_of(count: int) -> JerkCountBand:
    """The band in which an exact count lies."""
    known = ((band, count_range(band)) for band in _BAND_KEYS)
    return next(
        band
        for band, span in known
        if span is not None and span.low <= count and (span.high is None or count <= span.high)
    )
