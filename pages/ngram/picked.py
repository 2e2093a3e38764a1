"""What was clicked in one text, by its tokens' numbers: in another text they mean other tokens."""

from __future__ import annotations

from pages.ngram.counted import Counted
from pages.ngram.state import GRAM, ROOT, SHOWN_TEXT, TOKEN, TURNED

Gram = tuple[int, ...]


def picked_gram(counted: Counted) -> Gram:
    """Its tokens; none if nothing was clicked in this text."""
    text, gram = GRAM.value
    return gram if text == _name(counted) else ()


def pick_gram(counted: Counted, gram: Gram) -> None:
    """In a callback: what was clicked."""
    GRAM.set((_name(counted), gram))


def forget_other_texts(counted: Counted) -> None:
    """Let go of what was chosen among other tokens."""
    if SHOWN_TEXT.turned(_name(counted)):
        for chosen in (TOKEN, ROOT, TURNED):
            chosen.forget()


def _name(counted: Counted) -> str:
    return counted.spec.corpus.model_dump_json() + counted.spec.tokenizer.model_dump_json()
