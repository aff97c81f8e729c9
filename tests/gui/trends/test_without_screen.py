"""Page and picture from a process that has no screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .pdf_text import read_pdf

ROOT = Path(__file__).resolve().parents[3]

WRITE = """
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from sleepcalm.paper import write_chart, write_report
from sleepcalm.preferences import Preferences
from sleepcalm.trends.figures import night_figures
from sleepcalm.trends.periods import week_around

week = week_around(date(2026, 11, 22))
nights = night_figures({}, {}, (), week.first - timedelta(days=7), week.last)
now = datetime(2026, 11, 22, tzinfo=UTC)
folder = Path(sys.argv[1])
write_report(folder / "page.pdf", nights, week, week_starts=0, now=now)
write_chart(folder / "chart.png", nights, week, Preferences(), week_starts=0, now=now)
write_chart(folder / "chart.svg", nights, week, Preferences(), week_starts=0, now=now)
"""

FIRST_DAY = "from sleepcalm.paper import first_weekday, usual_paper; print(first_weekday(), usual_paper())"


def without_screen(**also: str) -> Mapping[str, str]:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANG", "LC_ALL", "LANGUAGE")
    kept = {name: value for name, value in os.environ.items() if name not in screens}
    return {**kept, "PYTHONPATH": str(ROOT), **also}


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=without_screen(**environment),
        capture_output=True,
        text=True,
        check=False,
    )


def test_files_are_made_without_a_screen_and_without_a_word(tmp_path: Path) -> None:
    answer = run(WRITE, str(tmp_path), LANG="C.UTF-8")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert read_pdf((tmp_path / "page.pdf").read_bytes()).pages == 1
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert "</svg>" in (tmp_path / "chart.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("locale", "said"), [("C", "0 a4"), ("de_DE.UTF-8", "0 a4"), ("en_US.UTF-8", "6 letter")]
)
def test_the_locale_says_with_which_day_weeks_begin_and_what_printers_hold(locale: str, said: str) -> None:
    answer = run(FIRST_DAY, LC_ALL=locale)
    assert answer.stdout.strip() == said, answer.stderr
