"""The lesson "Tokens" on the screen."""
