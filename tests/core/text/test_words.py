import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.characters import CharacterTokenizer
from core.text.pieces import UNKNOWN, visible
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
        ("", []),
    ],
)
def test_where_text_is_cut(text: str, pieces: list[str]) -> None:
    assert list(WordTokenizer.cut(text)) == pieces


@given(st.text(max_size=80))
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(WordTokenizer.cut(text)) == text


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
