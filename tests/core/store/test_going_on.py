"""Runs that go on from others in the store: what is deleted first, and what a deleted text takes along."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.folder import RunWriter
from core.store.own_texts import OwnTexts
from core.store.snapshot import Snapshot
from core.store.state import RunState, State
from core.store.store import Store
from core.text.own import digest

TEXT = "A cat sees a dog, and the dog sees a cat.\n" * 8
OWN = CorpusSpec(name="own", size=1, seed=0, digest=digest(TEXT))


def make(root: Path, spec: RunSpec, at: float = 0.0, state: RunState = RunState.DONE) -> str:
    writer = RunWriter(root, spec)
    writer.queue()
    writer.mark(State(state, updated=at))
    return spec.id


def test_a_run_that_another_goes_on_from_stays_until_that_one_is_gone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    parent = make(tmp_path, RunSpec())
    young = make(tmp_path, RunSpec(start=parent))
    with pytest.raises(LearnerError, match="Delete that one first"):
        store.delete(parent)
    store.delete(young)
    store.delete(parent)
    assert store.list() == ()


def test_a_deleted_text_takes_all_that_went_on_from_its_runs(tmp_path: Path) -> None:
    """Also where the new one reads the same text, whatever was touched last."""
    store = Store(tmp_path)
    OwnTexts(store).give("ada", TEXT)
    parent = make(tmp_path, RunSpec(corpus=OWN), at=30)
    same = make(tmp_path, RunSpec(corpus=OWN, start=parent), at=20)
    other = make(tmp_path, RunSpec(start=same), at=10)
    apart = make(tmp_path, RunSpec(), at=5)
    assert [run.id for run in store.runs_of_text(digest(TEXT))] == [other, same, parent]
    OwnTexts(store).delete("ada")
    assert [run.id for run in store.list()] == [apart]
    assert not store.has_text(digest(TEXT))


def test_no_text_is_deleted_while_a_run_goes_on_from_one_of_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    OwnTexts(store).give("ada", TEXT)
    parent = make(tmp_path, RunSpec(corpus=OWN))
    make(tmp_path, RunSpec(start=parent), state=RunState.RUNNING)
    with pytest.raises(LearnerError, match="Stop it"):
        OwnTexts(store).delete("ada")
    assert len(store.list()) == 2


@pytest.mark.parametrize("loss", [None, 1.25, float("inf")])
def test_the_loss_on_the_text_before_is_kept_where_there_is_one(loss: float | None) -> None:
    snapshot = Snapshot(3, 10, 1.0, validation_loss=2.0, earlier_loss=loss)
    spelled = snapshot.to_json()
    assert ("earlier_loss" in spelled) is (loss is not None)
    assert Snapshot.from_json(spelled).earlier_loss == loss
    with pytest.raises(ValueError):
        Snapshot.from_json(spelled | {"earlier_loss": "much"})
