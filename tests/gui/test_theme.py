"""Every text of the night theme can be read on every ground that it stands on."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from sleepcalm.gui import theme
from sleepcalm.gui.theme import NIGHT, palette_of


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [theme.GROUND, theme.CARD, theme.RAISED])
@pytest.mark.parametrize("text", [theme.TEXT, theme.HEADING, theme.MUTED, theme.ACCENT, theme.CALM])
def test_text_on_every_ground(text: theme.Role, ground: theme.Role) -> None:
    palette = palette_of(NIGHT)
    assert contrast(palette.color(text), palette.color(ground)) >= 4.5


def test_text_on_the_accent() -> None:
    palette = palette_of(NIGHT)
    assert contrast(palette.color(theme.ON_ACCENT), palette.color(theme.ACCENT)) >= 4.5


def test_what_is_disabled_can_still_be_read() -> None:
    palette = palette_of(NIGHT)
    text = palette.color(QPalette.ColorGroup.Disabled, theme.TEXT)
    assert contrast(text, palette.color(theme.CARD)) >= 4.5


@pytest.mark.parametrize("ground", [theme.GROUND, theme.CARD, theme.RAISED])
@pytest.mark.parametrize("mark", [theme.JOLT, theme.SLEEP, theme.INTAKE, theme.CALM, theme.ACCENT])
def test_marks_of_a_chart_on_every_ground(mark: theme.Role, ground: theme.Role) -> None:
    """WCAG 2 asks for 3 to 1 where a drawing has to be made out."""
    palette = palette_of(NIGHT)
    assert contrast(palette.color(mark), palette.color(ground)) >= 3
