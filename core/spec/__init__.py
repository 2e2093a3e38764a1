"""What decides a run: its specification, a file for each family of models. No torch."""
