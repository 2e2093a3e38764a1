"""In one tick a page sees one state of a run, whatever the run does meanwhile."""

from __future__ import annotations

import ast
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.spec.run import RunSpec
from core.store.folder import RunFolder, RunWriter
from core.store.state import RunState, State
from lessons.catalogue import lessons
from pages.parts.frame import services
from pages.parts.lesson.opened import WHOLE_SESSION
from pages.parts.training import controls
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
SEED = 4711
FROM_LIBRARY = {"look", "has", "finished", "weights_written", "text", "tokenizer"}
"""What a page may ask the library for: nothing of it is a live folder."""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often the state of each run has been read."""
    counted: Counter[str] = Counter()
    state = RunFolder.state.fget
    assert state is not None

    def read(folder: RunFolder) -> State:
        counted[folder.id] += 1
        return state(folder)

    monkeypatch.setattr(RunFolder, "state", property(read))
    yield counted


@pytest.fixture
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunWriter, RunSpec]]:
    """A GPT that somebody is training: half of the shipped run's snapshots are there."""
    spec = services.shipped("gpt").model_copy(update={"seed": SEED})
    shipped = services.library().open(services.shipped("gpt").id)
    writer = RunWriter(services.RUNS_FOLDER, spec)
    writer.queue()
    writer.begin(shipped.tokenizer())
    snapshots = shipped.snapshots()
    for snapshot in snapshots[: len(snapshots) // 2]:
        writer.append(replace(snapshot, arrays=shipped.arrays(snapshot.step)))
    shutil.copy(shipped.model_path, writer.path)
    yield writer, spec
    writer.mark(State(RunState.DONE))
    services.store().delete(spec.id)


class Watched:
    """A foreman with whom everybody shares every run."""

    def renew(self, run: str, owner: str) -> bool:
        return True


@pytest.mark.parametrize("slug", [lesson.slug for lesson in lessons()])
def test_no_run_is_read_twice_in_one_tick(open_page, reads: Counter[str], slug: str) -> None:
    app = open_page(slug)
    reads.clear()
    app.run()
    assert not app.exception
    assert not {run: times for run, times in reads.items() if times > 1}


def test_while_a_run_trains_it_is_read_once_a_tick(
    open_page, reads: Counter[str], begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controls, "foreman", Watched)
    app = open_page("gpt", gpt_seed=str(SEED))
    assert not app.exception
    assert [b.key for b in app.button if b.key in ("gpt_stop", "gpt_train")] == ["gpt_stop"]
    reads.clear()
    app.run()
    assert reads[begun[1].id] == 1


def test_a_run_that_ends_while_the_page_is_drawn_ends_in_the_next_tick(
    open_page, begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each read of its state finds it further on; no part of the page may know more than another."""
    monkeypatch.setattr(controls, "foreman", Watched)
    told = [RunState.RUNNING, RunState.DONE]
    state = RunFolder.state.fget
    assert state is not None

    def read(folder: RunFolder) -> State:
        if folder.id != begun[1].id:
            return state(folder)
        return State(told.pop(0) if len(told) > 1 else told[0])

    monkeypatch.setattr(RunFolder, "state", property(read))
    app = open_page("gpt", gpt_seed=str(SEED))
    steps = services.shipped("gpt").recipe.steps

    def keys() -> list[str]:
        return [b.key for b in app.button if b.key in ("gpt_stop", "gpt_train")]

    def learned() -> str:
        return next(m.value for m in app.markdown if "nats (blind guessing)" in m.value)

    assert not app.exception
    assert keys() == ["gpt_stop"] and f"after {steps} steps" in learned()
    assert told == [RunState.DONE], "the page has not looked again"
    app.run()
    assert not app.exception
    assert keys() == ["gpt_train"] and f"after {steps} steps" not in learned()


def test_after_a_lost_connection_the_training_and_an_open_bet_are_still_there(
    begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After minutes the server has forgotten the visit: the cookie and the address are what is left."""
    monkeypatch.setattr(controls, "foreman", Watched)

    def visit() -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=PATIENCE)
        app._page_hash = calc_hash("gpt")
        app.session_state[WHOLE_SESSION] = True
        app.session_state["learner"] = "0123456789abcdef" * 2
        app.query_params["gpt_seed"] = str(SEED)
        app.query_params["gpt_prompt"] = "Tom had"
        return app.run()

    before = visit()
    before.button_group("gpt_bet_first_answer").set_value("order").run()
    before.text_input("gpt_bet_top_p_answer").set_value("0.6").run()
    after = visit()
    assert [b.key for b in after.button if b.key in ("gpt_stop", "gpt_train")] == ["gpt_stop"]
    assert after.button_group("gpt_bet_first_answer").value == "order"
    assert not after.button_group("gpt_bet_first_answer").disabled
    assert after.text_input("gpt_bet_top_p_answer").value == "0.6"
    assert after.text_input("gpt_prompt").value == "Tom had"


def test_pages_ask_the_library_for_nothing_live() -> None:
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and _calls_library(node.value):
                assert node.attr in FROM_LIBRARY, f"{path.name}, line {node.lineno}: {node.attr}"


def _calls_library(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "library"
