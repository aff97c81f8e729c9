"""The words of the Minerals tab that stand for values: figures, amounts, times, days."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from sleepcalm.minerals.intake import Amount, AmountUnit, IntakeEntry, Item, Mineral, Source
from sleepcalm.minerals.reference_intakes import Target, TargetRange

NOT_KNOWN = "\N{EN DASH}"
_TIMES = "\N{MULTIPLICATION SIGN}"
_LONGEST_NAME = 26


def _tr(text: str) -> str:
    return QCoreApplication.translate("Minerals", text)


def number_text(value: float) -> str:
    """With one decimal where it says something: 100, 62.5."""
    rounded = round(float(value), 1)
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(rounded, "f", 0 if rounded.is_integer() else 1)


def figure_text(value: float | None) -> str:
    """A figure, zero, or the dash of what is not known."""
    return NOT_KNOWN if value is None else number_text(value)


def mineral_name(mineral: Mineral) -> str:
    return {Mineral.MAGNESIUM: _tr("Magnesium"), Mineral.CALCIUM: _tr("Calcium")}[mineral]


def symbol(mineral: Mineral) -> str:
    return {Mineral.MAGNESIUM: "Mg", Mineral.CALCIUM: "Ca"}[mineral]


def column_text(mineral: Mineral, value: float | None) -> str:
    """ "Mg 62.5 mg", or a dash where the figure is not known."""
    if value is None:
        return f"{symbol(mineral)} {NOT_KNOWN}"
    return _tr("{symbol} {figure} mg").format(symbol=symbol(mineral), figure=number_text(value))


def spoken_text(mineral: Mineral, value: float | None) -> str:
    """The column for those who hear it."""
    name = mineral_name(mineral).lower()
    if value is None:
        return _tr("{mineral} not known").format(mineral=name)
    return _tr("{mineral} {figure} mg").format(mineral=name, figure=number_text(value))


def source_name(source: Source) -> str:
    names = {Source.FOOD: _tr("Food"), Source.SUPPLEMENT: _tr("Supplement"), Source.DRINK: _tr("Drink")}
    return names[source]


def amount_text(item: Item, amount: Amount) -> str:
    """ "1 cup", "2 x 1 cup", "40 g"."""
    if amount.unit is AmountUnit.GRAMS:
        return _tr("{grams} g").format(grams=precise_text(amount.value))
    if amount.value == 1:
        return item.serving
    return f"{precise_text(amount.value)} {_TIMES} {item.serving}"


def precise_text(value: float) -> str:
    """A typed number as it was typed, to three decimals."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    text = locale.toString(float(value), "f", 3)
    return text.rstrip("0").rstrip(locale.decimalPoint())


def detail_text(entry: IntakeEntry) -> str:
    """Amount and, if it is told, time of day."""
    amount = amount_text(entry.item, entry.amount)
    return amount if entry.time_of_day is None else f"{amount} · {time_text(entry.time_of_day)}"


def time_text(time: dt.time) -> str:
    return QLocale().toString(QTime(time.hour, time.minute), QLocale.FormatType.ShortFormat)


def target_text(target: Target | None) -> str:
    """ "of 320 mg", "of 310 to 420 mg" with a dash, and "mg" where the reference names none."""
    if target is None:
        return _tr("mg")
    return _tr("of {target} mg").format(target=bare_target_text(target))


def bare_target_text(target: Target) -> str:
    if isinstance(target, TargetRange):
        return f"{number_text(target.low)}{NOT_KNOWN}{number_text(target.high)}"
    return number_text(target)


def day_text(date: dt.date) -> str:
    """ "Sunday 22 November", in the order of the language, without the year."""
    locale = QLocale()
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    for year in (", yyyy", " 'de' yyyy", " yyyy", "yyyy年", "yyyy. ", "yyyy"):
        pattern = pattern.replace(year, "")
    return locale.toString(QDate(date.year, date.month, date.day), pattern.strip(" ,"))


def short_day_text(date: dt.date) -> str:
    """ "Sun 22"."""
    name = QLocale().standaloneDayName(date.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{name} {date.day}"


def relative_text(date: dt.date, today: dt.date) -> str:
    """ "today", "yesterday", "tomorrow", or the year where it is another one."""
    near = {0: _tr("today"), -1: _tr("yesterday"), 1: _tr("tomorrow")}
    days = (date - today).days
    return near.get(days, str(date.year) if date.year != today.year else "")


def short_name(name: str) -> str:
    """A name that fits on a button."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip(" ,") + "…"
