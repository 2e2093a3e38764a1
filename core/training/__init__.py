"""Training, whatever the family: the loop, the optimizer, a file for each family."""
