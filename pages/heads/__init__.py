"""Lesson: many heads."""
