"""What the page says of each stage of the chain: its name, a sign for it, what happens there, its shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.wording import N_
from core.worked.stages import Stage, StageName
from core.worked.trace import Trace
from pages.parts.frame.language import _


@dataclass(frozen=True)
class StageWords:
    """In English and for translation; ``saying`` for what is worked out in a picture of its own."""

    title: str
    sign: str
    saying: str = ""


WORDS: Mapping[StageName, StageWords] = {
    "x": StageWords(N_("Input X"), "X"),
    "w_q": StageWords(N_("Projection W_Q"), "W_Q"),
    "b_q": StageWords(N_("Bias b_Q"), "b_Q"),
    "w_k": StageWords(N_("Projection W_K"), "W_K"),
    "b_k": StageWords(N_("Bias b_K"), "b_K"),
    "w_v": StageWords(N_("Projection W_V"), "W_V"),
    "b_v": StageWords(N_("Bias b_V"), "b_V"),
    "q": StageWords(
        N_("Queries Q"), "Q", N_("Each token's vector times W_Q: what the token looks for.")
    ),
    "k": StageWords(N_("Keys K"), "K", N_("Each token's vector times W_K: what the token offers.")),
    "v": StageWords(
        N_("Values V"), "V", N_("Each token's vector times W_V: what the token hands over.")
    ),
    "scores": StageWords(
        N_("Scores"),
        "Q·Kᵀ",
        N_("Each query times each key: how well does the offer fit the question?"),
    ),
    "bias": StageWords(N_("Bias for distance B"), "B"),
    "scaled": StageWords(
        N_("Scaled scores"),
        "÷√dₖ",
        N_("Every score divided by √dₖ, so that wide queries do not shout."),
    ),
    "mask": StageWords(
        N_("Masked scores"), N_("mask"), N_("Hidden keys get −∞, before any shares are given out.")
    ),
    "exp": StageWords(
        N_("Exponentials"),
        "exp",
        N_("e to the power of each score: positive, and a hidden key's is 0. Σ is the row's sum."),
    ),
    "row_sums": StageWords(N_("the row's sum"), "∑"),
    "softmax": StageWords(
        N_("Weights"),
        "softmax",
        N_("Each exponential divided by its row's sum: shares that add up to 1."),
    ),
    "output": StageWords(
        N_("Output"), "·V", N_("Each value times its share, added up: what the token takes away.")
    ),
}
BIASED = N_(
    "Every score divided by √dₖ, plus the bias: the farther the key, the more is taken away (ALiBi)."
)


def words_of(trace: Trace, stage: Stage) -> dict[str, str]:
    """The stage's title, sign, saying and shape, in the learner's language."""
    words = WORDS[stage.name]
    is_biased = stage.name == "scaled" and trace.bias is not None
    saying = BIASED if is_biased else words.saying
    return {
        "title": _(words.title),
        "sign": _(words.sign),
        "saying": _(saying) if saying else "",
        "shape": shape_text(trace, stage),
    }


def shape_text(trace: Trace, stage: Stage) -> str:
    """The shapes in letters and in this example's numbers; of a given matrix, its own alone."""
    sizes = {
        "q": len(trace.q),
        "k": len(trace.k),
        "e": trace.q.shape[1],
        "d": 0 if trace.projection is None else trace.projection.x.shape[1],
    }
    sources, _arrow, result = stage.shape.rpartition("->")
    if not stage.sources_in(trace):
        return f"{result.strip()} · {_product(result, sizes)}"
    numbers = ", ".join(_product(source, sizes) for source in sources.split(","))
    return f"{sources.strip()} → {result.strip()} · {numbers} → {_product(result, sizes)}"


def _product(letters: str, sizes: Mapping[str, int]) -> str:
    return " × ".join(str(sizes.get(letter, letter)) for letter in letters.split())
