"""GPTs: trained to predict each next token, watched by their heads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.inspection.heads import head_maps
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.text.probe import Probe
from core.training.next_token import NextTokenFamily


class GPTFamily(NextTokenFamily[GPTSpec, GPT]):
    spec_class = GPTSpec

    def build(self, spec: GPTSpec, vocabulary: int) -> GPT:
        return GPT(spec, vocabulary)

    def look(self, module: GPT, probe: Probe) -> dict[str, NDArray[np.generic]]:
        """``attention`` [l h q k]: where each head looks on the probe sentence."""
        return {"attention": head_maps(module, probe.tokens).astype(np.float16)}


FAMILY = GPTFamily()
