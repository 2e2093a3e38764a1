"""GPTs: trained to predict each next token, watched by their heads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.inspection.snapshots import watched
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.spec.run import RunSpec
from core.text.material import Material
from core.training.next_token import NextTokenFamily


class GPTFamily(NextTokenFamily[GPTSpec, GPT]):
    spec_class = GPTSpec

    def build(self, spec: GPTSpec, vocabulary: int) -> GPT:
        return GPT(spec, vocabulary)

    def look(
        self, module: GPT, spec: RunSpec, material: Material
    ) -> dict[str, NDArray[np.generic]]:
        """See ``watched``."""
        return watched(module, material.probe, material.tokenizer, spec.corpus)


FAMILY = GPTFamily()
