"""A text of the size of the file that everybody has: 1,115,394 bytes."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.family import FamilySpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.store import Store
from core.text.own import check_own_text, read_upload
from core.text.tales import tales

BYTES = 1_115_394


@pytest.fixture(scope="module")
def text() -> str:
    data = tales(4500, seed=3).text.encode()[:BYTES]
    assert len(data) == BYTES
    return check_own_text(read_upload(data))


@pytest.mark.parametrize("model", [NGramSpec(), GPTSpec(layers=1, heads=2, width=16, context=32)])
def test_it_trains(tmp_path: Path, text: str, model: FamilySpec) -> None:
    store = Store(tmp_path)
    spec = RunSpec(
        corpus=CorpusSpec(name="own", size=1, seed=0, digest=store.save_text(text)),
        tokenizer=TokenizerSpec(kind="characters"),
        model=model,
        recipe=RecipeSpec(steps=3, batch=4, snapshots=1),
    )
    list(execute(Job(tmp_path, spec, text)))
    run = store.look(spec.id)
    assert run is not None and run.is_done
    assert math.isfinite(run.final_loss)
