"""`sleepcalm compare`: nights with and without something, which shows much and proves nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sleepcalm.commands.record_access import record_to_read, record_to_write, tell
from sleepcalm.commands.trends_access import all_figures, moment_now, seed
from sleepcalm.program import Program, UserError

if TYPE_CHECKING:
    from sleepcalm.trends.comparison import Comparison
    from sleepcalm.trends.figures import NightFigures
    from sleepcalm.trends.question import Question
    from sleepcalm.trends.trial import Trial

HELP = "compare nights with and without something"

_FINDINGS = ("median_with", "median_without", "difference", "interval_95")


def add_arguments(parser: ArgumentParser) -> None:
    from sleepcalm.trends.factors import FACTORS  # noqa: PLC0415 - not before this command is wanted

    parser.add_argument("factor", metavar="FACTOR", help=", ".join(FACTORS))
    parser.add_argument(
        "--outcome",
        metavar="NAME",
        default="hypnic_jerks",
        help="hypnic_jerks (as without this option), sleep_onset_latency_min, total_sleep_time_min or "
        "sleep_quality",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=seed,
        help="of the resamples on which the interval rests; without this option always the same one",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.trends.closing import closed_by  # noqa: PLC0415
    from sleepcalm.trends.comparison_words import comparison_document  # noqa: PLC0415
    from sleepcalm.trends.question import Question  # noqa: PLC0415

    today = program.now().date()
    with record_to_read(program) as book:
        nights = all_figures(program, book)
        unfinished = [trial for trial in book.trials() if not trial.has_ended(today)]
        asked = {question.key for question in book.questions()}
    found = _compared(nights, arguments)
    question = Question(found.factor.id, found.outcome.value, moment_now(program))
    trial = closed_by(unfinished, found.factor.id, found.outcome)
    if trial is not None:
        _show(_closed(found, len(asked), trial), arguments)
        return 0
    if found.enough and question.key not in asked:
        _note_down(question, program, arguments)
        asked.add(question.key)
    _show(comparison_document(found, len(asked)), arguments)
    return 0


def _compared(nights: Sequence[NightFigures], arguments: Namespace) -> Comparison:
    from sleepcalm.trends.comparison import DEFAULT_SEED, OUTCOMES, compare  # noqa: PLC0415

    outcome = next((outcome for outcome in OUTCOMES if outcome == arguments.outcome), None)
    if outcome is None:
        known = ", ".join(OUTCOMES)
        raise UserError(f"{arguments.outcome!a} is not compared; there are {known}", status=2)
    try:
        chosen = DEFAULT_SEED if arguments.seed is None else arguments.seed
        return compare(nights, arguments.factor, outcome, chosen)
    except ValueError as error:
        raise UserError(str(error), status=2) from error


def _closed(found: Comparison, questions_asked: int, trial: Trial) -> dict[str, object]:
    from sleepcalm.trends.comparison_words import comparison_document  # noqa: PLC0415

    wording = (
        f"A trial asks this question, so the comparison is closed until {trial.planned_end}: "
        "looking before then would change how the nights go and how they are remembered."
    )
    document = comparison_document(found, questions_asked)
    return {**document, **dict.fromkeys(_FINDINGS), "wording": wording}


def _note_down(question: Question, program: Program, arguments: Namespace) -> None:
    """Remember the question. That the record is in use keeps nobody from an answer."""
    from sleepcalm.storage.errors import StorageError  # noqa: PLC0415

    try:
        with record_to_write(program, arguments) as book:
            book.remember_question(question)
    except (StorageError, UserError) as error:
        tell(f"this question could not be noted down, so it is not counted next time: {error}")


def _show(document: dict[str, object], arguments: Namespace) -> None:
    print(json.dumps(document, indent=2, ensure_ascii=False) if arguments.json else document["wording"])
