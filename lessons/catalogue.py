"""The course: its parts and lessons, in order, with what each one builds on.

Titles are English and serve as keys for translation; ``N_`` marks them for the extractor.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.wording import N_


@dataclass(frozen=True)
class Part:
    number: int
    title: str


@dataclass(frozen=True)
class Lesson:
    slug: str
    part: Part
    title: str
    promise: str
    """What the learner is able to do afterwards, in one sentence."""
    minutes: int
    icon: str
    prerequisites: tuple[str, ...] = ()


COUNTING = Part(1, N_("Text and counting"))
MEMORY = Part(2, N_("Vectors and memory"))
ATTENTION = Part(3, N_("Attention"))
TRANSFORMERS = Part(4, N_("Transformers"))

LESSONS: tuple[Lesson, ...] = (
    Lesson(
        "ngram",
        COUNTING,
        N_("Counting: N-grams"),
        N_("Compute a smoothed probability by hand."),
        20,
        "🧮",
    ),
    Lesson(
        "lstm",
        MEMORY,
        N_("Memory: RNN and LSTM"),
        N_("Explain what the forget gate keeps."),
        20,
        "🧠",
        ("ngram",),
    ),
    Lesson(
        "attention",
        ATTENTION,
        N_("softmax(QKᵀ/√dₖ)V"),
        N_("Compute one output row on paper."),
        20,
        "🔦",
        ("ngram",),
    ),
    Lesson(
        "heads",
        ATTENTION,
        N_("Many heads"),
        N_("Say what several heads add to one, and what is lost without one of them."),
        20,
        "🐙",
        ("attention",),
    ),
    Lesson(
        "positions",
        ATTENTION,
        N_("Where am I?"),
        N_("Read a picture of positions, and say what each way of telling order can do."),
        20,
        "📍",
        ("attention",),
    ),
    Lesson(
        "block",
        ATTENTION,
        N_("The Transformer block"),
        N_("Count the parameters of a block, and say what each of its parts is for."),
        25,
        "🧱",
        ("heads", "positions"),
    ),
    Lesson(
        "gpt",
        TRANSFORMERS,
        N_("GPT: predict the next token"),
        N_("Choose a temperature and a top-p for a purpose."),
        25,
        "✨",
        ("block",),
    ),
)
"""Every lesson there is, in the order in which it is taught."""


def lesson(slug: str) -> Lesson:
    """The lesson of that name; KeyError if there is none."""
    for candidate in LESSONS:
        if candidate.slug == slug:
            return candidate
    raise KeyError(slug)


def parts() -> tuple[tuple[Part, tuple[Lesson, ...]], ...]:
    """The lessons grouped by part, both in course order."""
    ordered = tuple(dict.fromkeys(entry.part for entry in LESSONS))
    return tuple((part, tuple(e for e in LESSONS if e.part == part)) for part in ordered)


def next_lesson(slug: str) -> Lesson | None:
    """The lesson after this one, or None after the last."""
    index = LESSONS.index(lesson(slug))
    return LESSONS[index + 1] if index + 1 < len(LESSONS) else None


def place_in_part(slug: str) -> tuple[int, int]:
    """Which lesson of its part this is, counted from one, and how many the part has."""
    here = lesson(slug)
    siblings = [entry for entry in LESSONS if entry.part == here.part]
    return siblings.index(here) + 1, len(siblings)
