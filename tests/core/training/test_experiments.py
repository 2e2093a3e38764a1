"""What the course's experiments show, they show with five seeds. Smaller than on the pages: a second each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import pytest

from core.inspection.gradients import gradient_norms
from core.models.neural import NeuralLanguageModel
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.material import Material, prepare
from core.training import next_token, training
from core.training.evaluation import loss_by_position
from core.worked.sharpness import sharpness
from lessons.attention.experiments import MASK
from lessons.block.experiments import NORMS, PARTS
from lessons.experiments import Arm
from lessons.positions.experiments import LENGTH, SHUFFLE

SEEDS = (1, 2, 3, 4, 5)


@pytest.fixture(autouse=True, scope="module")
def _only_what_is_compared() -> Iterator[None]:
    """Each text is made once, and no run stops to write samples."""
    made: dict[object, Material] = {}

    def remembered(spec: RunSpec, own_text: str | None = None) -> Material:
        assert isinstance(spec.model, GPTSpec)
        key = (spec.corpus, spec.tokenizer, spec.model.context, spec.recipe.window)
        if key not in made:
            made[key] = prepare(spec, own_text)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "prepare", remembered)
        patch.setattr(next_token, "sample", lambda _model, prompt, _seed: prompt)
        yield


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


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_mask_the_loss_is_low_and_worth_nothing(seed: int) -> None:
    shown, honest = [], []
    for arm in MASK:
        spec = small(
            arm, seed, layers=1, heads=2, width=32, context=8, steps=150, learning_rate=2e-2
        )
        model, loss, material = trained(spec)
        shown.append(loss)
        honest.append(loss_by_position(model, material.validation, 8)[0].mean())
    assert shown[1] < shown[0] - 0.2
    assert honest[1] > honest[0] + 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_without_positions_one_layer_cannot_see_the_order(seed: int) -> None:
    moved = []
    for arm in SHUFFLE:
        spec = small(arm, seed, heads=2, width=32, context=16, steps=80, batch=8)
        model, _, material = trained(spec)
        text = material.validation[:12]
        shuffled = np.append(np.random.default_rng(seed).permutation(text[:-1]), text[-1])
        before, after = np.exp(model.next_log_probabilities([text, shuffled]))
        moved.append(np.abs(before - after).sum() / 2)
    learned, none, deeper = moved
    assert none < 1e-5
    assert learned > 100 * none and learned > 1e-3
    assert deeper > 100 * none and deeper > 1e-4


@pytest.mark.parametrize("seed", SEEDS)
def test_where_letters_stand_is_worth_more_than_a_bag_of_them(seed: int) -> None:
    """As long as the page trains, since positions are learned late; other sizes are smaller."""
    with_positions, without, _deeper = SHUFFLE
    learned, none = (
        trained(small(arm, seed, heads=4, width=48, context=24, steps=300))[1]
        for arm in (with_positions, without)
    )
    assert learned < none - 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_every_part_of_a_block_is_missed_when_it_is_gone(seed: int) -> None:
    whole, *without = (
        trained(
            small(
                arm,
                seed,
                layers=2,
                heads=2,
                width=24,
                context=12,
                steps=90,
                batch=8,
                learning_rate=1e-2,
            )
        )[1]
        for arm in PARTS
    )
    assert min(without) > whole + 0.2
    assert without[0] > whole + 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_depth_shrinks_the_last_gradient_of_pre_norm_only(seed: int) -> None:
    """Xiong et al. 2020, theorem 1: as 1/√L with pre-norm, not at all with post-norm."""
    shares = {}
    for norm in ("pre", "post"):
        spec = {"heads": 2, "width": 64, "context": 16, "norm": norm}
        ends = [
            gradient_norms(GPTSpec.model_validate({**spec, "layers": n}), 64, seed)[-1]
            for n in (1, 8)
        ]
        shares[norm] = ends[1] / ends[0]
    assert 0.25 < shares["pre"] < 0.6
    assert shares["post"] > 0.8


@pytest.mark.parametrize("seed", SEEDS)
def test_eight_layers_of_post_norm_do_not_begin_to_learn_where_pre_norm_does(seed: int) -> None:
    """Letters and a gentler rate: with words, so small a pre-norm has not begun yet either."""
    *_shallow, pre, post = NORMS
    sizes = {"heads": 2, "width": 32, "context": 12, "steps": 60, "batch": 16}
    losses = []
    for arm in (pre, post):
        spec = small(arm, seed, tokens="characters", learning_rate=3e-3, **sizes)
        _, loss, material = trained(spec)
        losses.append(loss)
        counts = np.bincount(material.validation)
    shares = counts[counts > 0] / counts.sum()
    bag = -(shares * np.log(shares)).sum()
    assert losses[0] < bag - 0.1
    assert losses[1] > bag - 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_alibi_reads_on_where_learned_positions_were_never_trained(seed: int) -> None:
    rises, beyond = {}, {}
    for arm in LENGTH:
        if arm.name not in ("learned", "ALiBi"):
            continue
        sizes = {"heads": 2, "width": 32, "context": 64, "window": 16}
        spec = small(arm, seed, stories=400, steps=150, learning_rate=1e-2, **sizes)
        model, _, material = trained(spec)
        losses = loss_by_position(model, material.validation, 64)[0]
        beyond[arm.name] = losses[32:].mean()
        rises[arm.name] = beyond[arm.name] - losses[8:16].mean()
    assert beyond["ALiBi"] < beyond["learned"] - 0.1
    assert rises["ALiBi"] < rises["learned"]


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_division_width_makes_softmax_sharp_and_deaf(seed: int) -> None:
    wide, narrow = (sharpness(width, divided=False, queries=400, seed=seed) for width in (256, 4))
    divided = sharpness(256, divided=True, queries=400, seed=seed)
    assert wide.entropy < narrow.entropy / 3 and wide.gradient < narrow.gradient / 2
    assert divided.entropy > 3 * wide.entropy and divided.gradient > 2 * wide.gradient
