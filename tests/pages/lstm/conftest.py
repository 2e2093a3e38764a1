"""Runs of the memory lesson that do not ship, trained for two steps; bets placed; what a page says."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.spec.run import RunSpec
from core.store.folder import RunWriter
from core.store.state import RunState
from core.training.training import Training
from pages.parts.frame import services


@pytest.fixture(scope="module")
def train_a_little() -> Iterator[Callable[[Iterable[RunSpec]], None]]:
    """A run that does not ship is trained for real, but for two steps only: enough for a tokenizer, a model
    and a loss. It stands where learners' runs stand until the file is through, since other tests count on
    nobody having trained it."""
    made: list[Path] = []
    yield lambda specs: made.extend(path for spec in specs if (path := _trained(spec)) is not None)
    for path in made:
        shutil.rmtree(path)
    services.store.cache_clear()
    services.library.cache_clear()


def _trained(spec: RunSpec) -> Path | None:
    """Where the run was written; None if there was one."""
    if services.library().find(spec.id) is not None:
        return None
    training = Training(spec)
    writer = RunWriter(services.RUNS_FOLDER, spec)
    writer.queue()
    writer.begin(training.tokenizer)
    for snapshot in training.snapshots():
        writer.append(snapshot)
        if snapshot.step >= 2:
            break
    writer.finish(training)
    folder = services.library().find(spec.id)
    assert folder is not None and folder.state.state == RunState.DONE
    return folder.path


@pytest.fixture
def bet() -> Callable[[AppTest, str, str], AppTest]:
    """Choose an option of an exercise, and check it."""

    def place(app: AppTest, exercise: str, option: str) -> AppTest:
        app.button_group(key=f"lstm_{exercise}_answer").set_value(option).run()
        return app.button(key=f"lstm_{exercise}_check").click().run()

    return place


@pytest.fixture
def texts() -> Callable[[AppTest], str]:
    """All that a page says in its prose and under its pictures."""
    return lambda app: "\n".join(
        element.value for element in (*app.markdown, *app.caption, *app.info)
    )
