"""What lies in a user's data folder, by name; files and folders have the same names in a backup."""

from __future__ import annotations

RECORD_NAME = "record.json"
PREFERENCES_NAME = "preferences.json"
OWN_ROUTINES = "routines"
"""Folder for the user's own routine files."""
OWN_SOUNDS = "sounds"
"""Folder for the user's own sounds."""

BACKUPS = "backups"
GENERATIONS = "generations"
SET_ASIDE = "set-aside"

BESIDE_THE_RECORD = (PREFERENCES_NAME, OWN_ROUTINES, OWN_SOUNDS)
"""What a backup holds beside the record."""
