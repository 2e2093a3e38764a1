"""Arithmetic with vectors of words: angles, neighbours, analogies, maps, counts. NumPy only."""
