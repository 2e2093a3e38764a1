"""What a GPT loses without some of its heads, by kind of token, on stories it never saw.

A synthetic corpus knows which words refer back: a verb that must agree with a subject some words
before it, a pronoun that stands for a name. So the loss can be told apart by what a token needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.inspection.tap import tap
from core.models.neural import evaluating
from core.models.transformer import GPT
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus
from core.text.corpus import Link
from core.text.tokenizers import Tokenizer
from core.worked.head_scores import token_links

TokenKind = Literal["verb", "pronoun", "punctuation", "word"]
KINDS: tuple[TokenKind, ...] = get_args(TokenKind)

FAR = 2
"""A verb is scored if its subject stands at least so many tokens before it."""

_FORMS = (("was", "were"), ("is", "are"))
_PUNCTUATION = frozenset(".,!?;:\"'“”‘’。，！？；：")


@dataclass(frozen=True, eq=False)
class Stories:
    """Stories the model never saw: ``tokens`` [s t], filled up with zeros; ``kinds`` [s t] the place
    in ``KINDS`` of each token, −1 where it is not scored. ``rivals`` [s t] is the other form of an
    agreeing verb (was for were), −1 at all other tokens. ``links`` are (story, verb, subject)."""

    tokens: NDArray[np.int64]
    kinds: NDArray[np.int8]
    rivals: NDArray[np.int64]
    links: tuple[tuple[int, int, int], ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Loss:
    """``losses``: mean loss in nats for each kind that occurs. ``right`` of ``verbs`` agreeing verbs
    have a higher probability than their other form."""

    losses: Mapping[TokenKind, float]
    right: int
    verbs: int


def fresh_stories(
    tokenizer: Tokenizer, corpus: CorpusSpec, context: int, count: int, seed: int
) -> Stories:
    """Stories of the corpus's own kind, told with another seed, each cut to the context."""
    fresh = load_corpus(corpus.model_copy(update={"size": count, "seed": seed}))
    texts = fresh.text.split("\n\n")[:count]
    tokens = np.zeros((len(texts), context), dtype=np.int64)
    kinds = np.full(tokens.shape, -1, dtype=np.int8)
    rivals = np.full(tokens.shape, -1, dtype=np.int64)
    rival = rivals_of(tokenizer)
    links: list[tuple[int, int, int]] = []
    lengths = []
    begin = 0
    for story, text in enumerate(texts):
        ids = [int(token) for token in tokenizer.encode(text)[:context]]
        tokens[story, : len(ids)] = ids
        lengths.append(len(ids))
        found = _kinds(tokenizer, text, ids, _links_of(fresh.links, begin, text))
        for place, (kind, target) in enumerate(found):
            other = rival.get(ids[place], -1) if kind == "verb" else -1
            if place == 0 or (kind == "verb" and other < 0):
                continue
            kinds[story, place] = KINDS.index(kind)
            rivals[story, place] = other
            if kind == "verb":
                links.append((story, place, target))
        begin += len(text) + 2
    return Stories(tokens, kinds, rivals, tuple(links), tuple(lengths))


def loss_without(gpt: GPT, stories: Stories, silent: Iterable[tuple[int, int]] = ()) -> Loss:
    """Read the stories with these (layer, head) giving zeros."""
    by_layer: dict[int, list[int]] = {}
    for layer, head in sorted(set(silent)):
        by_layer.setdefault(layer, []).append(head)
    writes = {
        f"blocks.{layer}.attention.head_outputs": _silencing(heads)
        for layer, heads in by_layer.items()
    }
    with evaluating(gpt), torch.no_grad(), tap(gpt, writes=writes):
        logits = gpt(torch.from_numpy(stories.tokens))[:, :-1]
        logp = logits.log_softmax(dim=-1).numpy()
    targets, kinds, rivals = (a[:, 1:] for a in (stories.tokens, stories.kinds, stories.rivals))
    right = np.take_along_axis(logp, targets[..., None], axis=-1)[..., 0].astype(np.float64)
    losses: dict[TokenKind, float] = {
        kind: float(-right[kinds == place].mean())
        for place, kind in enumerate(KINDS)
        if (kinds == place).any()
    }
    paired = rivals >= 0
    wrong = np.take_along_axis(logp, np.maximum(rivals, 0)[..., None], axis=-1)[..., 0]
    return Loss(losses, int((right > wrong)[paired].sum()), int(paired.sum()))


def share_on_subject(gpt: GPT, stories: Stories) -> NDArray[np.float64]:
    """How much of its attention each head has on the subject, one token before the verb: the place
    where the verb must be predicted. Mean over the verbs, [l h]; NaN where there are none."""
    if not stories.links:
        return np.full((gpt.spec.layers, gpt.spec.heads), np.nan)
    # Stories are filled up at their ends, and no token looks ahead: one batch is as good as each alone.
    with evaluating(gpt), torch.no_grad(), tap(gpt, "blocks.*.attention.weights") as seen:
        gpt.features(torch.from_numpy(stories.tokens))
    maps = np.stack([weights.numpy() for weights in seen.values()])
    story, verb, subject = np.array(stories.links).T
    share: NDArray[np.float64] = maps[:, story, :, verb - 1, subject].mean(axis=0, dtype=np.float64)
    return share


def _links_of(links: Sequence[Link], begin: int, text: str) -> list[Link]:
    """The links within one story, placed from its beginning."""
    end = begin + len(text)
    return [
        Link(
            link.kind,
            (link.source[0] - begin, link.source[1] - begin),
            (link.target[0] - begin, link.target[1] - begin),
        )
        for link in links
        if begin <= link.target[0] and begin <= link.source[0] and link.source[1] <= end
    ]


def _kinds(
    tokenizer: Tokenizer, text: str, ids: Sequence[int], links: Sequence[Link]
) -> list[tuple[TokenKind, int]]:
    """For each token its kind, and for a linked one the token it looks back at (else −1)."""
    spans = tokenizer.spans(text)
    found: list[tuple[TokenKind, int]] = []
    for token in ids:
        sign = tokenizer.show(token).strip("␣ ")
        found.append(("punctuation" if sign and set(sign) <= _PUNCTUATION else "word", -1))
    for link in links:
        for source, target in token_links(spans, [(link.source, link.target)]):
            if source >= len(ids):
                continue
            if link.kind == "agreement" and source - target >= FAR:
                found[source] = ("verb", target)
            elif link.kind == "pronoun":
                found[source] = ("pronoun", target)
    return found


def rivals_of(tokenizer: Tokenizer) -> dict[int, int]:
    """Token of a verb form → token of its other form, where each is one token of the vocabulary."""
    ids = {tokenizer.show(i).strip("␣ "): i for i in range(tokenizer.vocabulary_size)}
    pairs = [(ids[a], ids[b]) for a, b in _FORMS if a in ids and b in ids]
    return {**dict(pairs), **{b: a for a, b in pairs}}


def _silencing(heads: list[int]) -> Callable[[Tensor], Tensor]:
    def silence(x: Tensor) -> Tensor:
        x = x.clone()
        x[:, heads] = 0.0
        return x

    return silence
