"""What computes: text, models, training, runs, inspection, figures. Knows neither lessons nor screens."""
