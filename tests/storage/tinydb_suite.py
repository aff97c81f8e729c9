"""Run TinyDB's own public tests with our storage in place of its JSONStorage.

    python tests/storage/tinydb_suite.py [SDIST]

Without an argument the source archive of the installed version is fetched from the package index. The tests
are TinyDB's, so they are not kept here, and `make test` does not need the network.

The class below accepts the arguments of JSONStorage, so that tests which only happen to pass one still test
what they are about. `EXCEPTIONS` names each test that is left out, and why; one that has come to pass, or is
no longer there, fails the run.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

if __name__ == "__main__":  # as a program the checkout is not on the path yet
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
import tinydb
import tinydb.storages

from sleepcalm.storage.atomic_storage import AtomicStorage

EXCEPTIONS = {
    "test_storages.py::test_json_kwargs": "compares the file with the layout of json.dumps(indent=4)",
    "test_storages.py::test_encoding": "asks for other encodings by an argument; a record is always UTF-8",
    "test_storages.py::test_json_invalid_mode_warning": "about the argument access_mode='w'; ours has none",
    "test_storages.py::test_create_dirs": "about the argument create_dirs; ours wants the folder to be there",
    "test_tables.py::test_table_repr[json]": "expects the name JSONStorage in the text",
    "test_middlewares.py::test_caching_json_write": "looks at JSONStorage's open handle; ours keeps none",
}


class StandIn(AtomicStorage):
    """AtomicStorage with the signature of JSONStorage."""

    def __init__(self, path: str, access_mode: str = "r+", **_json_arguments: Any) -> None:
        super().__init__(path, read_only=access_mode in {"r", "rb"})


class _Plugin:
    """Holds the exceptions to their word."""

    def __init__(self) -> None:
        self.unexplained: list[str] = []
        self.seen: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.removeprefix("tests/")
        if name in EXCEPTIONS:
            self.seen.add(name)
            if report.when == "call" and report.passed:
                self.unexplained.append(f"{name} passes: it needs no exception")
        elif report.failed:
            self.unexplained.append(f"{name} failed")


def fetch(folder: Path) -> Path:
    """The source archive of the TinyDB that is installed."""
    wanted = f"tinydb=={importlib.metadata.version('tinydb')}"
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-binary",
        ":all:",
        "--no-deps",
        wanted,
    ]
    subprocess.run([*command, "--dest", str(folder)], check=True)
    return next(folder.glob("tinydb-*.tar.gz"))


def put_storage_in_place() -> None:
    """Wherever the tests look for JSONStorage, and before pytest loads their conftest."""
    tinydb.storages.JSONStorage = StandIn  # type: ignore[misc, assignment]
    tinydb.JSONStorage = StandIn  # type: ignore[misc, assignment]
    tinydb.TinyDB.default_storage_class = StandIn  # type: ignore[assignment]


def unpack_tests(sdist: Path, folder: Path) -> Path:
    """The test modules of the source archive, in the given folder."""
    folder.mkdir(parents=True)
    with tarfile.open(sdist) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            content = archive.extractfile(member)
            if path.parent.name == "tests" and path.suffix == ".py" and content is not None:
                (folder / path.name).write_bytes(content.read())
    return folder


def main(sdist: Path | None) -> int:
    with tempfile.TemporaryDirectory(prefix="sleepcalm-tinydb-") as name:
        folder = Path(name)
        tests = unpack_tests(sdist or fetch(folder), folder / "source" / "tests")
        put_storage_in_place()
        plugin = _Plugin()
        options = ["-q", "--tb=no", "-p", "no:cacheprovider", "-c", "/dev/null"]
        pytest.main([*options, f"--rootdir={tests.parent}", str(tests)], plugins=[plugin])
    plugin.unexplained += [f"{name} is no longer there" for name in EXCEPTIONS.keys() - plugin.seen]
    for name, reason in EXCEPTIONS.items():
        print(f"exception: {name}: {reason}")
    for problem in plugin.unexplained:
        print(problem, file=sys.stderr)
    print("passed, but for the exceptions named" if not plugin.unexplained else "failed")
    return 1 if plugin.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
