"""A trained head finds gold links far above chance; an untrained one does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file

from core.inspection.gold_links import links_found
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.text import CorpusSpec
from core.store.starters import starters
from core.store.store import Store

SPEC = next(starter.spec for starter in starters() if isinstance(starter.spec.model, GPTSpec))
FOLDER = Store(Path(__file__).parents[3] / "starters", read_only=True).open(SPEC.id)


def _found(trained: bool) -> dict[str, float]:
    torch.manual_seed(0)
    tokenizer = FOLDER.tokenizer()
    model = GPT(SPEC.model, tokenizer.vocabulary_size).eval()
    if trained:
        model.load_state_dict(load_file(FOLDER.model_path))
    assert isinstance(SPEC.model, GPTSpec)
    found = links_found(model, tokenizer, SPEC.corpus, SPEC.model.context, most_stories=60)
    return {link.kind: link.share / link.chance for link in found}


def test_a_trained_head_finds_the_subject_of_a_verb_far_above_chance(
    record_property: Callable[[str, object], None],
) -> None:
    trained, untrained = _found(True), _found(False)
    record_property("times_chance", trained["agreement"])
    assert trained["agreement"] > 5
    assert untrained["agreement"] < 2


def test_every_kind_of_link_of_the_corpus_is_scored() -> None:
    assert set(_found(False)) == {"agreement", "pronoun"}


def test_a_corpus_without_known_links_has_none() -> None:
    tokenizer = FOLDER.tokenizer()
    model = GPT(SPEC.model, tokenizer.vocabulary_size).eval()
    assert links_found(model, tokenizer, CorpusSpec(name="names", size=50), 64) == ()
