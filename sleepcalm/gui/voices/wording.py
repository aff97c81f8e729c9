"""What is said of voices."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from sleepcalm.gui.voices.ports import Made, Making, VoiceOnOffer

_MOST_PROBLEMS = 3


def voice_title(voice: VoiceOnOffer) -> str:
    name = voice.narrator.partition(":")[2]
    return name or _tr("Built-in voice ({name})").format(name=voice.narrator)


def origin_text(voice: VoiceOnOffer) -> str:
    """What speaks, and in which language where the title does not tell."""
    names = {"say": _tr("macOS"), "sapi": _tr("Windows"), "folder": _tr("your recordings")}
    origin = names.get(voice.engine, voice.engine)
    shows_language = bool(voice.language) and voice.language not in voice.narrator
    return f"{origin} · {voice.language}" if shows_language else origin


def row_text(voice: VoiceOnOffer, *, is_being_made: bool) -> str:
    """The line below the title: what speaks, and how far the voice is."""
    if voice.is_built_in:
        return _tr("comes with SleepCalm")
    return f"{origin_text(voice)} · {_tr('being made') if is_being_made else state_text(voice)}"


def state_text(voice: VoiceOnOffer) -> str:
    """How far the voice is, in a few words."""
    if not voice.is_found:
        return _tr("not found here")
    if not voice.clips:
        return _tr("not made yet")
    if voice.is_whole:
        return _tr("whole")
    words = _tr("{clips} of {wanted} sentences")
    return words.format(clips=voice.clips, wanted=voice.wanted)


def about_text(voice: VoiceOnOffer) -> str:
    """What choosing the voice means now, and what it needs."""
    if voice.is_built_in:
        return _tr("It has every sentence of the routines that come with SleepCalm.")
    numbers = {"clips": voice.clips, "wanted": voice.wanted}
    if not voice.is_found:
        words = _tr("It was chosen, but is not to be found on this computer now.")
        one, many = _tr("1 of its sentences is here."), _tr("{clips} of its sentences are here.")
        words = f"{words} {one if voice.clips == 1 else many}"
    elif voice.is_recorded:
        words = _tr(
            "{clips} of {wanted} sentences are taken up from your recordings. "
            "The built-in voice speaks the others."
        )
    elif voice.is_whole:
        words = _tr("All {wanted} sentences are made.")
    elif voice.clips:
        words = _tr(
            "Half-made: {clips} of {wanted} sentences. Until it has all of a routine, "
            "the built-in voice speaks that routine."
        )
    else:
        words = _tr(
            "Its {wanted} sentences have to be made first, on this computer. "
            "Until then the built-in voice speaks."
        )
    untried = {
        "say": _tr("Voices of macOS are written to its documentation and not tried."),
        "sapi": _tr("Voices of Windows are written to its documentation and not tried."),
    }
    return " ".join(part for part in (words.format(**numbers), untried.get(voice.engine, "")) if part)


def make_text(voice: VoiceOnOffer) -> str:
    """The button that makes what is missing."""
    if voice.is_recorded:
        return _tr("&Take up recordings")
    return _tr("&Make the rest") if voice.clips else _tr("&Make sentences")


def making_text(making: Making) -> str:
    if not making.narrator:
        return _tr("Looking for a voice that can speak your routine")
    if not making.wanted:
        return _tr("{voice}: looking at what is there").format(voice=making.narrator)
    words = _tr("{voice}: {done} of {wanted} sentences")
    if making.is_of_routine:
        words = _tr("{voice}: {done} of {wanted} sentences of the chosen routine, then the others")
    return words.format(voice=making.narrator, done=making.done, wanted=making.wanted)


def made_text(made: Made) -> str:
    """How the making ended, with the first few reasons where something could not be made."""
    words = _tr("{done} of {wanted} sentences are made.")
    if made.was_stopped:
        words = _tr("stopped. What is made stays.")
    elif not made.wanted:
        words = "" if made.problems else _tr("nothing to make was found.")
    elif made.done == made.wanted:
        words = _tr("all {wanted} sentences are made.")
    lines = [words.format(done=made.done, wanted=made.wanted)] if words else []
    lines += made.problems[:_MOST_PROBLEMS]
    if len(made.problems) > _MOST_PROBLEMS:
        more = len(made.problems) - _MOST_PROBLEMS
        lines.append(_tr("And {number} more of the kind.").format(number=more))
    return f"{made.narrator}: " + "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Voices", text)
