"""The signs of a text, as readers and as computers count them."""
