"""How long lessons take: the formula, the seconds of what is trained, and what is promised of core paths."""

from __future__ import annotations

import importlib

import pytest

from core.runs.pace import Pace
from core.spec.run import RunSpec
from core.store.further import ships
from core.store.look import Look
from core.store.starters import starter_of
from core.store.store import Library, Store
from lessons.catalogue import lesson, lessons
from lessons.entries import LessonEntry, read_entry
from lessons.exercises import Exercise, load_exercises
from lessons.experiments import Arm
from lessons.pace import (
    THINKING,
    core_minutes,
    deeper_minutes,
    exact_minutes,
    section_minutes,
)
from lessons.text import LANGUAGES, LESSON_FOLDER, load_lesson, parse_lesson

SLUGS = [entry.slug for entry in lessons()]
ASKED = Exercise("asked", "number", question="one two three", explanation="four " * 147, hints=())


def _section(markdown: str):
    return parse_lesson(f"# T\n## S {{#s}}\n{markdown}", "en").sections[0]


@pytest.mark.parametrize(
    ("markdown", "minutes"),
    [
        ("word " * 150, 1.0),
        ("**word** don't well-known " * 50, 1.0),
        ("$x + y$ word " * 75, 1.0),
        ("$$a = b$$", 0.5),
        ("$$\na \\\\\nb\n$$\n\n$$c$$", 1.5),
        ("{{ picture }}", 1.0),
        ("{{ trained }}", 1.0 + 90 / 60),
        ("{{ asked }}", 1.0 + THINKING["number"]),
        ("", 0.0),
    ],
)
def test_the_formula(markdown: str, minutes: float) -> None:
    found = exact_minutes(_section(markdown), {"asked": ASKED}, {"trained": 90})
    assert found == pytest.approx(minutes)


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_shown_adds_up_and_is_the_same_in_every_language(slug: str) -> None:
    for language in LANGUAGES:
        sections = load_lesson(slug, language).sections
        core = [section_minutes(slug, s) for s in sections if not s.deeper]
        deeper = [section_minutes(slug, s) for s in sections if s.deeper]
        assert min(core + deeper) >= 1
        assert lesson(slug).minutes == core_minutes(slug) == sum(core)
        assert lesson(slug).deeper_minutes == deeper_minutes(slug) == sum(deeper)


TRAINED = {
    ("lstm", "truncated"): "TRUNCATED",
    ("lstm", "bias"): "FORGET",
    ("lstm", "reviews"): "REVIEWS",
    ("attention", "mask_experiment"): "MASK",
    ("positions", "shuffle_experiment"): "SHUFFLE",
    ("positions", "positions_experiment"): "LENGTH",
    ("block", "parts"): "PARTS",
    ("block", "norms"): "NORMS",
}
"""By lesson and slot, the arms of the experiment that is trained there."""
SHIPPED = {("gpt", "training"): "gpt"}
"""By lesson and slot, the family of which a run as long as the shipped one is trained there."""


def _trained(slug: str, slot: str) -> list[RunSpec]:
    if name := TRAINED.get((slug, slot)):
        arms = getattr(importlib.import_module(f"lessons.{slug}.experiments"), name)
        return [arm.spec for arm in arms if not ships(arm.spec)]
    starter = starter_of(SHIPPED[slug, slot])
    assert starter is not None
    return [starter.spec]


@pytest.mark.parametrize(("slug", "slot"), [*TRAINED, *SHIPPED])
def test_training_is_waited_for_as_long_as_it_takes(slug: str, slot: str) -> None:
    look = Look(Library([Store(LESSON_FOLDER.parent / "starters", read_only=True)]))
    seconds = Pace(slots=2).seconds_for_all(_trained(slug, slot), look)
    waits = read_entry(LessonEntry, LESSON_FOLDER, slug).waits
    assert waits[slot] == pytest.approx(seconds, rel=0.1), f"{slug}: waits.{slot} = {seconds:.0f}"


def test_every_experiment_is_waited_for() -> None:
    """In English; in Chinese the same networks read another text. Where all runs ship, nobody waits."""
    for slug in {slug for slug, _slot in TRAINED}:
        module = importlib.import_module(f"lessons.{slug}.experiments")
        names = {
            name
            for name, value in vars(module).items()
            if isinstance(value, tuple)
            and all(isinstance(arm, Arm) for arm in value)
            and not all(ships(arm.spec) for arm in value)
        }
        assert {name for name in names if not name.endswith("_ZH")} == {
            name for (whose, _slot), name in TRAINED.items() if whose == slug
        }


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_waited_for_is_a_slot(slug: str) -> None:
    waits = read_entry(LessonEntry, LESSON_FOLDER, slug).waits
    assert set(waits) <= set(load_lesson(slug, "en").slots) - set(load_exercises(slug, "en"))
