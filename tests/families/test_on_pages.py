"""What pages make of a family that nobody has heard of: its words, its knobs, its pictures, its machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.errors import LearnerError
from core.questions import Generate, GenerateAnswer, HeadMaps, HeadMapsAnswer, NextTokensAnswer
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.family import Shipped
from core.spec.run import RunSpec, read_spec
from core.store.starters import starter_of, starters
from core.store.store import Library, Store
from pages.home import machines
from pages.parts.frame import services
from pages.parts.training import panel
from tests.families.specs import PairsSpec
from tests.pages.components import sent
from tests.patience import PATIENCE

pytestmark = pytest.mark.usefixtures("further_families")

ROOT = Path(__file__).parents[2]
STARTERS = ROOT / "starters"


def spec_of(family: str) -> RunSpec:
    return read_spec(
        {
            "corpus": {"size": 40},
            "tokenizer": {"kind": "characters"},
            "model": {"family": family},
            "recipe": {"steps": 4, "batch": 2, "snapshots": 2},
        }
    )


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of this folder and of the runs that ship."""
    stores = [Store(tmp_path), Store(STARTERS, read_only=True)]
    library = cache(lambda: Library(stores))
    monkeypatch.setattr(services, "library", library)
    yield tmp_path


def test_it_is_named_in_its_own_words() -> None:
    assert panel.run_words(spec_of("unigram")) == (
        "Unigram · sharpness 1 · 0.00 M · Tiny tales · characters, at most 1,000 · seed 1"
    )
    assert (
        panel.run_words(spec_of("pairs"))
        == "Pairs · 0.00 M · Tiny tales · characters, at most 1,000 · seed 1"
    )


def test_the_first_three_are_named_as_ever() -> None:
    assert [panel.run_words(starter.spec) for starter in starters()[:3]] == [
        "N-gram · order 3 · Tiny tales · seed 1",
        "LSTM · width 128 · 0.4 M · Tiny tales · seed 1",
        "GPT · 2 layers · 4 heads · 0.2 M · Tiny tales · seed 19",
    ]


def test_how_long_it_takes_is_guessed_without_a_run_of_its_own_that_ships(runs: Path) -> None:
    assert starter_of("pairs") is None
    with pytest.raises(LookupError, match="pairs"):
        services.shipped("pairs")
    look = services.look()
    short = panel.expected_seconds(spec_of("pairs"), look)
    spec = spec_of("pairs")
    longer = spec.model_copy(update={"recipe": spec.recipe.model_copy(update={"steps": 40})})
    starting = services.pace().starting
    assert 0 < short - starting < 2
    assert panel.expected_seconds(longer, look) - starting == pytest.approx(10 * (short - starting))


def app_of(page: Callable[[str], None], family: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=PATIENCE, kwargs={"family": family})
    return app.run()


TOKENS = ("Kind of tokens", "Vocabulary, at most")
"""The knobs of the tokenizer, which every family has."""


def knobs_page(family: str) -> None:
    import json

    import streamlit as st

    from core.spec.run import read_spec
    from pages.parts.frame.state import State
    from pages.parts.training.knobs import draw_knobs, read_knobs
    from pages.parts.training.state import knobs_state

    base = read_spec({"model": {"family": family}})
    declared = knobs_state(State("trial"), base)
    read = read_knobs(base, declared)
    draw_knobs("trial", base, declared)
    assert read == read_knobs(base, declared)
    st.code(json.dumps(read.spec().model.model_dump(mode="json")))


def test_its_knobs_are_drawn_as_it_declares_them() -> None:
    app = app_of(knobs_page, "unigram")
    assert not app.exception
    assert [slider.label for slider in app.slider] == ["Sharpness", "Steps"]
    assert [box.label for box in app.selectbox] == ["Text", *TOKENS, "It begins"]
    app.slider(key="trial_sharpness").set_value(3)
    app.selectbox(key="trial_begins").set_value("rough").run()
    assert '"sharpness": 3, "begins": "rough"' in app.code[0].value
    none = app_of(knobs_page, "pairs")
    assert [slider.label for slider in none.slider] == ["Steps"]


@pytest.mark.parametrize(
    ("family", "sliders", "boxes"),
    [
        ("gpt", ["Layers"], ["Heads in each layer", "Width d of the model", "Positions"]),
        ("recurrent", ["Layers"], ["Cell", "Width d of the model"]),
        ("ngram", [], []),
    ],
)
def test_the_first_three_have_the_knobs_that_they_had(
    family: str, sliders: list[str], boxes: list[str]
) -> None:
    app = app_of(knobs_page, family)
    assert [slider.label for slider in app.slider] == [*sliders, "Steps"]
    assert [box.label for box in app.selectbox] == ["Text", *TOKENS, *boxes]


def pictures_page(family: str) -> None:
    from pages.parts.frame import services
    from pages.parts.frame.state import State
    from pages.parts.training.panel import Panel
    from pages.parts.training.pictures import show_pictures
    from pages.parts.training.state import panel_state
    from tests.families.test_on_pages import spec_of

    spec, look = spec_of(family), services.look()
    state = panel_state(State("trial"))
    panel = Panel("trial", state, spec, 1.0, another=lambda: None, view=look.at(spec))
    show_pictures(panel, look)


@pytest.mark.parametrize("family", ["unigram", "pairs"])
def test_a_run_of_it_is_shown_without_heads(family: str, runs: Path) -> None:
    for _snapshot in execute(Job(runs, spec_of(family))):
        pass
    app = app_of(pictures_page, family)
    assert not app.exception
    shown = " ".join(caption.value for caption in app.caption)
    assert "Loss in nats per token" in shown and "each head" not in shown
    sample = sent(app, "trial_sample")
    assert (sample["follows"]["step"], sample["sample"] is not None) == (4, family == "unigram")


def answer(question: Any) -> Any:
    """As the warm worker would: another process, which does not know the families of these tests."""
    if isinstance(question, HeadMaps):
        if question.run != starter_of("gpt").spec.id:
            raise LearnerError("This question is about attention, and this run's model has none.")
        maps = np.tile(np.eye(2, dtype=np.float32), (1, 1, 1, 1))
        return HeadMapsAnswer(("one", "two"), maps, 0)
    if isinstance(question, Generate):
        return GenerateAnswer(" and on", (), 0)
    return NextTokensAnswer(("one",), (1, 2), ("two", "three"), (0.6, 0.4), None, 0)


def test_home_has_a_machine_for_every_language_model_that_ships(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "ask", answer)
    unread = Shipped("pairs", PairsSpec(), "Pairs", "No language model: no machine on home.")
    monkeypatch.setattr(PairsSpec, "shipped", lambda: unread)
    assert [starter.slug for starter in starters()][-2:] == ["unigram", "pairs"]
    app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=PATIENCE)
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    assert [title.value for title in app.subheader] == [
        "N-gram: it counts",
        "LSTM: it remembers",
        "GPT: it looks back",
        "Unigram: it guesses",
        "Where the GPT looked",
    ]
    assert "The commonest token, always." in [caption.value for caption in app.caption]
