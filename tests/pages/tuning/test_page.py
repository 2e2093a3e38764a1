"""The section on going on: held until the bets, then curves, sentences and samples; one's own text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.store.start import find_start
from core.text.own import digest
from lessons.experiments import Arm
from lessons.tuning import runs as going
from lessons.tuning.runs import more_of_the_same as more
from pages.parts.frame import services
from pages.tuning import other, remedies, same
from tests.pages.components import sent
from tests.pages.reading import quoted

OpenPage = Callable[..., AppTest]
OWN = "The cat is here. The dog is brown, and a zebra is striped.\n" * 12


@pytest.fixture(autouse=True)
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of runs of their own, and trainings of four small steps."""
    services.foreman()
    monkeypatch.setattr(services, "RUNS_FOLDER", tmp_path)
    services.store.cache_clear()
    services.library.cache_clear()
    recipe = RecipeSpec(steps=4, batch=2, snapshots=3, warmup=1, learning_rate=3e-2)
    monkeypatch.setattr(going, "TUNING", recipe)
    monkeypatch.setattr(same, "more_of_the_same", lambda parent, _steps: more(parent, 4))
    options = (
        (going.FULL_ARM, {}),
        (going.GENTLE_ARM, {"learning_rate": 3e-3}),
        (going.MIXED_ARM, {"replay": 0.5}),
    )
    arms = tuple(Arm(name, tuned(**changed)) for name, changed in options)
    monkeypatch.setattr(remedies, "REMEDIES", arms)
    yield
    services.store.cache_clear()
    services.library.cache_clear()


def tuned(**recipe: object) -> RunSpec:
    return going.tuned(going.shipped(), going.PICTURE_BOOK, **recipe)


def trained(spec: RunSpec, own_text: str | None = None) -> RunSpec:
    start = find_start(services.library(), spec)
    list(execute(Job(services.RUNS_FOLDER, spec, own_text, start=start)))
    return spec


def bet(app: AppTest, name: str, option: str) -> AppTest:
    app.button_group(f"tuning_{name}_answer").set_value(option).run()
    return app.button(f"tuning_{name}_check").click().run()


def said(app: AppTest) -> str:
    return "\n".join(
        part.value for part in [*app.markdown, *app.caption, *app.warning, *app.info, *app.error]
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_section_opens_with_nothing_trained(open_page: OpenPage, language: str) -> None:
    app = open_page("tuning", language)
    assert not app.exception
    app = bet(bet(bet(app, "bet_going", "little"), "bet_forget", "rises"), "bet_remedy", "mixed")
    assert not app.exception
    assert {"tuning_more_train", "tuning_tuned_train", "tuning_remedies_train"} <= {
        button.key for button in app.button
    }


def test_what_was_trained_waits_for_the_bet_and_then_decides_it(open_page: OpenPage) -> None:
    trained(going.more_of_the_same(going.shipped(), 4))
    for arm in remedies.REMEDIES:
        trained(arm.spec)
    app = open_page("tuning")
    for told in ("nats, was highest at step", "Nats per token at the end", "On the new text"):
        assert told not in said(app), "somebody else has trained these: they wait for the bet"
    app = bet(bet(app, "bet_going", "falls"), "bet_forget", "falls")
    app = bet(app, "bet_remedy", "full")
    assert "nats, was highest at step" in said(app)
    assert "Nats per token at the end" in said(app)
    run = services.library().look(tuned().id)
    assert run is not None
    assert other.tuning_sentence(run) in said(app)
    (new, new_after), (old, old_after) = other.both_losses(run)
    assert f"**{new:.2f}** to **{new_after:.2f}**" in said(app)
    assert f"**{old:.2f}** to **{old_after:.2f}**" in said(app)
    look = services.look()
    assert other.forgetting_truth(look) in {"rises", "little", "falls"}
    assert same.going_truth(look) in {"falls", "little", "rises"}
    assert remedies.remedy_truth(look) in {"full", "gentle", "mixed"}


def test_the_curve_goes_on_where_the_first_training_ended(open_page: OpenPage) -> None:
    spec = trained(going.more_of_the_same(going.shipped(), 4))
    app = bet(open_page("tuning"), "bet_going", "falls")
    shown = sent(app, "tuning_more_losses")
    parent = services.library().look(going.shipped().id)
    assert shown is not None and parent is not None and spec.start == parent.id
    before, after = (
        trace["x"]
        for trace in json.loads(shown["figure"])["data"]
        if trace["mode"] == "lines" and trace["line"]["width"] == 3
    )
    assert before[-1] == parent.step == after[0] and after[-1] == parent.step + 4


def test_ones_own_text_is_asked_for_named_and_trained_on(open_page: OpenPage) -> None:
    app = open_page("tuning", tuning_tuned_on="own")
    assert not app.exception
    app.text_area(key="tuning_tuned_own_text").set_value(OWN).run()
    assert not app.exception
    assert "zebra" in said(app)
    tokenizer = services.library().tokenizer(going.shipped().id)
    assert tokenizer is not None
    spec = going.tuned_on_own(going.shipped(), digest(OWN), OWN, tokenizer)
    assert "tuning_tuned_train" in {button.key for button in app.button}
    trained(spec, OWN)
    app.run()
    assert not app.exception
    run = services.library().look(spec.id)
    assert run is not None and other.tuning_sentence(run)
    assert quoted(app)
    app.text_area(key="tuning_tuned_own_text").set_value("z" * 100 + " " + "y" * 150).run()
    assert not app.exception and app.warning


def test_a_text_that_is_short_is_read_in_short_windows() -> None:
    tokenizer = services.library().tokenizer(going.shipped().id)
    assert tokenizer is not None
    parent = going.shipped()
    for lines in (1, 2, 4, 12, 200):
        text = OWN.splitlines()[0] * lines * 4
        spec = going.tuned_on_own(parent, digest(text), text, tokenizer)
        window = spec.model.training_window(spec.recipe)
        assert going.SHORTEST_WINDOW <= window <= parent.model.longest_window()
        assert window < len(tokenizer.encode(text)) * 0.9
