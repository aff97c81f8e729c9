"""The drawn body knows every muscle group, on the right side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from sleepcalm.gui import theme
from sleepcalm.gui.relax.wording import group_name
from sleepcalm.gui.theme import NIGHT, palette_of
from sleepcalm.gui.widgets.body_figure import BodyFigure, Glow
from sleepcalm.gui.widgets.body_outline import REGIONS
from sleepcalm.relaxation.muscle_groups import GROUPS, SIXTEEN

ACCENT, FIGURE = palette_of(NIGHT).color(theme.ACCENT), palette_of(NIGHT).color(theme.FIGURE)


@pytest.fixture
def figure(qtbot: QtBot) -> BodyFigure:
    figure = BodyFigure()
    qtbot.addWidget(figure)
    figure.resize(300, 600)
    return figure


def colour_of(figure: BodyFigure, region: str) -> QColor:
    """The colour in the middle of a region, as it is painted."""
    place = figure.to_widget().map(REGIONS[region].boundingRect().center())
    return figure.grab().toImage().pixelColor(place.toPoint())


def test_it_is_made_of_the_sixteen_groups() -> None:
    assert REGIONS.keys() == SIXTEEN


def test_it_faces_the_viewer() -> None:
    for name, outline in REGIONS.items():
        if name.startswith("right_"):
            assert outline.boundingRect().right() < 0, name
        elif name.startswith("left_"):
            assert outline.boundingRect().left() > 0, name
        else:
            assert outline.boundingRect().center().x() == pytest.approx(0, abs=0.5), name


def test_no_two_groups_overlap() -> None:
    for name, outline in REGIONS.items():
        others = (other for other in REGIONS if other != name)
        middle = outline.boundingRect().center()
        assert outline.contains(middle), name
        assert not any(REGIONS[other].contains(middle) for other in others), name


@pytest.mark.parametrize("region", sorted(SIXTEEN))
def test_only_the_tensed_group_shines(figure: BodyFigure, region: str) -> None:
    figure.show_regions(frozenset({region}), Glow.TENSE, "")
    assert colour_of(figure, region) == ACCENT
    for other in SIXTEEN - {region}:
        assert colour_of(figure, other) != ACCENT, other


def test_letting_go_is_calm_and_rest_is_dark(figure: BodyFigure) -> None:
    figure.show_regions(GROUPS["right_arm"], Glow.CALM, "")
    calm, resting = colour_of(figure, "right_hand"), colour_of(figure, "left_hand")
    assert calm.blue() > calm.red()
    assert resting == FIGURE
    assert calm.lightness() > resting.lightness()


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_every_larger_group_can_be_shown_and_named(figure: BodyFigure, group: str) -> None:
    figure.show_regions(GROUPS[group], Glow.TENSE, group_name(group))
    assert figure.active_regions == GROUPS[group]
    assert figure.accessibleDescription() == group_name(group)
    assert all(colour_of(figure, region) == ACCENT for region in GROUPS[group])


def test_a_region_that_is_not_on_the_body_is_refused(figure: BodyFigure) -> None:
    with pytest.raises(KeyError, match="tail"):
        figure.show_regions(frozenset({"tail"}), Glow.TENSE, "")


def test_the_whole_figure_is_inside_its_widget(figure: BodyFigure) -> None:
    for width, height in ((300, 600), (80, 600), (600, 120)):
        figure.resize(width, height)
        for outline in REGIONS.values():
            box = figure.to_widget().mapRect(outline.boundingRect())
            assert figure.rect().contains(box.toAlignedRect())
    assert figure.to_widget().map(QPointF(0, 0)).x() == pytest.approx(300, abs=1)
