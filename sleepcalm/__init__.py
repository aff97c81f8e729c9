"""SleepCalm: guided relaxation, minerals and a sleep diary for people with sleep starts."""

__version__ = "0.1.0"
