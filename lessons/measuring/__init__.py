"""What the lesson "Measuring" teaches."""
