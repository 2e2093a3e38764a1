"""How a model learns: slopes, steps, and what becomes of both; arithmetic in NumPy."""
