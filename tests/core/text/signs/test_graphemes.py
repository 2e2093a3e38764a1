"""What a reader takes for one character, over all of Unicode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.bpe import BPETokenizer
from core.text.signs.graphemes import code_points, graphemes, touched

FAMILY = "👨‍👩‍👧"
TRAINED = BPETokenizer.train("the cat and the hat. 小猫和帽子。 " * 20, 320)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (f"a{FAMILY}b", ["a", FAMILY, "b"]),
        ("👋🏽🇫🇷", ["👋🏽", "🇫🇷"]),
        ("cafe\u0301!", ["c", "a", "f", "e\u0301", "!"]),
        ("हिन्दी", ["हि", "न्दी"]),
        ("قِطّة", ["قِ", "طّ", "ة"]),
        ("小猫\r\n", ["小", "猫", "\r\n"]),
    ],
)
def test_readers_count_signs_not_code_points(text: str, expected: list[str]) -> None:
    assert graphemes(text) == expected


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert "".join(graphemes(text)) == text


@given(st.text(), st.data())
def test_a_span_touches_the_characters_that_hold_any_of_it(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    clusters = graphemes(text)
    ((first, last),) = touched(clusters, [(start, end)])
    owner = [place for place, cluster in enumerate(clusters) for _sign in cluster]
    assert set(range(first, last)) == set(owner[start:end])


_JOINED = [FAMILY, "e\u0301", "न्दी", "قِ", "👋🏽", "ab", " ", "小", "\n"]


@given(st.lists(st.sampled_from(_JOINED), min_size=1).map("".join))
def test_the_tokens_of_one_character_mark_all_of_it(text: str) -> None:
    clusters = graphemes(text)
    marked = touched(clusters, TRAINED.spans(text))
    assert {place for first, last in marked for place in range(first, last)} == set(
        range(len(clusters))
    )
    for (first, last), (start, end) in zip(marked, TRAINED.spans(text), strict=True):
        assert text[start:end] in "".join(clusters[first:last])


def test_code_points_are_written_as_unicode_does() -> None:
    assert code_points("é👩") == ["U+00E9", "U+1F469"]
