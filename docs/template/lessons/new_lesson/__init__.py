"""What the lesson "New lesson" teaches."""
