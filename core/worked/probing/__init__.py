"""Whether something known of a text can be read off a network's state, and off which unit. NumPy only."""
