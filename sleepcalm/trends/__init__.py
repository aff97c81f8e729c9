"""What changed over the nights, and what can be concluded from it: pure rules over joined nights."""
