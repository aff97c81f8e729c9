"""The sleep diary's rules: one night's entry, civil time, derived measures. Standard library only."""
