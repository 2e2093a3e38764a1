"""An experiment on a page: held back before the bet, ready before training, told when all is trained."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import LearnerError
from core.figures.figure import Figure
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.folder import RunWriter
from core.store.store import Library, Store
from lessons.experiments import Arm
from pages.parts.frame import services
from pages.parts.training import experiment, experiment_pictures
from tests.patience import PATIENCE

SPEC = RunSpec(
    corpus=CorpusSpec(size=20),
    tokenizer=TokenizerSpec(kind="characters"),
    model=GPTSpec(layers=1, heads=1, width=4, context=8),
    recipe=RecipeSpec(steps=2, batch=2, snapshots=2),
)
ARMS = (Arm("one", SPEC), Arm("two", SPEC.model_copy(update={"seed": 2})))


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    library = cache(lambda: Library([Store(tmp_path)]))
    monkeypatch.setattr(services, "library", library)
    yield tmp_path


def page(bet: bool = False) -> AppTest:
    def script(bet: bool) -> None:
        from tests_experiment_arms import ARMS

        from pages.parts.frame import services
        from pages.parts.training.experiment import show_experiment

        show_experiment(
            "slug_try",
            ARMS,
            services.look(),
            sentence=lambda results: f"Seen: {results['one'].final_loss:.3f}",
            bet=("slug", "my_bet") if bet else None,
        )

    import sys
    import types

    module = types.ModuleType("tests_experiment_arms")
    module.ARMS = ARMS  # type: ignore[attr-defined]
    sys.modules["tests_experiment_arms"] = module
    return AppTest.from_function(script, default_timeout=PATIENCE, kwargs={"bet": bet})


def said(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption))


def test_before_training_there_is_one_primary_button(runs: Path) -> None:
    app = page().run()
    assert not app.exception
    (button,) = [b for b in app.button if b.key == "slug_try_train"]
    assert not button.disabled and "Train all (about" in button.label
    assert "What was seen will be said here" in said(app)
    assert experiment.finished(ARMS, services.look()) is None


def test_before_the_bet_nothing_can_be_trained_or_seen(runs: Path) -> None:
    for arm in ARMS:
        list(execute(Job(runs, arm.spec)))
    app = page(bet=True).run()
    (button,) = [b for b in app.button if b.key == "slug_try_train"]
    assert button.disabled and "Seen:" not in said(app)
    assert "Place your bet first" in said(app)
    app.session_state["slug_my_bet_bet"] = "x"
    app.run()
    assert "Seen:" in said(app)


def test_empty_axes_say_what_will_come(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers on an axis without a curve would be no measurement."""
    drawn: list[Figure] = []
    monkeypatch.setattr(experiment_pictures, "plot", lambda figure, **look: drawn.append(figure))
    experiment_pictures.show_curves("slug_try", ARMS, [None, None])
    for arm in ARMS:
        list(execute(Job(runs, arm.spec)))
    experiment_pictures.show_curves(
        "slug_try", ARMS, [services.look().at(arm.spec) for arm in ARMS]
    )
    empty, full = (str(figure.layout) for figure in drawn)
    assert "The curves will grow here." in empty and "The curves will grow here." not in full


def test_what_was_trained_is_shown_at_once(runs: Path) -> None:
    for arm in ARMS:
        list(execute(Job(runs, arm.spec)))
    app = page().run()
    assert not app.exception and "Seen:" in said(app)
    assert not [b for b in app.button if b.key == "slug_try_train"]
    results = experiment.finished(ARMS, services.look())
    assert results is not None and set(results) == {"one", "two"}
    assert 0 < results["one"].final_loss < 10


def test_an_arm_that_diverged_has_ended_with_an_infinite_loss(runs: Path) -> None:
    list(execute(Job(runs, ARMS[0].spec)))
    writer = RunWriter(runs, ARMS[1].spec)
    writer.queue()
    writer.fail(LearnerError("The loss stopped being a number."))
    results = experiment.finished(ARMS, services.look())
    assert results is not None
    assert experiment.nats(results["two"].final_loss) == "∞"
    writer.fail(LearnerError("The server stopped."), resumable=True)
    assert experiment.finished(ARMS, services.look()) is None
    app = page().run()
    (button,) = [b for b in app.button if b.key == "slug_try_train"]
    assert "Train the rest" in button.label
