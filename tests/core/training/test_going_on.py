"""A run that begins where another ended: its weights and tokens, another text, and what it forgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from core.errors import LearnerError
from core.models.network import TextNetwork
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.classifier import ClassifierSpec
from core.spec.families.gpt import GPTSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.families.word_vectors import WordVectorsSpec
from core.spec.family import FamilySpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.folder import RunWriter
from core.store.snapshot import Snapshot
from core.store.start import Start, check_start, find_start
from core.store.state import RunState, State
from core.store.store import Library, Store
from core.text.material import prepare
from core.text.own import digest
from core.training.evaluation import validation_loss
from core.training.loop import Descent, old_rows
from core.training.training import Training, train

WORDS = TokenizerSpec(kind="words", vocabulary=120)
RECIPE = RecipeSpec(steps=6, batch=4, snapshots=3, warmup=2)
PARENT = RunSpec(
    corpus=CorpusSpec(size=30),
    tokenizer=WORDS,
    model=GPTSpec(layers=1, heads=2, width=8, context=16),
    recipe=RECIPE,
)
OTHER = CorpusSpec(name="picture_book", size=30)
OWN = "The cat is here. The dog is there, and a zebra sees them all.\n" * 12


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the finished parent."""
    folder = tmp_path_factory.mktemp("runs")
    list(execute(Job(folder, PARENT)))
    return folder


def child(parent: RunSpec = PARENT, **changes: object) -> RunSpec:
    return parent.model_copy(update={"start": parent.id, **changes})


def start(root: Path, spec: RunSpec) -> Start:
    found = find_start(Library([Store(root)]), spec)
    assert found is not None
    return found


def snapshots(root: Path, spec: RunSpec) -> list[Snapshot]:
    return list(train(spec, start=start(root, spec)))


def numbers(found: Sequence[Snapshot]) -> list[Snapshot]:
    return [replace(one, seconds=0.0, arrays={}) for one in found]


FAMILIES: tuple[tuple[FamilySpec, CorpusSpec], ...] = (
    (GPTSpec(layers=1, heads=2, width=8, context=16), CorpusSpec(size=30)),
    (RecurrentSpec(width=8, context=16), CorpusSpec(size=30)),
    (WordVectorsSpec(), CorpusSpec(size=30)),
    (ClassifierSpec(reader="lstm", width=8), CorpusSpec(name="reviews", size=60)),
)


@pytest.mark.parametrize(("model", "corpus"), FAMILIES, ids=lambda one: getattr(one, "family", ""))
def test_a_run_of_any_network_begins_with_exactly_what_the_other_ended_with(
    tmp_path: Path, model: FamilySpec, corpus: CorpusSpec
) -> None:
    tokens = WORDS.model_copy(update={"kind": model.tokenizers[0]})
    parent = RunSpec(model=model, corpus=corpus, tokenizer=tokens, recipe=RECIPE)
    last = list(execute(Job(tmp_path, parent)))[-1]
    spec = child(parent, seed=9)
    first = next(iter(train(spec, start=start(tmp_path, spec))))
    assert first.step == 0
    assert first.validation_loss == last.validation_loss
    assert first.earlier_loss is None, "the text is the same"


def test_with_the_smallest_of_rates_it_stays_what_it_was(root: Path) -> None:
    spec = child(recipe=RECIPE.model_copy(update={"learning_rate": 1e-30, "weight_decay": 0.0}))
    losses = [one.validation_loss for one in snapshots(root, spec) if one.full]
    parent = Store(root).look(PARENT.id)
    assert parent is not None and set(losses) == {parent.final_loss}


def test_the_same_specification_gives_the_same_numbers_and_another_seed_others(root: Path) -> None:
    spec = child(corpus=OTHER)
    assert numbers(snapshots(root, spec)) != numbers(snapshots(root, child(corpus=OTHER, seed=2)))
    told = [replace(one, probe=None) for one in numbers(snapshots(root, spec))]
    again = [replace(one, probe=None) for one in numbers(snapshots(root, spec))]
    assert [one.to_json() for one in told] == [one.to_json() for one in again]


def test_what_is_forgotten_is_the_loss_on_the_text_before(root: Path) -> None:
    """At the first step the parent's own last loss; later what its held-out text costs the new weights."""
    spec = child(corpus=OTHER)
    training = Training(spec, start=start(root, spec))
    found = [one for one in training.snapshots() if one.full]
    parent = Store(root).look(PARENT.id)
    assert parent is not None
    assert found[0].earlier_loss == parent.final_loss
    assert isinstance(training.model, TextNetwork)
    held_out = torch.from_numpy(prepare(PARENT).validation)
    assert found[-1].earlier_loss == validation_loss(training.model.eval(), held_out, 16)
    assert found[-1].validation_loss != found[-1].earlier_loss


def test_the_tokenizer_is_the_one_before(root: Path) -> None:
    spec = child(corpus=OTHER)
    used, before, own = (
        [tokenizer.show(token) for token in range(tokenizer.vocabulary_size)]
        for tokenizer in (
            Training(spec, start=start(root, spec)).tokenizer,
            prepare(PARENT).tokenizer,
            prepare(spec).tokenizer,
        )
    )
    assert used == before != own


def test_a_stopped_run_goes_on_as_if_it_had_not_been(root: Path, tmp_path: Path) -> None:
    spec = child(corpus=OTHER)
    job = Job(tmp_path, spec, start=start(root, spec))
    running = execute(job)
    for _ in range(3):
        next(running)
    running.close()
    assert (tmp_path / spec.id / "checkpoint.safetensors").exists()
    list(execute(job))
    list(execute(Job(tmp_path / "whole", spec, start=start(root, spec))))
    one, other = (
        load_file(folder / spec.id / "model.safetensors")
        for folder in (tmp_path, tmp_path / "whole")
    )
    assert all(np.array_equal(one[name], other[name]) for name in other)


def test_replay_is_the_mean_over_rows_of_both_texts(root: Path) -> None:
    recipe = RECIPE.model_copy(update={"replay": 0.25})
    spec = child(corpus=OTHER, recipe=recipe)
    material = replace(
        prepare(spec, None, start(root, spec).tokenizer()),
        before=prepare(PARENT, None, start(root, spec).tokenizer()),
    )
    from core.training.families.gpt import FAMILY

    run = Descent(FAMILY, spec, material, torch.device("cpu"))
    new = FAMILY.batches(_with_batch(spec, 3), material, torch.device("cpu")).at(1)
    assert material.before is not None
    old = FAMILY.batches(_with_batch(spec, 1), material.before, torch.device("cpu")).at(1)
    assert isinstance(run.model, TextNetwork)
    both = torch.cat([new[0], old[0]]), torch.cat([new[1], old[1]])
    expected = FAMILY.loss(run.model, both)  # type: ignore[arg-type]
    torch.testing.assert_close(run._loss(1), expected)


@pytest.mark.parametrize(
    ("batch", "replay", "rows"),
    [(16, 0.25, 4), (16, 0.01, 1), (2, 0.99, 1), (16, 0.0, 0), (1, 0.5, 0)],
)
def test_there_is_always_a_row_of_the_new_text(batch: int, replay: float, rows: int) -> None:
    recipe = RecipeSpec(batch=batch, replay=replay)
    assert old_rows(child(recipe=recipe)) == rows


def _with_batch(spec: RunSpec, batch: int) -> RunSpec:
    return spec.model_copy(update={"recipe": spec.recipe.model_copy(update={"batch": batch})})


# What cannot begin says why.


def test_a_run_begins_with_none_that_is_missing_unfinished_or_of_another_shape(
    root: Path, tmp_path: Path
) -> None:
    library = Library([Store(root)])
    with pytest.raises(LearnerError, match="is not here"):
        find_start(library, child(start="0" * 16))
    with pytest.raises(LearnerError, match="is not here"):
        next(iter(train(child())))
    writer = RunWriter(tmp_path, PARENT)
    writer.queue()
    for state in (RunState.RUNNING, RunState.FAILED, RunState.CANCELLED):
        writer.mark(State(state))
        with pytest.raises(LearnerError, match="is not finished"):
            find_start(Library([Store(tmp_path)]), child())
    with pytest.raises(LearnerError, match="another shape"):
        find_start(library, child(model=GPTSpec(layers=2, heads=2, width=8, context=16)))
    with pytest.raises(LearnerError, match="other tokens"):
        find_start(library, child(tokenizer=TokenizerSpec(kind="characters", vocabulary=120)))
    with pytest.raises(LearnerError, match="no other text to mix in"):
        check_start(child(recipe=RECIPE.model_copy(update={"replay": 0.5})), PARENT)
    assert find_start(library, PARENT) is None


def test_the_text_of_a_run_on_ones_own_is_needed_only_where_the_new_one_is_another(
    tmp_path: Path,
) -> None:
    own = CorpusSpec(name="own", size=1, seed=0, digest=digest(OWN))
    parent = PARENT.model_copy(update={"corpus": own})
    list(execute(Job(tmp_path, parent, OWN)))
    library = Library([Store(tmp_path)])
    same, other = child(parent, seed=3), child(parent, corpus=OTHER)
    assert find_start(library, same) == Start(tmp_path / parent.id)
    with pytest.raises(LearnerError, match="not on this computer"):
        find_start(library, other)
    assert find_start(library, other, OWN) == Start(tmp_path / parent.id, OWN)
    Store(tmp_path).save_text(OWN)
    found = find_start(library, other)
    assert found == Start(tmp_path / parent.id, OWN)
    assert next(iter(train(other, start=found))).earlier_loss is not None
