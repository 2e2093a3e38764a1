"""The runs that ship: each opens, is as good as it says, and all are small."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from core.models.build import build_model
from core.spec.run import NGramSpec
from core.store.folder import RunFolder
from core.store.starters import STARTERS, Starter
from core.store.state import RunState
from core.store.store import Store
from core.text.material import prepare
from core.training.evaluation import ngram_loss, validation_loss

FOLDER = Path(__file__).parents[3] / "starters"
MOST_BYTES = 12_000_000


def _folder(starter: Starter) -> RunFolder:
    return Store(FOLDER, read_only=True).open(starter.spec.id)


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.slug)
def test_a_starter_is_as_good_as_recorded(starter: Starter) -> None:
    folder = _folder(starter)
    assert folder.state.state is RunState.DONE
    assert folder.spec == starter.spec
    material = prepare(starter.spec)
    recorded = folder.snapshots()[-1].validation_loss
    if isinstance(starter.spec.model, NGramSpec):
        loss = ngram_loss(folder.ngram(), material.validation)
    else:
        model = build_model(starter.spec.model, material.tokenizer.vocabulary_size)
        model.load_state_dict(load_file(folder.model_path))
        loss = validation_loss(
            model.eval(), torch.from_numpy(material.validation), starter.spec.model.context
        )
    assert loss == pytest.approx(recorded, abs=2e-4)


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.slug)
def test_a_starters_tokenizer_is_the_one_its_text_gives(starter: Starter) -> None:
    sentence = "One day Paul lost his cards."
    shipped = _folder(starter).tokenizer()
    assert list(shipped.encode(sentence)) == list(prepare(starter.spec).tokenizer.encode(sentence))


def test_a_network_beats_counting_and_looking_back_beats_remembering() -> None:
    last = {s.slug: _folder(s).snapshots()[-1].validation_loss or 99.0 for s in STARTERS}
    assert last["gpt"] < last["lstm"] < last["ngram"]


def test_the_starters_are_small() -> None:
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    assert size <= MOST_BYTES
