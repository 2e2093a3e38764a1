"""Does a head find the links that a corpus is known to have? Scored on stories it never saw.

A synthetic corpus says which verb belongs to which subject and which pronoun to which name. A head
may make use of a link at the linked token itself, or at the token before, which has to predict it;
both rows are scored and the better is reported.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import nn

from core.inspection.heads import head_maps
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus, split
from core.text.corpus import Link, LinkKind
from core.text.tokenizers import Tokenizer
from core.worked.head_scores import (
    HeadFindsLink,
    LinkScore,
    Maps,
    Row,
    mean_link_score,
    token_links,
)

_ROWS: tuple[Row, ...] = ("at", "before")


def links_found(
    gpt: nn.Module, tokenizer: Tokenizer, corpus: CorpusSpec, context: int, most_stories: int = 80
) -> tuple[HeadFindsLink, ...]:
    """For every kind of gold link, the best head on held-out stories; empty if the corpus has none."""
    stories = [
        _Read(head_maps(gpt, tokenizer.encode(text)[:context]), tokenizer.spans(text), links)
        for text, links in _held_out_stories(corpus, most_stories)
    ]
    found = []
    for kind in sorted({link.kind for story in stories for link in story.links}):
        scores = {row: _score(stories, kind, row) for row in _ROWS}
        best = max(
            ((row, score) for row, score in scores.items() if score is not None),
            key=lambda candidate: candidate[1].share.max(),
            default=None,
        )
        if best is not None:
            found.append(_best(kind, *best))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class _Read:
    """A story as the model read it: its maps [l h q k], its tokens' places, its gold links."""

    maps: Maps
    spans: list[tuple[int, int]]
    links: list[Link]


def _held_out_stories(corpus: CorpusSpec, most: int) -> list[tuple[str, list[Link]]]:
    """The first held-out stories, each with its own links, placed from the story's beginning."""
    whole = load_corpus(corpus)
    if not whole.links:
        return []
    begin = len(split(whole.text)[0])
    stories = []
    for text in whole.text[begin:].split("\n\n")[:most]:
        end = begin + len(text)
        links = [
            Link(link.kind, _moved(link.source, begin), _moved(link.target, begin))
            for link in whole.links
            if begin <= link.target[0] and link.source[1] <= end
        ]
        stories.append((text, links))
        begin = end + 2
    return stories


def _moved(span: tuple[int, int], begin: int) -> tuple[int, int]:
    return span[0] - begin, span[1] - begin


def _score(stories: list[_Read], kind: LinkKind, row: Row) -> LinkScore | None:
    scored: list[tuple[Maps, list[tuple[int, int]]]] = []
    for story in stories:
        chosen = [(link.source, link.target) for link in story.links if link.kind == kind]
        shift = 0 if row == "at" else 1
        pairs = [(query - shift, key) for query, key in token_links(story.spans, chosen)]
        pairs = [(query, key) for query, key in pairs if key < query < story.maps.shape[-1]]
        if pairs:
            scored.append((story.maps, pairs))
    return mean_link_score(scored) if scored else None


def _best(kind: LinkKind, row: Row, score: LinkScore) -> HeadFindsLink:
    layer, head = np.unravel_index(int(score.share.argmax()), score.share.shape)
    return HeadFindsLink(
        kind=kind,
        layer=int(layer),
        head=int(head),
        row=row,
        share=float(score.share[layer, head]),
        accuracy=float(score.accuracy[layer, head]),
        chance=score.chance,
        links=score.links,
    )
