"""One thread, as in training; each text is made once, and no run stops to write samples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from core.spec.run import RunSpec
from core.text.material import Material, prepare
from core.text.tokenizers import Tokenizer
from core.training import next_token, training

torch.set_num_threads(1)

_made: dict[object, Material] = {}


@pytest.fixture(autouse=True, scope="module")
def _only_what_is_compared() -> Iterator[None]:
    def remembered(
        spec: RunSpec, own_text: str | None = None, tokenizer: Tokenizer | None = None
    ) -> Material:
        window = spec.model.training_window(spec.recipe)
        key = (spec.corpus, spec.tokenizer, window, spec.start, tokenizer is None)
        if key not in _made:
            _made[key] = prepare(spec, own_text, tokenizer)
        return _made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "prepare", remembered)
        patch.setattr(next_token, "sample", lambda _model, prompt, _seed: prompt)
        yield
