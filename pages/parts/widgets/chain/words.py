"""What worked attention calls its matrices and stages: names, signs, and what happens at each."""

from __future__ import annotations

from collections.abc import Mapping

from core.wording import N_

NAMES: Mapping[str, str] = {
    "x": N_("Input X"),
    "w_q": N_("Projection W_Q"),
    "w_k": N_("Projection W_K"),
    "w_v": N_("Projection W_V"),
    "b_q": N_("Bias b_Q"),
    "b_k": N_("Bias b_K"),
    "b_v": N_("Bias b_V"),
    "bias": N_("Bias for distance B"),
    "q": N_("Queries Q"),
    "k": N_("Keys K"),
    "v": N_("Values V"),
    "scores": N_("Scores"),
    "scaled": N_("Scaled scores"),
    "mask": N_("Masked scores"),
    "exp": N_("Exponentials"),
    "softmax": N_("Weights"),
    "output": N_("Output"),
}
SAYINGS: Mapping[str, str] = {
    "q": N_("Each token's vector times W_Q: what the token looks for."),
    "k": N_("Each token's vector times W_K: what the token offers."),
    "v": N_("Each token's vector times W_V: what the token hands over."),
    "scores": N_("Each query times each key: how well does the offer fit the question?"),
    "scaled": N_("Every score divided by √dₖ, so that wide queries do not shout."),
    "mask": N_("Hidden keys get −∞, before any shares are given out."),
    "exp": N_(
        "e to the power of each score: positive, and a hidden key's is 0. Σ is the row's sum."
    ),
    "softmax": N_("Each exponential divided by its row's sum: shares that add up to 1."),
    "output": N_("Each value times its share, added up: what the token takes away."),
}
BIASED = N_(
    "Every score divided by √dₖ, plus the bias: the farther the key, the more is taken away (ALiBi)."
)
SIGNS: Mapping[str, str] = {
    "x": "X",
    "w_q": "W_Q",
    "w_k": "W_K",
    "w_v": "W_V",
    "b_q": "b_Q",
    "b_k": "b_K",
    "b_v": "b_V",
    "bias": "B",
    "q": "Q",
    "k": "K",
    "v": "V",
    "scores": "Q·Kᵀ",
    "scaled": "÷√dₖ",
    "mask": N_("mask"),
    "exp": "exp",
    "softmax": "softmax",
    "output": "·V",
}
