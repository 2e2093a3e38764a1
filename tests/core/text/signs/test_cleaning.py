"""Cleaning steps: what each throws away, that twice is once, and that nothing crashes on any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.signs.cleaning import STEPS, changed, clean

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
        ("lines", "la\nla\n\n\nli\nla", "la\n\n\nli"),
        ("blanks", "  a \t b\n\n\n  c\n", "a b\nc"),
        ("blanks", "if x:\n    y", "if x:\ny"),
    ],
)
def test_what_is_thrown_away(step: str, before: str, after: str) -> None:
    assert STEPS[step](before) == after


@pytest.mark.parametrize("step", STEPS)
@given(text=st.text(max_size=60) | TAGGED)
def test_twice_is_once(step: str, text: str) -> None:
    once = STEPS[step](text)
    assert STEPS[step](once) == once


@given(text=TAGGED, steps=st.permutations(list(STEPS)), count=st.integers(0, len(STEPS)))
def test_the_order_in_which_steps_are_named_does_not_matter(
    text: str, steps: list[str], count: int
) -> None:
    named = steps[:count]
    assert clean(text, named) == clean(text, sorted(named))
    assert clean(text, ()) == text


@given(st.text(alphabet="aAbB ,.", max_size=40))
def test_what_is_marked_is_what_is_gone(text: str) -> None:
    for steps in (("punctuation",), ("lower", "punctuation"), ()):
        marked = changed(text, clean(text, steps))
        assert marked.replace("⟦", "").replace("⟧", "") == text
    assert changed("a, B", "a b") == "a⟦,⟧ ⟦B⟧"
    assert changed(text, text) == text
