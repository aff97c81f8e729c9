"""The one page for a clinician, painted onto whatever device it is given."""
