"""Cleaning steps: what each throws away, that twice is once, and that nothing crashes on any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.signs.cleaning import STEPS, changed, clean
from core.text.signs.graphemes import graphemes

TAGGED = st.text(alphabet="<>/p ba&;!-\n\"'=", max_size=60)


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("html", "<p>a &amp; <b>b</b></p><script>x</script>", "a & b"),
        ("html", "if a <b and c> d", "if a  d"),
        ("nfc", "cafe\u0301", "café"),
        ("nfkc", "x² ﬁn，", "x2 fin,"),
        ("lower", "US and Ünal", "us and ünal"),
        ("punctuation", "Don't! 3.14 €", "Dont 314 "),
        ("punctuation", "\U0001f468\u200d\U0001f469 ❤\ufe0f 1\ufe0f\u20e3", "  1\ufe0f\u20e3"),
        ("html", "a &amp;lt;b&amp;gt; &c &#65;", "a  &c A"),
        ("lines", "la\nla\n\n\nli\nla", "la\n\n\nli"),
        ("blanks", "  a \t b\n\n\n  c\n", "a b\nc"),
        ("blanks", "if x:\n    y", "if x:\ny"),
    ],
)
def test_what_is_thrown_away(step: str, before: str, after: str) -> None:
    assert clean(before, [step]) == after


@pytest.mark.parametrize("step", STEPS)
@given(text=st.text(max_size=60) | TAGGED)
def test_twice_is_once(step: str, text: str) -> None:
    once = clean(text, [step])
    assert clean(once, [step]) == once


@pytest.mark.parametrize("step", STEPS)
@given(text=st.text(max_size=60) | TAGGED)
def test_pieces_stand_in_order_and_say_where_they_come_from(step: str, text: str) -> None:
    reached = 0
    for _new, start, end in STEPS[step](text):
        assert reached <= start <= end <= len(text)
        reached = end


@given(text=TAGGED, steps=st.permutations(list(STEPS)), count=st.integers(0, len(STEPS)))
def test_the_order_in_which_steps_are_named_does_not_matter(
    text: str, steps: list[str], count: int
) -> None:
    named = steps[:count]
    assert clean(text, named) == clean(text, sorted(named))
    assert clean(text, ()) == text


JOINED = ("e\u0301", "E\u0301", "कि", "👨\u200d👩\u200d👧", "❤\ufe0f", "ﬁ")
SIGNS = st.lists(
    st.sampled_from(
        [
            *"aAbB ,.<>&\n",
            "e\u0301",
            "E\u0301",
            "कि",
            "👨\u200d👩\u200d👧",
            "❤\ufe0f",
            "ﬁ",
            "&amp;",
            "<b>",
        ]
    )
).map("".join)


@given(text=SIGNS, steps=st.lists(st.sampled_from(list(STEPS)), max_size=3))
def test_whole_characters_are_marked_and_the_text_stays_as_it_was(
    text: str, steps: list[str]
) -> None:
    marked = changed(text, steps)
    assert marked.replace("⟦", "").replace("⟧", "") == text
    whole = graphemes(text)
    inside = [part for part in marked.replace("⟧", "⟦").split("⟦") if part]
    assert [sign for part in inside for sign in graphemes(part)] == whole
    assert "⟦" in marked or clean(text, steps) == text


@pytest.mark.parametrize(
    ("steps", "before", "marked"),
    [
        (("punctuation",), "a, B", "a⟦,⟧ B"),
        (("lower", "punctuation"), "a, B", "a⟦,⟧ ⟦B⟧"),
        (("lower",), "E\u0301a", "⟦E\u0301⟧a"),
        (("punctuation",), "x👨\u200d👩\u200d👧y", "x⟦👨\u200d👩\u200d👧⟧y"),
        (("lines",), "la\nla\nli\nla", "la⟦\nla⟧\nli⟦\nla⟧"),
        (("html",), "if a <b and c> d &amp; e", "if a ⟦<b and c>⟧ d ⟦&amp;⟧ e"),
        (("blanks",), "a  b ", "a ⟦ ⟧b⟦ ⟧"),
        (("html", "lower"), "<b>B</b>ed", "⟦<b>B</b>⟧ed"),
        ((), "as it is", "as it is"),
    ],
)
def test_what_is_marked(steps: tuple[str, ...], before: str, marked: str) -> None:
    assert changed(before, steps) == marked
