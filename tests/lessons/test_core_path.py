"""The core path: all sections that cannot be left out. It is short, and needs nothing that is folded.

Read here as in ``test_terms``, only without the sections that go deeper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from lessons.catalogue import lesson, lessons
from lessons.exercises import load_exercises
from lessons.pace import section_minutes
from lessons.terms import Term
from lessons.text import LANGUAGES, Prose, Section, Slot, load_lesson
from tests.lessons.test_claims import BETS as ATTENTION_BETS
from tests.lessons.test_terms import BRACKETED, DEFINED

SLUGS = [entry.slug for entry in lessons()]
COURSE = ("ngram", "lstm", "attention", "heads", "positions", "block", "gpt", "tuning")
"""The lessons whose length was decided; a new one may begin small."""
BETS = (
    *ATTENTION_BETS,
    ("ngram", "bet_empty", "counts"),
    ("ngram", "bet_unseen", "unseen"),
    ("ngram", "bet_order", "orders"),
    ("ngram", "bet_cost", "costs"),
    ("embeddings", "bet_close", "training"),
    ("embeddings", "bet_step", "analogy"),
    ("embeddings", "bet_width", "width"),
    ("embeddings", "bet_window", "window"),
    ("embeddings", "bet_counting", "counting"),
    ("embeddings", "bet_antonyms", "antonyms"),
    ("embeddings", "bet_bias", "bias"),
    ("lstm", "bet_errands", "errands"),
    ("lstm", "bet_rnn", "versus"),
    ("lstm", "bet_forget", "full_stops"),
    ("lstm", "bet_gradient", "gradient"),
    ("lstm", "bet_bias", "bias"),
    ("lstm", "bet_bag", "confusion"),
    ("gpt", "bet_first", "training"),
    ("gpt", "bet_settings", "purposes"),
    ("gpt", "bet_both", "purposes"),
    ("gpt", "bet_greedy", "circles"),
    ("gpt", "bet_tying", "tying"),
    ("gpt", "bet_lens", "lens"),
    ("tuning", "bet_going", "going_on"),
    ("tuning", "bet_forget", "fine_tuning"),
    ("tuning", "bet_remedy", "remedies"),
    ("gpt", "bet_forming", "forming"),
    ("gpt", "bet_kinds", "surprise"),
    ("gpt", "bet_kinds", "kinds"),
)


def _core(slug: str, language: str = "en") -> list[Section]:
    return [section for section in load_lesson(slug, language).sections if not section.deeper]


def _slots(sections: list[Section]) -> list[str]:
    return [b.name for section in sections for b in section.blocks if isinstance(b, Slot)]


def _paragraphs(slug: str, language: str) -> Iterator[str]:
    """Prose, and of each exercise what is asked, in the order of reading."""
    exercises = load_exercises(slug, language)
    for section in _core(slug, language):
        for block in section.blocks:
            if isinstance(block, Prose):
                for paragraph in re.split(r"\n\s*\n", block.markdown):
                    yield " ".join(paragraph.split())
            elif asked := exercises.get(block.name):
                yield asked.question
                yield from (choice.text for choice in (*asked.options, *asked.items))


def _plain(text: str) -> str:
    return re.sub(r"[*`]", "", re.sub(r":\w+\[(.*?)\]", r"\1", text))


@pytest.mark.parametrize("slug", SLUGS)
def test_it_takes_25_minutes_at_most_and_has_half_of_the_exercises(slug: str) -> None:
    assert lesson(slug).minutes <= 25
    asked = load_exercises(slug, "en")
    assert len(asked.keys() & set(_slots(_core(slug)))) >= len(asked) / 2


def test_it_takes_10_minutes_at_least_and_no_section_more_than_8() -> None:
    for slug in COURSE:
        assert lesson(slug).minutes >= 10
        for section in load_lesson(slug, "en").sections:
            assert section_minutes(slug, section) <= (10 if section.deeper else 8), section.name


def test_it_has_three_to_six_sections_and_ends_with_what_it_cannot_do() -> None:
    for slug in COURSE:
        opening, *claims, last = _core(slug)
        assert opening.heading is None
        assert 3 <= len(claims) <= 6
        assert last.name == "limits" and last == load_lesson(slug, "en").sections[-1]
        assert not load_lesson(slug, "en").sections[1].deeper, "a lesson begins with what all need"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", DEFINED, ids=lambda term: term.en)
def test_a_term_that_it_uses_is_explained_on_it(term: Term, language: str) -> None:
    """Where the core paths of the course first use a term, they define it, in bold."""
    use = term.used(language)
    for slug in SLUGS:
        for paragraph in _paragraphs(slug, language):
            if use.search(_plain(paragraph)):
                bold = re.findall(r"\*\*(.+?)\*\*", paragraph)
                assert any(map(use.search, bold)), f"{slug} needs {term.en} explained: {paragraph}"
                return


@pytest.mark.parametrize("term", BRACKETED, ids=lambda term: term.en)
@pytest.mark.parametrize("slug", SLUGS)
def test_it_gives_the_english_of_a_chinese_term_at_its_first_use(slug: str, term: Term) -> None:
    for paragraph in map(_plain, _paragraphs(slug, "zh")):
        if first := term.used("zh").search(paragraph):
            after = paragraph[first.end() :]
            assert re.match(rf"（[^）]*\b{re.escape(term.brackets)}\b", after, re.I), paragraph
            break


@pytest.mark.parametrize(("slug", "bet", "answer"), BETS)
def test_a_bet_and_its_answer_stand_in_one_section(slug: str, bet: str, answer: str) -> None:
    """A bet without its answer would never be settled, and an answer without its bet stays closed."""
    sections = load_lesson(slug, "en").sections
    assert any({bet, answer} <= set(_slots([section])) for section in sections)


def test_no_bet_is_missing_above() -> None:
    asked = {
        (slug, exercise.id)
        for slug in COURSE
        for exercise in load_exercises(slug, "en").values()
        if exercise.kind == "predict"
    }
    assert asked <= {(slug, bet) for slug, bet, _answer in BETS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_it_refers_to_no_section_that_is_folded(slug: str, language: str) -> None:
    """Neither by its heading, nor by a bold word that only a folded section explains."""
    deeper = [section for section in load_lesson(slug, language).sections if section.deeper]
    core = " ".join(_paragraphs(slug, language))
    hints = [
        hint
        for e in load_exercises(slug, language).values()
        for hint in e.hints
        if e.id in _slots(_core(slug))
    ]
    said = _plain(" ".join((core, *hints)))
    known = set(re.findall(r"\*\*(.+?)\*\*", core))
    for section in deeper:
        assert section.heading not in said
        text = " ".join(b.markdown for b in section.blocks if isinstance(b, Prose))
        for word in set(re.findall(r"\*\*(.+?)\*\*", text)) - known:
            edge = r"\b" if language == "en" else ""
            used = re.search(edge + re.escape(word) + edge, said, re.I)
            assert not used, f"{word} ({section.name})"
