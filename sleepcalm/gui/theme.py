"""The colours of the program, carried to every widget by the palette.

A widget that paints itself asks its palette for one of the roles named here, so that another
theme is another palette and nothing else. There is no style sheet: it would cost start-up time.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

Role = QPalette.ColorRole

GROUND = Role.Window
CARD = Role.Base
RAISED = Role.AlternateBase
"""A field, a track or a chosen row on a card."""
LINE = Role.Mid
"""Hairlines around cards and fields."""
TEXT = Role.WindowText
MUTED = Role.PlaceholderText
HEADING = Role.BrightText
ACCENT = Role.Accent
ON_ACCENT = Role.HighlightedText
CALM = Role.Link
FIGURE = Role.Midlight
"""The parts of the drawn body that are at rest, and what is still to come on a bar."""
# Of a chart, in roles that Fusion's own drawing has no use for.
JOLT = Role.LinkVisited
SLEEP = Role.Dark
INTAKE = Role.Shadow

SMALLEST_TEXT_PT = 10.5
"""The text follows the system's size, but in the dark and at arm's length it is never smaller."""


class Colours(NamedTuple):
    """The colours of one theme as #rrggbb."""

    ground: str
    card: str
    raised: str
    line: str
    text: str
    heading: str
    muted: str
    accent: str
    on_accent: str
    calm: str
    figure: str
    jolt: str
    sleep: str
    intake: str


NIGHT = Colours(
    ground="#0d1017",
    card="#141924",
    raised="#202839",
    line="#262e40",
    text="#e9dcc6",
    heading="#dccaa4",
    muted="#9a927f",
    accent="#e0a868",
    on_accent="#1c140a",
    calm="#7aa2c8",
    figure="#2b354b",
    jolt="#d98873",
    sleep="#8f9dd0",
    intake="#83b29a",
)


def palette_of(colours: Colours) -> QPalette:
    """The palette that brings `colours` to Fusion's own widgets and to the painted ones."""
    palette = QPalette()
    for role, colour in (
        (GROUND, colours.ground),
        (CARD, colours.card),
        (RAISED, colours.raised),
        (LINE, colours.line),
        (TEXT, colours.text),
        (MUTED, colours.muted),
        (HEADING, colours.heading),
        (ACCENT, colours.accent),
        (ON_ACCENT, colours.on_accent),
        (CALM, colours.calm),
        (FIGURE, colours.figure),
        (Role.Text, colours.text),
        (Role.Button, colours.raised),
        (Role.ButtonText, colours.text),
        (Role.Highlight, colours.accent),
        (JOLT, colours.jolt),
        (SLEEP, colours.sleep),
        (INTAKE, colours.intake),
        (Role.Light, colours.line),
        (Role.ToolTipBase, colours.raised),
        (Role.ToolTipText, colours.text),
    ):
        palette.setColor(role, QColor(colour))
    for role in (Role.Text, Role.ButtonText, Role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette


FUSION = ("-style", "fusion")
"""For the arguments of QApplication. QApplication.setStyle does the same, but loads all of QStyle."""


def apply_theme(application: QApplication, colours: Colours = NIGHT) -> None:
    """Dress the whole application, made with FUSION. Call it before the first window exists, so that
    nothing flashes white."""
    palette = palette_of(colours)
    application.setPalette(palette)
    QToolTip.setPalette(palette)
    font = application.font()
    if 0 < font.pointSizeF() < SMALLEST_TEXT_PT:
        font.setPointSizeF(SMALLEST_TEXT_PT)
        application.setFont(font)
