"""Widgets that more than one tab can use. They take their colours from the palette (see `theme`)."""
