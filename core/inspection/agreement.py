"""Does a language model choose the verb form that its subject asks for, however far back that stands?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.inspection.ablation import rivals_of
from core.protocol import LanguageModel, Tokens
from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus
from core.text.tokenizers import Tokenizer
from core.worked.head_scores import token_links

LONGEST = 64
"""Tokens of a story before the verb, at most: what every model that is compared can read."""
_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class AgreementCase:
    """The tokens [t] before a verb, the ``right`` form and its ``rival`` (was and were), and how many tokens
    back the subject stands: 1 is the one just before."""

    before: Tokens
    right: int
    rival: int
    distance: int


def agreement_cases(
    tokenizer: Tokenizer, corpus: CorpusSpec, stories: int, seed: int
) -> list[AgreementCase]:
    """The agreeing verbs of stories of the corpus's own kind, told by another seed; none where the corpus
    knows of no agreement."""
    fresh = load_corpus(corpus.model_copy(update={"size": stories, "seed": seed}))
    rivals = rivals_of(tokenizer)
    cases = []
    begin = 0
    for text in fresh.text.split("\n\n")[:stories]:
        end = begin + len(text)
        links = [
            ((a - begin, b - begin), (c - begin, d - begin))
            for (a, b), (c, d) in (
                (link.source, link.target) for link in fresh.links if link.kind == "agreement"
            )
            if begin <= c and begin <= a and b <= end
        ]
        ids = tokenizer.encode(text)
        for verb, subject in token_links(tokenizer.spans(text), links):
            right = int(ids[verb])
            if verb < LONGEST and verb > subject and right in rivals:
                cases.append(AgreementCase(ids[:verb], right, rivals[right], verb - subject))
        begin = end + 2
    return cases


def chosen_right(model: LanguageModel, cases: list[AgreementCase]) -> NDArray[np.bool_]:
    """Of each case [n] whether the right form is likelier than its rival."""
    found = []
    for start in range(0, len(cases), _AT_ONCE):
        part = cases[start : start + _AT_ONCE]
        logp = model.next_log_probabilities([case.before for case in part])
        rows = np.arange(len(part))
        right = logp[rows, [case.right for case in part]]
        found.append(right > logp[rows, [case.rival for case in part]])
    return np.concatenate(found) if found else np.zeros(0, dtype=np.bool_)
