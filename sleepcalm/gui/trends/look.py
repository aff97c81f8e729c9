"""The colours and the font in which the chart is drawn, of a theme or of paper."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette

from sleepcalm.gui import theme
from sleepcalm.trends.figures import Series

_ROLES = {
    Series.HYPNIC_JERKS: theme.JOLT,
    Series.SLEEP_ONSET_LATENCY: theme.CALM,
    Series.TOTAL_SLEEP_TIME: theme.SLEEP,
    Series.SLEEP_QUALITY: theme.HEADING,
    Series.MAGNESIUM: theme.INTAKE,
    Series.CALCIUM: theme.INTAKE,
    Series.PRACTICE: theme.ACCENT,
    Series.CAFFEINE: theme.MUTED,
    Series.STRESS: theme.MUTED,
}


@dataclass(frozen=True, slots=True)
class ChartLook:
    """A palette with the roles of sleepcalm.gui.theme, and the font of the smallest words but the means."""

    palette: QPalette
    font: QFont

    @property
    def line(self) -> int:
        """The height of a line in pixels; all sizes are multiples of it."""
        return QFontMetrics(self.font).height()

    def colour(self, role: theme.Role, alpha: float = 1.0) -> QColor:
        value = QColor(self.palette.color(role))
        value.setAlphaF(alpha)
        return value

    def series(self, series: Series, alpha: float = 1.0) -> QColor:
        """The colour of a strip's marks; which strip it is can be told without it."""
        return self.colour(_ROLES[series], alpha)

    def scaled(self, factor: float) -> QFont:
        """The font, so many times as large."""
        font = QFont(self.font)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * factor)
        else:
            font.setPixelSize(round(font.pixelSize() * factor))
        return font
