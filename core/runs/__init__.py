"""Where runs live, who executes them, and who answers questions to trained models."""
