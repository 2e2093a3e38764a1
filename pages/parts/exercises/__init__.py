"""Exercises on the screen: a box around each, a way to answer for each kind."""
