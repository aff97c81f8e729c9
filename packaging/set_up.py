"""The set-up behind `make run` and `make test`: system packages, then the virtual environment.

It runs on the system's own Python before anything is installed, so it needs the standard library only.
Whatever is there already is left alone: apt is asked only when something is missing, pip only when the
stamp in the virtual environment does not fit the lock file.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it meets whatever Python the machine has
    sys.exit(
        "SleepCalm needs Python 3.11 or newer, and this is {}.{}. "
        "With another one: make PYTHON=python3.12 ...".format(*sys.version_info[:2])
    )

import argparse
import ctypes
import fcntl
import hashlib
import importlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"

# Debian package -> the library that Qt (or, for the last one, the sound output) loads from it.
LIBRARIES = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libwayland-cursor0": "libwayland-cursor.so.0",
    "libwayland-egl1": "libwayland-egl.so.1",
    "libpulse0": "libpulse.so.0",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")

# Calls the program from any folder. The shell reads the first lines, as #! takes no blank in a path and
# no long one; to Python they are a string.
LAUNCHER = """\
#!/bin/sh
'''exec' {python} "$0" "$@"
' '''
import sys

sys.path[0] = {root!r}
from sleepcalm.cli import main

sys.exit(main())
"""

# Debian keeps what `python -m venv` needs in a package of its own.
VENV_PACKAGE = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"

# Debian package -> the command that tests start from it: a screen, a sound server, a message bus.
TEST_COMMANDS = {
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "x11-utils": "xprop",
    "pulseaudio": "pulseaudio",
    "pulseaudio-utils": "pactl",
    "dbus-daemon": "dbus-run-session",
    "playerctl": "playerctl",
}


def say(text: str) -> None:
    """One line for the person at the terminal; standard output stays the program's own."""
    print(f"set-up: {text}", file=sys.stderr, flush=True)


def loads(library: str) -> bool:
    """Whether the dynamic linker finds the library together with all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def finds(command: str) -> bool:
    return shutil.which(command) is not None


def has_font() -> bool:
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(next(folder.rglob(f"*.{kind}"), None) for folder in folders for kind in ("ttf", "otf"))


def has_ensurepip() -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def missing_packages(
    purpose: str,
    *,
    loads: Callable[[str], bool] = loads,
    finds: Callable[[str], bool] = finds,
    has_font: Callable[[], bool] = has_font,
) -> list[str]:
    """Debian packages for `purpose` ("run" or "test") whose content is not on this machine.

    Content decides, not dpkg: a library from elsewhere does as well.
    """
    missing = [package for package, library in LIBRARIES.items() if not loads(library)]
    if not has_font():
        missing.append(FONT_PACKAGE)
    if purpose == "test":
        missing += [package for package, command in TEST_COMMANDS.items() if not finds(command)]
    return missing


def install_command(packages: Sequence[str]) -> str:
    """The one line to type that installs `packages`."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install --no-install-recommends {' '.join(packages)}"


def right_to_install() -> list[str] | None:
    """What goes before apt-get: nothing for root, sudo where it asks no password. None without the right."""
    if not finds("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if finds("sudo") and succeeds(["sudo", "-n", "true"], quiet=True):
        return ["sudo", "-n"]
    return None


def succeeds(command: Sequence[str | Path], *, quiet: bool = False, folder: Path | None = None) -> bool:
    output = subprocess.DEVNULL if quiet else None
    answer = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder, check=False
    )
    return answer.returncode == 0


def install(packages: Sequence[str], right: Sequence[str]) -> None:
    """Installs what it can; the caller looks again at what is still missing."""
    say(f"installing {' '.join(packages)}")
    apt = [*right, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    succeeds([*apt, "update"], quiet=True)  # offline, the lists that are there may still do
    add = [*apt, "install", "-y", "--no-install-recommends"]
    if not succeeds([*add, *packages], quiet=True):
        for package in packages:  # one that this release does not have must not hold up the others
            succeeds([*add, package], quiet=True)


def name_missing(packages: Sequence[str]) -> None:
    if finds("apt-get"):
        say(f"{len(packages)} system packages are missing. To install them: {install_command(packages)}")
        return
    contents = LIBRARIES | TEST_COMMANDS | {FONT_PACKAGE: "a TrueType font"}
    say(f"this machine lacks {', '.join(contents.get(package, package) for package in packages)}")


class Environment:
    """The virtual environment in `folder`, good for as long as the stamp in it fits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "bin" / "python"
        self.launcher = folder / "bin" / "sleepcalm"
        self.stamp = folder / "set-up.txt"
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        # Its scripts hold absolute paths: an environment that was moved is a broken one.
        self._made_as = f"python {version}\nfolder {folder}\n"

    def launcher_text(self) -> str:
        return LAUNCHER.format(python=shlex.quote(str(self.python)), root=str(ROOT))

    def stamp_text(self, lock: Path) -> str:
        """What a finished set-up from `lock` leaves behind."""
        return f"{self._made_as}lock {hashlib.sha256(lock.read_bytes()).hexdigest()}\n"

    def fits(self, locks: Sequence[Path]) -> bool:
        """Whether a finished set-up from one of `locks`, for this Python and this folder, is there."""
        if not (self.python.exists() and self.launcher.is_file() and self.stamp.is_file()):
            return False
        if self.launcher.read_text("utf-8") != self.launcher_text():
            return False
        return self.stamp.read_text("utf-8") in [self.stamp_text(lock) for lock in locks]

    def can_grow(self) -> bool:
        """Whether pip may add to what is there: a finished set-up, or an environment that somebody else made.

        A set-up that was broken off is made anew, as pip would take half-copied packages for whole ones.
        """
        if not self.python.exists():
            return False
        if self.stamp.is_file():
            return self.stamp.read_text("utf-8").startswith(self._made_as)
        same = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
        return succeeds([self.python, "-I", "-c", same], quiet=True)

    def build(self, lock: Path) -> bool:
        """Fills the environment from `lock`; the stamp comes last, so it only ever speaks of a whole one."""
        base = getattr(sys, "_base_executable", sys.executable)  # not the environment that is to be replaced
        grows = self.can_grow()
        if not grows and self.folder.exists():
            self.python.unlink(missing_ok=True)  # first, so that half of a deletion is seen for what it is
            shutil.rmtree(self.folder)
        self.folder.mkdir(exist_ok=True)
        self.stamp.write_text("unfinished\n", "utf-8")
        if not grows and not succeeds([base, "-I", "-m", "venv", "--without-pip", self.folder]):
            return False
        pip: list[str | Path] = [self.python, "-I", "-m", "pip"]
        if not succeeds([*pip, "--version"], quiet=True) and not self._add_pip():
            return False
        options = ["-qq", "--no-user", "--disable-pip-version-check", "--no-input", "--require-hashes"]
        if not succeeds([*pip, "install", *options, "--requirement", lock]):
            return False
        self.launcher.write_text(self.launcher_text(), "utf-8")
        self.launcher.chmod(0o755)
        self.stamp.write_text(self.stamp_text(lock), "utf-8")
        return True

    def _add_pip(self) -> bool:
        if has_ensurepip():
            return succeeds([self.python, "-I", "-m", "ensurepip"], quiet=True)
        with tempfile.TemporaryDirectory() as scratch:
            wheel = download_pip(Path(scratch))
            if wheel is None:
                say(
                    f"Python cannot make a virtual environment. To mend it: {install_command([VENV_PACKAGE])}"
                )
                return False
            return succeeds([self.python, "-I", wheel / "pip", "install", "-qq", "--no-index", wheel])


def download_pip(scratch: Path) -> Path | None:
    """Debian's wheel of pip, for a user who may not install packages: apt downloads for anybody."""
    if not finds("apt-get"):
        return None
    download = ["download", "python3-pip-whl"]
    if not succeeds(["apt-get", "-qq", *download], quiet=True, folder=scratch):
        # The machine's package lists are empty or old, and not ours to fill.
        own = ["-o", f"Dir::State::Lists={scratch}/lists", "-o", f"Dir::Cache={scratch}/cache"]
        (scratch / "lists" / "partial").mkdir(parents=True)
        (scratch / "cache" / "archives" / "partial").mkdir(parents=True)
        succeeds(["apt-get", "-qq", *own, "update"], quiet=True, folder=scratch)
        succeeds(["apt-get", "-qq", *own, *download], quiet=True, folder=scratch)
    for package in scratch.glob("*.deb"):
        succeeds(["dpkg-deb", "--extract", package, scratch], folder=scratch)
    return next(scratch.glob("usr/share/python-wheels/pip-*.whl"), None)


def provide_packages(purpose: str, *, venv_due: bool) -> None:
    """Installs what the machine lacks, or names it: the program and the tests do what they can without."""
    packages = missing_packages(purpose)
    unready = venv_due and not has_ensurepip()
    if packages or unready:
        right = right_to_install()
        if right is not None:
            install([*packages, VENV_PACKAGE] if unready else packages, right)
            packages = missing_packages(purpose)
    if packages:
        name_missing(packages)


def set_up(purpose: str, folder: Path) -> int:
    environment = Environment(folder)
    # What the tests need holds all that a run needs.
    locks = [TEST_LOCK] if purpose == "test" else [RUN_LOCK, TEST_LOCK]
    if folder.is_symlink():  # looked after where it points to
        provide_packages(purpose, venv_due=False)
        return 0
    provide_packages(purpose, venv_due=not (environment.fits(locks) or environment.can_grow()))
    if environment.fits(locks):
        return 0
    with RUN_LOCK.open() as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)  # a second `make` in the same folder waits, and finds it done
        if environment.fits(locks):
            return 0
        say(f"filling {folder.name} from {locks[0].name}; the first time takes a minute or two")
        if not environment.build(locks[0]):
            say("that did not work; the reason stands above. The next run starts anew")
            return 1
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Set up what SleepCalm needs in this folder.")
    parser.add_argument("purpose", choices=("run", "test"))
    parser.add_argument("--venv", type=Path, default=Path(".venv"), help="folder below the project's")
    options = parser.parse_args(arguments)
    try:
        return set_up(options.purpose, ROOT / options.venv)
    except KeyboardInterrupt:
        say("interrupted; the next run starts anew")
        return 130
    except OSError as error:  # a folder that may not be written to, a full disk
        say(f"that did not work: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
