"""Words alone as tokens: no blanks, no signs, one entry however a word begins, and words in Chinese too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.bare import BareWordTokenizer
from core.text.bare.chinese import cut_han
from core.text.corpora import load_corpus
from core.text.tokenizers import load_tokenizer, train_tokenizer

BARE = TokenizerSpec(kind="bare", vocabulary=1000)


def test_only_words_and_numbers_are_tokens_and_one_word_is_one_entry() -> None:
    text = 'The cat saw Anna. "The cat!" said Anna, and the 2 cats ran. ' * 2
    tokenizer = train_tokenizer(BARE, text)
    shown = [tokenizer.show(token) for token in tokenizer.encode("Anna, THE Cat — the 2!")]
    assert shown == ["Anna", "the", "cat", "the", "2"]
    assert {tokenizer.show(token) for token in range(1, tokenizer.vocabulary_size)} == {
        *("the", "cat", "saw", "Anna", "said", "and", "2", "cats", "ran")
    }
    assert list(tokenizer.encode("dog")) == [0]


def test_a_word_is_shown_as_it_is_written_where_no_sentence_begins() -> None:
    text = "He ran. He sat. He saw that he ran. Will ran. Will sat. One day. One more. "
    tokenizer = train_tokenizer(BARE, text)
    assert [tokenizer.show(int(t)) for t in tokenizer.encode("HE will one")] == [
        "he",
        "Will",
        "One",
    ]


def test_words_that_are_written_with_a_sign_within_stay_whole() -> None:
    assert list(BareWordTokenizer.entries("don't, well-known – e\u0301t\u00e9")) == [
        *("don't", "well-known", "\u00e9t\u00e9")
    ]


@given(st.text(alphabet="aB é\u0301.!\n小明红猫2-'’"))
def test_the_pieces_are_the_whole_text_and_fit_the_tokens(text: str) -> None:
    tokenizer = BareWordTokenizer.train("a B 小明 2", 10)
    spans, ids = tokenizer.spans(text), tokenizer.encode(text)
    assert len(spans) == len(ids)
    if spans:
        assert "".join(text[start:end] for start, end in spans) == text


def test_chinese_is_cut_into_words_that_the_stories_are_made_of() -> None:
    assert list(cut_han("昨天下午小明来到公园看见一只毛茸茸的小猫")) == [
        *("昨天", "下午", "小明", "来到", "公园", "看见", "一", "只", "毛茸茸", "的", "小猫")
    ]
    assert list(cut_han("面包师说她累了")) == ["面包师", "说", "她", "累", "了"]
    assert list(cut_han("一块面包")) == ["一", "块", "面包"]
    assert list(cut_han("量子纠缠")) == ["量", "子", "纠", "缠"]
    tokenizer = train_tokenizer(BARE, load_corpus(CorpusSpec(name="tales_zh", size=200)).text)
    shown = {tokenizer.show(token) for token in range(tokenizer.vocabulary_size)}
    assert {"小红", "围巾", "苹果", "公园", "旁边"} <= shown
    assert not shown & {"，", "。", "“", "\n"}


@pytest.mark.parametrize(
    ("text", "joined"), [("The cat ran.", "the cat ran"), ("小明来到公园。", "小明来到公园")]
)
def test_words_are_joined_as_their_script_joins_them(text: str, joined: str) -> None:
    tokenizer = BareWordTokenizer.train(f"the cat ran {text}", 30)
    assert tokenizer.decode(tokenizer.encode(text)) == joined


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    tokenizer = train_tokenizer(BARE, "The cat saw the dog. 小明看见小猫。")
    tokenizer.save(tmp_path / "t.json")
    again = load_tokenizer(tmp_path / "t.json")
    assert again.kind == "bare"
    assert list(again.encode("CAT 小猫")) == list(tokenizer.encode("cat小猫"))


def test_a_text_without_words_has_no_tokens() -> None:
    tokenizer = BareWordTokenizer.train("a", 5)
    assert (len(tokenizer.encode("… !?")), tokenizer.spans("… !?")) == (0, [])
