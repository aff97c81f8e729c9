"""The Diary tab: a night to fill in, the month beside it, and the history as a table."""
