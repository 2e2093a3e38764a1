"""What looks inside a model while it computes. Needs torch."""
