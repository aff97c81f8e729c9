"""Trials on oneself: the card, the steps to a plan, the nights and the result."""
