"""What the lesson "Learning" teaches."""
