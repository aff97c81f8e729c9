"""What the tests of the Minerals tab share. A package, so that its modules keep their own names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sleepcalm.gui.minerals.ports import MineralFacts
from sleepcalm.gui.theme import apply_theme
from sleepcalm.minerals.compounds import load_compounds
from sleepcalm.minerals.food_table import load_foods
from sleepcalm.minerals.interactions import load_interactions
from sleepcalm.minerals.reference_intakes import load_reference_tables

from .minerals_window import Opener

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform that paints off the screen says of every window that it cannot bound its size,
    and of a menu that it cannot raise it or give it the keyboard."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(r"This plugin does not support"))


@pytest.fixture(scope="session")
def facts() -> MineralFacts:
    return MineralFacts(
        load_foods(SEEDS / "foods.csv"),
        load_compounds(SEEDS / "supplements.toml"),
        load_reference_tables(SEEDS / "reference_intakes.toml"),
        load_interactions(SEEDS / "interactions.toml"),
    )


@pytest.fixture(autouse=True)
def _theme(qapp: QApplication) -> Iterator[None]:
    locale, font = QLocale(), QFont(qapp.font())
    QLocale.setDefault(QLocale("en_GB"))
    font.setPointSizeF(11)
    qapp.setFont(font)
    apply_theme(qapp)
    yield
    qapp.setFont(font)
    QLocale.setDefault(locale)


@pytest.fixture
def open_tab(qtbot: QtBot, facts: MineralFacts) -> Opener:
    return Opener(qtbot, facts)
