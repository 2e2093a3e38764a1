"""What a reader takes for one character: Unicode's extended grapheme clusters (UAX 29).

"é" may be written with one code point or with two, 👨‍👩‍👧 takes five, a Hindi syllable two or three: a
reader points at one sign each time, and so must whatever marks a place in a text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import regex

from core.text.corpus import Span

_CLUSTER = regex.compile(r"\X")


def graphemes(text: str) -> list[str]:
    """The text, character by character as a reader counts them; joined they are the text again."""
    found: list[str] = _CLUSTER.findall(text)
    return found


def touched(clusters: Sequence[str], spans: Iterable[Span]) -> list[Span]:
    """For spans of code points, the clusters that each has any part of, from the first to before the last."""
    ends = list(accumulate(map(len, clusters)))
    return [(bisect_right(ends, start), bisect_left(ends, end) + 1) for start, end in spans]


def code_points(text: str) -> list[str]:
    """The code points of a text as Unicode writes them: ``U+00E9``."""
    return [f"U+{ord(sign):04X}" for sign in text]
