"""Lesson GPT: from a distribution to a text."""
