"""The fast recipe beside the classic one: CPU seconds to the classic's final loss, on two texts."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pydoc_data.topics import topics
from types import ModuleType

import torch

from core.spec.families.gpt import GPTSpec
from core.spec.recipes import CLASSIC, CLASSIC_GPT, FAST, FAST_GPT
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.material import prepare
from core.text.own import digest
from core.training.evaluation import validation_loss
from core.training.training import Training
from tests.benchmarks.rows import Row

REFERENCE_CHARACTERS = 1_000_000
_DOCUMENTED = ("numpy", "torch", "torch.nn", "torch.nn.functional", "numpy.linalg", "numpy.ma")
_MOST = 10**9
"""Of the held-out tokens: all."""


@dataclass(frozen=True)
class Trained:
    """CPU seconds of one thread, and nats per token over all of the held-out text."""

    seconds: float
    loss: float


def rows() -> Iterator[Row]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield _compared("fast_recipe_vs_classic_tales", CorpusSpec(), TokenizerSpec(), None)
        text = reference_text()
        yield _compared(
            "fast_recipe_vs_classic_reference",
            CorpusSpec(name="own", digest=digest(text)),
            TokenizerSpec(kind="characters", vocabulary=256),
            text,
        )
    finally:
        torch.set_num_threads(threads)


@cache
def reference_text() -> str:
    """A million characters of English prose that Python and two libraries ship: their documentation."""
    told = [topics[name] for name in sorted(topics)]
    for module in map(importlib.import_module, _DOCUMENTED):
        told += _documentation(module)
    text = "".join(sign if sign.isascii() else "?" for sign in "\n".join(told))
    return text[:REFERENCE_CHARACTERS]


def _documentation(module: ModuleType) -> list[str]:
    found = (getattr(getattr(module, name, None), "__doc__", None) for name in sorted(dir(module)))
    return [one for one in found if isinstance(one, str) and len(one) > 300]


def _compared(name: str, corpus: CorpusSpec, tokenizer: TokenizerSpec, text: str | None) -> Row:
    """Without a ratio where the fast recipe does not come down to the classic's final loss."""
    classic, fast = (
        _trained(RunSpec(corpus=corpus, tokenizer=tokenizer, model=model, recipe=recipe), text)
        for model, recipe in ((CLASSIC_GPT, CLASSIC), (FAST_GPT, FAST))
    )
    reached = fast.loss <= classic.loss
    print(f"{name}: classic {classic.loss:.4f}, fast {fast.loss:.4f} nats per token")
    return {
        "name": name,
        "ours": fast.seconds,
        "peer": classic.seconds,
        "ratio": classic.seconds / fast.seconds if reached else None,
        "unit": "CPU seconds to the classic's loss",
    }


def _trained(spec: RunSpec, text: str | None) -> Trained:
    """The time is that of all steps, with the one look at the end that every run takes."""
    recipe = spec.recipe.model_copy(update={"snapshots": 1})
    spec = spec.model_copy(update={"recipe": recipe})
    training = Training(spec, text, device="cpu")
    began = time.process_time()
    for _ in training.snapshots():
        pass
    seconds = time.process_time() - began
    held_out = torch.from_numpy(prepare(spec, text).validation)
    model = training.model
    assert isinstance(model, torch.nn.Module) and isinstance(spec.model, GPTSpec)
    model.eval()
    return Trained(seconds, validation_loss(model, held_out, spec.model.context, _MOST))


if __name__ == "__main__":
    for row in rows():
        print(row)
