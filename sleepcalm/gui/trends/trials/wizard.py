"""The window in which a trial is planned, step by step, by keyboard or mouse."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui.trends.reading_dialog import ReadingDialog
from sleepcalm.gui.trends.trials.caution_page import CautionPage
from sleepcalm.gui.trends.trials.check_pages import ChancePage, ShortfallPage
from sleepcalm.gui.trends.trials.page import Page, SubjectPage, focus_first
from sleepcalm.gui.trends.trials.plan_page import PlanPage
from sleepcalm.gui.trends.trials.ports import Chance, Trials
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.labels import caption, heading
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.trends.trial import Shortfall
from sleepcalm.trends.trial_nights import earliest_start


class TrialWizard(ReadingDialog):
    """Enter goes on, Escape gives up. Nothing is drawn and nothing kept before the last step."""

    def __init__(self, trials: Trials, parent: QWidget) -> None:
        super().__init__(parent.tr("A trial on yourself"), parent.tr("Next"), parent)
        self._trials = trials
        self.subject = SubjectPage(trials.routines)
        self.caution = CautionPage(trials.red_flags)
        self.plan = PlanPage(earliest_start(trials.now()))
        self.shortfall = ShortfallPage()
        self.chance = ChancePage()
        self.pages: tuple[Page, ...] = (self.subject, self.caution, self.plan, self.shortfall, self.chance)
        self._number = 0
        self._step = caption()
        self._title = heading("")
        self.back = FlushLink(self.tr("Back"))
        self.back.clicked.connect(lambda: self._open(self._number - 1))
        self._lay_out()
        self.caution.ask_first.clicked.connect(self.reject)
        trials.problem.connect(self.show_problem)
        self._open(0)

    @property
    def page(self) -> Page:
        return self.pages[self._number]

    def sizeHint(self) -> QSize:
        """The same for every step, so that nothing jumps."""
        line = line_height(self)
        wanted = QSize(line * 30, line * 32)
        parent = self.parentWidget()
        return wanted if parent is None else wanted.boundedTo(parent.window().size() - QSize(line, line))

    def _finish(self) -> None:
        """Enter, or the button: the next step, or the beginning of the trial."""
        problem = self.page.problem()
        self.show_problem(problem)
        if problem:
            self._show_what_is_asked_for()
            return
        if self.page is self.chance:
            self._trials.begin(self.plan.plan, self.shortfall.accepted)
            self.accept()
        else:
            self._open(self._number + 1)

    def _show_what_is_asked_for(self) -> None:
        asked_for = self.page.asked_for()
        if asked_for is not None:
            asked_for.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(asked_for)

    def _open(self, number: int) -> None:
        is_forward = number > self._number
        self._number = number
        self.show_problem("")
        self._prepare(is_forward=is_forward)
        for page in self.pages:
            page.setVisible(page is self.page)
        self._step.setText(
            self.tr("Step {number} of {steps}").format(number=number + 1, steps=len(self.pages))
        )
        self._title.setText(self.page.title)
        self.setAccessibleDescription(self.page.title)
        self.back.setVisible(number > 0)
        self._name_button()
        self.area.verticalScrollBar().setValue(0)
        first = self.page.first_control()
        focus_first(*([] if first is None else [first]), self.done_button)

    def _prepare(self, *, is_forward: bool) -> None:
        """Tell the page that opens what was chosen before it."""
        self.plan.show_for(self.subject.factor, self.subject.chosen_routine)
        plan = self.plan.plan
        if self.page is self.caution:
            self.caution.show_for(
                is_routine=plan.is_practice,
                is_supplement=not plan.is_practice
                and (self.subject.is_supplement.isChecked() or plan.names_a_supplement),
            )
        elif self.page is self.shortfall and is_forward:
            self._look_through()
        elif self.page is self.chance:
            self._try_out()

    def _look_through(self) -> None:
        plan = self.plan.plan
        self.shortfall.wait()

        def take(shortfalls: tuple[Shortfall, ...]) -> None:
            if plan == self.plan.plan:
                self.shortfall.take(shortfalls)

        self._trials.shortfalls(plan, take)

    def _try_out(self) -> None:
        plan = self.plan.plan
        self.chance.wait(plan, self._trials.routines.get(plan.routine or "", ""))

        def take(chance: Chance) -> None:
            if plan == self.plan.plan:
                self.chance.take(plan, chance)

        self._trials.chance(plan, take)

    def _name_button(self) -> None:
        is_last = self.page is self.chance
        self.done_button.setText(self.tr("Begin the trial") if is_last else self.tr("Next"))
        self.done_button.updateGeometry()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._step)
        self.column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(head)
        for page in self.pages:
            self.column.addWidget(page, 1)
