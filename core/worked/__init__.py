"""Arithmetic for people, in NumPy: each number of a model, and the way to it."""
