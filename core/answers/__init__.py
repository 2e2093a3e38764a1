"""What the warm worker does: it keeps models loaded and answers questions about them.

A module for each theme of ``core.questions``; importing it registers its answers.
"""

from core.answers import attention, block, gradients, multihead, positions, recurrent, text, vectors
from core.answers.answerer import Answerer, serve

__all__ = [
    "Answerer",
    "attention",
    "block",
    "gradients",
    "multihead",
    "positions",
    "recurrent",
    "serve",
    "text",
    "vectors",
]
