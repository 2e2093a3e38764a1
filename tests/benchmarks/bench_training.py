"""Training speed beside what people would otherwise write, and what the snapshots cost."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from core.spec.families.gpt import GPTSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.store.folder import RunWriter
from core.text.material import prepare
from core.training.schedule import full_steps
from core.training.training import Training
from tests.benchmarks.rows import Row

LAYERS, HEADS, WIDTH, CONTEXT, BATCH = 4, 4, 128, 64, 12
STEPS_A_ROUND = 4
ROUNDS = 15
SHARE_ALLOWED = 0.05


def rows() -> list[Row]:
    """Tokens per CPU second of one thread, all three in turns, medians; and the snapshots' share."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return [*_speeds(), _overhead()]
    finally:
        torch.set_num_threads(threads)


def _speeds() -> Iterator[Row]:
    # A run of 100 rounds reports once a round; it is left after ROUNDS of them.
    recipe = RecipeSpec(steps=100 * STEPS_A_ROUND, batch=BATCH, snapshots=1)
    model = GPTSpec(layers=LAYERS, heads=HEADS, width=WIDTH, context=CONTEXT)
    spec = RunSpec(model=model, recipe=recipe)
    training = Training(spec, device="cpu")
    text = torch.from_numpy(prepare(spec).training)
    vocabulary = training.tokenizer.vocabulary_size
    ours = training.snapshots()
    next(ours)
    contestants: dict[str, Callable[[], object]] = {
        "ours": lambda: next(ours),
        "gpt_training_vs_transformers": _loop(_transformers(vocabulary), text),
        "gpt_training_vs_plain_loop": _loop(Plain(vocabulary), text),
    }
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(ROUNDS + 1):
        for name, advance in contestants.items():
            began = time.process_time()
            advance()
            if turn:
                times[name].append(time.process_time() - began)
    tokens = STEPS_A_ROUND * BATCH * CONTEXT
    speed = {name: tokens / statistics.median(seconds) for name, seconds in times.items()}
    for name in ("gpt_training_vs_transformers", "gpt_training_vs_plain_loop"):
        yield {
            "name": name,
            "ours": speed["ours"],
            "peer": speed[name],
            "ratio": speed["ours"] / speed[name],
            "unit": "tokens per CPU second",
        }


def _loop(model: nn.Module, text: Tensor) -> Callable[[], None]:
    """The usual loop: random windows, AdamW as it comes, clipping, the loss kept for a plot."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    losses: list[float] = []

    def advance() -> None:
        for _ in range(STEPS_A_ROUND):
            starts = torch.randint(len(text) - CONTEXT, (BATCH,)).tolist()
            inputs = torch.stack([text[start : start + CONTEXT] for start in starts])
            targets = torch.stack([text[start + 1 : start + CONTEXT + 1] for start in starts])
            logits = model(inputs)
            loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())

    return advance


class Plain(nn.Module):
    """The same GPT from torch's own parts, ``nn.TransformerEncoder`` with a causal mask."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(CONTEXT, WIDTH)
        layer = nn.TransformerEncoderLayer(
            WIDTH, HEADS, 4 * WIDTH, 0.0, "gelu", batch_first=True, norm_first=True
        )
        self.blocks = nn.TransformerEncoder(
            layer, LAYERS, nn.LayerNorm(WIDTH), enable_nested_tensor=False
        )
        self.head = nn.Linear(WIDTH, vocabulary, bias=False)
        nn.init.normal_(self.tokens.weight, std=0.02)
        self.head.weight = self.tokens.weight
        self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(CONTEXT))

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.tokens(tokens) + self.positions.weight
        return self.head(self.blocks(x, mask=self.mask, is_causal=True))


def _transformers(vocabulary: int) -> nn.Module:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from transformers import GPT2Config, GPT2LMHeadModel

    config = GPT2Config(
        vocab_size=vocabulary,
        n_positions=CONTEXT,
        n_embd=WIDTH,
        n_layer=LAYERS,
        n_head=HEADS,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        use_cache=False,
        bos_token_id=0,
        eos_token_id=0,
    )

    class Logits(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.gpt2 = GPT2LMHeadModel(config)

        def forward(self, tokens: Tensor) -> Tensor:
            return self.gpt2(tokens).logits

    return Logits()


def _overhead() -> Row:
    """The share of a default run that goes into making and writing its snapshots.

    A fifth of its steps with all of its snapshots gives the cost of a step and of a snapshot.
    """
    default = RunSpec()
    short = default.recipe.model_copy(update={"steps": default.recipe.steps // 5})
    spec = default.model_copy(update={"recipe": short})
    training = Training(spec, device="cpu")
    full = frozenset(full_steps(short))
    a_step: list[float] = []
    looks: list[tuple[float, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        writer = RunWriter(Path(folder), spec)
        writer.begin(training.tokenizer)
        snapshots = training.snapshots()
        before, began = 0, time.process_time()
        for snapshot in snapshots:
            writer.append(snapshot)
            seconds, steps = time.process_time() - began, snapshot.step - before
            if snapshot.step in full:
                looks.append((seconds, steps))
            else:
                a_step.append(seconds / steps)
            before, began = snapshot.step, time.process_time()
    step = statistics.median(a_step)
    look = float(np.median([seconds - steps * step for seconds, steps in looks]))
    spent = look * default.recipe.snapshots
    share = spent / (spent + step * default.recipe.steps)
    return {
        "name": "snapshot_overhead",
        "ours": share,
        "peer": SHARE_ALLOWED,
        "ratio": SHARE_ALLOWED / share,
        "unit": "share of training time",
    }
