"""The lesson "Measuring" on the screen."""
