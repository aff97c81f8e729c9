"""The house keeps its shape: ARCHITECTURE.md says who may know whom, and this holds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = (
    "diary",
    "display",
    "foreign_files",
    "minerals",
    "person",
    "plain_numbers",
    "preferences",
    "preferences_reading",
    "relaxation",
    "shipped_files",
    "trends",
)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("sleepcalm", include_external_packages=True, cache_dir=None)


def test_imports_run_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [lint, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_core_needs_the_standard_library_only(graph: grimp.ImportGraph) -> None:
    """`trends` may use numpy where it earns its place."""
    outside = {
        (module, imported)
        for name in CORE
        for module in graph.modules
        if module == f"sleepcalm.{name}" or module.startswith(f"sleepcalm.{name}.")
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.partition(".")[0] not in {"sleepcalm", *sys.stdlib_module_names}
        and (name, imported) != ("trends", "numpy")
    }
    assert not outside


def test_the_core_was_looked_at(graph: grimp.ImportGraph) -> None:
    """An empty graph would satisfy any rule."""
    assert "tomllib" in graph.modules
    assert graph.find_children("sleepcalm.relaxation")
