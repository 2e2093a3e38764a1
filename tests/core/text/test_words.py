from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.characters import CharacterTokenizer
from core.text.pieces import TAUGHT, UNKNOWN, visible
from core.text.words import WordTokenizer


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The cat sat.", ["The", " cat", " sat", "."]),
        ('"No," she said.\n\nOne', ['"', "No", ",", '"', " she", " said", ".", "\n", "\n", "One"]),
        ("don't we’ll 'tis", ["don't", " we’ll", " '", "tis"]),
        ("一只小猫 cat", ["一", "只", "小", "猫", " cat"]),
        ("cat猫 dog", ["cat", "猫", " dog"]),
        ("两 只", ["两", " ", "只"]),
        ("a  b", ["a", " ", " b"]),
        ("in 1984 or 3.5", ["in", " 1984", " or", " 3", ".", "5"]),
        ("é_x \tß ", ["é_x", " ", "\t", "ß", " "]),
        ("ok 😀!", ["ok", " 😀", "!"]),
        ("हिन्दी विकिपीडिया", ["हिन्दी", " विकिपीडिया"]),
        ("نمی‌خواهم، مرحبا", ["نمی‌خواهم", "،", " مرحبا"]),
        ("hi👨‍👩‍👧 👍🏽!", ["hi", "👨‍👩‍👧", " 👍🏽", "!"]),
        ("1️⃣ 🇫🇷🇨🇳", ["1️⃣", " 🇫🇷", "🇨🇳"]),
        ("x² + ½", ["x", "²", " +", " ½"]),
        ("か\u3099 葛󠄀", ["か\u3099", " ", "葛󠄀"]),
        ("a\r\nb", ["a", "\r", "\n", "b"]),
        ("", []),
    ],
)
def test_where_text_is_cut(text: str, pieces: list[str]) -> None:
    assert list(WordTokenizer.cut(text)) == pieces


@given(st.text(max_size=80))
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(WordTokenizer.cut(text)) == text


@given(
    st.text(max_size=40)
    | st.text(alphabet="eéa\u0301 \u0951\u3099かが한각\u1100\u1161漢", max_size=20)
)
def test_the_same_letters_are_the_same_tokens_however_they_are_written(text: str) -> None:
    composed, decomposed = normalize("NFC", text), normalize("NFD", text)
    tokenizer = WordTokenizer.train(decomposed, 200)
    ids = tokenizer.encode(composed)
    assert ids.tolist() == tokenizer.encode(decomposed).tolist()
    assert tokenizer.decode(ids) == composed


def test_words_seen_once_are_unknown_where_a_long_text_would_have_no_other() -> None:
    frequent = "the cat sat . " * 100
    tokenizer = WordTokenizer.train(frequent + "ape bee cow", 50)
    assert tokenizer.vocabulary_size == 1 + 4 + 1 + 1  # "the" also without a space, and "ape"
    assert (tokenizer.encode(frequent + "ape bee cow") == 0).sum() == 403 // TAUGHT
    assert WordTokenizer.train("ape bee cow", 50).vocabulary_size == 4, "a short text keeps all"
    assert 0 not in WordTokenizer.train(frequent + "ape bee " * 2, 50).encode(" ape bee")


def test_frequent_words_are_kept_and_others_are_unknown() -> None:
    tokenizer = WordTokenizer.train("a a a b b c", 3)
    assert tokenizer.vocabulary_size == 3
    assert [tokenizer.show(token) for token in range(3)] == ["�", "␣a", "␣b"]
    assert tokenizer.encode("z a b").tolist() == [0, 1, 2]
    assert tokenizer.decode([0, 1]) == "� a"


def test_ties_are_settled_by_code_point() -> None:
    assert CharacterTokenizer.train("dcba", 3).encode("abcd").tolist() == [1, 2, 0, 0]


def test_the_name_of_the_unknown_piece_in_a_text_is_not_the_unknown_piece() -> None:
    tokenizer = WordTokenizer.train("<unk> <unk>", 10)
    assert tokenizer.decode(tokenizer.encode("<unk>")) == "<unk>"


def test_a_vocabulary_begins_with_the_unknown_piece() -> None:
    with pytest.raises(ValueError, match="unknown"):
        WordTokenizer(["a", "b"])
    assert WordTokenizer([UNKNOWN, "a"]).vocabulary_size == 2


def test_visible() -> None:
    assert visible(" a\nb\t\x07") == "␣a⏎b⇥<U+0007>"
    assert visible("👩‍🚀") == "👩‍🚀"
    assert visible("\u200d") == "<U+200D>"
    assert visible("\u0301") == "◌\u0301"
    assert visible("a\u202eb") == "a<U+202E>b", "it would turn the rest of the line around"
