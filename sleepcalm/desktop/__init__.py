"""What the desktop around the window offers: media keys, sleep inhibition, the end of a suspend."""
