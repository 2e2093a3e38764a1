"""Kinds of tokens: first and again within a passage, in both languages' tales."""

from __future__ import annotations

from core.text.meaning.token_kinds import KIND_NAMES, TOKEN_KINDS, token_kinds


def test_a_name_and_a_thing_are_new_once() -> None:
    words = ["One", " day", " Mia", " lost", " her", " ball", ".", " Mia", " saw", " the", " ball"]
    assert token_kinds(words, "tales") == (
        *("small", "telling", "name_first", "small", "small", "noun_first"),
        *("sign", "name_again", "telling", "small", "noun_again"),
    )


def test_chinese_words_have_kinds_too() -> None:
    found = token_kinds(["看见", "一", "只", "小猫", "。", "小猫"], "tales_zh")
    assert found[-3:] == ("noun_first", "sign", "noun_again")


def test_a_corpus_without_lists_has_small_words_and_signs_only() -> None:
    assert token_kinds(["Mia", "Mia", "!"], "python") == ("small", "small", "sign")
    assert token_kinds([], "tales") == ()


def test_each_kind_has_a_name() -> None:
    assert set(KIND_NAMES) == set(TOKEN_KINDS)
