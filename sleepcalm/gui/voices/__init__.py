"""The small window in which the user chooses who speaks. Imported when it is opened."""
