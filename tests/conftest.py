"""A machine without Qt's system libraries runs all the other tests, and skips those by name."""

from __future__ import annotations

import importlib
from collections.abc import Generator

import pytest


def _why_qt_does_not_load() -> str | None:
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return f"Qt does not load: {error}"
    return None


WHY_NO_QT = _why_qt_does_not_load()


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """pytest-qt would end the whole run, so it goes before it is configured."""
    if WHY_NO_QT:
        pluginmanager.unregister(name="pytest-qt")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    call = getattr(report, "call", None)
    cause = call.excinfo.value.__cause__ if call and call.excinfo else None
    if report.failed and isinstance(cause, ImportError) and "shared object file" in str(cause):
        report.outcome = "skipped"
        report.longrepr = (str(collector.path), 1, f"Skipped: {cause}")
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if WHY_NO_QT:
        for item in items:
            if {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
                item.add_marker(pytest.mark.skip(reason=WHY_NO_QT))
