"""What the lesson on tokens says of cutting holds on five sets of stories, and not of ours alone."""

from __future__ import annotations

import pytest

from core.spec.text import TokenizerSpec
from core.text.bpe import BPETokenizer
from core.text.signs.graphemes import graphemes
from core.text.tales import tales
from core.text.tokenizers import train_tokenizer
from lessons.tokens.samples import FIRST, SAME, SAMPLES
from tests.experiments.seeds import SEEDS


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_never_seen_costs_its_bytes(seed: int) -> None:
    bpe = BPETokenizer.train(tales(200, seed=100 + seed).text, 600)
    shares = {
        name: len(bpe.encode(text)) / len(graphemes(text)) for name, (_label, text) in SAME.items()
    }
    assert shares["hindi"] > shares["chinese"] > shares["arabic"] > 1 > shares["english"]


@pytest.mark.parametrize("seed", SEEDS)
def test_words_lose_what_byte_pairs_keep(seed: int) -> None:
    """And byte pairs need fewer tokens than characters, more than words."""
    text = tales(200, seed=200 + seed).text
    words, bpe, characters = (
        train_tokenizer(TokenizerSpec(kind=kind, vocabulary=1000), text)
        for kind in ("words", "bpe", "characters")
    )
    lengths = [len(tokenizer.encode(FIRST)) for tokenizer in (words, bpe, characters)]
    assert lengths == sorted(set(lengths))
    for _label, sample in SAMPLES.values():
        assert bpe.decode(bpe.encode(sample)) == sample
    assert "�" in words.decode(words.encode(FIRST))
