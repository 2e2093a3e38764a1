"""The lesson "Words as vectors" on the screen."""
