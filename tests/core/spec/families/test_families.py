"""The families that ship: what they say of themselves holds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from core.spec.families import FAMILIES
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.families.word_vectors import WordVectorsSpec
from core.spec.family import FamilySpec
from core.spec.knobs import Choice
from core.spec.limits import LONGEST_CONTEXT
from core.spec.recipe import RecipeSpec

SPECS = [NGramSpec(), RecurrentSpec(), GPTSpec(), WordVectorsSpec()]


def test_they_stand_in_the_order_of_the_course() -> None:
    """A further family may stand before, between or after them."""
    shipped = {name: family for name, family in FAMILIES.items() if family in map(type, SPECS)}
    assert list(shipped) == ["ngram", "recurrent", "gpt", "word_vectors"]
    assert list(shipped.values()) == [type(spec) for spec in SPECS]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.family)
def test_every_knob_turns_an_option_to_values_that_are_valid(spec: FamilySpec) -> None:
    for knob in spec.knobs:
        values = knob.options if isinstance(knob, Choice) else range(knob.least, knob.most + 1)
        for value in values:
            turned = type(spec).model_validate({**spec.model_dump(), knob.option: value})
            assert getattr(turned, knob.option) == value
        if isinstance(knob, Choice):
            assert set(knob.words) <= set(knob.options)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.family)
def test_later_options_are_options_with_their_defaults(spec: FamilySpec) -> None:
    for option, default in spec.later_options.items():
        assert type(spec).model_fields[option].default == default


def test_a_window_is_for_those_that_read_windows() -> None:
    narrow = RecipeSpec(window=5, batch=3)
    assert NGramSpec().training_window(narrow) == LONGEST_CONTEXT
    assert GPTSpec(context=16).training_window(narrow) == 5
    assert GPTSpec(context=16).training_window(RecipeSpec()) == 16
    assert RecurrentSpec(context=8).tokens_a_step(RecipeSpec(batch=3)) == 24
    assert GPTSpec().tokens_a_step(narrow) == 15


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.family)
def test_the_run_that_ships_is_of_the_family(spec: FamilySpec) -> None:
    shipped = spec.shipped()
    assert shipped is not None and type(shipped.model) is type(spec)


def test_specifications_need_no_torch() -> None:
    code = (
        "import json, sys, core.spec.families, core.store.starters;"
        "print(json.dumps('torch' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) is False
