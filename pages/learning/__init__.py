"""The lesson "Learning" on the screen."""
