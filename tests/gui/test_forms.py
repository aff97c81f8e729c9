"""Routines in several lengths and forms, and the drawn breath that moves with the sound."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from relax_window import Opened, Opener

from sleepcalm.preferences import Preferences, RoutineForm
from sleepcalm.relaxation.routine import BreathPart
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


def minutes(opened: Opened) -> float:
    return opened.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ / 60


def choose(box, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_length_is_chosen_laid_out_and_remembered(open_window: Opener, qtbot: QtBot) -> None:
    opened = open_window(Preferences(routine="body-scan"))
    box = opened.tab.settings.form.length
    assert [box.itemText(n) for n in range(box.count())] == ["10 min", "20 min", "30 min"]
    assert box.currentText() == "20 min"
    choose(box, "30 min")
    qtbot.waitUntil(lambda: minutes(opened) == pytest.approx(30, abs=0.01))
    opened.window.close()
    assert opened.saved[-1].routine_forms == (RoutineForm("body-scan", 30),)
    row = next(row for row in opened.tab.routines.rows if row.routine_id == "body-scan")
    assert row.accessibleName().endswith("30 min")


def test_a_form_that_is_cut_off_is_whole_in_its_tooltip_and_in_a_wide_window(open_window: Opener) -> None:
    opened = open_window(Preferences(routine="autogenic"), size=(1040, 700))
    form = opened.tab.settings.form
    form.variant.addItem("With everything that was ever thought of")
    form.variant.setCurrentIndex(2)
    assert form.variant.toolTip() == "With everything that was ever thought of"
    form.variant.setCurrentIndex(1)
    assert form.variant.toolTip() == ""
    opened_wide = open_window(Preferences(routine="autogenic"), size=(1920, 1080))
    wide = opened_wide.tab.settings.form
    assert wide.variant.width() > form.variant.width()
    assert wide.variant.currentText() == "Without the heartbeat"
    assert wide.variant.toolTip() == ""


def test_each_routine_keeps_its_own_form(open_window: Opener, qtbot: QtBot) -> None:
    opened = open_window(Preferences(routine="paced-breathing"))
    form = opened.tab.settings.form
    titles = [form.variant.itemText(n) for n in range(form.variant.count())]
    choose(form.variant, titles[1])
    variant = opened.tab.playback.routine.variants[1].id
    qtbot.waitUntil(lambda: opened.tab.playback.piece.choices.variant == variant)
    opened.tab.choose_routine("body-scan")
    assert not form.variant.isVisible()
    assert form.length.isVisible()
    opened.tab.choose_routine("paced-breathing")
    assert form.variant.currentText() == titles[1]
    choose(form.variant, titles[0])
    assert opened.tab._kept.value.routine_forms == ()


def test_a_length_between_those_offered_stays(open_window: Opener) -> None:
    opened = open_window(Preferences(routine="body-scan", routine_forms=(RoutineForm("body-scan", 17),)))
    assert opened.tab.settings.form.length.currentText() == "17 min"
    assert minutes(opened) == pytest.approx(17, abs=0.01)


def test_a_routine_of_one_kind_offers_no_form(opened: Opened) -> None:
    assert not opened.tab.settings.form.isVisible()


@pytest.mark.parametrize("is_still", [False, True])
def test_the_guide_breathes_with_the_sound_and_goes_with_the_breath(
    open_window: Opener, is_still: bool
) -> None:
    opened = open_window(Preferences(routine="paced-breathing", reduced_motion=is_still))
    stage = opened.tab.stage
    assert not stage.guide.isVisible()
    opened.tab.playback.toggle()
    cues = opened.tab.playback.timeline.cues
    seen: dict[BreathPart, list[float]] = {}
    for part in (BreathPart.INHALE, BreathPart.EXHALE):
        cue = next(each for each in cues if each.breath is part)
        for share in (0.1, 0.5, 0.9):
            opened.sound.hear((cue.start_frame + share * (cue.next_frame - cue.start_frame)) / SAMPLE_RATE_HZ)
            seen.setdefault(part, []).append(stage.guide.fullness)
    assert stage.guide.isVisible()
    assert not stage.ring.isVisible()
    assert stage.guide.accessibleDescription() == "Out"
    moved = seen[BreathPart.INHALE][0] < seen[BreathPart.INHALE][1] < seen[BreathPart.INHALE][2]
    back = seen[BreathPart.EXHALE][0] > seen[BreathPart.EXHALE][1] > seen[BreathPart.EXHALE][2]
    assert (moved, back) == (not is_still, not is_still)
    opened.tab.choose_routine("pmr-7")
    assert not stage.guide.isVisible()
    assert stage.ring.isVisible()


def test_a_long_name_of_a_form_does_not_widen_the_card(open_window: Opener) -> None:
    opened = open_window(Preferences(routine="paced-breathing"))
    settings = opened.tab.settings
    for control in (settings.voice, settings.background, settings.form.variant, settings.bedside):
        area = settings.parentWidget()
        assert control.mapTo(area, control.rect().bottomRight()).x() <= area.width()
