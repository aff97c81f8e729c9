"""`sleepcalm trial new`: from what the person wants to know to a plan that is fixed."""

from __future__ import annotations

import json
import random
import unicodedata
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from sleepcalm.commands.listening import whole_number
from sleepcalm.commands.record_access import chosen_date, record_to_write
from sleepcalm.commands.trends_access import figures_between, moment_now, seed
from sleepcalm.commands.trial_text import plan_document, print_plan
from sleepcalm.program import Program, UserError
from sleepcalm.relaxation.routine import Kind
from sleepcalm.shipped_files import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.trends.figures import NightFigures
    from sleepcalm.trends.plan import Plan
    from sleepcalm.trends.trial import Shortfall

LONGEST_NAME = 200


def add_new_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--factor",
        metavar="practice|NAME",
        required=True,
        help="practice (a routine against quiet audio), or a habit of yours in your own words",
    )
    parser.add_argument("--outcome", choices=["hypnic_jerks", "sleep_onset_latency_min"], required=True)
    parser.add_argument(
        "--pairs", metavar="K", type=whole_number, required=True, help="pairs of periods, at least 6"
    )
    parser.add_argument(
        "--period-nights", metavar="N", type=whole_number, required=True, help="nights of each period"
    )
    parser.add_argument("--start", metavar="DATE", required=True, help="the morning of the first night")
    parser.add_argument(
        "--seed", metavar="S", type=seed, help="of the lots that are drawn; a fresh one without this option"
    )
    parser.add_argument("--routine", metavar="ID", help="of practice; without this option the chosen one")
    parser.add_argument(
        "--accept", action="store_true", help="start knowing what is short of it; the trial records that"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def new(program: Program, arguments: Namespace) -> int:
    from sleepcalm.trends.trial import LARGEST_SEED  # noqa: PLC0415

    plan = _plan(program, arguments)
    with record_to_write(program, arguments) as book:
        nights = _nights_so_far(program, book)
        short = _shortfalls(program, plan, nights)
        if short and not arguments.accept:
            sentences = " ".join(shortfall.sentence for shortfall in short)
            raise UserError(f"not started: {sentences} --accept starts it knowing this")
        drawn = random.SystemRandom().randint(0, LARGEST_SEED) if arguments.seed is None else arguments.seed
        try:
            trial = book.begin_trial(plan, seed=drawn, created=moment_now(program), accepted=short)
        except ValueError as error:
            raise UserError(str(error), status=2) from error
    shown = {
        **plan_document(trial),
        "power": _power(plan, nights, program.now().date()),
        "cautions": _cautions(plan),
    }
    if arguments.json:
        print(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        for caution in shown.pop("cautions"):
            print(f"{caution['about'].replace('_', ' '):<16} {caution['sentence']}")
        power = shown.pop("power")
        print_plan(shown)
        print(power["wording"])
    return 0


def _plan(program: Program, arguments: Namespace) -> Plan:
    """The plan that the words on the command line describe. Raises UserError."""
    from sleepcalm.diary.civil_time import wake_date  # noqa: PLC0415
    from sleepcalm.trends.plan import Plan, refusal  # noqa: PLC0415
    from sleepcalm.trends.trial import Outcome  # noqa: PLC0415

    factor = _factor(arguments.factor)
    plan = Plan(
        factor=factor,
        outcome=Outcome(arguments.outcome),
        pairs=arguments.pairs,
        period_nights=arguments.period_nights,
        start=chosen_date(arguments.start, program),
        routine=_routine(program, factor, arguments.routine),
    )
    refused = refusal(plan, wake_date(program.now()))
    if refused is not None:
        raise UserError(refused, status=2)
    return plan


def _factor(given: str) -> str:
    from sleepcalm.trends.trial import PRACTICE  # noqa: PLC0415

    name = unicodedata.normalize("NFC", " ".join(given.split(" "))).strip()
    if name in ("", "--") or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UserError(
            f"--factor: the name of a habit has 1 to {LONGEST_NAME} characters that can be printed", status=2
        )
    return PRACTICE if name.casefold() == PRACTICE else name


def _routine(program: Program, factor: str, given: str | None) -> str | None:
    """The id of the routine that a trial of practice is about."""
    from sleepcalm.trends.trial import PRACTICE  # noqa: PLC0415

    if factor != PRACTICE:
        if given is not None:
            raise UserError("--routine goes with --factor practice", status=2)
        return None
    routine = program.routine(program.preferences.routine if given is None else given)
    if routine.kind is Kind.RESCUE:
        raise UserError(f"{routine.id} is for one moment of the night; choose another one", status=2)
    if routine.kind is Kind.REST:
        raise UserError(f"{routine.id} is what a routine is compared with; choose another one", status=2)
    return routine.id


def _nights_so_far(program: Program, book: RecordBook) -> tuple[NightFigures, ...]:
    """Every wake date from the first on which anything is known, be it practice, up to today."""
    from sleepcalm.recorded_nights import known_span  # noqa: PLC0415

    today, span = program.now().date(), known_span(book)
    return figures_between(program, book, min(span[0], today) if span else today, today)


def _shortfalls(program: Program, plan: Plan, nights: Sequence[NightFigures]) -> tuple[Shortfall, ...]:
    from sleepcalm.person import profile_of  # noqa: PLC0415
    from sleepcalm.trends.eligibility import shortfalls  # noqa: PLC0415

    today = program.now().date()
    return shortfalls(nights, plan, today, profile_of(program.preferences, today))


def _power(plan: Plan, nights: Sequence[NightFigures], today: date) -> dict[str, Any]:
    """How often such a trial finds a true halving at this person's own rate; null where that is not known."""
    from sleepcalm.trends.eligibility import baseline  # noqa: PLC0415
    from sleepcalm.trends.power import Design, own_rate, power, power_wording  # noqa: PLC0415

    rate = own_rate(baseline(nights, today), plan.outcome)
    if rate is None:
        return {
            "found_of_a_true_halving_pct": None,
            "mean": None,
            "nights": 0,
            "wording": "Too few nights are known to say how often such a trial finds something; often it is "
            "“no clear difference”.",
        }
    design = Design(plan.pairs, plan.period_nights, plan.washout_nights)
    return {
        "found_of_a_true_halving_pct": round(100 * power(design, plan.outcome, rate)),
        "mean": round(rate.mean, 2),
        "nights": rate.nights,
        "wording": power_wording(design, plan.outcome, rate),
    }


def _cautions(plan: Plan) -> list[dict[str, str]]:
    """What is read first: when a doctor is the better answer, then what goes with the plan."""
    from sleepcalm.trends.red_flags import About, When, load_red_flags  # noqa: PLC0415

    told = load_red_flags(shipped_folder("seeds") / "red_flags.toml")
    cautions = [(When.AT_ONCE.value, told.at_once), (When.DOCTOR.value, told.doctor)]
    found = [
        {"about": about, "sentence": sentence}
        for about, heading in cautions
        for sentence in (heading, *(flag.sentence for flag in told.flags_for(When(about))))
    ]
    fitting = {About.RELAXATION: plan.is_practice, About.SUPPLEMENT: plan.names_a_supplement}
    for about, fits in fitting.items():
        if fits:
            found += [
                {"about": about.value, "sentence": caution.sentence} for caution in told.cautions_about(about)
            ]
    return found
