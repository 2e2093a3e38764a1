"""The lesson "Compare" on the screen."""
