"""Sentences of the interface, put together."""

from __future__ import annotations

import pytest

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
