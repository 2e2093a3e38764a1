"""What the lesson "Compare" teaches."""
