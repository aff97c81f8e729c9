"""What is set in the right card takes effect, and the card shows what holds."""

from __future__ import annotations

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.gui.relax.ports import Sound
from sleepcalm.gui.relax.settings_panel import SettingsPanel
from sleepcalm.preferences import Preferences, RoutineForm


class SettingsLink:
    """Joins the panel with the preferences, and these with the sound and with what is played."""

    def __init__(
        self, settings: SettingsPanel, preferences: KeptPreferences, playback: Playback, sound: Sound
    ) -> None:
        self._settings = settings
        self._kept = preferences
        self._playback = playback
        self._sound = sound
        settings.changed.connect(self._change)
        settings.form.chosen.connect(self._keep_form)
        settings.cautions_wanted.connect(self._want_cautions)
        playback.cautions_heard.connect(self._note_cautions_heard)
        preferences.changed.connect(self._apply)
        settings.show_preferences(preferences.value)

    def adopt_choices(self) -> None:
        """Let the routine have the choices that hold for it now."""
        self._playback.adopt(self._kept.value.choices_of(self._playback.routine))

    def show_routine(self) -> None:
        """The routine or its timeline is another one."""
        routine = self._playback.routine
        self._settings.show_routine(
            routine,
            self._kept.value.choices_of(routine),
            cautions_are_heard=routine.id in self._kept.value.cautions_heard,
        )

    def _change(self, field: str, value: object) -> None:
        self._kept.change(**{field: value})

    def _keep_form(self, form: RoutineForm) -> None:
        self._kept.change(routine_forms=self._kept.value.with_form(form))

    def _want_cautions(self, wanted: bool) -> None:
        routine_id = self._playback.routine.id
        heard = tuple(name for name in self._kept.value.cautions_heard if name != routine_id)
        self._kept.change(cautions_heard=heard if wanted else (*heard, routine_id))

    def _note_cautions_heard(self, routine_id: str) -> None:
        if routine_id not in self._kept.value.cautions_heard:
            self._kept.change(cautions_heard=(*self._kept.value.cautions_heard, routine_id))

    def _apply(self, before: Preferences) -> None:
        now = self._kept.value
        if now.voice_volume != before.voice_volume:
            self._sound.set_voice_volume(now.voice_volume)
        if now.background_volume != before.background_volume:
            self._sound.set_background_volume(now.background_volume)
        if now.background_choice != before.background_choice:
            self._playback.set_background(now.background_choice)
        routine = self._playback.routine
        self._playback.adopt(now.choices_of(routine), before.choices_of(routine))
        self._settings.show_preferences(now)
        self.show_routine()
