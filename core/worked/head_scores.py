"""How well heads do what is known to be useful: look back at the right token. NumPy only.

Maps are [l h q k]: attention of each query (row) over the keys, with no key after the query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.text.corpus import LinkKind

Maps = NDArray[np.floating]
Scores = NDArray[np.float64]
"""One number a head, [l h]."""


@dataclass(frozen=True, eq=False)
class LinkScore:
    """How well each head finds the gold key of the linked queries.

    ``share`` [l h]: mean weight on it. ``accuracy`` [l h]: how often it has the largest weight.
    ``chance``: what looking anywhere at random would have for both, the mean of 1 / visible keys.
    ``links``: how many were scored.
    """

    share: Scores
    accuracy: Scores
    chance: float
    links: int


Row = Literal["at", "before"]


@dataclass(frozen=True)
class HeadFindsLink:
    """The head that puts most of its attention on one kind of gold link.

    ``share`` is its mean weight on the gold key, ``accuracy`` how often that key gets the largest
    weight, ``chance`` what even attention would have. ``row`` tells whether the query is the linked
    token or the one before it.
    """

    kind: LinkKind
    layer: int
    head: int
    row: Row
    share: float
    accuracy: float
    chance: float
    links: int


def link_score(maps: Maps, links: Sequence[tuple[int, int]]) -> LinkScore:
    """Score links (query, gold key), as token positions, on one text's maps.

    Raises ValueError without links, or if a link looks ahead or out of the text.
    """
    return mean_link_score([(maps, links)])


def mean_link_score(texts: Sequence[tuple[Maps, Sequence[tuple[int, int]]]]) -> LinkScore:
    """The same over several texts of one model; each link counts once."""
    weights, right, chances = [], [], []
    for maps, links in texts:
        for query, key in links:
            if not 0 <= key <= query < maps.shape[-1]:
                raise ValueError(f"token {query} cannot look back at token {key}")
            row = maps[:, :, query, : query + 1].astype(np.float64)
            weights.append(row[:, :, key])
            right.append(row.argmax(axis=-1) == key)
            chances.append(1 / (query + 1))
    if not weights:
        raise ValueError("there is no link to score")
    return LinkScore(
        share=np.mean(weights, axis=0),
        accuracy=np.mean(right, axis=0, dtype=np.float64),
        chance=float(np.mean(chances)),
        links=len(weights),
    )


def token_links(
    spans: Sequence[tuple[int, int]],
    links: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> list[tuple[int, int]]:
    """Links between character spans (source looks back at target) as token positions.

    ``spans`` are the tokens' characters. A span of several tokens stands for its last one, by which
    a model that reads from the left has seen all of it. Links with an end outside are left out.
    """
    found = ((_last_within(spans, source), _last_within(spans, target)) for source, target in links)
    return [(q, k) for q, k in found if q is not None and k is not None and k <= q]


def previous_token(maps: Maps) -> Scores:
    """Mean weight on the token just before, over all queries but the first."""
    t = maps.shape[-1]
    if t < 2:
        raise ValueError("the token before needs two tokens")
    return _mean(maps[:, :, np.arange(1, t), np.arange(t - 1)])


def first_token(maps: Maps) -> Scores:
    """Mean weight on the first token, over all queries but the first, which sees nothing else."""
    if maps.shape[-1] < 2:
        raise ValueError("looking back at the first token needs two tokens")
    return _mean(maps[:, :, 1:, 0])


def same_token(maps: Maps, tokens: Sequence[int] | NDArray[np.int64]) -> Scores:
    """Mean weight on earlier tokens that are the same as the query's, over the queries that have
    such. NaN if no token comes twice."""
    ids = np.asarray(tokens)
    earlier = np.tril(ids[:, None] == ids[None, :], -1)
    queries = earlier.any(axis=1)
    if not queries.any():
        return np.full(maps.shape[:2], np.nan)
    return _mean((maps * earlier).sum(axis=-1)[:, :, queries])


def _mean(weights: Maps) -> Scores:
    """Over the last axis, in float64."""
    mean: Scores = np.mean(weights, axis=-1, dtype=np.float64)
    return mean


def _last_within(spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> int | None:
    """The last token that shares a character with the span."""
    start, end = span
    inside = [i for i, (begin, stop) in enumerate(spans) if begin < end and stop > start]
    return inside[-1] if inside else None
