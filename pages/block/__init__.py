"""Lesson: the Transformer block."""
