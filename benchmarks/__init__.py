"""How fast and how small SleepCalm is, each figure as a ratio to a reference measured beside it."""
