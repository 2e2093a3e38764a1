"""The n-gram that was clicked among the counts of one text; in another text its numbers mean other tokens."""

from __future__ import annotations

from pages.ngram.counted import Counted
from pages.ngram.state import GRAM

Gram = tuple[int, ...]


def picked_gram(counted: Counted) -> Gram:
    """Its tokens; none if nothing was clicked in this text."""
    text, gram = GRAM.value
    return gram if text == _name(counted) else ()


def pick_gram(counted: Counted, gram: Gram) -> None:
    """In a callback: what was clicked."""
    GRAM.set((_name(counted), gram))


def _name(counted: Counted) -> str:
    return counted.spec.corpus.model_dump_json() + counted.spec.tokenizer.model_dump_json()
