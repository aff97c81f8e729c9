"""The last two pages before a trial: what the diary lacks for it, and what it is likely to find."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.trials.page import Page
from sleepcalm.gui.trends.trials.ports import Chance
from sleepcalm.gui.trends.trials.words import chance_text, outcome_name, plan_text, subject_text
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.trial import Shortfall

_BULLET = "\N{BULLET}"


class ShortfallPage(Page):
    """Names what is short; going on in spite of it takes a tick, which is recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("Is the diary ready?")
        self._shortfalls: tuple[Shortfall, ...] | None = None
        self.state = wrapped(role=theme.TEXT, size=1.0)
        self.advice = wrapped(
            self.tr(
                "Waiting until it is there makes the trial better. You can begin all the same; that is kept."
            )
        )
        self.accept = TickBox(self.tr("I know this, and begin all the same"))
        for part in (self.state, self.advice, self.accept):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.wait()

    @property
    def accepted(self) -> tuple[Shortfall, ...]:
        return self._shortfalls if self._shortfalls and self.accept.isChecked() else ()

    def wait(self) -> None:
        """Nothing is known until the diary has been looked through."""
        self._shortfalls = None
        self.state.setText(self.tr("Looking through the diary…"))
        self.accept.setChecked(False)
        self._offer(is_offered=False)

    def take(self, shortfalls: tuple[Shortfall, ...]) -> None:
        self._shortfalls = shortfalls
        if shortfalls:
            self.state.setText("\n".join(f"{_BULLET} {short.sentence}" for short in shortfalls))
        else:
            self.state.setText(self.tr("Yes: nothing is missing for this trial."))
        self._offer(is_offered=bool(shortfalls))

    def problem(self) -> str:
        if self._shortfalls is None:
            return self.tr("One moment: the diary is still being looked through.")
        if self._shortfalls and not self.accept.isChecked():
            return self.tr("Please tick that you know this, or come back when the diary has it.")
        return ""

    def asked_for(self) -> QWidget | None:
        return self.accept if self._shortfalls else None

    def first_control(self) -> QWidget | None:
        return self.asked_for()

    def _offer(self, *, is_offered: bool) -> None:
        self.advice.setVisible(is_offered)
        self.accept.setVisible(is_offered)


class ChancePage(Page):
    """Says plainly, before the start, that no clear difference is the usual result."""

    def __init__(self) -> None:
        super().__init__()
        self.title = self.tr("What to expect")
        self._is_known = False
        self.chance = wrapped(role=theme.TEXT, size=1.0)
        self.plan = wrapped(size=1.0)
        for part in (self.chance, self.plan):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def wait(self, plan: Plan, routine_title: str) -> None:
        self._is_known = False
        self.chance.setText(self.tr("Trying the plan out some hundred times…"))
        subject = subject_text(plan.factor, routine_title)
        compared = self.tr("{subject}, compared by {outcome}.").format(
            subject=subject, outcome=outcome_name(plan.outcome)
        )
        self.plan.setText(f"{compared} {plan_text(plan)}")

    def take(self, plan: Plan, chance: Chance) -> None:
        self._is_known = True
        self.chance.setText(chance_text(plan, chance))

    def problem(self) -> str:
        return "" if self._is_known else self.tr("One moment: the plan is still being tried out.")
