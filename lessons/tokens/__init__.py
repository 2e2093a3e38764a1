"""What the lesson "Tokens" teaches."""
