"""How byte-pair encoding learns: what the ``tokenizers`` library has merged, one step at a time.

``learned.py`` asks the library which pairs it merges; ``steps.py`` walks over them, forwards and backwards,
and counts the pairs at each.
"""

from core.worked.merges.learned import Learned, Merge, learn
from core.worked.merges.steps import Count, Stepper

__all__ = ["Count", "Learned", "Merge", "Stepper", "learn"]
