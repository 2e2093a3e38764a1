"""The younger options of recurrent networks, and the classifiers: words, knobs, ids."""

from __future__ import annotations

import json

import pytest

from core.errors import LearnerError
from core.spec.families.classifier import READERS, ClassifierSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.knobs import Choice
from core.spec.run import RunSpec, read_spec


@pytest.mark.parametrize("options", [{"cell": "gru"}, {"forget_bias": 0.0}, {"cut": 8}])
def test_an_option_makes_another_run_and_is_read_back(options: dict[str, object]) -> None:
    plain = RunSpec(model=RecurrentSpec())
    spec = read_spec({"model": {"family": "recurrent", **options}})
    assert spec.id != plain.id
    assert read_spec(spec.canonical_json()) == spec
    assert not {"forget_bias", "cut"} & set(json.loads(plain.canonical_json())["model"])


def test_what_sets_a_run_apart_is_in_its_words() -> None:
    def words(**options: object) -> list[str]:
        spec = RecurrentSpec.model_validate(options)
        return [phrase.template.format(**phrase.values) for phrase in spec.in_words()]

    assert words(cell="gru", width=8) == ["GRU", "width 8"]
    assert words(forget_bias=0) == ["LSTM", "width 128", "forget bias 0"]
    assert words(cell="rnn", forget_bias=0) == ["RNN", "width 128"]
    assert words(cut=4) == ["LSTM", "width 128", "gradient cut every 4 tokens"]


def test_a_classifiers_knobs_turn_to_valid_values() -> None:
    for knob in ClassifierSpec.knobs:
        assert isinstance(knob, Choice)
        assert set(knob.words) <= set(knob.options)
        for value in knob.options:
            turned = ClassifierSpec.model_validate({knob.option: value})
            assert getattr(turned, knob.option) == value


def test_a_classifier_is_no_language_model_and_ships_nothing() -> None:
    assert not ClassifierSpec.language_model and ClassifierSpec.shipped() is None
    for reader in READERS:
        words = ClassifierSpec(reader=reader).in_words()
        assert words[0].template == "classifier" and words[1].template == READERS[reader]
    with pytest.raises(LearnerError, match="labels"):
        read_spec({"model": {"family": "classifier", "labels": 1}})
