"""What a model trains on, and what of the held-out text its vocabulary knows."""

from __future__ import annotations

from typing import Literal

import pytest

from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.corpora import split
from core.text.material import VALIDATION_TOKENS, prepare
from core.text.names import names

Kind = Literal["characters", "words", "bpe"]


@pytest.mark.parametrize("kind", ["characters", "words", "bpe"])
def test_what_a_loss_is_measured_on_is_counted(kind: Kind) -> None:
    spec = RunSpec(
        corpus=CorpusSpec(name="names", size=1500),
        tokenizer=TokenizerSpec(kind=kind, vocabulary=400),
    )
    material = prepare(spec)
    predicted = material.validation[1 : VALIDATION_TOKENS + 1]
    found = material.predicted
    assert found.tokens == len(predicted)
    assert found.unknown == (0 if kind == "bpe" else int((predicted == 0).sum()))
    held_out = split(names(1500, spec.corpus.seed))[1]
    first = material.tokenizer.spans(held_out)[1][0]
    last = material.tokenizer.spans(held_out)[len(predicted)][1]
    assert found.characters == last - first
    assert (found.unknown > 20) == (kind == "words")
