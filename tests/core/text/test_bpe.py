import os
import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.text.bpe import LONGEST_WORD, BPETokenizer

TOKENIZER = BPETokenizer.train("the cat and the hat\n" * 20 + "小猫和小狗" * 5, 280)


def test_frequent_pairs_are_merged() -> None:
    assert [TOKENIZER.show(int(token)) for token in TOKENIZER.encode("the hat")] == ["the", "␣hat"]


def test_parts_of_a_character_have_the_span_of_the_character() -> None:
    assert len(TOKENIZER.encode("😀")) == 4
    assert TOKENIZER.spans("a😀b") == [(0, 1), (1, 2), (1, 2), (1, 2), (1, 2), (2, 3)]
    ids = TOKENIZER.encode("国")
    assert [TOKENIZER.show(int(token)) for token in ids] == ["<E5>", "<9B>", "<BD>"]
    assert TOKENIZER.decode(ids[:1]) == "�"


@given(st.text(max_size=60))
def test_spans_hold_the_characters_of_whole_tokens(text: str) -> None:
    for token, (start, end) in zip(TOKENIZER.encode(text), TOKENIZER.spans(text), strict=True):
        decoded = TOKENIZER.decode([int(token)])
        if "�" not in decoded:
            assert text[start:end] == decoded


def test_every_token_can_be_decoded_and_shown() -> None:
    shown = [TOKENIZER.show(token) for token in range(TOKENIZER.vocabulary_size)]
    assert len(set(shown)) == TOKENIZER.vocabulary_size
    assert all(text.isprintable() for text in shown)


def test_half_a_surrogate_pair_is_replaced_and_not_an_error() -> None:
    assert TOKENIZER.decode(TOKENIZER.encode("a\ud83db")) == "a�b"
    assert TOKENIZER.spans("a\ud83d")[-1] == (1, 2)


def test_long_text_without_blanks_is_cut_and_so_no_burden() -> None:
    """Merging takes more than linear time in a word; no token may cross a cut."""
    text = "a" * (10 * LONGEST_WORD + 5)
    tokenizer = BPETokenizer.train(text * 20, 400)
    tokens = tokenizer.encode(text)
    ends = np.cumsum([len(tokenizer.decode([token])) for token in tokens])
    assert set(range(LONGEST_WORD, len(text), LONGEST_WORD)) <= set(ends.tolist())
    assert len(tokens) < len(text) / 10
    assert tokenizer.decode(tokens) == text


def test_merges_are_the_same_in_another_process() -> None:
    code = (
        "import hashlib; from core.text.bpe import BPETokenizer; from core.text.tales import tales;"
        "t = tales(50, 1).text; print(BPETokenizer.train(t, 600).encode(t).tolist()[:3000])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1 and len(outputs.pop()) > 1000
