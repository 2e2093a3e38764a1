"""Sentences of the interface, put together."""

from __future__ import annotations

import pytest

from core.errors import LearnerError
from pages.parts.frame import language


@pytest.mark.parametrize(
    "reads, said", [("en", "Not yet. Try again."), ("zh", "还不对。再试一次。")]
)
def test_between_chinese_sentences_stands_no_space(
    monkeypatch: pytest.MonkeyPatch, reads: str, said: str
) -> None:
    monkeypatch.setattr(language, "language", lambda: reads)
    found = language.in_a_row((language._("Not yet."), language._("Try again.")))
    assert found == said


def test_what_was_typed_is_taken_literally_in_a_sentence() -> None:
    error = LearnerError("No “{word}” among {count}.", word="<b>$x$ *y*", count=3)
    assert language.worded(error) == r"No “\<b>\$x\$ \*y\*” among 3."
    assert language.plainly(error) == "No “<b>$x$ *y*” among 3."
