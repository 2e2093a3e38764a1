"""The lesson "Tuning" on the screen."""
