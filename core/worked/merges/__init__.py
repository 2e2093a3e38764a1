"""How byte-pair encoding learns: what the ``tokenizers`` library has merged, one step at a time.

``learned.py`` asks the library which pairs it merges; ``steps.py`` walks over them, forwards and backwards,
and counts the pairs at each; ``others.py`` trains WordPiece and Unigram on the same text.
"""

from core.worked.merges.learned import Learned, Merge, Pair, learn
from core.worked.merges.others import (
    Cut,
    Cutter,
    Path,
    Score,
    best_paths,
    scores,
    train_unigram,
    train_wordpiece,
    unigram_words,
)
from core.worked.merges.steps import Count, Stepper

__all__ = [
    "Count",
    "Cut",
    "Cutter",
    "Learned",
    "Merge",
    "Pair",
    "Path",
    "Score",
    "Stepper",
    "best_paths",
    "learn",
    "scores",
    "train_unigram",
    "train_wordpiece",
    "unigram_words",
]
