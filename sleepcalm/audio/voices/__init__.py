"""Voices beside the built-in one: spoken by an engine of this machine, or recorded by the user."""
