"""Magnesium and calcium: items, a day's intake, totals against reference intakes, spacing from medicines."""
