"""Nights with and without something: the card, its window and its words."""
