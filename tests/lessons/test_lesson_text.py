"""The prose of every lesson: well formed, both languages alike, every slot a page can fill."""

from __future__ import annotations

import pytest

from lessons.catalogue import lesson, lessons, next_lesson, parts, place_in_part
from lessons.exercises import load_exercises
from lessons.text import LANGUAGES, LESSON_FOLDER, Prose, Slot, load_lesson, parse_lesson

SLUGS = [entry.slug for entry in lessons()]


def test_headings_prose_and_slots_come_apart_in_order() -> None:
    text = parse_lesson(
        "# Title\n\nlead\n\n## Claim {#claim}\nfirst\n\n{{ picture }}\n\nsecond\n\n"
        "## Proof {#proof .deeper}\nthird",
        "en",
    )
    assert text.title == "Title"
    assert [section.heading for section in text.sections] == [None, "Claim", "Proof"]
    assert [section.name for section in text.sections] == ["", "claim", "proof"]
    assert [section.deeper for section in text.sections] == [False, False, True]
    assert text.sections[1].blocks == (Prose("first"), Slot("picture"), Prose("second"))
    assert text.slots == ("picture",)


def test_a_slot_inside_a_sentence_stays_prose() -> None:
    assert parse_lesson("# T\nwrite {{ name }} here", "en").slots == ()


@pytest.mark.parametrize(
    "broken",
    [
        "no title",
        "# T\n{{ a }}\n{{ a }}\n",
        "# T\n## Without a name\n",
        "# T\n## Strange {#two words}\n",
        "# T\n## One {#a}\n## Two {#a}\n",
    ],
)
def test_an_authors_mistake_is_refused(broken: str) -> None:
    with pytest.raises(ValueError):
        parse_lesson(broken, "en")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_lesson_has_an_english_text(slug: str) -> None:
    text = load_lesson(slug, "en")
    assert text.language == "en"
    assert len(text.sections) >= 3
    assert text.slots


@pytest.mark.parametrize("slug", SLUGS)
def test_every_translation_names_the_same_sections_and_slots_in_the_same_order(slug: str) -> None:
    english = load_lesson(slug, "en")
    for code in LANGUAGES:
        if (LESSON_FOLDER / slug / f"{code}.md").exists():
            text = load_lesson(slug, code)
            assert text.slots == english.slots
            assert [(s.name, s.deeper) for s in text.sections] == [
                (s.name, s.deeper) for s in english.sections
            ]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_exercise_is_asked_in_the_prose(slug: str) -> None:
    assert set(load_exercises(slug, "en")) <= set(load_lesson(slug, "en").slots)


def test_a_language_without_a_text_falls_back_to_english_and_says_so() -> None:
    assert load_lesson(SLUGS[0], "xx").language == "en"


def test_prerequisites_come_before_what_needs_them() -> None:
    for index, entry in enumerate(lessons()):
        assert set(entry.prerequisites) <= set(SLUGS[:index])


def test_the_course_is_walked_from_first_to_last() -> None:
    walked = [SLUGS[0]]
    while (following := next_lesson(walked[-1])) is not None:
        walked.append(following.slug)
    assert walked == SLUGS
    assert [entry.slug for _, entries in parts() for entry in entries] == SLUGS
    assert place_in_part(SLUGS[0])[0] == 1
    with pytest.raises(KeyError):
        lesson("nowhere")
