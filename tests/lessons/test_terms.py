"""One rendering for each term: all texts are held to ``lessons/terms.toml``.

A lesson is read here as a learner reads it: its prose from top to bottom, each exercise's question and
options where its slot stands. Headings and titles may use a term before it is explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po

from lessons.author_files import Checked, Worded, read_file
from lessons.catalogue import lessons
from lessons.exercise_file import ExerciseEntry, read_exercises
from lessons.exercises import load_exercises
from lessons.terms import Term, terms
from lessons.text import LESSON_FOLDER, Prose, load_lesson
from pages.parts.frame.language import LOCALE_FOLDER

SLUGS = [lesson.slug for lesson in lessons()]
READ = ["home", *SLUGS]
BRACKETED = [term for term in terms() if term.brackets]
DEFINED = [term for term in terms() if term.bold]


def _name(term: Term) -> str:
    return term.en


def _plain(text: str) -> str:
    """The text without the marks of Markdown: `:blue[**查询**]` is 查询."""
    text = re.sub(r":\w+\[(.*?)\]", r"\1", text)
    return re.sub(r"[*`]", "", text)


def _read(slug: str, language: str) -> Iterator[str]:
    """The paragraphs of a lesson in the order of reading, exercises included."""
    exercises = load_exercises(slug, language)
    for section in load_lesson(slug, language).sections:
        for block in section.blocks:
            if isinstance(block, Prose):
                for paragraph in re.split(r"\n\s*\n", block.markdown):
                    yield " ".join(paragraph.split())
            elif exercise := exercises.get(block.name):
                yield exercise.question
                yield from (choice.text for choice in (*exercise.options, *exercise.items))


@cache
def _texts() -> dict[str, str]:
    """Every Chinese text of the project, by its place."""
    texts = {}
    for slug in READ:
        lines = (LESSON_FOLDER / slug / "zh.md").read_text("utf-8").splitlines()
        texts |= {f"{slug}/zh.md:{number}": line for number, line in enumerate(lines, 1)}
        for exercise in read_exercises(slug):
            for number, text in enumerate(_chinese(exercise), 1):
                texts[f"{slug}/exercises.toml [{exercise.id}] {number}"] = text
    for path in (LESSON_FOLDER / "course.toml", *LESSON_FOLDER.glob("*/entry.toml")):
        for number, text in enumerate(_chinese(read_file(path)), 1):
            texts[f"{path.parent.name}/{path.name} {number}"] = text
    return texts | {f"messages.po: {english}": text for english, text in _catalogue().items()}


def _chinese(values: object) -> Iterator[str]:
    """What is worded in Chinese among the values that an author wrote."""
    if isinstance(values, Worded):
        values = values.root
    elif isinstance(values, ExerciseEntry | Checked):
        values = dict(values)
    if isinstance(values, dict):
        if "zh" in values:
            said = values["zh"]
            yield from said if isinstance(said, list) else [said]
        for value in values.values():
            yield from _chinese(value)
    elif isinstance(values, list | tuple):
        for value in values:
            yield from _chinese(value)


@cache
def _catalogue() -> dict[str, str]:
    """The Chinese of every interface sentence, by its English."""
    with (LOCALE_FOLDER / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return {
            f"{entry.id}": str(entry.string)
            for entry in read_po(source)
            if isinstance(entry.id, str) and entry.id
        }


@pytest.mark.parametrize("term", terms(), ids=_name)
def test_no_text_calls_it_by_another_name(term: Term) -> None:
    found = [
        f"{place}: {wrong.group()!r} in {text!r}"
        for pattern in term.forbidden
        for place, text in _texts().items()
        if (wrong := re.search(pattern, text))
    ]
    assert not found, f"{term.en} is {term.zh}:\n" + "\n".join(found)


@pytest.mark.parametrize("term", [term for term in terms() if term.follows], ids=_name)
def test_an_interface_sentence_that_uses_it_has_it_in_chinese(term: Term) -> None:
    english, chinese = term.used("en"), term.used("zh")
    missing = [
        f"{said!r}: {heard!r}"
        for said, heard in _catalogue().items()
        if english.search(re.sub(r"\{.*?\}", "", said)) and not chinese.search(heard)
    ]
    assert not missing, f"{term.en} is {term.zh}:\n" + "\n".join(missing)


@pytest.mark.parametrize("term", BRACKETED, ids=_name)
@pytest.mark.parametrize("slug", READ)
def test_a_lesson_gives_the_english_at_its_first_use(slug: str, term: Term) -> None:
    for paragraph in map(_plain, _read(slug, "zh")):
        if first := term.used("zh").search(paragraph):
            after = paragraph[first.end() :]
            assert re.match(rf"（[^）]*\b{re.escape(term.brackets)}\b", after, re.I), (
                f"{slug}: write {term.zh}（{term.brackets}） in: {paragraph}"
            )
            break


def test_nothing_is_translated_word_by_word_again() -> None:
    """Found when every sentence was read as a Chinese author would."""
    stiff = re.compile(
        "跑遍|只是一只袋子|一个单元的一个和|个数宽|有价钱|替谁说话|让键替你|是所有头的平均"
    )
    wrong = [f"{place}: {text}" for place, text in _texts().items() if stiff.search(text)]
    assert not wrong, "\n".join(wrong)


def test_brackets_beside_chinese_are_full_width() -> None:
    half = re.compile(r"[\u4e00-\u9fff] ?\([A-Za-z\u4e00-\u9fff]{2}")
    wrong = [f"{place}: {text}" for place, text in _texts().items() if half.search(_plain(text))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("term", DEFINED, ids=_name)
def test_a_term_is_explained_where_the_course_first_uses_it(term: Term, language: str) -> None:
    use = term.used(language)
    for slug in SLUGS:
        for paragraph in _read(slug, language):
            if use.search(_plain(paragraph)):
                bold = re.findall(r"\*\*(.+?)\*\*", paragraph)
                assert slug == term.bold, (
                    f"{slug} uses {term.en} before {term.bold} defines it: {paragraph}"
                )
                assert any(use.search(words) for words in bold), (
                    f"{slug} first uses {term.en} here, and does not define it (in bold): {paragraph}"
                )
                return
    pytest.fail(f"{term.bold} does not define {term.en}")


def test_a_table_that_is_wrong_is_refused() -> None:
    with pytest.raises(ValueError, match="no regular expression"):
        Term(en="token", zh="词元", forbidden=["(记号"])
    assert Term(en="token", zh="词元").used("en").search("a Token")
    assert not Term(en="token", zh="词元").used("en").search("tokenizer")
