"""What the lesson "Tuning" teaches."""
