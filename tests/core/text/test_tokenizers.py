"""What holds for every kind of tokenizer."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.spec.text import TokenizerSpec
from core.text.tales import tales
from core.text.tales_zh import tales_zh
from core.text.tokenizers import Tokenizer, load_tokenizer, train_tokenizer

_ONCE = tales(40, seed=1).text + tales_zh(12, seed=1).text + "\tdon't, naïve 3.14 — 😀👩‍👩‍👧 ok \n"
TEXT = 2 * _ONCE
"""What comes once in a long text might be left out of a vocabulary."""
KINDS = ["characters", "words", "bpe"]


def trained(kind: str, vocabulary: int = 5000) -> Tokenizer:
    return train_tokenizer(TokenizerSpec(kind=kind, vocabulary=vocabulary), TEXT)  # type: ignore[arg-type]


TOKENIZERS = {kind: trained(kind) for kind in KINDS}

any_text = st.text(max_size=60) | st.text(alphabet="ab 你好\n\t😀👩‍👧é'’\u0301", max_size=40)


@pytest.fixture(params=KINDS)
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    return TOKENIZERS[request.param]


@pytest.mark.parametrize("kind", KINDS)
@given(text=any_text)
def test_spans_are_in_order_and_cover_the_text(kind: str, text: str) -> None:
    tokenizer = TOKENIZERS[kind]
    ids, spans = tokenizer.encode(text), tokenizer.spans(text)
    assert ids.dtype == np.int64 and ids.shape == (len(spans),)
    assert spans == sorted(spans)
    reached = 0
    for start, end in spans:
        assert start <= reached, "a gap"
        assert start < end
        reached = end
    assert reached == len(text)


@pytest.mark.parametrize("kind", KINDS)
@given(text=any_text)
def test_what_is_promised_lossless_is(kind: str, text: str) -> None:
    tokenizer = TOKENIZERS[kind]
    assert tokenizer.lossless == (kind == "bpe")
    if tokenizer.lossless:
        assert tokenizer.decode(tokenizer.encode(text)) == text


@given(data=st.data())
def test_text_made_of_known_characters_comes_back(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet=sorted(set(TEXT)), max_size=80))
    tokenizer = TOKENIZERS["characters"]
    assert tokenizer.decode(tokenizer.encode(text)) == text


@given(st.integers(0, len(TEXT.splitlines(keepends=True)) - 1), st.integers(1, 5))
def test_text_made_of_known_words_comes_back(start: int, count: int) -> None:
    text = "".join(TEXT.splitlines(keepends=True)[start : start + count])
    tokenizer = TOKENIZERS["words"]
    assert 0 not in tokenizer.encode(text)
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_the_training_text_comes_back(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode(TEXT)
    assert tokenizer.decode(ids) == TEXT
    assert tokenizer.decode([int(token) for token in ids]) == TEXT
    assert ids.max() < tokenizer.vocabulary_size


def test_empty_text(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("")
    assert ids.shape == (0,) and ids.dtype == np.int64
    assert tokenizer.spans("") == []
    assert tokenizer.decode(ids) == ""


def test_saved_and_loaded_it_is_the_same(tokenizer: Tokenizer, tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    tokenizer.save(path)
    assert json.loads(path.read_text(encoding="utf-8"))["kind"] == tokenizer.kind
    loaded = load_tokenizer(path)
    assert type(loaded) is type(tokenizer)
    assert loaded.vocabulary_size == tokenizer.vocabulary_size
    sample = TEXT[:500] + "日本 ∑ 😀"
    assert np.array_equal(loaded.encode(sample), tokenizer.encode(sample))
    every = range(tokenizer.vocabulary_size)
    assert [loaded.show(token) for token in every] == [tokenizer.show(token) for token in every]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text('{"kind": "runes", "pieces": ["<unk>"]}', encoding="utf-8")
    with pytest.raises(ValueError, match="runes"):
        load_tokenizer(path)


@pytest.mark.parametrize(("kind", "most"), [("characters", 20), ("words", 50), ("bpe", 300)])
def test_the_vocabulary_is_capped_and_made_the_same_twice(kind: str, most: int) -> None:
    first, second = trained(kind, most), trained(kind, most)
    assert first.vocabulary_size == most
    assert np.array_equal(first.encode(TEXT), second.encode(TEXT))
    assert first.encode(TEXT).max() < most


def test_blanks_are_shown(tokenizer: Tokenizer) -> None:
    shown = [tokenizer.show(int(token)) for token in tokenizer.encode(" \n\t")]
    assert "".join(shown) == "␣⏎⇥"
    for token in range(tokenizer.vocabulary_size):
        shown_token = tokenizer.show(token)
        assert shown_token and shown_token.replace("\u200d", "").isprintable()


def test_byte_pairs_need_room_for_the_bytes() -> None:
    with pytest.raises(LearnerError, match=r"at least 257.*it is 256"):
        trained("bpe", 256)
    assert trained("bpe", 257).vocabulary_size == 257


def test_an_empty_text_trains_every_kind() -> None:
    for kind, size in zip(KINDS, (1, 1, 256), strict=True):
        spec = TokenizerSpec(kind=kind, vocabulary=300)  # type: ignore[arg-type]
        assert train_tokenizer(spec, "").vocabulary_size == size
