"""What `make run` and `make test` do before anything else runs."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sleepcalm.display import QT_LIBRARIES

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "set_up.py"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


set_up = load_script()


def lacking(
    purpose: str, *, libraries: set[str] = frozenset(), commands: set[str] = frozenset()
) -> list[str]:
    return set_up.missing_packages(
        purpose,
        loads=lambda library: library not in libraries,
        finds=lambda command: command not in commands,
        has_font=lambda: True,
    )


def executable(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts a command of the test's own before the machine's."""
    folder = tmp_path / "commands"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return lambda name, script: executable(folder / name, script)


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text("# nothing is needed\n", "utf-8")
    return path


class TestSystemPackages:
    def test_a_machine_that_has_everything_is_left_alone(self) -> None:
        assert lacking("run") == []
        assert lacking("test") == []

    def test_a_missing_library_is_named_by_its_package(self) -> None:
        assert lacking("run", libraries={"libEGL.so.1", "libpulse.so.0"}) == ["libegl1", "libpulse0"]

    def test_only_tests_ask_for_a_screen_and_a_sound_server(self) -> None:
        commands = {"Xvfb", "pactl"}
        assert lacking("run", commands=commands) == []
        assert lacking("test", commands=commands) == ["xvfb", "pulseaudio-utils"]

    def test_what_the_program_calls_missing_is_installed(self) -> None:
        assert {
            package: library for library, package in QT_LIBRARIES.items()
        }.items() <= set_up.LIBRARIES.items()

    def test_text_needs_a_font(self) -> None:
        assert set_up.missing_packages(
            "run", loads=lambda _: True, finds=lambda _: True, has_font=lambda: False
        ) == ["fonts-dejavu-core"]

    def test_a_library_counts_only_if_it_can_be_loaded(self) -> None:
        assert set_up.loads("libc.so.6")
        assert not set_up.loads("libsleepcalm-has-no-such.so.9")

    @pytest.mark.parametrize(
        ("user", "command"),
        [
            (0, "apt-get update && apt-get install --no-install-recommends libegl1 xvfb"),
            (1000, "sudo apt-get update && sudo apt-get install --no-install-recommends libegl1 xvfb"),
        ],
    )
    def test_one_line_to_type_installs_what_is_missing(
        self, user: int, command: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(set_up.os, "geteuid", lambda: user)
        assert set_up.install_command(["libegl1", "xvfb"]) == command

    def test_one_package_that_does_not_exist_does_not_hold_up_the_others(
        self, commands: Callable[[str, str], None], tmp_path: Path
    ) -> None:
        installed = tmp_path / "installed"
        commands(
            "apt-get",
            'case "$*" in *gone*) exit 100;; *install*) for last; do :; done;; *) exit 0;; esac\n'
            f'echo "$last" >> {installed}',
        )
        set_up.install(["libegl1", "gone", "xvfb"], [])
        assert installed.read_text("utf-8").split() == ["libegl1", "xvfb"]

    def test_root_installs_directly(
        self, commands: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commands("apt-get", "exit 0")
        monkeypatch.setattr(set_up.os, "geteuid", lambda: 0)
        assert set_up.right_to_install() == []

    @pytest.mark.parametrize(("sudo_status", "right"), [(0, ["sudo", "-n"]), (1, None)])
    def test_a_plain_user_installs_only_where_sudo_asks_for_no_password(
        self,
        sudo_status: int,
        right: list[str] | None,
        commands: Callable[[str, str], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        commands("apt-get", "exit 0")
        commands("sudo", f"exit {sudo_status}")
        monkeypatch.setattr(set_up.os, "geteuid", lambda: 1000)
        assert set_up.right_to_install() == right

    def test_without_the_right_it_names_what_to_type_and_goes_on(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(set_up, "missing_packages", lambda _: ["libegl1"])
        monkeypatch.setattr(set_up, "right_to_install", lambda: None)
        monkeypatch.setattr(set_up, "finds", lambda _: True)
        set_up.provide_packages("run", venv_due=False)
        assert capsys.readouterr().err.rstrip().endswith("install --no-install-recommends libegl1")

    def test_without_apt_it_names_the_libraries_themselves(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(set_up, "finds", lambda _: False)
        set_up.name_missing(["libegl1", "xvfb"])
        assert capsys.readouterr().err == "set-up: this machine lacks libEGL.so.1, Xvfb\n"


class TestEnvironment:
    def finished(self, folder: Path, lock: Path) -> object:
        """An environment as a set-up leaves it behind, but for the packages."""
        environment = set_up.Environment(folder)
        environment.python.parent.mkdir(parents=True)
        environment.python.symlink_to(sys.executable)
        environment.launcher.write_text(environment.launcher_text(), "utf-8")
        environment.stamp.write_text(environment.stamp_text(lock), "utf-8")
        return environment

    def test_a_finished_one_is_used_as_it_is(self, tmp_path: Path, lock: Path) -> None:
        assert self.finished(tmp_path / "venv", lock).fits([lock])

    def test_a_changed_lock_file_is_added_to_it(self, tmp_path: Path, lock: Path) -> None:
        environment = self.finished(tmp_path / "venv", lock)
        lock.write_text("# one more\n", "utf-8")
        assert not environment.fits([lock])
        assert environment.can_grow()

    def test_another_way_to_call_the_program_is_added_to_it(self, tmp_path: Path, lock: Path) -> None:
        environment = self.finished(tmp_path / "venv", lock)
        environment.launcher.write_text("#!/bin/sh\n", "utf-8")
        assert not environment.fits([lock])
        assert environment.can_grow()

    def test_one_that_was_moved_is_made_anew(self, tmp_path: Path, lock: Path) -> None:
        self.finished(tmp_path / "venv", lock)
        moved = set_up.Environment((tmp_path / "venv").rename(tmp_path / "elsewhere"))
        assert not moved.fits([lock])
        assert not moved.can_grow()

    def test_one_of_another_python_is_made_anew(self, tmp_path: Path, lock: Path) -> None:
        environment = self.finished(tmp_path / "venv", lock)
        text = environment.stamp.read_text("utf-8")
        environment.stamp.write_text(text.replace("python 3.", "python 2."), "utf-8")
        assert not environment.fits([lock])
        assert not environment.can_grow()

    def test_one_whose_python_is_gone_is_made_anew(self, tmp_path: Path, lock: Path) -> None:
        environment = self.finished(tmp_path / "venv", lock)
        environment.python.unlink()
        environment.python.symlink_to(tmp_path / "uninstalled")
        assert not environment.fits([lock])
        assert not environment.can_grow()

    def test_one_that_somebody_else_made_is_added_to(self, tmp_path: Path, lock: Path) -> None:
        environment = self.finished(tmp_path / "venv", lock)
        environment.stamp.unlink()
        assert not environment.fits([lock])
        assert environment.can_grow()

    def test_a_linked_one_is_not_touched(
        self, tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        environment = self.finished(tmp_path / "venv", lock)
        link = tmp_path / "link"
        link.symlink_to(environment.folder)
        monkeypatch.setattr(set_up, "provide_packages", lambda *_, **__: None)
        before = environment.stamp.read_text("utf-8")
        assert set_up.set_up("test", link) == 0
        assert environment.stamp.read_text("utf-8") == before

    def test_its_program_is_called_from_any_folder_and_through_a_link(
        self, tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(set_up, "succeeds", lambda *_, **__: True)
        environment = set_up.Environment(tmp_path / 'a venv, "5 $HOME `x`"')
        environment.python.parent.mkdir(parents=True)
        executable(environment.python, f'exec {sys.executable} "$@"')
        assert environment.build(lock)
        link = tmp_path / "sleepcalm"
        link.symlink_to(environment.launcher)
        (tmp_path / "sleepcalm.py").write_text("raise SystemExit('not this one')")
        answer = subprocess.run(
            [link, "routines", "--json"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (answer.returncode, answer.stderr) == (0, "")
        assert "pmr-7" in answer.stdout

    def test_a_set_up_that_fails_is_not_trusted_and_the_next_one_starts_anew(
        self, tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(set_up, "has_ensurepip", lambda: False)
        monkeypatch.setattr(set_up, "download_pip", lambda _: None)
        environment = set_up.Environment(tmp_path / "venv")

        assert not environment.build(lock)
        assert environment.python.exists()
        assert not environment.fits([lock])
        assert not environment.can_grow()

        half_copied = environment.folder / "half-copied"
        half_copied.touch()
        assert not environment.build(lock)
        assert not half_copied.exists()


class TestPipWithoutEnsurepip:
    """Debian splits it off; apt-get hands out the wheel to users who may not install packages."""

    FETCH = 'case "$*" in *download*) touch python3-pip-whl.deb;; esac'
    UNPACK = "mkdir -p $3/usr/share/python-wheels && touch $3/usr/share/python-wheels/pip-23.whl"

    def test_it_comes_from_the_package_of_debian(
        self, commands: Callable[[str, str], None], tmp_path: Path
    ) -> None:
        commands("apt-get", self.FETCH)
        commands("dpkg-deb", self.UNPACK)
        assert set_up.download_pip(tmp_path) == tmp_path / "usr/share/python-wheels/pip-23.whl"

    def test_empty_package_lists_are_filled_in_a_folder_of_its_own(
        self, commands: Callable[[str, str], None], tmp_path: Path
    ) -> None:
        commands("apt-get", f'case "$*" in *{tmp_path}/lists*) {self.FETCH};; *) exit 100;; esac')
        commands("dpkg-deb", self.UNPACK)
        assert set_up.download_pip(tmp_path) is not None

    def test_offline_the_package_to_install_is_named(
        self,
        commands: Callable[[str, str], None],
        tmp_path: Path,
        lock: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        commands("apt-get", "exit 100")
        monkeypatch.setattr(set_up, "has_ensurepip", lambda: False)
        assert not set_up.Environment(tmp_path / "venv").build(lock)
        assert set_up.VENV_PACKAGE in capfd.readouterr().err


def test_a_missing_right_to_write_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied", "venv")

    monkeypatch.setattr(set_up, "set_up", refused)
    assert set_up.main(["run", "--venv", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "set-up: that did not work: [Errno 13] Permission denied: 'venv'\n"


def test_an_older_python_is_refused_in_one_line() -> None:
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))  # it has to get as far as the refusal
    pretend = f"import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path({str(SCRIPT)!r})"
    answer = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith("SleepCalm needs Python 3.11 or newer, and this is 3.9.")
    assert answer.stderr.count("\n") == 1
