"""The lesson on tokens without a browser: it opens, and any text gets its pictures or a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.signs.graphemes import graphemes
from lessons.tokens.samples import FIRST, SAMPLES
from pages.tokens.cut import both_languages, chips, english, other_chips
from pages.tokens.merges import film_of
from pages.tokens.pieces import hungriest, tokens_per_character
from pages.tokens.round_trip import Difference, first_difference
from tests.pages.components import sent

PICTURES = ("tokens_pieces", "tokens_merges", "tokens_other_ways")
NASTY = ["<b>*x*</b> $1$ `", "\u202e\u200d\u0301", "�", "\x00", "a" * 2500, "👨‍👩‍👧" * 400]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens(open_page, language: str) -> None:
    app = open_page("tokens", language)
    assert not app.exception
    assert not app.warning
    for key in PICTURES:
        assert sent(app, key) is not None
    assert app.text_area(key="tokens_text").value == FIRST


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_example_is_one_tap_away(open_page, name: str) -> None:
    app = open_page("tokens")
    app.button(key=f"tokens_sample_{name}").click().run()
    assert not app.exception
    assert app.text_area(key="tokens_text").value == SAMPLES[name][1]
    data = sent(app, "tokens_pieces")
    assert data is not None
    assert data["clusters"] == graphemes(SAMPLES[name][1])


@pytest.mark.parametrize("text", NASTY)
def test_any_text_gets_its_pictures(open_page, text: str) -> None:
    app = open_page("tokens", tokens_merged="yours")
    app.text_area(key="tokens_text").set_value(text).run()
    assert not app.exception
    data = sent(app, "tokens_pieces")
    assert data is not None
    for strip in data["strips"]:
        assert len(strip["chips"]) == min(strip["count"], 300)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_text_gets_a_sentence(open_page, text: str) -> None:
    app = open_page("tokens", tokens_merged="yours")
    app.text_area(key="tokens_text").set_value(text).run()
    assert not app.exception
    assert sum("no text yet" in info.value for info in app.info) == 3


def test_of_ten_thousand_characters_it_says_how_many_count(open_page) -> None:
    app = open_page("tokens")
    app.text_area(key="tokens_text").set_value("猫 cat " * 1600).run()
    assert not app.exception
    assert any("only the first 2,500" in caption.value for caption in app.caption)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_chips_say_what_they_stand_for(name: str) -> None:
    text = SAMPLES[name][1]
    for kind, tokenizer in both_languages().items():
        found = chips(tokenizer, text)
        assert not [chip for chip in found if "�" in chip.shown], "never a broken sign"
        if kind == "bpe":
            assert b"".join(chip.content for chip in found) == text.encode()
        assert [chip.id for chip in found] == tokenizer.encode(text).tolist()
    for cutter in (english().wordpiece, english().unigram):
        assert all("�" not in chip.shown for chip in other_chips(cutter, text))


def test_hindi_needs_most_tokens_and_no_pair_of_its_bytes_was_merged() -> None:
    assert hungriest() == "hindi"
    shares = tokens_per_character()
    assert shares["hindi"] > shares["chinese"] > shares["arabic"] > shares["english"]
    assert all(len(chip.content) == 1 for chip in chips(english().bpe, "बिल्ली"))


def test_the_film_begins_with_bytes_and_ends_with_words() -> None:
    film = film_of("sing sings singer singing song songs")
    assert film.frames[0].tokens == 36
    assert film.frames[-1].tokens < 15
    assert [film.tokens[part] for part in film.merges[0].pair] == ["n", "g"]
    assert all(
        frame.pairs[0][0] == merge.pair
        for frame, merge in zip(film.frames, film.merges, strict=False)
    )
    assert film.whole
    assert film_of("القطة").right_to_left


def test_the_address_says_how_many_merges_are_done(open_page) -> None:
    app = open_page("tokens", tokens_step="3")
    data = sent(app, "tokens_merges")
    assert data is not None
    assert data["step"] == 3
    app = open_page("tokens", tokens_step="150")
    data = sent(app, "tokens_merges")
    assert data is not None
    assert data["step"] == len(data["film"]["merges"])


def test_the_first_difference_is_found() -> None:
    assert first_difference("abc", "abc") is None
    assert first_difference("abc", "axc") == Difference(1, "b", "x")
    assert first_difference("ab", "abc") == Difference(2, "", "c")
    assert first_difference("é", "e\u0301") == Difference(0, "é", "e")


def test_what_is_lost_on_the_way_back_is_named(open_page) -> None:
    app = open_page("tokens")
    told = "\n".join(text.value for text in app.markdown)
    assert "✓ **Byte-level BPE**" in told
    assert "✗ **Words**" in told
    assert "U+FFFD" in told


def test_a_word_is_taken_apart(open_page) -> None:
    app = open_page("tokens")
    app.selectbox(key="tokens_word").set_value("▁kitten").run()
    assert not app.exception
    app.text_area(key="tokens_text").set_value("猫").run()
    assert any("No way leads" in info.value for info in app.info)


def test_the_exercises_tell_right_from_wrong(open_page) -> None:
    app = open_page("tokens")
    app.button_group(key="tokens_letters_answer").set_value("hidden").run()
    app.button(key="tokens_letters_check").click().run()
    assert app.success
    app.button_group(key="tokens_same_word_answer").set_value("unknown").run()
    app.button(key="tokens_same_word_check").click().run()
    assert "Every byte" in app.error[0].value


@given(st.text(st.characters(codec="utf-8") | st.just("\ufffd")))
def test_byte_pairs_give_back_every_text_and_each_chip_its_own_bytes(text: str) -> None:
    for bpe in (both_languages()["bpe"], english().bpe):
        assert bpe.decode(bpe.encode(text)) == text
        assert b"".join(chip.content for chip in chips(bpe, text)) == text.encode()
    for kind in ("characters", "words"):
        found = chips(both_languages()[kind], text)
        assert "".join(text[slice(*chip.span)] for chip in found) == text
