"""The program finds its files wherever it was put."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from sleepcalm import shipped_files
from sleepcalm.shipped_files import shipped_folder

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts the package without its data into a folder, as if it ran from there."""
    package = tmp_path / "site-packages" / "sleepcalm"
    package.mkdir(parents=True)
    monkeypatch.setattr(shipped_files, "__file__", str(package / "shipped_files.py"))
    return package


def test_in_a_checkout_they_lie_beside_the_package():
    assert shipped_folder("assets") == CHECKOUT / "assets"
    assert shipped_folder("seeds") == CHECKOUT / "seeds"


def test_installed_they_lie_in_the_package_and_a_stranger_beside_it_is_not_taken(install):
    (install / "assets").mkdir()
    (install.parent / "assets").mkdir()  # of some other distribution
    assert shipped_folder("assets") == install / "assets"


def test_a_frozen_program_finds_them_in_its_bundle(install, tmp_path, monkeypatch):
    bundled = tmp_path / "bundle" / "sleepcalm" / "assets"
    bundled.mkdir(parents=True)
    (install / "assets").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert shipped_folder("assets") == bundled


def test_an_installation_without_them_says_what_is_missing(install):
    (install / "assets").write_text("a file is no folder")
    with pytest.raises(FileNotFoundError, match="the installation is incomplete: its folder assets"):
        shipped_folder("assets")


def test_the_checkout_may_be_reached_through_a_link(tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(CHECKOUT)
    monkeypatch.setattr(shipped_files, "__file__", str(tmp_path / "link" / "sleepcalm" / "shipped_files.py"))
    assert shipped_folder("assets").samefile(CHECKOUT / "assets")


@pytest.mark.slow
def test_a_real_wheel_holds_all_it_needs(tmp_path):
    """Built from what git knows, unpacked, and asked for its routines from an empty folder."""
    try:
        subprocess.run([sys.executable, "-c", "import hatchling"], check=True, capture_output=True)
        listing = ["git", "-C", str(CHECKOUT), "ls-files", "-z"]
        tracked = subprocess.run(listing, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no wheel can be built without hatchling and git: {error}")
    source = tmp_path / "source"
    for name in filter(None, tracked.split("\0")):
        if not name.startswith("tests/"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, source / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    answer = subprocess.run(
        [sys.executable, "-m", "sleepcalm", "doctor", "--json", "--data-dir", str(tmp_path / "data")],
        env={"PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert str(tmp_path / "site" / "sleepcalm" / "assets") in answer.stdout
    assert '"sentences_without_clip": []' in answer.stdout
