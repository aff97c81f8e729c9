"""docs/routines.md says what the routines are now."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from sleepcalm.audio.narration import read_voice
from sleepcalm.relaxation.catalogue import read_catalogue

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_current_and_names_every_routine_and_source() -> None:
    spec = importlib.util.spec_from_file_location("routines_page", ROOT / "packaging" / "routines_page.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    routines = list(read_catalogue([ROOT / "assets" / "scripts"]).routines.values())
    page = (ROOT / "docs" / "routines.md").read_text(encoding="utf-8")
    assert page == tool.page(routines, read_voice(ROOT / "assets" / "audio" / "slt")), "make routines-page"
    assert len(routines) >= 14
    for routine in routines:
        assert f"| `{routine.id}` | {routine.kind} |" in page
        assert all(source in page for source in routine.sources)
