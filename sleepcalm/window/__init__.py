"""What lives as long as the window: its record, its sound and its signals, as the tabs ask for them."""
