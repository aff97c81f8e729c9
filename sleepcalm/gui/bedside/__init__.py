"""The nearly black screen beside the bed."""
