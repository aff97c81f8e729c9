"""The way from the window to the user's own routines and sounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QComboBox
from relax_window import Opened, Opener

from sleepcalm.backgrounds import Part
from sleepcalm.preferences import Preferences
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.storage.data_folder import OWN_ROUTINES, OWN_SOUNDS
from sleepcalm.window.own_files import offer_own_sounds, own_sounds, show_own_routines


class Desk:
    def __init__(self, *, opens: bool = True) -> None:
        self.opened: list[str] = []
        self.remarks: list[str] = []
        self._opens = opens

    def open(self, url: QUrl) -> bool:
        self.opened.append(url.toLocalFile())
        return self._opens

    def show(self, data_folder: Path) -> None:
        show_own_routines(data_folder, shipped_folder("assets"), self.remarks.append, self.open)


def test_the_folder_is_made_with_an_example_and_opened(tmp_path: Path) -> None:
    desk = Desk()
    desk.show(tmp_path / "data")
    folder = tmp_path / "data" / OWN_ROUTINES
    assert desk.opened == [str(folder)]
    assert (folder / "example.toml").read_text(encoding="utf-8").count("#") > 3
    assert desk.remarks == ["Routines in that folder are read at every start."]


def test_an_example_that_was_changed_stays(tmp_path: Path) -> None:
    desk = Desk()
    desk.show(tmp_path)
    example = tmp_path / OWN_ROUTINES / "example.toml"
    example.write_text("mine", encoding="utf-8")
    desk.show(tmp_path)
    assert example.read_text(encoding="utf-8") == "mine"


def test_where_no_folder_can_be_opened_its_name_is_told(tmp_path: Path) -> None:
    desk = Desk(opens=False)
    desk.show(tmp_path)
    assert str(tmp_path / OWN_ROUTINES) in desk.remarks[0]


def test_where_none_can_be_made_it_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file", encoding="utf-8")
    desk = Desk()
    desk.show(in_the_way)
    assert desk.opened == []
    assert "Nothing was changed" in desk.remarks[0]


def test_own_sounds_are_listed_as_parts_of_a_background(tmp_path: Path) -> None:
    assert own_sounds(tmp_path) == ()
    folder = tmp_path / OWN_SOUNDS
    folder.mkdir()
    for name in ("fire.ogg", "clock.flac", "notes.txt"):
        (folder / name).write_bytes(b"")
    assert own_sounds(tmp_path) == ("own:clock.flac", "own:fire.ogg")


def test_own_sounds_stand_beside_the_others(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QComboBox, "showPopup", lambda _box: None)  # off the screen it grabs nothing
    box = opened.tab.settings.background
    offer_own_sounds(tmp_path, opened.tab)
    box.look()
    assert listed(opened) == ["None", "Soft rain", "Brown noise"]
    (tmp_path / OWN_SOUNDS).mkdir()
    (tmp_path / OWN_SOUNDS / "fire.ogg").write_bytes(b"")
    box.showPopup()
    assert listed(opened) == ["None", "Soft rain", "Brown noise", "fire"]
    opened.tab.prepare()
    box.setCurrentIndex(3)
    box.activated.emit(3)
    assert opened.sound.background.parts == (Part("own:fire.ogg"),)
    assert (box.currentText(), box.count()) == ("fire", 4)
    (tmp_path / OWN_SOUNDS / "fire.ogg").unlink()
    box.look()
    assert (box.currentText(), box.count()) == ("fire", 4), "what is chosen stays"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert listed(opened) == ["None", "Soft rain", "Brown noise"]


def test_an_own_sound_that_was_chosen_before_is_found_among_the_others(
    open_window: Opener, tmp_path: Path
) -> None:
    opened = open_window(Preferences(background="own:fire.ogg:1"))
    (tmp_path / OWN_SOUNDS).mkdir()
    for name in ("fire.ogg", "waves.ogg"):
        (tmp_path / OWN_SOUNDS / name).write_bytes(b"")
    offer_own_sounds(tmp_path, opened.tab)
    opened.tab.settings.background.look()
    assert listed(opened) == ["None", "Soft rain", "Brown noise", "fire", "waves"]
    assert opened.tab.settings.background.currentText() == "fire"


def test_a_name_too_long_for_the_list_is_whole_in_its_tooltip(opened: Opened) -> None:
    box = opened.tab.settings.background
    width = box.width()
    assert box.toolTip() == ""
    box.own_sounds = lambda: (f"own:{'waves & wind ' * 9}<b>.ogg",)
    box.look()
    box.setCurrentIndex(3)
    assert box.toolTip() == f"{'waves &amp; wind ' * 9}&lt;b&gt;"
    assert (box.width(), opened.tab.settings.width()) == (width, opened.tab.settings.parentWidget().width())


def listed(opened: Opened) -> list[str]:
    box = opened.tab.settings.background
    return [box.itemText(number) for number in range(box.count())]


def test_the_list_of_routines_leads_there(opened: Opened) -> None:
    asked: list[bool] = []
    opened.tab.own_routines_wanted.connect(lambda: asked.append(True))
    opened.tab._list_card.own_button.click()
    assert asked == [True]
