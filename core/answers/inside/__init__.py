"""Answers about the inside of a GPT; importing the package registers them all."""

from core.answers.inside import keeping, reading

__all__ = ["keeping", "reading"]
