"""Writing with and without kept keys and values: CPU seconds a token, near the end of 256."""

from __future__ import annotations

import time

import numpy as np
import torch

from core.models.network import Reader, TextNetwork
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from tests.benchmarks.rows import Row

LENGTH, LAST, VOCABULARY = 256, 32, 1000
SPEC = GPTSpec(layers=4, heads=4, width=128, context=LENGTH)


def rows() -> list[Row]:
    """The same tokens both ways, which is checked, and the time of each of the last."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    gpt = GPT(SPEC, VOCABULARY).eval()
    try:
        kept, with_cache = _written(gpt.reader())
        anew, without = _written(TextNetwork.reader(gpt))
    finally:
        torch.set_num_threads(threads)
    assert kept == anew, "the same tokens with and without"
    return [
        {
            "name": "kv_cache_vs_full",
            "ours": with_cache * 1000,
            "peer": without * 1000,
            "ratio": without / with_cache,
            "unit": "CPU ms a token near 256",
        }
    ]


def _written(reader: Reader) -> tuple[list[int], float]:
    """LENGTH tokens, each the likeliest, and the median CPU seconds of each of the LAST."""
    token, written, seconds = 1, [], []
    for _ in range(LENGTH):
        began = time.process_time()
        token = int(reader.read([token]).argmax())
        seconds.append(time.process_time() - began)
        written.append(token)
    return written, float(np.median(seconds[-LAST:]))


if __name__ == "__main__":
    print(rows())
