"""Lesson: GPT."""
