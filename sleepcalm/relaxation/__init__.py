"""What a relaxation routine is, how it is laid out in time, and how a session of it runs."""
