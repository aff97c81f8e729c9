"""What is worth a word about the open night, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.diary.civil_time import readings
from sleepcalm.diary.flags import Flag, FlagCode
from sleepcalm.gui import theme
from sleepcalm.gui.diary.chip import Chip, Look
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.flow import FlowLayout
from sleepcalm.gui.diary.wording import clock_text, instant_text, time_name
from sleepcalm.gui.widgets.labels import label
from sleepcalm.gui.widgets.painting import line_height


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remarks", text)


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence, and offers by their words."""

    text: str
    offers: tuple[str, ...] = ()
    actions: tuple[Callable[[], None], ...] = field(default=(), compare=False)


def remarks_on(editing: NightEditing) -> tuple[Remark, ...]:
    """Flags of the open night and facts of the player, in the order of their weight."""
    flags = editing.measures.flags
    if not editing.slips and any(flag.code is FlagCode.OUT_OF_ORDER for flag in flags):
        # Which two times it is says more than that the night came out too long by them.
        flags = tuple(flag for flag in flags if flag.code is not FlagCode.SPAN_OVER_18_H)
    return (*(_remark(editing, flag) for flag in flags), *_practice(editing))


def _remark(editing: NightEditing, flag: Flag) -> Remark:
    if flag.code is FlagCode.SPAN_OVER_18_H:
        return _slip(editing, flag)
    if flag.code is FlagCode.AMBIGUOUS_TIME and flag.fields[0] in editing.entry.night_times:
        return _shown_twice(editing, flag.fields[0])
    if flag.code is FlagCode.MOVED_OUT_OF_GAP:
        return _moved(editing, flag)
    if flag.code is FlagCode.OUT_OF_ORDER:
        return _wrong_way_round(editing, flag)
    return Remark(_flag_texts()[flag.code])


def _slip(editing: NightEditing, flag: Flag) -> Remark:
    slips = editing.slips[:2]
    if not slips:
        return Remark(_flag_texts()[flag.code])
    offers = tuple(
        _tr("{what} {time}?").format(what=time_name(slip.field), time=clock_text(slip.meant))
        for slip in slips
    )
    actions = tuple(lambda slip=slip: editing.mend(slip) for slip in slips)
    return Remark(_tr("From bed to rising is more than 18 hours. Did you mean"), offers, actions)


def _shown_twice(editing: NightEditing, name: str) -> Remark:
    taken = editing.entry.night_times[name]
    text = _tr("Clocks showed {time} twice that night; for “{what}” the later one was taken.").format(
        time=instant_text(taken), what=time_name(name)
    )
    others = [other for other in readings(taken.wall, taken.zone or "UTC") if other != taken]
    actions = tuple(lambda other=other: editing.take_reading(name, other) for other in others)
    return Remark(text, (_tr("Take the earlier one"),) * len(actions), actions)


def _wrong_way_round(editing: NightEditing, flag: Flag) -> Remark:
    earlier, later = (
        f"{time_name(name)} {instant_text(editing.entry.night_times[name])}" for name in flag.fields
    )
    text = _tr("{later} lies before {earlier}. Kept as entered; averages leave this night out.")
    said = text.format(later=later, earlier=earlier)
    return Remark(said[:1].upper() + said[1:])


def _moved(editing: NightEditing, flag: Flag) -> Remark:
    typed = next((note.typed for note in editing.entry.time_notices if note.field == flag.fields[0]), "")
    taken = editing.entry.night_times.get(flag.fields[0])
    if taken is None:
        return Remark(_flag_texts()[flag.code])
    text = _tr("Clocks skipped {typed} that night; {time} was taken.")
    return Remark(text.format(typed=typed, time=instant_text(taken)))


def _practice(editing: NightEditing) -> tuple[Remark, ...]:
    remarks = []
    for practice in editing.practices:
        if practice.ended is None:
            text = _tr("{title}, begun {start}.")
        else:
            text = _tr("{title}, ended {end}.") if practice.completed else _tr("{title}, stopped {end}.")
        end = instant_text(practice.ended) if practice.ended else ""
        said = text.format(title=practice.title, start=instant_text(practice.started), end=end)
        remarks.append(Remark(said))
    last = editing.practices[-1].ended if editing.practices else None
    if last is not None and editing.entry.tried_to_sleep is None:
        clock = last.wall.time().replace(second=0, microsecond=0)
        offer = _tr("lights out {time}?").format(time=clock_text(clock))
        action = lambda: editing.set_value("tried_to_sleep", clock)  # noqa: E731 - one of several actions
        remarks[-1] = Remark(remarks[-1].text, (offer,), (action,))
    return tuple(remarks)


def _flag_texts() -> dict[FlagCode, str]:
    return {
        FlagCode.DOES_NOT_ADD_UP: _tr(
            "The minutes awake are more than the time between lights out and waking. Kept as entered; "
            "averages leave this night out."
        ),
        FlagCode.AWAKENINGS_CONTRADICT: _tr(
            "No times awake, yet minutes awake. Kept as entered; averages leave this night out."
        ),
        FlagCode.DID_NOT_SLEEP_CONTRADICTS: _tr(
            "Marked as a night without sleep, yet other answers speak of sleep. It counts as one without."
        ),
        FlagCode.SPAN_OVER_18_H: _tr("From bed to rising is more than 18 hours. Kept as entered."),
        FlagCode.NO_TIME_IN_BED: _tr("Into bed and up at the same time: there is no efficiency."),
        FlagCode.TRYING_LONGER_THAN_AWAKE: _tr(
            "More minutes of trying to sleep on than lay between waking and getting up. Kept as entered."
        ),
        FlagCode.NOT_ON_WAKE_DATE: _tr("The last time of the night is not on this morning. Kept as entered."),
        FlagCode.MOVED_OUT_OF_GAP: _tr("Clocks skipped a time of that evening; it was moved."),
        FlagCode.AMBIGUOUS_TIME: _tr("Clocks showed a time of that evening twice; the later one was taken."),
        FlagCode.JERKS_CONTRADICT: _tr(
            "The number of jolts and the strongest one do not agree. Kept as entered."
        ),
        FlagCode.NAPS_CONTRADICT: _tr("The number of naps and their minutes do not agree. Kept as entered."),
        FlagCode.ENTERED_LATE: _tr("Filled in on a later day."),
    }


class RemarkList(QWidget):
    """The remarks, one below the other, in quiet letters."""

    def __init__(self) -> None:
        super().__init__()
        self._remarks: tuple[Remark, ...] = ()
        self._rows: list[QWidget] = []
        self.offers: list[Chip] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(line_height(self) * 0.3))
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(remark.text for remark in self._remarks)

    def show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Show these; they are built anew only if they say something else."""
        if remarks == self._remarks:
            return
        self._remarks = remarks
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.offers = []
        self._rows = [self._row(remark) for remark in remarks]
        self.setVisible(bool(remarks))

    def _row(self, remark: Remark) -> QWidget:
        row, line = QWidget(), line_height(self)
        text = label(remark.text, theme.MUTED)
        text.setWordWrap(not remark.offers)
        layout = FlowLayout(round(line * 0.5), round(line * 0.2)) if remark.offers else QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        text.setMinimumHeight(round(line * 1.9) if remark.offers else 0)
        text.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(text)
        for words, action in zip(remark.offers, remark.actions, strict=True):
            chip = Chip(words, Look.OFFERED)
            chip.setAccessibleName(f"{remark.text} {words}")
            chip.clicked.connect(lambda _checked=False, action=action: action())
            self.offers.append(chip)
            layout.addWidget(chip)
        row.setLayout(layout)
        self._column.addWidget(row)
        return row
