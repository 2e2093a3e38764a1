"""From a specification to what a model trains on: tokens, their tokenizer, a probe. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import LearnerError
from core.protocol import Tokens
from core.spec.run import RunSpec
from core.text.corpora import load_corpus, split
from core.text.coverage import Coverage, coverage
from core.text.made.labelled import Examples, labelled_passages
from core.text.probe import Probe, choose_probe
from core.text.tokenizers import Tokenizer, train_tokenizer

VALIDATION_TOKENS = 2048
"""At most so many held-out tokens are predicted for a validation loss, always the first ones."""


@dataclass(frozen=True, eq=False)
class Material:
    """The two parts of the text as tokens [t], the probe, which lies in the held-out part, and the
    passages whose label is known."""

    tokenizer: Tokenizer
    training: Tokens
    validation: Tokens
    probe: Probe
    predicted: Coverage | None
    """Of the tokens that a validation loss is measured on; None where these are answers of tasks."""
    examples: Examples
    before: Material | None = None
    """What the run was trained on that this one goes on from, where that is another text."""


def prepare(
    spec: RunSpec, own_text: str | None = None, tokenizer: Tokenizer | None = None
) -> Material:
    """Load or make the text, hold a tenth of it out, and train the tokenizer on the rest, unless there is
    one already.

    Raises LearnerError if the text does not suffice or is not the one that the spec names.
    """
    corpus = load_corpus(spec.corpus, own_text)
    training, validation = split(corpus.text)
    if tokenizer is None:
        tokenizer = train_tokenizer(spec.tokenizer, training)
    held_out = tokenizer.encode(validation)
    if len(held_out) < 2:
        raise LearnerError("The text is too short to hold a part of it out: use a longer one.")
    window = spec.model.training_window(spec.recipe)
    probe = choose_probe(corpus, validation, tokenizer, window)
    predicted = None
    if spec.corpus.name != "tasks":
        predicted = coverage(tokenizer, validation, first=1, most=VALIDATION_TOKENS)
    examples = labelled_passages(corpus, len(training), tokenizer)
    return Material(tokenizer, tokenizer.encode(training), held_out, probe, predicted, examples)
