"""Does a head find the links that a corpus is known to have? Scored on stories it never saw.

A synthetic corpus says which verb belongs to which subject and which pronoun to which name. A head
may make use of a link at the linked token itself, or at the token before, which has to predict it;
both rows are scored and the better is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.inspection.heads import head_maps
from core.inspection.tap import tap
from core.models.neural import evaluating
from core.models.transformer import GPT
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
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
WATCHED_STORIES = 16
"""So many held-out stories tell, at every step that is looked at, how well heads find links."""


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
class LinkCases:
    """Held-out stories in one batch, ``tokens`` [s t], filled up with zeros at their ends, and the links in
    them: of each of ``LINK_KINDS`` its cases [n 3] as (story, query, key). The query is the token before the
    linked one: there the linked one has to be predicted."""

    tokens: NDArray[np.int64]
    cases: tuple[NDArray[np.int64], ...]

    def chance(self) -> NDArray[np.float64]:
        """What even attention would put on the linked token [k]: the mean of 1 / visible keys; NaN for a kind
        without cases."""
        return np.array(
            [(1 / (case[:, 1] + 1)).mean() if len(case) else np.nan for case in self.cases]
        )


def link_cases(
    tokenizer: Tokenizer, corpus: CorpusSpec, context: int, most_stories: int = WATCHED_STORIES
) -> LinkCases:
    """The links of the first held-out stories; no cases where the corpus knows of none."""
    found: list[list[tuple[int, int, int]]] = [[] for _ in LINK_KINDS]
    rows = []
    for story, (text, links) in enumerate(_made_stories(corpus, most_stories)):
        row = tokenizer.encode(text)[:context]
        rows.append(row)
        spans = tokenizer.spans(text)
        for kind, cases in zip(LINK_KINDS, found, strict=True):
            chosen = [(link.source, link.target) for link in links if link.kind == kind]
            cases += [
                (story, query - 1, key)
                for query, key in token_links(spans, chosen)
                if key < query - 1 and query < len(row)
            ]
    tokens = np.zeros((len(rows), max(map(len, rows), default=1)), dtype=np.int64)
    for story, row in enumerate(rows):
        tokens[story, : len(row)] = row
    return LinkCases(tokens, tuple(np.array(c, dtype=np.int64).reshape(-1, 3) for c in found))


def shares_on_links(gpt: GPT, cases: LinkCases) -> NDArray[np.float64]:
    """How much of its attention each head puts on the linked token, where that has to be predicted from:
    the mean over the cases of each of ``LINK_KINDS``, [k l h]; NaN for a kind without cases, and for a model
    that sees what is to come."""
    shares = np.full((len(LINK_KINDS), gpt.spec.layers, gpt.spec.heads), np.nan)
    if not gpt.spec.causal or not any(map(len, cases.cases)):
        return shares
    tokens = torch.from_numpy(cases.tokens).to(gpt.tokens.weight.device)
    # No token looks ahead, so what fills a story up changes nothing: one batch is as good as each alone.
    with evaluating(gpt), torch.no_grad(), tap(gpt, "blocks.*.attention.weights") as seen:
        gpt.features(tokens)
    maps = np.stack([weights.cpu().numpy() for weights in seen.values()])
    for place, case in enumerate(cases.cases):
        if len(case):
            story, query, key = case.T
            shares[place] = maps[:, story, :, query, key].mean(axis=0, dtype=np.float64)
    return shares


@dataclass(frozen=True, eq=False)
class _Read:
    """A story as the model read it: its maps [l h q k], its tokens' places, its gold links."""

    maps: Maps
    spans: list[tuple[int, int]]
    links: list[Link]


@lru_cache(maxsize=4)
def _made_stories(corpus: CorpusSpec, most: int) -> tuple[tuple[str, list[Link]], ...]:
    """Those of a text that is made: of the learner's own no links are known."""
    return () if corpus.name == "own" else tuple(_held_out_stories(corpus, most))


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
