"""Lesson: counting, N-grams."""
