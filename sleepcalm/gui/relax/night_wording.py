"""The words for the ending of the sound, the sleep timer and the bedside screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from sleepcalm.preferences import Preferences


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relax", text)


def duration_text(seconds: float) -> str:
    """Such as 45 s, 2 min, 1 h 30 min."""
    if seconds < 60:
        return _tr("{seconds} s").format(seconds=round(seconds))
    if seconds % 60 and seconds < 600:
        return _tr("{minutes} min {seconds} s").format(
            minutes=int(seconds // 60), seconds=round(seconds % 60)
        )
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return _tr("{minutes} min").format(minutes=minutes)
    if not minutes:
        return _tr("{hours} h").format(hours=hours)
    return _tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def after_words_text(linger_min: float) -> str:
    if not linger_min:
        return _tr("The background begins to fade at once")
    return _tr("The background goes on for {time}").format(time=duration_text(linger_min * 60))


def fade_text(fade_s: float) -> str:
    return _tr("The fade takes {time}").format(time=duration_text(fade_s))


def timer_text(timer_min: float | None) -> str:
    if timer_min is None:
        return _tr("Not by time")
    return _tr("After {time} at the latest").format(time=duration_text(timer_min * 60))


def bedside_after_text(after_s: float) -> str:
    if not after_s:
        return _tr("Only by its key, B")
    return _tr("By itself, {time} after the start").format(time=duration_text(after_s))


def ending_text(preferences: Preferences) -> str:
    """The ending in a line or two, for the settings."""
    fade = duration_text(preferences.fade_s)
    if preferences.linger_min and not preferences.timer_at_routine_end:
        linger = duration_text(preferences.linger_min * 60)
        words = _tr("Background for {linger}, fade {fade}").format(linger=linger, fade=fade)
    else:
        words = _tr("Fade {fade}").format(fade=fade)
    if preferences.timer_min is None:
        return words
    timer = duration_text(preferences.timer_min * 60)
    return _tr("{words}; timer {timer}").format(words=words, timer=timer)
