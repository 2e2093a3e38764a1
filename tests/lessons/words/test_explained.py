"""A beginner's walk through the lessons meets no unexplained word: each term's first use is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from lessons.catalogue import lessons
from lessons.exercises import load_exercises
from lessons.explained import (
    address_of,
    explained,
    explained_exercises,
    explained_lesson,
    see_also,
    terms_explained,
)
from lessons.terms import Term, explained_terms, letters, terms
from lessons.text import LANGUAGES, Prose, load_lesson
from pages.parts.frame.language import LOCALE_FOLDER

SLUGS = ["home", *(lesson.slug for lesson in lessons())]
WALKS = [(slug, language) for slug in SLUGS for language in LANGUAGES]
BY_ID = {term.id: term for term in explained_terms()}
_MARK = re.compile(r"\[((?:[^\[\]])+)\]\(glossary\?term=([a-z0-9-]+)&lang=(?:en|zh)\)")

NO_TERMS = {
    *("d", "h", "e = d / h"),  # letters, spelled out where they stand
    *("More knobs", "更多旋钮", "Example", "例子"),  # what stands on a control
    *("were", "adds", "加", "差", "比", "之前"),  # stressed words of everyday
}
"""What a lesson has in bold, and no beginner has to look up."""


def _texts(slug: str, language: str, *, marked: bool, deeper: bool = True) -> Iterator[str]:
    """The prose and the questions of a lesson in the order of reading, with or without what goes deeper."""
    text = (explained_lesson if marked else load_lesson)(slug, language)
    exercises = (explained_exercises if marked else load_exercises)(slug, language)
    for section in text.sections:
        for block in section.blocks if deeper or not section.deeper else ():
            if isinstance(block, Prose):
                yield block.markdown
            elif block.name in exercises:
                yield exercises[block.name].question


def _read(markdown: str) -> str:
    """What a reader reads as words: without formulas, code, headings, links and drawn numbers."""
    for hidden in (
        r"```.*?```",
        r"`[^`]*`",
        r"\$\$.*?\$\$",
        r"\$[^$]*\$",
        r"\{\{.*?\}\}",
        r"\[[^\[\]]*\]\([^()]*\)",
        r"(?m)^#+ .*$",
    ):
        markdown = re.sub(hidden, "\0", markdown, flags=re.DOTALL)
    return re.sub(r":(blue|red|green)\[", "\0", markdown)


@pytest.mark.parametrize("deeper", [True, False], ids=["all of it", "the core path"])
@pytest.mark.parametrize(("slug", "language"), WALKS)
def test_the_first_use_of_every_term_is_marked(slug: str, language: str, deeper: bool) -> None:
    """For who reads all of a lesson, and for who leaves out what goes deeper."""
    whole = "\n\n".join(_texts(slug, language, marked=True, deeper=deeper))
    marks = [found.group(2) for found in _MARK.finditer(whole)]
    if deeper:
        assert list(dict.fromkeys(marks)) == [term.id for term in terms_explained(slug, language)]
    else:
        assert len(marks) == len(set(marks)), "a term is marked twice"
    read = _read(_MARK.sub(lambda found: f"[[{found.group(2)}|{found.group(1)}]]", whole))
    for term in explained_terms():
        if not term.meant_in(slug):
            assert term.id not in marks
            continue
        unmarked = _first_use_alone(read, term, language)
        if term.id in marks:
            mark = read.find(f"[[{term.id}|")
            assert not 0 <= unmarked < mark, read[unmarked - 40 : unmarked + 40]
        else:
            assert unmarked < 0, f"{term.en}: {read[unmarked - 40 : unmarked + 40]}"


def _first_use_alone(text: str, term: Term, language: str) -> int:
    """Where the term is first used unmarked, and not as a part of a longer term; -1 if nowhere."""
    text = re.sub(r"\[\[.*?\]\]", lambda found: "\0" * len(found.group()), text, flags=re.DOTALL)
    flat = text.replace("\n", " ")
    for found in term.used(language).finditer(flat):
        longer = (
            other
            for known in explained_terms()
            for other in known.used(language).finditer(
                flat, max(0, found.start() - 40), found.end() + 40
            )
            if other.end() - other.start() > found.end() - found.start()
        )
        if not any(one.start() < found.end() and found.start() < one.end() for one in longer):
            return found.start()
    return -1


@pytest.mark.parametrize(("slug", "language"), WALKS)
def test_marks_change_nothing_else(slug: str, language: str) -> None:
    plain = list(_texts(slug, language, marked=False))
    marked = list(_texts(slug, language, marked=True))
    assert [_MARK.sub(r"\1", text) for text in marked] == plain
    for text in marked:
        for found in _MARK.finditer(text):
            stars = re.findall(r"\*+", found.group(1))
            assert stars in ([], [stars[0]] * 2 if stars else []), found.group()
        for untouched in re.findall(r"`[^`]*`|\$[^$]*\$", text):
            assert "glossary?" not in untouched
    headings = [section.heading for section in explained_lesson(slug, language).sections]
    assert headings == [section.heading for section in load_lesson(slug, language).sections]


def _marks(markdown: str, language: str = "en", slug: str = "") -> list[tuple[str, str]]:
    return [found.groups() for found in _MARK.finditer(explained(markdown, language, slug))]  # type: ignore[misc]


def test_the_longest_term_wins() -> None:
    assert _marks("A causal mask is a mask.") == [("causal mask", "causal-mask"), ("mask", "mask")]
    assert _marks("因果掩码是一种掩码。", "zh") == [("因果掩码", "causal-mask"), ("掩码", "mask")]


def test_stars_around_a_term_go_into_its_link() -> None:
    """Between Chinese characters stars beside a bracket would be stars, and nothing in bold."""
    assert explained("而是**词元**（token）", "zh").startswith("而是[**词元**](glossary?term=token")
    assert _marks(":blue[**query**] asks") == [("**query**", "query")]
    assert explained("叫**词元表示法**，词元", "zh").startswith("叫**词元表示法**，[词元](")
    assert explained("写**新的词元**的", "zh") == "写**新的词元**的"
    assert _marks("a **token list**") == [("token", "token")]
    assert _marks("注意力**头**", "zh") == [("注意力", "attention"), ("**头**", "head")]
    assert _marks("**甲**词元**乙**", "zh") == [("词元", "token")]


def test_what_is_no_prose_is_left_alone() -> None:
    text = "# token\n\n`token` $token$ [token](https://example.org) {{ token }} <token>"
    assert explained(text, "en") == text
    assert _marks("a dot\nproduct") == [("dot\nproduct", "dot-product")]
    assert _marks("a dot\n\nproduct") == []


def test_a_word_is_marked_where_it_means_this() -> None:
    assert _marks("its weights", slug="lstm") == [("weights", "weight")]
    assert _marks("its weights", slug="attention") == [("weights", "attention-weight")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_leads_to_its_term(language: str) -> None:
    term = BY_ID["dot-product"]
    assert address_of(term, language) == f"glossary?term=dot-product&lang={language}"
    assert "/" not in address_of(term, language)  # relative: it holds behind a proxy


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_looks_up_what_a_meaning_says_is_not_sent_in_a_circle(language: str) -> None:
    needs = {term: [other.id for other in others] for term, others in see_also(language).items()}
    done: set[str] = set()

    def visit(term: str, path: tuple[str, ...]) -> None:
        assert term not in path, " → ".join((*path, term))
        if term not in done:
            for other in needs[term]:
                visit(other, (*path, term))
            done.add(term)

    for term in needs:
        visit(term, ())
    assert sum(map(len, needs.values())) > 100


@pytest.mark.parametrize(("slug", "language"), WALKS)
def test_each_word_that_a_lesson_teaches_is_in_the_glossary(slug: str, language: str) -> None:
    """What is defined stands in bold: so a meaning that uses a word of a later lesson uses a term."""
    for text in _texts(slug, language, marked=False):
        used = [
            found.span()
            for term in explained_terms()
            if term.meant_in(slug)
            for found in term.used(language).finditer(text.replace("\n", " "))
        ]
        for bold in re.finditer(r"\*\*(.+?)\*\*", text, re.DOTALL):
            words = " ".join(bold[1].split())
            is_term = any(start < bold.end() and bold.start() < end for start, end in used)
            is_sentence = words.endswith((".", "。"))
            assert is_term or is_sentence or words in NO_TERMS, (
                f"{slug}: give {words!r} a meaning in lessons/terms.toml"
            )


def test_no_term_is_dead() -> None:
    """Each is used by a lesson, or at least by the interface."""
    with (LOCALE_FOLDER / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        interface = " \n".join(str(entry.id) for entry in read_po(source))
    marked = {term.id for slug, language in WALKS for term in terms_explained(slug, language)}
    dead = [
        term.en
        for term in explained_terms()
        if term.id not in marked and not term.used("en").search(interface)
    ]
    assert not dead


@pytest.mark.parametrize("term", explained_terms(), ids=lambda term: term.id)
def test_a_meaning_is_short_plain_and_in_every_language(term: Term) -> None:
    assert term.meaning is not None
    assert set(term.meaning.root) == set(LANGUAGES)
    for language in LANGUAGES:
        said = term.meaning.in_language(language)
        assert 4 < len(said) < 230
        assert not re.search(r"[*`$<>\[\]]", said), "cards show it as it is"
        assert said.endswith((".", "。", ")", "）"))
    for other in terms():
        for pattern in other.forbidden:
            assert not re.search(pattern, term.meaning.in_language("zh")), pattern


def test_letters_are_each_explained_once() -> None:
    names = [letter.letter for letter in letters()]
    assert len(names) == len(set(names))
    assert set("btqkhdefvn") == set(names)
    for letter in letters():
        assert set(letter.meaning.root) == set(LANGUAGES)
