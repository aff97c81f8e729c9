"""`sleepcalm trial`: a randomised trial with oneself, from its plan to its result."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from sleepcalm.commands.record_access import (
    agreed,
    chosen_date,
    on_a_terminal,
    record_to_read,
    record_to_write,
)
from sleepcalm.commands.trends_access import trial_figures
from sleepcalm.commands.trial_new import add_new_arguments, new
from sleepcalm.commands.trial_text import assignment_document, plan_document, print_plan
from sleepcalm.program import Program, UserError
from sleepcalm.shared_options import add_action

if TYPE_CHECKING:
    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.trends.trial import Trial

HELP = "try on yourself whether something helps: plan, nights and result"


def add_arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_new_arguments(add_action(actions, "new", "plan a trial; what is fixed now stays as it is"))
    for name, text in (
        ("assign", "what each night is to be"),
        ("show", "the plan, and how far it is"),
        ("result", "what came of it, once it is over"),
    ):
        action = add_action(actions, name, text)
        _add_choice(action)
        action.add_argument("--json", action="store_true", help="print JSON")
    end = add_action(actions, "end", "end a trial before its time, for good")
    _add_choice(end)
    end.add_argument("--yes", action="store_true", help="end it without asking")
    keep = add_action(actions, "keep", "tell what was done in a night of a trial of a habit")
    keep.add_argument("date", metavar="DATE", help="the morning of the night, as YYYY-MM-DD")
    keep.add_argument("condition", metavar="with|without", choices=["with", "without"])
    _add_choice(keep)


def run(program: Program, arguments: Namespace) -> int:
    return {"new": new, "assign": _assign, "show": _show, "result": _result, "end": _end, "keep": _keep}[
        arguments.action
    ](program, arguments)


def _add_choice(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--trial", metavar="ID", help="which one; without this option the one under way, else the newest"
    )


def _assign(program: Program, arguments: Namespace) -> int:
    from sleepcalm.trends.trial import assignments  # noqa: PLC0415

    with record_to_read(program) as book:
        trial = _chosen(book, arguments, program)
    nights = [assignment_document(night) for night in assignments(trial)]
    if arguments.json:
        print("[" + ",\n ".join(map(json.dumps, nights)) + "]")
        return 0
    for night in nights:
        washout = "  (wash-out)" if night["washout"] else ""
        print(f"{night['date']}  pair {night['pair']}  {night['condition']}{washout}")
    return 0


def _show(program: Program, arguments: Namespace) -> int:
    with record_to_read(program) as book:
        trial = _chosen(book, arguments, program)
        shown = {**plan_document(trial), **_progress(program, book, trial)}
    if arguments.json:
        print(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        print_plan(shown)
    return 0


def _progress(program: Program, book: RecordBook, trial: Trial) -> dict[str, Any]:
    """How far the trial is and how its nights were kept; nothing of what came of them."""
    from sleepcalm.trends.trial_nights import Keeping, keepings, last_over, night_of, tonight  # noqa: PLC0415

    now = program.now()
    practice = {night.wake_date: night.practice for night in trial_figures(program, book, trial)}
    kept = list(keepings(trial, practice, last_over(now)).values())
    coming = night_of(trial, tonight(now))
    return {
        "over": trial.has_ended(now.date()),
        "ended_early": trial.ended_early.isoformat() if trial.ended_early else None,
        "nights_so_far": {way.value: kept.count(way) for way in Keeping},
        "tonight": None if coming is None else assignment_document(coming.assignment),
    }


def _result(program: Program, arguments: Namespace) -> int:
    from sleepcalm.trends.trial_analysis import analyse  # noqa: PLC0415
    from sleepcalm.trends.trial_words import result_document  # noqa: PLC0415

    with record_to_read(program) as book:
        trial = _chosen(book, arguments, program)
        if not trial.has_ended(program.now().date()):
            raise UserError(f"the result of {trial.id} opens on {trial.planned_end}, its last morning")
        found = result_document(analyse(trial, trial_figures(program, book, trial)))
    print(json.dumps(found, indent=2, ensure_ascii=False) if arguments.json else found["wording"])
    return 0


def _end(program: Program, arguments: Namespace) -> int:
    from sleepcalm.trends.trial_nights import ended_at  # noqa: PLC0415

    with record_to_write(program, arguments) as book:
        trial, now = _chosen(book, arguments, program), program.now()
        if trial.has_ended(now.date()):
            early = " early" if trial.ended_early else ""
            raise UserError(f"{trial.id} ended{early} on {trial.end}; nothing was changed")
        if not arguments.yes and not _end_is_meant(trial):
            raise UserError("nothing was changed")
        ended = ended_at(trial, now, book.entries(now.date(), now.date()))
        book.save_trial(ended)
    how = "early, with the night" if ended.end >= trial.start else "before its first night,"
    night = max(ended.end, trial.start)
    print(f"{trial.id} is ended {how} {night}; `sleepcalm trial result` shows its result")
    return 0


def _end_is_meant(trial: Trial) -> bool:
    if not on_a_terminal():
        raise UserError("nothing was changed; --yes ends the trial")
    return agreed(
        f"End {trial.id} before {trial.planned_end}? There is no way back, and its result will say so."
    )


def _keep(program: Program, arguments: Namespace) -> int:
    from sleepcalm.diary.civil_time import wake_date  # noqa: PLC0415
    from sleepcalm.trends.trial import PRACTICE, Condition  # noqa: PLC0415
    from sleepcalm.trends.trial_nights import with_night_told  # noqa: PLC0415

    night = chosen_date(arguments.date, program)
    with record_to_write(program, arguments) as book:
        trial = _chosen(book, arguments, program)
        if trial.factor == PRACTICE:
            raise UserError("what was played tells how the nights of this trial were kept", status=2)
        if trial.end < trial.start:
            raise UserError(f"{trial.id} was ended before its first night, {trial.start}", status=2)
        if not trial.start <= night <= trial.end:
            raise UserError(f"{trial.id} has nights from {trial.start} to {trial.end}, not {night}", status=2)
        if night > wake_date(program.now()):
            raise UserError(f"the night {night} is still to come", status=2)
        book.save_trial(with_night_told(trial, night, Condition(arguments.condition)))
    print(f"{night}: {arguments.condition}")
    return 0


def _chosen(book: RecordBook, arguments: Namespace, program: Program) -> Trial:
    """The trial that is meant. Raises UserError."""
    trials = book.trials()
    if arguments.trial is not None:
        found = next((trial for trial in trials if trial.id == arguments.trial), None)
        if found is None:
            known = ", ".join(trial.id for trial in trials) or "none yet"
            raise UserError(f"there is no trial {arguments.trial!a}; there are: {known}", status=2)
        return found
    if not trials:
        raise UserError("there is no trial yet; `sleepcalm trial new` plans one")
    today = program.now().date()
    return next((trial for trial in trials if not trial.has_ended(today)), trials[-1])
