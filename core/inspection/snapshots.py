"""What a GPT is watched by while it trains: small arrays of its probe sentence and of known links.

Bytes count: a run keeps two dozen of them. Results hold NumPy arrays only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.inspection.gold_links import LINK_KINDS, LinkCases, link_cases, shares_on_links
from core.inspection.heads import head_maps
from core.inspection.lens import LensStage, logit_lens
from core.models.transformer import GPT
from core.spec.text import CorpusSpec
from core.text.probe import Probe
from core.text.tokenizers import Tokenizer

READ_TOKENS = 8
"""So many of the passage's last tokens are read through the logit lens."""
NEXT_TOKENS = 8
"""So many of the likeliest tokens after the passage are kept."""
_FAR = 3
"""The verb that the passage stops before has its subject at least so many tokens back."""


def watched(
    gpt: GPT, probe: Probe, tokenizer: Tokenizer, corpus: CorpusSpec
) -> dict[str, NDArray[np.generic]]:
    """``attention`` [l h q k] on the probe sentence.

    ``passage`` [t]: held-out tokens, the last of which is what the ones before are asked for: a verb with its
    subject far back, where the corpus knows of one. ``lens_tokens`` and ``lens_shares`` [q s]: at its last
    tokens but one the likeliest next token, and its probability, as the vector that comes in says, then as
    the stream says after each layer. ``next_tokens`` and ``next_shares`` [n]: the likeliest tokens in place
    of its last one, best first.
    ``links`` [k l h]: how much of its attention each head puts on the linked token, for each of
    ``LINK_KINDS``, and ``link_chance`` [k] what even attention would; NaN where there are none.
    """
    cases = link_cases(tokenizer, corpus, gpt.context)
    passage = _passage(cases, probe)
    stages = [stage for stage in logit_lens(gpt, passage[:-1]) if _ends_layer(gpt, stage)]
    read = np.stack([stage.logp[-READ_TOKENS:] for stage in stages], axis=1)
    best = read.argmax(axis=-1)
    last = stages[-1].logp[-1]
    likeliest = np.argsort(-last, kind="stable")[:NEXT_TOKENS]
    return {
        "attention": head_maps(gpt, probe.tokens).astype(np.float16),
        "passage": passage.astype(np.int32),
        "lens_tokens": best.astype(np.int32),
        "lens_shares": np.exp(np.take_along_axis(read, best[..., None], -1)[..., 0]).astype(
            np.float16
        ),
        "next_tokens": likeliest.astype(np.int32),
        "next_shares": np.exp(last[likeliest]).astype(np.float16),
        "links": shares_on_links(gpt, cases).astype(np.float16),
        "link_chance": cases.chance().astype(np.float16),
    }


def _passage(cases: LinkCases, probe: Probe) -> NDArray[np.int64]:
    """The beginning of a story until a verb whose subject stands far back, else the probe; two tokens at
    least."""
    for story, query, key in cases.cases[LINK_KINDS.index("agreement")]:
        if query - key >= _FAR:
            return cases.tokens[story, : query + 2]
    tokens = np.asarray(probe.tokens, dtype=np.int64)
    return tokens if len(tokens) > 1 else np.repeat(tokens, 2)


def _ends_layer(gpt: GPT, stage: LensStage) -> bool:
    last = "after_mlp" if gpt.spec.mlp else "after_attention"
    return stage.point == "embedded" or stage.point.endswith(last)
