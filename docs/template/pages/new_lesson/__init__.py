"""The lesson "New lesson" on the screen."""
