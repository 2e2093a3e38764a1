"""What is left after many words, as people say it."""

from __future__ import annotations

import pytest

from pages.lstm.keeping import share_in_words


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0.87, "0.87"),
        (0.0123, "0.012"),
        (5e-05, "1/20,000"),
        (0.0034, "1/300"),
        (8e-16, "< 1/1,000,000,000"),
    ],
)
def test_a_small_share_is_one_part_in_so_many(left: float, said: str) -> None:
    assert share_in_words(left) == said
