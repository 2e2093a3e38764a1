"""What the browser asks of a run's steps: a clean answer to each question, and kept only where it may be."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.spec.text import CorpusSpec
from core.store.folder import RunWriter
from core.store.state import RunState, State
from core.store.store import Library, Store
from core.store.view import RunView
from pages.parts.frame import services
from pages.parts.training import replay

CLIENT = TestClient(Starlette(routes=replay.ROUTES))
SHIPPED = services.shipped("gpt")


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunWriter:
    """A GPT that trains: five lines are there. The library has no other run."""
    monkeypatch.setattr(replay, "library", lambda: Library([Store(tmp_path)]))
    replay.packed.cache_clear()
    return _begun(tmp_path, SHIPPED.id)


def _begun(root: Path, run: str) -> RunWriter:
    shipped = services.library().open(run)
    writer = RunWriter(root, shipped.spec)
    writer.queue()
    writer.begin(shipped.tokenizer())
    _append(writer, 0, 5)
    return writer


def _append(writer: RunWriter, start: int, stop: int) -> None:
    shipped = services.library().open(SHIPPED.id)
    for snapshot in shipped.snapshots()[start:stop]:
        writer.append(replace(snapshot, arrays=shipped.arrays(snapshot.step)))


def _view() -> RunView:
    view = replay.library().look(SHIPPED.id)
    assert view is not None
    return view


def test_the_steps_come_with_samples_and_maps_in_hundredths(writer: RunWriter) -> None:
    view = _view()
    found = CLIENT.get(f"/{replay.address_of(view)}/0-{len(view.full)}/{replay.mark_of(view)}")
    assert found.status_code == 200 and "immutable" in found.headers["cache-control"]
    answer = found.json()
    assert [one["step"] for one in answer["records"]] == list(view.full_steps)
    assert tuple(answer["probe"]) == view.full[0].probe
    for one, snapshot in zip(answer["records"], view.full, strict=True):
        assert one["sample"] == snapshot.sample
        maps = np.frombuffer(base64.b64decode(one["maps"]), np.uint8).reshape(answer["shape"])
        weights = view.arrays(snapshot.step)["attention"]
        written = [f"{weight:.2f}" for weight in weights.ravel().tolist()]
        assert [f"{one / 100:.2f}" for one in maps.ravel().tolist()] == written


def test_a_run_that_goes_on_is_asked_for_its_new_steps(writer: RunWriter) -> None:
    before = _view()
    _append(writer, 5, 12)
    after = _view()
    known, now = len(before.full), len(after.full)
    assert now > known
    found = CLIENT.get(f"/{replay.address_of(after)}/{known}-{now}/{replay.mark_of(after)}")
    assert [one["step"] for one in found.json()["records"]] == list(after.full_steps[known:])
    old = CLIENT.get(f"/{replay.address_of(after)}/0-{known}/{replay.mark_of(before)}")
    assert old.status_code == 200, "what was announced a moment ago is still answered"


@pytest.mark.parametrize(
    "path",
    [
        "0123456789abcdef/0-1/m",
        "..%2f..%2fetc/0-1/m",
        "....0123456789ab/0-1/m",
        "{run}/0-1/{wrong}",
        "{run}/0-99/{mark}",
        "{run}/2-2/{mark}",
        "{run}/3-2/{mark}",
        "{run}/0-{many}/{mark}",
        "{run}/-1-2/{mark}",
        "{run}/\u0660-1/{mark}",
    ],
)
def test_all_else_is_a_sentence_and_not_kept(writer: RunWriter, path: str) -> None:
    named = {
        "run": SHIPPED.id,
        "mark": replay.mark_of(_view()),
        "wrong": "0" * 12,
        "many": "9" * 5000,
    }
    found = CLIENT.get(f"{replay.PATH}/{path.format(**named)}")
    assert found.status_code == 404
    if "%2f" not in path:
        assert found.text.startswith("There is no such training")
        assert found.headers["cache-control"] == "no-store"


def test_a_damaged_and_a_deleted_run_answer_no_more(writer: RunWriter) -> None:
    view = _view()
    address = f"/{replay.address_of(view)}/0-{len(view.full)}/{replay.mark_of(view)}"
    assert CLIENT.get(address).status_code == 200
    writer.mark(State(RunState.CANCELLED))
    (writer.path / "metrics.jsonl").write_text("rubbish\n")
    replay.packed.cache_clear()
    assert CLIENT.get(address).status_code == 404
    for path in sorted(writer.path.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert CLIENT.get(address).status_code == 404


def test_steps_whose_maps_cannot_be_read_are_asked_for_again(writer: RunWriter) -> None:
    view = _view()
    address = f"/{replay.address_of(view)}/0-{len(view.full)}/{replay.mark_of(view)}"
    path = writer.path / "snapshots" / f"{view.full_steps[0]:06d}.safetensors"
    kept = path.read_bytes()
    path.write_bytes(b"rubbish")
    found = CLIENT.get(address)
    assert found.json()["records"][0]["maps"] is None
    assert found.headers["cache-control"] == "no-store"
    path.write_bytes(kept)
    found = CLIENT.get(address)
    assert found.json()["records"][0]["maps"] and "immutable" in found.headers["cache-control"]


def test_what_was_made_of_a_learners_text_is_not_kept(tmp_path: Path, writer: RunWriter) -> None:
    own = CorpusSpec(name="own", size=1, seed=0, digest="a" * 64)
    spec = SHIPPED.model_copy(update={"corpus": own})
    mine = RunWriter(tmp_path, spec)
    mine.queue()
    mine.begin(services.library().open(SHIPPED.id).tokenizer())
    _append(mine, 0, 3)
    view = replay.library().look(spec.id)
    assert view is not None
    found = CLIENT.get(f"/{replay.address_of(view)}/0-1/{replay.mark_of(view)}")
    assert found.status_code == 404, "one step has another mark than two"
    found = CLIENT.get(f"/{replay.address_of(view)}/0-{len(view.full)}/{replay.mark_of(view)}")
    assert found.status_code == 200 and found.headers["cache-control"] == "no-store"


def test_vectors_of_words_come_with_their_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "library", services.library)
    replay.packed.cache_clear()
    view = services.look().finished(services.shipped("word_vectors"))
    assert view is not None
    found = CLIENT.get(f"/{replay.address_of(view)}/0-2/{replay._mark(view.full[:2])}")
    assert found.status_code == 200
    for one, step in zip(found.json()["records"], view.full_steps, strict=False):
        sent = one["vectors"]
        whole = np.frombuffer(base64.b64decode(sent["bdata"]), "<i2").reshape(sent["shape"])
        vectors = view.arrays(step)["vectors"]
        assert np.abs(whole * sent["scale"] - vectors).max() <= sent["scale"]
