"""A form of a routine in which nothing is heard: told truly, and another one can be chosen."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from relax_window import Opener

from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.routine import BreathPart, Kind, Phase, Routine, Sentence, Step, Variant
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


def test_a_form_in_which_nothing_is_heard_is_said_and_another_one_plays(
    open_window: Opener, qtbot: QtBot
) -> None:
    step = Step("In", Phase.GUIDE, (Sentence("", 0.0, BreathPart.INHALE),), hold_s=3)
    variants = (Variant("out", "Out", exhale_s=4), Variant("in", "In", inhale_s=4))
    routine = Routine("in", "In", Kind.BREATHING, "In.", (), (), (step,), variants=variants)
    opened = open_window(Preferences(skipped_groups=("neck",)), Catalogue({"in": routine}, ()))
    assert opened.tab.stage.sentence.text() == "In this form of the routine nothing is heard."
    assert not opened.tab.stage.play_button.isEnabled()
    opened.tab.settings.form.variant.setCurrentIndex(1)
    opened.tab.settings.form.variant.activated.emit(1)
    qtbot.waitUntil(opened.tab.stage.play_button.isEnabled)
    assert opened.tab.playback.timeline.duration_frames == (4 + 3) * SAMPLE_RATE_HZ
