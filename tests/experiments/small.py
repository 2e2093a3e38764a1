"""The arms of a page's experiment, trained at a size that takes a second."""

from __future__ import annotations

from typing import Literal

from core.models.neural import NeuralLanguageModel
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.material import Material
from core.training import training
from lessons.experiments import Arm


def small(
    arm: Arm,
    seed: int,
    *,
    stories: int = 200,
    tokens: Literal["characters", "words"] | None = None,
    **changes: object,
) -> RunSpec:
    """The arm with another seed, fewer stories, and these options of its model and recipe."""
    spec = arm.spec
    model = {n: value for n, value in changes.items() if n in GPTSpec.model_fields}
    recipe = {n: value for n, value in changes.items() if n not in model}
    return spec.model_copy(
        update={
            "corpus": CorpusSpec(size=stories),
            "tokenizer": TokenizerSpec(kind=tokens or spec.tokenizer.kind, vocabulary=200),
            "model": GPTSpec.model_validate(spec.model.model_dump() | model),
            "recipe": spec.recipe.model_copy(update={"snapshots": 1, **recipe}),
            "seed": seed,
        }
    )


def trained(spec: RunSpec) -> tuple[NeuralLanguageModel, float, Material]:
    """The model, its loss at the end, and the text it was trained on."""
    running = training.Training(spec)
    (*_, last) = running.snapshots()
    assert last.validation_loss is not None
    model = running.model
    return NeuralLanguageModel(model.eval()), last.validation_loss, training.prepare(spec)
