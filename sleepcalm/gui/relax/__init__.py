"""The Relax tab: choosing a routine, hearing it, and following it on the screen."""
