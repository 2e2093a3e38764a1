"""The runs that ship: each opens, is as good as it says, and all are small."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.answers.loaded import load
from core.models.ngram import NGramModel
from core.spec.run import RunSpec
from core.store.folder import RunFolder
from core.store.further import FURTHER, ships
from core.store.starters import Starter, starters
from core.store.state import RunState
from core.store.store import Store
from core.text.corpora import load_corpus
from core.text.material import prepare
from core.training.evaluation import ngram_answer_loss, ngram_loss
from core.training.families import FAMILIES
from core.training.network_family import NetworkFamily

FOLDER = Path(__file__).parents[3] / "starters"
MOST_BYTES = 12_000_000


SHIPPED = {**{starter.slug: starter.spec for starter in starters()}, **FURTHER}


def _folder(starter: Starter) -> RunFolder:
    return Store(FOLDER, read_only=True).open(starter.spec.id)


@pytest.mark.parametrize("spec", SHIPPED.values(), ids=SHIPPED)
def test_a_run_that_ships_is_as_good_as_recorded(spec: RunSpec) -> None:
    folder = Store(FOLDER, read_only=True).open(spec.id)
    assert folder.state.state is RunState.DONE
    assert folder.spec == spec
    assert ships(spec)
    material = prepare(spec)
    recorded = folder.snapshots()[-1].validation_loss
    loaded = load(folder)
    if loaded.module is None:
        model, tokens = loaded.language_model, material.validation
        assert isinstance(model, NGramModel)
        if spec.corpus.name == "tasks":
            loss = ngram_answer_loss(model, tokens, material.tokenizer)
        else:
            loss = ngram_loss(model, tokens)
    else:
        family = FAMILIES[spec.model.family]
        assert isinstance(family, NetworkFamily)
        loss = family.validation_loss(loaded.module, spec, material)
    assert loss == pytest.approx(recorded, abs=2e-4)


@pytest.mark.parametrize("starter", starters(), ids=lambda starter: starter.slug)
def test_a_starters_tokenizer_is_the_one_its_text_gives(starter: Starter) -> None:
    text = load_corpus(starter.spec.corpus).text[:20_000]
    shipped, made = _folder(starter).tokenizer(), prepare(starter.spec).tokenizer
    assert shipped.vocabulary_size == made.vocabulary_size
    assert list(shipped.encode(text)) == list(made.encode(text))


def test_a_network_beats_counting_and_looking_back_beats_remembering() -> None:
    last = {s.slug: _folder(s).snapshots()[-1].validation_loss or 99.0 for s in starters()}
    assert last["gpt"] < last["lstm"] < last["ngram"]


def test_what_ships_is_what_is_named_and_nothing_else() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} == {spec.id for spec in SHIPPED.values()}
    assert len({spec.id for spec in SHIPPED.values()}) == len(SHIPPED)
    assert not ships(starters()[0].spec.model_copy(update={"seed": 99}))


def test_the_starters_are_small() -> None:
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    assert size <= MOST_BYTES


_TOKENS = {"passage", "lens_tokens", "next_tokens"}
"""Arrays of a GPT that hold tokens."""


def test_the_maps_that_the_gpt_recorded_are_still_read() -> None:
    """Every starter has what its family looks at, in a small type."""
    for starter in starters():
        folder = _folder(starter)
        full = [snapshot.step for snapshot in folder.snapshots() if snapshot.full]
        names = [set(folder.arrays(step)) for step in full]
        assert names == [set(starter.spec.model.snapshot_arrays)] * len(full)
        for name, array in folder.arrays(full[-1]).items():
            assert array.dtype == ("int32" if name in _TOKENS else "float32")
            assert name != "attention" or array.shape[:2] == (2, 4)
