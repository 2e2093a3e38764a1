"""The scrubber on the page: it follows a run that trains until a step is held, and lets go of it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.spec.run import RunSpec
from core.store.folder import RunWriter
from core.store.state import CANCELLED, RunState, State
from pages.parts.frame import services
from pages.parts.training import controls
from pages.parts.widgets import scrubber
from tests.pages.components import sent
from tests.pages.conftest import OpenPage

SEED = 31_415


class Foreman:
    """Watches along, and takes what is handed in."""

    def renew(self, run_id: str, owner: str) -> bool:
        return True

    def submit(self, spec: RunSpec, owner: str, own_text: str | None = None) -> None:
        pass


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[RunWriter]:
    """A GPT that somebody trains, with nothing written yet."""
    monkeypatch.setattr(controls, "foreman", Foreman)
    spec = services.shipped("gpt").model_copy(update={"seed": SEED})
    writer = RunWriter(services.store().root, spec)
    writer.queue()
    writer.begin(services.library().open(services.shipped("gpt").id).tokenizer())
    yield writer
    writer.mark(State(RunState.CANCELLED, CANCELLED, resumable=True))
    services.store().delete(spec.id)


@pytest.fixture
def drag(monkeypatch: pytest.MonkeyPatch) -> Callable[[AppTest, Any], AppTest]:
    """``drag(app, step)``: what the browser says once the handle is let go there."""
    waiting: list[Any] = []
    component = scrubber._COMPONENT

    def heard(*, key: str, data: object, on_step_change: Callable[[], None]) -> None:
        component(key=key, data=data)
        if waiting:
            before = st.session_state.get(f"{key}_heard", ("", 0))[1]
            monkeypatch.setattr(scrubber.st, "session_state", _With(key, waiting.pop(), before))
            on_step_change()
            monkeypatch.setattr(scrubber.st, "session_state", st.runtime.state.SessionStateProxy())

    monkeypatch.setattr(scrubber, "_COMPONENT", heard)

    def drag_(app: AppTest, step: Any) -> AppTest:
        waiting.append(step)
        return app.run().run()

    return drag_


class _With:
    """The session, with an event of the scrubber in it."""

    def __init__(self, key: str, step: Any, number: int) -> None:
        self._own = st.runtime.state.SessionStateProxy()
        self._key, self._event = key, {"view": "v", "number": number + 1, "step": step}

    def __getitem__(self, key: str) -> Any:
        return {"step": self._event} if key == self._key else self._own[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._own[key] = value

    def get(self, key: str, other: Any = None) -> Any:
        return self[key] if key in (self._key, *self._own) else other


def append(run: RunWriter, count: int) -> list[int]:
    """The first lines of the shipped run, as if they were this one's; their full steps."""
    shipped = services.library().open(services.shipped("gpt").id)
    there = sum(1 for _ in (run.path / "metrics.jsonl").open())
    for snapshot in shipped.snapshots()[there:count]:
        run.append(replace(snapshot, arrays=shipped.arrays(snapshot.step)))
    return [snapshot.step for snapshot in shipped.snapshots()[:count] if snapshot.full]


def shown(app: AppTest) -> tuple[int | None, Any, Any, Any]:
    """Which step is held, and which one sample, losses and grid are drawn for."""
    assert not app.exception
    track = sent(app, "gpt_scrubber")["track"]
    steps = [sent(app, "gpt_sample")["follows"]["step"]]
    for name in ("losses", "head_grid"):
        figure = sent(app, f"gpt_{name}")["figure"]
        steps.append(int(figure.split('"step":')[1].split(",")[0]))
    return track["held"], *steps


def test_a_run_that_trains_is_followed_until_a_step_is_held(
    open_page: OpenPage, run: RunWriter, drag: Callable[[AppTest, Any], AppTest]
) -> None:
    app = open_page("gpt", gpt_seed=str(SEED), whole="1")
    app.button_group("gpt_bet_first_answer").set_value("order").run()
    app.button("gpt_bet_first_check").click().run()
    assert sent(app, "gpt_scrubber")["track"]["steps"] == []
    first = append(run, 8)
    app.run()
    assert shown(app) == (None, first[-1], first[-1], first[-1])
    drag(app, first[1])
    assert shown(app) == (first[1], first[1], first[1], first[1])
    assert app.query_params["gpt_step"] in (str(first[1]), [str(first[1])])
    more = append(run, 20)
    app.run()
    assert shown(app) == (first[1], first[1], first[1], first[1])
    track = sent(app, "gpt_scrubber")["track"]
    assert track["steps"] == more and len(more) > len(first)
    assert len(track["planned"]) == 24 and track["planned"][: len(more)] == more
    drag(app, None)
    assert shown(app) == (None, more[-1], more[-1], more[-1])
    assert "gpt_step" not in app.query_params


def test_what_the_shipped_run_wrote_stands_beside_a_run_of_ones_own(
    open_page: OpenPage, run: RunWriter
) -> None:
    append(run, 12)
    app = open_page("gpt", gpt_seed=str(SEED), whole="1")
    beside = sent(app, "gpt_sample")["beside"]
    shipped = services.library().open(services.shipped("gpt").id)
    wrote = [(one.step, one.sample) for one in shipped.snapshots() if one.full]
    assert [(step, sample) for step, _loss, sample in beside["samples"]] == wrote
    assert "{step}" in beside["says"] and "{loss}" in beside["says"]
    assert sent(open_page("gpt", gpt_step="450", whole="1"), "gpt_sample")["beside"] is None


def test_a_step_that_is_none_changes_nothing(
    open_page: OpenPage, drag: Callable[[AppTest, Any], AppTest]
) -> None:
    app = open_page("gpt", gpt_step="276", whole="1")
    assert shown(app)[:2] == (276, 276)
    for wrong in (289, -1, "0", True, 10**9):
        assert shown(drag(app, wrong))[:2] == (276, 276)
    assert shown(drag(app, 0))[:2] == (0, 0)


def test_training_again_lets_go_of_the_step(
    open_page: OpenPage, run: RunWriter, drag: Callable[[AppTest, Any], AppTest]
) -> None:
    steps = append(run, 20)
    run.mark(State(RunState.CANCELLED, CANCELLED, resumable=True))
    app = open_page("gpt", gpt_seed=str(SEED), gpt_step=str(steps[1]), whole="1")
    assert shown(app)[:2] == (steps[1], steps[1])
    app.button("gpt_train").click().run()
    assert shown(app)[:2] == (None, steps[-1])


def test_before_a_training_its_place_is_there(open_page: OpenPage) -> None:
    app = open_page("gpt", gpt_seed="999", gpt_step="276", whole="1")
    track = sent(app, "gpt_scrubber")["track"]
    assert track["steps"] == [] and len(track["planned"]) == 24 and not track["alive"]
    assert sent(open_page("ngram", whole="1"), "ngram_scrubber") is None, "counting has no steps"


def test_what_follows_is_not_sent_with_the_page(open_page: OpenPage) -> None:
    """Of all the samples and head maps of a run, one of each is in the page."""
    app = open_page("gpt", gpt_step="276", whole="1")
    track = sent(app, "gpt_scrubber")
    assert len(str(track)) < 2500
