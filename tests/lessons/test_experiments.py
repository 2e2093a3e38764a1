"""The experiments of all lessons: their arms differ in one thing, the model."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from core.spec.families.gpt import GPTSpec
from lessons.experiments import Arm
from lessons.text import LESSON_FOLDER


def experiments(module: Path) -> dict[str, tuple[Arm, ...]]:
    """Every experiment that a lesson's module names."""
    named = vars(import_module(f"lessons.{module.parent.name}.experiments"))
    return {
        name: value
        for name, value in named.items()
        if isinstance(value, tuple) and value and all(isinstance(arm, Arm) for arm in value)
    }


@pytest.mark.parametrize(
    "module", sorted(LESSON_FOLDER.glob("*/experiments.py")), ids=lambda path: path.parent.name
)
def test_the_arms_of_an_experiment_share_all_but_their_model(module: Path) -> None:
    found = experiments(module)
    assert found
    for arms in found.values():
        assert len({arm.spec.id for arm in arms}) == len({arm.name for arm in arms}) == len(arms)
        assert len({arm.spec.model_copy(update={"model": GPTSpec()}).id for arm in arms}) == 1
