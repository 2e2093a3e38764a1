"""The run that the knobs describe, and the one after it: another seed and nothing else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from core.spec.run import RunSpec
from pages.parts.frame import services
from pages.parts.training import controls
from pages.parts.training.knobs import another
from tests.pages.conftest import OpenPage


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[RunSpec]:
    """What is handed in to be trained."""
    found: list[RunSpec] = []

    class Foreman:
        def submit(self, spec: RunSpec, owner: str, own_text: str | None = None) -> None:
            found.append(spec)

    monkeypatch.setattr(controls, "foreman", Foreman)
    return found


def test_training_another_is_training_another_seed(
    open_page: OpenPage, asked: list[RunSpec]
) -> None:
    app = open_page("gpt", gpt_step="276")
    shipped = services.shipped("gpt")
    button = app.button("gpt_train")
    assert button.label.startswith(f"▶ Train with seed {shipped.seed + 1} (about ")
    button.click().run()
    assert asked == [shipped.model_copy(update={"seed": shipped.seed + 1})]
    assert _address(app) == {"gpt_seed": str(shipped.seed + 1)}


@pytest.mark.parametrize(("seed", "following"), [(1, 2), (99_998, 99_999), (99_999, 0)])
def test_after_the_last_seed_comes_the_first(seed: int, following: int) -> None:
    knob = SimpleNamespace(value=seed, least=0, most=99_999, set=list)
    assert another(SimpleNamespace(seed=knob)).seed == following


def test_a_bet_holds_the_run_that_ships_and_a_link_to_a_step_shows_it(open_page: OpenPage) -> None:
    held = open_page("gpt")
    assert not [button for button in held.button if button.key == "gpt_train"]
    assert [b.key for b in open_page("gpt", gpt_step="276").button if b.key == "gpt_train"]
    held.button_group("gpt_bet_first_answer").set_value("order").run()
    held.button("gpt_bet_first_check").click().run()
    assert held.button("gpt_train").label.startswith("▶ Train with seed ")
    assert any("An example, trained already" in caption.value for caption in held.caption)


def _address(app: Any) -> dict[str, str]:
    return {
        name: value[-1] if isinstance(value, list) else value
        for name, value in app.query_params.items()
        if name != "lang"
    }
