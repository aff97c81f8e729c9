"""What the evening held, in the few words of a chip."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from sleepcalm.diary.entry import Evening, Exercise
from sleepcalm.gui.diary.questions import QUESTIONS, Question, worded
from sleepcalm.gui.diary.wording import instant_text, number_text, word


def _tr(text: str) -> str:
    return QCoreApplication.translate("Evening", text)


def answer_text(question: Question, evening: Evening) -> str:
    """The recorded answer to a question of the evening; "" if there is none."""
    match question.id:
        case "caffeine":
            text = _amount(question, evening.caffeine_mg, _tr("mg"), evening.caffeine_last)
        case "alcohol":
            text = _alcohol(question, evening)
        case "exercise":
            text = _exercise(question, evening)
        case "medicines":
            text = _medicines(evening)
        case "stress" | "tiredness":
            level = getattr(evening, question.id)
            text = "" if level is None else f"{worded(question.title)} {level}"
        case _:
            text = _yes_or_no(question, evening)
    return text


def _yes_or_no(question: Question, evening: Evening) -> str:
    answer = getattr(evening, question.parts[0].path.rpartition(".")[2])
    if answer is None:
        return ""
    return worded(question.title) if answer else _tr("no {what}").format(what=worded(question.title))


def _alcohol(question: Question, evening: Evening) -> str:
    drinks = evening.alcohol_drinks
    unit = _tr("drink") if drinks == 1 else _tr("drinks")
    return _amount(question, drinks, unit, evening.alcohol_last)


def _amount(question: Question, amount: float | None, unit: str, last: object) -> str:
    title, parts = worded(question.title), []
    if amount is not None:
        parts.append(_tr("none") if amount == 0 else f"{number_text(amount)} {unit}")
    when = _when(last)
    return _joined(title, parts, when)


def _exercise(question: Question, evening: Evening) -> str:
    parts = [] if evening.exercise is None else [word(evening.exercise)]
    when = "" if evening.exercise is Exercise.NONE else _when(evening.exercise_ended)
    return _joined(worded(question.title), parts, when)


def _medicines(evening: Evening) -> str:
    if evening.medicines is None:
        return ""
    names = [medicine.name for medicine in evening.medicines]
    return ", ".join(names) if names else _tr("no medicine")


def _when(at: object) -> str:
    return instant_text(at) if at is not None else ""  # type: ignore[arg-type]


def _joined(title: str, parts: list[str], when: str) -> str:
    if not parts and not when:
        return ""
    return " · ".join([" ".join([title, *parts]), *([when] if when else [])])


def question_of(field: str) -> Question:
    """The question to which a field of the evening belongs."""
    path = f"evening.{field}"
    return next(q for q in QUESTIONS.values() if any(part.path == path for part in q.parts))
