"""Bars: two numbers a row, losses of counted models, what each token cost."""
