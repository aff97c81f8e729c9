"""What is seen: the window, its tabs, the widgets they share, and the colours of the night."""
