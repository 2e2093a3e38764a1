"""What the lesson "Words as vectors" teaches."""
