"""The order of the prose is the author's: a page shows the same wherever its slots stand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lessons.explained import explained_lesson
from lessons.text import LessonText
from pages.parts import lesson
from pages.parts.exercises import box

LINKS = {
    "gpt": {
        "gpt_prompt": "One day Tom",
        "gpt_temperature": "1.3",
        "gpt_top_k": "7",
        "gpt_step": "0",
        "gpt_rate": "0.01",
    },
    "ngram": {
        "ngram_order": "5",
        "ngram_smoothing": "add_k",
        "ngram_k": "0.5",
        "ngram_context": "She gave",
    },
    "lstm": {"lstm_seed": "1", "lstm_steps": "700", "lstm_text": "Tom was sad."},
}
"""Nothing here stands at its first value, so a slot that reads too early shows something else."""

BROKEN = {
    "gpt": {"gpt_heads": "three", "gpt_steps": "9999999", "gpt_top_p": "7", "gpt_corpus": "?"},
    "ngram": {"ngram_order": "99", "ngram_smoothing": "?", "ngram_k": "-1", "ngram_corpus": "?"},
    "lstm": {"lstm_cell": "gru", "lstm_width": "7", "lstm_seed": "-4", "lstm_unit": "999"},
}


def shuffled(text: LessonText, seed: int) -> LessonText:
    """The lesson with all its blocks, prose and slots, in another order."""
    blocks = [block for section in text.sections for block in section.blocks]
    random.Random(seed).shuffle(blocks)
    first, *rest = text.sections
    return replace(
        text,
        sections=(replace(first, blocks=tuple(blocks)), *(replace(s, blocks=()) for s in rest)),
    )


def shown(app: AppTest) -> Counter[bytes]:
    """Every element of the page, pictures too, however often; not where it stands."""
    found: Counter[bytes] = Counter()

    def walk(node: object) -> None:
        children = getattr(node, "children", None)
        if children:
            for child in children.values():
                walk(child)
        elif (proto := getattr(node, "proto", None)) is not None and not _is_a_place(proto):
            found[_content(proto)] += 1

    walk(app._tree)
    return found


def _is_a_place(proto: object) -> bool:
    """A section's own mark: what stands in the section is moved."""
    return getattr(proto, "component_name", "") == "clearhead_section"


def _content(proto: object) -> bytes:
    for field in ("id", "form_id"):
        if hasattr(proto, field):
            proto.ClearField(field)
    return type(proto).__name__.encode() + b" " + proto.SerializeToString(deterministic=True)


@pytest.fixture(autouse=True)
def one_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is opened in a session of its own, whose learner would draw numbers of their own."""
    monkeypatch.setattr(box, "seed_of", lambda slug, exercise: 1)


@pytest.fixture
def reorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    def with_seed(seed: int) -> None:
        monkeypatch.setattr(
            lesson,
            "explained_lesson",
            lambda slug, language: shuffled(explained_lesson(slug, language), seed),
        )

    yield with_seed


@pytest.mark.parametrize("slug", LINKS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_page_shows_the_same_in_any_order(open_page, reorder, slug: str, seed: int) -> None:
    written = open_page(slug, **LINKS[slug])
    reorder(seed)
    other = open_page(slug, **LINKS[slug])
    assert not written.exception and not other.exception
    assert shown(other) == shown(written)


@pytest.mark.parametrize("slug", BROKEN)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_broken_link_opens_what_the_widgets_say(open_page, reorder, slug: str, seed: int) -> None:
    written = open_page(slug, **BROKEN[slug])
    reorder(seed)
    other = open_page(slug, **BROKEN[slug])
    assert not written.exception and not other.exception
    assert shown(other) == shown(written)
