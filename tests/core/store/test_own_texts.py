from __future__ import annotations

import errno
import json
import threading
from dataclasses import asdict
from pathlib import Path

import pytest

from core.errors import LearnerError
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store import own_texts
from core.store.folder import RunWriter
from core.store.own_texts import OwnTexts
from core.store.state import RunState, State
from core.store.store import Store
from core.text.own import digest
from tests.damage import damage

FIRST, SECOND = "One cat saw another. " * 20, "Two dogs saw a bird. " * 20


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def texts(store: Store) -> OwnTexts:
    return OwnTexts(store)


def train(store: Store, text: str, state: RunState = RunState.DONE, seed: int = 1) -> str:
    corpus = CorpusSpec(name="own", size=1, seed=0, digest=digest(text))
    spec = RunSpec(corpus=corpus, model=NGramSpec(), seed=seed)
    writer = RunWriter(store.root, spec)
    writer.queue()
    writer.mark(State(state, updated=0))
    return spec.id


def test_a_text_is_kept_with_what_is_known_of_it(store: Store, texts: OwnTexts) -> None:
    assert texts.given("ann") is None
    own = texts.give("ann", FIRST, "cats.txt", lost=1)
    assert OwnTexts(Store(store.root)).given("ann") == own
    assert (own.name, own.lost, own.preview.characters) == ("cats.txt", 1, len(FIRST))
    assert store.text(own.digest) == FIRST
    assert texts.given("bob") is None


def test_the_last_text_counts_and_one_without_runs_is_not_kept(
    store: Store, texts: OwnTexts
) -> None:
    first = texts.give("ann", FIRST, "cats.txt")
    second = texts.give("ann", SECOND)
    assert texts.given("ann") == second
    assert not store.has_text(first.digest)
    assert texts.give("ann", SECOND, "dogs.txt").name == "dogs.txt"
    assert store.has_text(second.digest)


def test_a_former_text_stays_while_there_are_runs_of_it(store: Store, texts: OwnTexts) -> None:
    texts.give("ann", FIRST)
    run = train(store, FIRST)
    texts.give("ann", SECOND)
    assert store.has_text(digest(FIRST))
    texts.delete("ann")
    assert store.find(run) is None
    assert not store.has_text(digest(FIRST)) and not store.has_text(digest(SECOND))


def test_deleting_takes_the_text_and_the_runs_made_of_it(store: Store, texts: OwnTexts) -> None:
    texts.give("ann", FIRST)
    mine, other = train(store, FIRST), train(store, SECOND)
    assert [run.id for run in texts.runs("ann")] == [mine]
    texts.delete("ann")
    assert texts.given("ann") is None
    assert store.find(mine) is None and store.find(other) is not None
    assert not [path for path in store.root.rglob("*") if FIRST in _content(path)]
    texts.delete("ann")


def test_what_is_being_trained_on_is_not_deleted(store: Store, texts: OwnTexts) -> None:
    own = texts.give("ann", FIRST)
    done = train(store, FIRST)
    train(store, FIRST, RunState.RUNNING, seed=2)
    with pytest.raises(LearnerError, match="Stop it, then delete"):
        texts.delete("ann")
    assert texts.given("ann") == own
    assert store.find(done) is not None


def test_a_text_that_another_gave_too_stays_for_them(store: Store, texts: OwnTexts) -> None:
    texts.give("ann", FIRST)
    own = texts.give("bob", FIRST)
    run = train(store, FIRST)
    texts.delete("ann")
    assert texts.given("ann") is None and texts.given("bob") == own
    assert store.find(run) is not None
    texts.give("bob", SECOND)
    assert store.has_text(digest(FIRST))


@pytest.mark.parametrize(
    "junk", ["", "{", "[]", "null", '{"given": 3}', '{"given": {"digest": "x"}}']
)
def test_a_damaged_record_is_no_record(store: Store, texts: OwnTexts, junk: str) -> None:
    texts.give("ann", FIRST)
    (record,) = (store.root / "texts" / "given").iterdir()
    record.write_text(junk)
    assert texts.given("ann") is None
    texts.delete("ann")
    assert texts.give("ann", SECOND).preview.characters == len(SECOND)


@pytest.mark.parametrize(
    "junk", ['{"given": {"digest": 5}, "former": []}', '{"given": {"digest": "x"}, "former": [[]]}']
)
def test_what_is_no_digest_is_no_text(store: Store, texts: OwnTexts, junk: str) -> None:
    preview = asdict(texts.give("ann", FIRST).preview)
    (record,) = (store.root / "texts" / "given").iterdir()
    odd = json.loads(junk)
    odd["given"] |= {"name": "", "lost": 0, "preview": preview}
    record.write_text(json.dumps(odd))
    assert texts.given("ann") is None and texts.runs("ann") == []
    assert texts.give("ann", SECOND) == texts.given("ann")
    texts.delete("ann")


def test_while_anothers_record_cannot_be_read_nothing_is_deleted(
    store: Store, texts: OwnTexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may name the very same text: a server that has no file left to open does not know."""
    texts.give("bob", FIRST)
    (bobs,) = (store.root / "texts" / "given").iterdir()
    own = texts.give("ann", FIRST)
    read = Path.read_text

    def fails(path: Path, **kwargs: str) -> str:
        if path == bobs:
            raise OSError(errno.EMFILE, "Too many open files")
        return read(path, **kwargs)

    monkeypatch.setattr(Path, "read_text", fails)
    with pytest.raises(LearnerError, match="cannot be deleted"):
        texts.delete("ann")
    with pytest.raises(LearnerError, match="cannot be kept"):
        texts.give("ann", SECOND)
    assert texts.given("bob") is None
    monkeypatch.setattr(Path, "read_text", read)
    assert store.has_text(own.digest)
    assert texts.given("ann") == own and texts.given("bob") == own


def test_who_gives_a_text_while_another_lets_go_of_it_keeps_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bob has found it there and has not yet written that it is his, if nothing holds Ann off."""
    OwnTexts(store).give("ann", FIRST)
    found, gone = threading.Event(), threading.Event()
    make = own_texts.make_folder

    def slow(path: Path) -> None:
        if threading.current_thread() is bob:
            found.set()
            gone.wait(0.2)
        make(path)

    monkeypatch.setattr(own_texts, "make_folder", slow)
    bob = threading.Thread(target=OwnTexts(store).give, args=("bob", FIRST))
    bob.start()
    assert found.wait(5)
    OwnTexts(Store(store.root)).give("ann", SECOND)
    gone.set()
    bob.join()
    assert OwnTexts(store).given("bob") is not None


def test_a_former_text_in_whose_place_a_folder_stands_is_in_nobodys_way(
    store: Store, texts: OwnTexts
) -> None:
    damage(store.root / "texts" / f"{texts.give('ann', FIRST).digest}.txt", "a folder in its place")
    own = texts.give("ann", SECOND)
    assert texts.given("ann") == own and not store.has_text(digest(FIRST))


def test_what_was_set_aside_of_a_run_is_deleted_with_it(store: Store, texts: OwnTexts) -> None:
    texts.give("ann", FIRST)
    run = train(store, FIRST)
    store.set_aside(run)
    train(store, FIRST)
    texts.delete("ann")
    assert not list(store.root.glob(f"*{run}*"))


def test_a_text_that_has_gone_is_not_given_any_more(store: Store, texts: OwnTexts) -> None:
    store.delete_text(texts.give("ann", FIRST).digest)
    assert texts.given("ann") is None


def test_a_disk_that_cannot_be_written_gets_its_sentence(
    texts: OwnTexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.store.own_texts.write_text", full)
    with pytest.raises(LearnerError, match="cannot be kept"):
        texts.give("ann", FIRST)


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
