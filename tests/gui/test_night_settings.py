"""Ending, sleep timer, bedside screen and mixture: set in small windows, counted at once."""

from __future__ import annotations

from html import escape

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea
from relax_window import Opened, Opener

from sleepcalm.backgrounds import SOUNDS, Part
from sleepcalm.gui.relax.mix_dialog import MixDialog
from sleepcalm.gui.relax.night_dialog import NightDialog
from sleepcalm.gui.relax.night_wording import duration_text
from sleepcalm.preferences import Preferences


def dialog_of(opened: Opened, kind: type[QDialog]) -> QDialog:
    return next(dialog for dialog in opened.tab.findChildren(kind) if dialog.isVisible())


def open_night(opened: Opened, *, can_suspend: bool = True) -> NightDialog:
    opened.tab.small_windows.can_suspend = lambda: can_suspend
    opened.tab.settings.night.click()
    dialog = dialog_of(opened, NightDialog)
    assert isinstance(dialog, NightDialog)
    return dialog


def open_mix(opened: Opened) -> MixDialog:
    opened.tab.settings.mix.click()
    dialog = dialog_of(opened, MixDialog)
    assert isinstance(dialog, MixDialog)
    return dialog


def kept(opened: Opened) -> Preferences:
    return opened.tab._kept.value


def test_every_setting_of_the_night_counts_at_once(opened: Opened) -> None:
    dialog = open_night(opened)
    dialog.linger.setValue(4)
    dialog.fade.setValue(0)
    dialog.timer.setValue(6)
    dialog.bedside.setValue(3)
    dialog.at_routine_end.click()
    dialog.hold_screen.click()
    dialog.jolt_key.click()
    dialog.reduced_motion.click()
    dialog.at_end._choose("suspend")
    now = kept(opened)
    assert (now.linger_min, now.fade_s, now.timer_min, now.bedside_after_s) == (20, 2, 45, 20)
    assert (now.timer_at_routine_end, now.hold_screen, now.jolt_key, now.reduced_motion) == (
        True,
        False,
        True,
        True,
    )
    assert now.at_end == "suspend"
    dialog.timer.setValue(0)
    assert kept(opened).timer_min is None


def test_the_present_values_are_shown_and_not_changed_by_that(open_window: Opener) -> None:
    before = Preferences(linger_min=33, fade_s=77, timer_min=47, bedside_after_s=7, at_end="suspend")
    opened = open_window(before)
    dialog = open_night(opened)
    assert kept(opened) == before
    assert dialog.timer.accessibleDescription() == "After 47 min at the latest"
    assert dialog.timer.stop == 45
    assert dialog.at_end.value == "suspend"


def test_suspending_is_offered_only_where_the_desktop_can(opened: Opened) -> None:
    assert not open_night(opened, can_suspend=False).at_end.isVisible()


def test_the_settings_tell_the_ending(open_window: Opener) -> None:
    opened = open_window(Preferences(linger_min=30, fade_s=120, timer_min=90))
    told = opened.tab.settings.night.accessibleDescription()
    assert told == "Background for 30 min, fade 2 min; timer 1 h 30 min"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2, "2 s"), (60, "1 min"), (90, "1 min 30 s"), (450, "7 min 30 s"), (3600, "1 h"), (5400, "1 h 30 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


def test_a_mixture_is_heard_as_it_is_made(open_window: Opener) -> None:
    opened = open_window(Preferences(background="rain"), backgrounds=("none", *SOUNDS))
    opened.tab.playback.toggle()
    dialog = open_mix(opened)
    assert dialog.sliders["rain"].value() == 100
    dialog.sliders["brown"].setValue(40)
    dialog.sliders["rain"].setValue(70)
    assert opened.sound.background.parts == (Part("rain", 0.7), Part("brown", 0.4))
    assert kept(opened).background == "rain:0.7+brown:0.4"
    for slider in dialog.sliders.values():
        slider.setValue(0)
    assert kept(opened).background == "none"


def test_own_sounds_have_a_level_too_and_at_most_eight_sound_at_once(open_window: Opener) -> None:
    opened = open_window(Preferences(background="none"), backgrounds=("none", *SOUNDS))
    opened.tab.small_windows.own_sounds = lambda: ("own:fireplace.ogg", "own:kitchen clock.flac")
    dialog = open_mix(opened)
    assert dialog.sliders["own:fireplace.ogg"].accessibleName() == "fireplace"
    for name in (*SOUNDS[:7], "own:fireplace.ogg"):
        dialog.sliders[name].setValue(50)
    assert "own:fireplace.ogg:0.5" in kept(opened).background
    assert not dialog.sliders["own:kitchen clock.flac"].isEnabled()
    dialog.sliders["rain"].setValue(0)
    assert dialog.sliders["own:kitchen clock.flac"].isEnabled()


def test_a_sound_that_has_gone_keeps_its_level_until_it_is_turned_off(open_window: Opener) -> None:
    opened = open_window(Preferences(background="rain:0.5+own:gone.ogg:0.3"))
    dialog = open_mix(opened)
    dialog.sliders["rain"].setValue(60)
    assert kept(opened).background == "rain:0.6+own:gone.ogg:0.3"


@pytest.mark.parametrize("length", [40, 200])
def test_a_long_name_in_the_mix_leaves_the_sliders_wide(open_window: Opener, length: int) -> None:
    opened = open_window(size=(800, 600), backgrounds=("none", *SOUNDS))
    name = ("rain & <b>wind " * 20)[:length]
    opened.tab.small_windows.own_sounds = lambda: ("own:a & b.ogg", f"own:{name}.ogg")
    dialog = open_mix(opened)
    titles = {title.buddy(): title for title in dialog.findChildren(QLabel) if title.buddy() is not None}
    slider = dialog.sliders[f"own:{name}.ogg"]
    assert dialog.width() <= opened.window.width()
    assert slider.width() > 0.4 * dialog.width()
    assert titles[slider].toolTip() == escape(name)
    assert "…" in titles[slider].text()
    assert titles[slider].sizeHint().width() <= titles[slider].width()
    short = titles[dialog.sliders["own:a & b.ogg"]]
    assert (short.text(), short.toolTip()) == ("a && b", "")


def test_the_words_for_the_ending_go_together(open_window: Opener) -> None:
    opened = open_window(Preferences(linger_min=0, fade_s=120))
    dialog = open_night(opened)
    assert dialog.linger.accessibleDescription() == "The background begins to fade at once"
    assert dialog.fade.accessibleDescription() == "The fade takes 2 min"


def test_with_timer_and_ending_all_settings_are_in_sight_in_the_smallest_usual_window(
    open_window: Opener, qapp: QApplication
) -> None:
    font = qapp.font()
    font.setPointSizeF(10)
    qapp.setFont(font)
    wanted = Preferences(routine="pmr-7", linger_min=10, fade_s=2, timer_min=5)
    opened = open_window(wanted, size=(992, 672))
    QApplication.processEvents()
    area = opened.tab.settings.parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    assert opened.tab.settings.width() == area.viewport().width(), "nothing is cut off at the right"
    opened.tab.settings.show_stand_in("Built-in voice: 38 of 63 sentences not made yet.")
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == 0
    assert opened.tab.settings.width() == area.viewport().width()


def test_every_control_of_both_windows_is_named(opened: Opened) -> None:
    night, mix = open_night(opened), open_mix(opened)
    for slider in (night.linger, night.fade, night.timer, night.bedside, *mix.sliders.values()):
        assert slider.accessibleName()
