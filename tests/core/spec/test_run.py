"""Specifications: new options leave old ids alone, and are held to their limits."""

from __future__ import annotations

import json

import pytest

from core.errors import LearnerError
from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec, read_spec
from core.store.further import shipped_runs


def test_the_starters_keep_their_ids() -> None:
    named = ("ngram", "lstm", "gpt", "word_vectors", "word_vectors_zh")
    assert {name: shipped_runs()[name].id for name in named} == {
        "ngram": "e0f1c0ea612c0e26",
        "lstm": "d7cb9861b09b2c83",
        "gpt": "e7d6e1fb94c15e9c",
        "word_vectors": "8884478319a2379c",
        "word_vectors_zh": "5b843fedff4f3191",
    }


@pytest.mark.parametrize(
    ("model", "recipe"),
    [
        ({"causal": False}, {}),
        ({"residual": False}, {}),
        ({"mlp": False}, {}),
        ({"norm": "none"}, {}),
        ({"positions": "alibi"}, {}),
        ({}, {"window": 32}),
    ],
)
def test_every_option_makes_another_run_and_is_read_back(
    model: dict[str, object], recipe: dict[str, object]
) -> None:
    plain = RunSpec()
    spec = read_spec({"model": {"family": "gpt", **model}, "recipe": recipe})
    assert spec.id != plain.id
    assert read_spec(spec.canonical_json()) == spec
    written = json.loads(spec.canonical_json())
    for name, value in model.items():
        assert written["model"][name] == value
    for name, value in recipe.items():
        assert written["recipe"][name] == value


def test_options_with_their_defaults_are_not_written() -> None:
    written = json.loads(RunSpec().canonical_json())
    assert not {"causal", "residual", "mlp"} & set(written["model"])
    assert "window" not in written["recipe"]
    assert "steps" in written["recipe"] and "tied" in written["model"]


def test_a_window_fits_the_context_and_counts_as_the_tokens_of_a_step() -> None:
    with pytest.raises(LearnerError, match="a window of 65 tokens does not fit a context of 64"):
        read_spec({"recipe": {"window": 65}})
    wide = {"model": {"family": "gpt", "context": 256}, "recipe": {"batch": 256}}
    with pytest.raises(LearnerError, match="tokens a step"):
        read_spec(wide)
    assert read_spec({**wide, "recipe": {"batch": 256, "window": 64}}).recipe.window == 64


def test_alibi_needs_no_even_heads() -> None:
    assert GPTSpec(width=9, heads=3, positions="alibi").positions == "alibi"
    assert RecipeSpec().window is None
