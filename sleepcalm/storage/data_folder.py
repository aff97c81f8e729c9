"""What lies in a user's data folder, by name; files and folders have the same names in a backup."""

from __future__ import annotations

RECORD_NAME = "record.json"
PREFERENCES_NAME = "preferences.json"
OWN_ROUTINES = "routines"
"""Folder for the user's own routine files."""
OWN_SOUNDS = "sounds"
"""Folder for the user's own sounds."""
CONVERTED_SOUNDS = "sounds-converted"
"""The loops made of them, which can be made again at any time."""
OWN_RECORDINGS = "recordings"
"""A folder in it for each voice that the user recorded. No backup holds them: they are large."""
PIPER_VOICES = "piper"
"""Voice files that the user has put there."""
RENDERED_VOICES = "voices"
"""Clips made on this machine, which can be made again at any time."""

BACKUPS = "backups"
GENERATIONS = "generations"
SET_ASIDE = "set-aside"

BESIDE_THE_RECORD = (PREFERENCES_NAME, OWN_ROUTINES, OWN_SOUNDS)
"""What a backup holds beside the record."""
