import math

import pytest

from core.text.bpe import BPETokenizer
from core.text.characters import CharacterTokenizer
from core.text.coverage import coverage
from core.text.reference import reference
from core.text.words import WordTokenizer

TEXT = reference(40)


def test_what_is_unknown_is_counted() -> None:
    found = coverage(WordTokenizer.train("the cat sat. " * 9, 20), "the cat saw mice.")
    assert (found.tokens, found.unknown, found.hidden) == (5, 2, len(" saw mice"))
    assert found.share == pytest.approx(0.4)


@pytest.mark.parametrize("tokenizer", [BPETokenizer, CharacterTokenizer])
def test_where_nothing_is_unknown_the_loss_is_only_shared_out(tokenizer: type) -> None:
    found = coverage(tokenizer.train(TEXT * 2, 400), TEXT)
    assert found.unknown == 0
    assert found.nats_per_character(2.0) == pytest.approx(2.0 * found.tokens / len(TEXT))


def test_a_smaller_vocabulary_no_longer_improves_the_loss() -> None:
    """Counts of single words: nats per token fall with the vocabulary, nats per character rise."""
    per_token, per_character = [], []
    for size in (20, 200, 2000):
        tokenizer = WordTokenizer.train(TEXT, size)
        tokens = tokenizer.encode(TEXT)
        shares = [int((tokens == token).sum()) / len(tokens) for token in set(tokens.tolist())]
        per_token.append(-sum(share * math.log(share) for share in shares))
        per_character.append(coverage(tokenizer, TEXT).nats_per_character(per_token[-1]))
    assert per_token == sorted(per_token)
    assert per_character == sorted(per_character, reverse=True)


def test_an_empty_text_has_no_share() -> None:
    found = coverage(CharacterTokenizer.train("ab", 9), "")
    assert found.share == 0.0 and math.isnan(found.nats_per_character(1.0))
