"""What the GPT lesson says of going on: little is left to gain, another text makes it forget, and what helps.

With fewer steps than on the page, but all of its texts, its model and its rates.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.__main__ import STARTER_FOLDER
from core.spec.run import RunSpec
from core.store.snapshot import Snapshot
from core.store.start import find_start
from core.store.store import Library, Store
from core.training import next_token
from core.training.training import train
from lessons.tuning.runs import FULL_ARM, GENTLE_ARM, MIXED_ARM, REMEDIES, more_of_the_same, shipped
from pages.tuning.other import FORGOTTEN
from pages.tuning.same import SLIGHTLY
from tests.experiments.seeds import SEEDS

LIBRARY = Library([Store(STARTER_FOLDER, read_only=True)])
PARENT = shipped()
MORE_STEPS = 150
TUNING_STEPS = 80


def _full(spec: RunSpec, seed: int, **recipe: object) -> list[Snapshot]:
    recipe = {"snapshots": 4, **recipe}
    spec = spec.model_copy(
        update={"recipe": spec.recipe.model_copy(update=recipe), "seed": 100 + seed}
    )
    return [one for one in train(spec, start=find_start(LIBRARY, spec)) if one.full]


@pytest.mark.parametrize("seed", SEEDS)
def test_more_steps_with_the_same_stories_bring_little(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    """It ends within a tenth of what the first training brought, after it had been higher than it began."""
    losses = [one.validation_loss for one in _full(more_of_the_same(PARENT, MORE_STEPS), seed)]
    record_property("losses", losses)
    before = [one.validation_loss for one in LIBRARY.open(PARENT.id).snapshots() if one.full]
    assert before[0] is not None and before[-1] is not None
    brought = before[0] - before[-1]
    begin, end = losses[0], losses[-1]
    assert begin is not None and end is not None
    assert max(loss for loss in losses if loss is not None) > begin
    assert abs(begin - end) < SLIGHTLY * brought


@pytest.mark.parametrize("seed", SEEDS)
def test_the_picture_book_makes_it_forget_and_old_stories_among_it_keep_them(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    ends: dict[str, tuple[float, float]] = {}
    for arm in REMEDIES:
        first, *_rest, last = _full(arm.spec, seed, steps=TUNING_STEPS, snapshots=2)
        assert first.validation_loss is not None and first.earlier_loss is not None
        assert last.validation_loss is not None and last.earlier_loss is not None
        assert last.validation_loss < first.validation_loss / 2
        ends[arm.name] = last.validation_loss, last.earlier_loss
    record_property("ends", ends)
    before = first.earlier_loss
    (full, forgot), (gentle, less), (mixed, least) = (
        ends[name] for name in (FULL_ARM, GENTLE_ARM, MIXED_ARM)
    )
    assert forgot > FORGOTTEN * before
    assert before < less < forgot and gentle > full + 0.1, "a smaller rate forgets and learns less"
    assert least < less - 0.1 and mixed < gentle - 0.1, "old stories keep more, and learn more"


def test_the_first_steps_do_most_of_the_damage() -> None:
    """Most of it, as the explanation of the bet says."""
    found = _full(REMEDIES[0].spec, 1, steps=TUNING_STEPS)
    first, last = found[0], found[-1]
    middle = next(one for one in found if one.step >= TUNING_STEPS / 4)
    assert first.earlier_loss is not None and middle.earlier_loss is not None
    assert last.earlier_loss is not None
    assert middle.step <= TUNING_STEPS / 2
    assert middle.earlier_loss - first.earlier_loss > 0.5 * (last.earlier_loss - first.earlier_loss)


@pytest.fixture(autouse=True)
def _nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_token, "sample", lambda _model, prompt, _seed: prompt)
