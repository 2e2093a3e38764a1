from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import LearnerError
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.folder import RunWriter
from core.store.state import RunState, State
from core.store.store import Library, Store


def make(root: Path, spec: RunSpec, state: RunState = RunState.DONE, at: float = 0) -> str:
    writer = RunWriter(root, spec)
    writer.queue()
    writer.mark(State(state, updated=at))
    return spec.id


def spec(seed: int = 1, corpus: CorpusSpec | None = None) -> RunSpec:
    return RunSpec(model=NGramSpec(), seed=seed, corpus=corpus or CorpusSpec())


def test_runs_are_listed_the_last_touched_first(tmp_path: Path) -> None:
    old, new = make(tmp_path, spec(1), at=10), make(tmp_path, spec(2), at=20)
    (tmp_path / "something else").mkdir()
    (tmp_path / "0123456789abcdef").mkdir()
    store = Store(tmp_path)
    assert [run.id for run in store.list()] == [new, old]
    assert store.open(old).spec == spec(1)
    assert store.find(old) is store.find(old)


@pytest.mark.parametrize(
    "bad", ["", "..", "../secret", "/etc", "0123456789ABCDEF", "0123456789abcdef\n", "a" * 17]
)
def test_what_is_no_id_never_reaches_the_disk(tmp_path: Path, bad: str) -> None:
    root = tmp_path / "runs"
    RunWriter(tmp_path, spec()).queue()
    (tmp_path / spec().id).rename(tmp_path / "secret")
    store = Store(root)
    assert store.find(bad) is None
    with pytest.raises(LearnerError, match="There is no run"):
        store.open(bad)
    with pytest.raises(LearnerError, match="There is no run"):
        store.delete(bad)
    assert (tmp_path / "secret" / "spec.json").exists()
    assert store.find_text("../" + "a" * 61) is None


@pytest.mark.parametrize("state", list(RunState))
def test_only_what_is_over_can_be_deleted(tmp_path: Path, state: RunState) -> None:
    run = make(tmp_path, spec(), state)
    store = Store(tmp_path)
    if state.is_alive:
        with pytest.raises(LearnerError, match="Stop it first"):
            store.delete(run)
        assert store.find(run) is not None
    else:
        store.delete(run)
        assert store.find(run) is None
        assert list(tmp_path.iterdir()) == []


def test_a_shipped_run_cannot_be_deleted(tmp_path: Path) -> None:
    run = make(tmp_path, spec())
    with pytest.raises(LearnerError, match="belongs to the course"):
        Store(tmp_path, read_only=True).delete(run)
    assert Store(tmp_path).find(run) is not None


def test_own_text_goes_with_the_last_run_that_needs_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    name = store.save_text("Grüße, 世界\n")
    assert store.text(name) == "Grüße, 世界\n"
    own = CorpusSpec(name="own", digest=name)
    first, second = make(tmp_path, spec(1, own)), make(tmp_path, spec(2, own))
    store.delete(first)
    assert store.find_text(name) is not None
    store.delete(second)
    with pytest.raises(LearnerError, match="Upload it again"):
        store.text(name)


def test_a_library_reads_its_stores_in_order(tmp_path: Path) -> None:
    mine, shipped = Store(tmp_path / "mine"), Store(tmp_path / "shipped", read_only=True)
    library = Library([mine, shipped])
    assert library.list() == ()
    both, other = make(mine.root, spec(1)), make(shipped.root, spec(2))
    make(shipped.root, spec(1))
    assert [run.path.parent.name for run in library.list()] == ["mine", "shipped"]
    assert library.open(both).path.parent == mine.root
    assert library.open(other).path.parent == shipped.root
    with pytest.raises(LearnerError, match="There is no run"):
        library.open("0" * 16)
    name = mine.save_text("mine")
    assert library.text(name) == "mine"
