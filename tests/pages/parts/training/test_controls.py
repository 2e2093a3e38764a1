"""The training panel of a run that is alive: what it says when the program that trains was killed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import LearnerError
from core.runs.pace import FILE, Pace, write_pace
from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.folder import RunWriter
from core.store.state import CANCELLED, RunState, State, restarted
from pages.parts.frame import services
from pages.parts.training import controls
from tests.pages.components import sent
from tests.patience import PATIENCE

SPEC = RunSpec(
    corpus=CorpusSpec(size=20),
    tokenizer=TokenizerSpec(kind="characters"),
    model=GPTSpec(layers=1, heads=1, width=4, context=8),
    recipe=RecipeSpec(steps=100, batch=2, snapshots=2),
    seed=90_210,
)


class FakeForeman:
    """Watches along; ``reachable`` says whether anything can be asked."""

    reachable = True

    def renew(self, run_id: str, owner: str) -> bool:
        return bool(self._reached())

    def place(self, run_id: str) -> int | None:
        return 7 if self._reached() else None

    def cancel(self, run_id: str, owner: str) -> bool:
        return self._reached()

    def _reached(self) -> bool:
        if not self.reachable:
            raise LearnerError("The training service cannot be reached. Try again in a moment.")
        return True


@pytest.fixture
def foreman(monkeypatch: pytest.MonkeyPatch) -> FakeForeman:
    foreman = FakeForeman()
    monkeypatch.setattr(controls, "foreman", lambda: foreman)
    return foreman


@pytest.fixture
def run() -> Iterator[RunWriter]:
    writer = RunWriter(services.store().root, SPEC)
    writer.queue()
    yield writer
    writer.mark(State(RunState.CANCELLED, CANCELLED, resumable=True))
    services.store().delete(SPEC.id)


def panel() -> AppTest:
    def script() -> None:
        from pages.parts.frame import services, state
        from pages.parts.training.controls import training_panel
        from pages.parts.training.panel import Another, Panel
        from pages.parts.training.state import panel_state
        from tests.pages.parts.training.test_controls import SPEC

        look = services.look()
        panel = Panel(
            "try",
            panel_state(state.State("try")),
            SPEC,
            10.0,
            another=Another(90_211, lambda: None),
            view=look.at(SPEC),
        )
        training_panel(panel, look)

    return AppTest.from_function(script, default_timeout=PATIENCE)


def test_a_run_that_goes_on_after_a_restart_says_so(foreman: FakeForeman, run: RunWriter) -> None:
    sentence = (
        "The training program ended unexpectedly and was restarted. The run goes on from step 40."
    )
    app = panel().run()
    assert len(app.info) == 0
    run.queue(restarted(40))
    assert [info.value for info in app.run().info] == [sentence]
    run.mark(State(RunState.RUNNING, restarted(40), resumable=True))
    assert [info.value for info in app.run().info] == [sentence]
    run.mark(State(RunState.RUNNING, resumable=True))
    assert len(app.run().info) == 0
    assert not app.exception


def test_a_foreman_out_of_reach_is_a_sentence_until_it_is_back(
    foreman: FakeForeman, run: RunWriter
) -> None:
    foreman.reachable = False
    app = panel().run()
    assert not app.exception
    assert [warning.value for warning in app.warning] == [
        "The training service cannot be reached. Try again in a moment."
    ]
    foreman.reachable = True
    app.run()
    assert len(app.warning) == 0
    (stop,) = [button for button in app.button if button.key == "try_stop"]
    foreman.reachable = False
    stop.click().run()
    assert not app.exception


def test_a_stopped_run_offers_its_steps_a_resume_and_a_new_one(
    foreman: FakeForeman, run: RunWriter
) -> None:
    """What it has can be looked at, and nobody must finish it to train another."""
    shipped = services.library().open(services.shipped("gpt").id)
    run.begin(shipped.tokenizer())
    for snapshot in [one for one in shipped.snapshots() if one.full][:3]:
        run.append(replace(snapshot, arrays={}))
    run.mark(State(RunState.CANCELLED, CANCELLED, resumable=True))
    app = panel().run()
    assert not app.exception
    assert [button.label for button in app.button if button.key.startswith("try_")] == [
        "▶ Resume",
        "▶ Train with seed 90211 (about 10 s)",
    ]
    track = sent(app, "try_scrubber")["track"]
    assert len(track["steps"]) == 3 and not track["alive"]


@pytest.fixture
def slow_machine() -> Iterator[None]:
    """A machine on which two trainings are under way and a third waits."""
    now = time.time()
    write_pace(
        services.RUNS_FOLDER,
        Pace(slots=2, free_at=(now + 4000, now + 9000), starts={SPEC.id: now + 2500}),
    )
    yield
    (services.RUNS_FOLDER / FILE).unlink()


def test_a_run_that_waits_is_told_when_its_turn_comes(
    foreman: FakeForeman, run: RunWriter, slow_machine: None
) -> None:
    app = panel().run()
    track = sent(app, "try_scrubber")["track"]
    words = track["words"]["progress"]
    assert track["alive"] and track["steps"] == []
    assert re.search(r"place 7 in the queue, about \d+ s$", words)


def test_the_button_counts_who_trains_already(slow_machine: None) -> None:
    app = panel().run()
    (button,) = app.button
    assert re.fullmatch(r"▶ Train \(about 10 s, after a wait of about \d+ s\)", button.label)


def test_on_an_idle_machine_the_button_says_the_training_alone() -> None:
    (button,) = panel().run().button
    assert button.label == "▶ Train (about 10 s)"
