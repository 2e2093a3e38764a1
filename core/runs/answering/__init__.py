"""What the warm worker does: it keeps models loaded and answers questions about them.

A module for each theme of ``core.runs.questions``; importing it registers its answers.
"""

from core.runs.answering import (
    attention,
    block,
    gradients,
    multihead,
    positions,
    recurrent,
    text,
    vectors,
)
from core.runs.answering.answerer import Answerer, serve

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
