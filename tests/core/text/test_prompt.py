import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.bpe import BPETokenizer
from core.text.characters import CharacterTokenizer
from core.text.prompt import Prompt, read_prompt
from core.text.tales import tales
from core.text.tokenizers import Tokenizer
from core.text.words import WordTokenizer

TALES = tales(2000, seed=7).text
WORDS = WordTokenizer.train(TALES, 1000)
CHARACTERS = CharacterTokenizer.train(TALES[:50_000], 100)
BYTES = BPETokenizer.train(TALES[:50_000], 400)
CODE = WordTokenizer.train("def f(x):\n    return x\n\n\tpass\n" * 20, 100)


def shown(tokenizer: Tokenizer, text: str) -> list[str]:
    return [tokenizer.show(int(token)) for token in read_prompt(tokenizer, text).tokens]


@pytest.mark.parametrize("word", ["Mia", "cat", "sat"])
def test_a_first_word_is_the_token_it_is_within_a_text(word: str) -> None:
    prompt = read_prompt(WORDS, word)
    assert WORDS.encode(word).tolist() == [0]
    assert prompt.tokens.tolist() == WORDS.encode(f" {word}").tolist() != [0]
    assert prompt.unknown == ()


def test_a_first_word_that_begins_a_text_stays_as_it_is() -> None:
    assert shown(WORDS, "The cat") == ["The", "␣cat"]


def test_so_is_the_first_word_of_a_line_and_after_a_mark() -> None:
    assert shown(WORDS, "The cat.\nMia sat") == ["The", "␣cat", ".", "⏎", "␣Mia", "␣sat"]


def test_a_word_known_only_without_a_space_is_found_too() -> None:
    assert shown(WordTokenizer.train("One\nOne\n" * 9, 20), "One One") == ["One", "One"]


@pytest.mark.parametrize(
    "text",
    [
        "The ",
        "The\n ".replace("\n", ""),
        " The",
        "The\t",
        "The\u00a0",
        "The  ",
        "\u3000The",
        "The\u2009",
    ],
)
def test_a_stray_blank_is_read_as_if_it_were_not_there(text: str) -> None:
    assert len(read_prompt(WORDS, text).tokens) == 1
    assert read_prompt(WORDS, text).unknown == ()


@pytest.mark.parametrize(
    "text", ["The  cat", "The\u00a0cat", "The\tcat", "The \u2009 cat", "The\u3000cat"]
)
def test_blanks_between_words_are_one_space(text: str) -> None:
    assert read_prompt(WORDS, text).tokens.tolist() == WORDS.encode("The cat").tolist()


@pytest.mark.parametrize(
    ("tokenizer", "text", "read"),
    [
        (WORDS, "The ", "The"),
        (WORDS, "The cat\t", "The cat"),
        (WORDS, " Mia", " Mia"),
        (WORDS, "  ", ""),
        (CODE, "    ", "    "),
        (CODE, "    return ", "    return "),
        (CHARACTERS, "The ", "The "),
        (BYTES, "The  ", "The  "),
    ],
)
def test_where_a_continuation_goes_on(tokenizer: Tokenizer, text: str, read: str) -> None:
    assert text[: read_prompt(tokenizer, text).end] == read


def test_blanks_that_are_tokens_stay() -> None:
    assert shown(CODE, "    return") == ["␣", "␣", "␣", "␣return"]
    assert shown(CODE, "    ") == ["␣"] * 4
    assert shown(CODE, "\tpass") == ["⇥", "pass"]
    assert shown(CHARACTERS, "The ") == ["T", "h", "e", "␣"]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("The house", ("house",)),
        ("house and house", ("house",)),
        ("The 🙂 came", ("🙂",)),
        ("The 👨‍👩‍👧 came", ("👨‍👩‍👧",)),
        ("The 房子 and 猫", ("房子", "猫")),
        ("zebra house", ("zebra", "house")),
        ("The cat.", ()),
        ("", ()),
        ("   \n ", ()),
    ],
)
def test_what_is_not_known_is_named_as_typed(text: str, unknown: tuple[str, ...]) -> None:
    assert read_prompt(WORDS, text).unknown == unknown


def test_unknown_signs_of_characters_are_named() -> None:
    assert read_prompt(CHARACTERS, "你好, cat").unknown == ("你好",)


def test_bytes_know_everything() -> None:
    prompt = read_prompt(BYTES, "你好 house 🙂")
    assert prompt.unknown == ()
    assert prompt.tokens.tolist() == BYTES.encode("你好 house 🙂").tolist()


@given(st.text(max_size=60), st.sampled_from([WORDS, CHARACTERS, BYTES, CODE]))
def test_an_unknown_token_is_always_named(text: str, tokenizer: Tokenizer) -> None:
    prompt: Prompt = read_prompt(tokenizer, text)
    assert prompt.tokens.dtype == np.int64
    if not tokenizer.lossless:
        assert bool(prompt.unknown) == bool((prompt.tokens == 0).any())
    assert all(word and not word.isspace() for word in prompt.unknown)


@given(st.lists(st.sampled_from(TALES.split()[:300]), min_size=1, max_size=12).map(" ".join))
def test_what_is_known_is_read_as_the_tokenizer_reads_it(text: str) -> None:
    known = WORDS.encode(text)
    read = read_prompt(WORDS, text).tokens
    assert len(read) == len(known)
    assert all(a == b for a, b in zip(known, read, strict=True) if a)
