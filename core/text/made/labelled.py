"""The labelled passages of a text as tokens: those to train on and those that are held out. No torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.protocol import Tokens
from core.text.corpus import Corpus
from core.text.tokenizers import Tokenizer


@dataclass(frozen=True, eq=False)
class Example:
    """A passage: its ``text``, its ``tokens`` [t], the number of its label and how it was made."""

    text: str
    tokens: Tokens
    label: int
    kind: str


@dataclass(frozen=True, eq=False)
class Examples:
    """Passages that lie within the training text, and those of the held-out text."""

    training: tuple[Example, ...]
    held_out: tuple[Example, ...]


def labelled_passages(corpus: Corpus, cut: int, tokenizer: Tokenizer) -> Examples:
    """Those before and those after character ``cut``, where the held-out text begins.

    Either part may be empty.
    """
    parts: tuple[list[Example], list[Example]] = ([], [])
    for one in corpus.labelled:
        text = corpus.text[slice(*one.span)]
        example = Example(text, tokenizer.encode(text), one.label, one.kind)
        parts[one.span[0] >= cut].append(example)
    return Examples(tuple(parts[0]), tuple(parts[1]))


def check(examples: Examples, labels: int) -> None:
    """Raises LearnerError if there is nothing to learn from them, or if they have more labels than that."""
    if not examples.training and not examples.held_out:
        raise LearnerError(
            "The passages of this text have no labels, so there is nothing to learn to tell apart: "
            "choose the Reviews."
        )
    if not examples.training or not examples.held_out:
        raise LearnerError("The text has too few labelled passages: use a longer one.")
    most = max(example.label for example in (*examples.training, *examples.held_out)) + 1
    if most > labels:
        raise LearnerError(
            "The passages have {most} labels and the model tells {labels} apart: give it more.",
            most=most,
            labels=labels,
        )


def filled_up(
    examples: tuple[Example, ...], longest: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The first ``longest`` tokens of each, filled up behind with 0, [n t]; how many they are [n]; and
    the labels [n]."""
    kept = [example.tokens[:longest] for example in examples]
    lengths = np.array([len(tokens) for tokens in kept], dtype=np.int64)
    tokens = np.zeros((len(kept), int(lengths.max())), dtype=np.int64)
    for row, read in zip(tokens, kept, strict=True):
        row[: len(read)] = read
    return tokens, lengths, np.array([example.label for example in examples], dtype=np.int64)
