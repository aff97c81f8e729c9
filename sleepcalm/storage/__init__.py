"""Everything the user records, kept in one TinyDB file that is never half written."""
