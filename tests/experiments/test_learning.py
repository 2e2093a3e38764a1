"""What the lesson on learning claims, each for five seeds: of the stories, and of what is drawn by lot."""

from __future__ import annotations

import numpy as np
import pytest

from core.spec.text import CorpusSpec
from core.text.corpora import load_corpus
from core.worked.learning.activations import ActivationName
from core.worked.learning.depth import lengths_by_layer
from core.worked.learning.landscapes import TwoLogits
from core.worked.learning.optimizers import walk
from core.worked.learning.polls import descend_in_batches, poll_gradients
from core.worked.learning.table import BigramCounts, count_characters, descend
from pages.learning.careful import BATCH, BATCH_RATE, BATCH_STEPS
from pages.learning.table import STORIES
from tests.experiments.seeds import SEEDS


def counted(seed: int, corpus: str = "tales") -> BigramCounts:
    spec = CorpusSpec(name=corpus, size=STORIES[corpus], seed=seed)  # type: ignore[arg-type]
    return count_characters(load_corpus(spec).text)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("corpus", ["tales", "tales_zh"])
def test_descent_ends_about_a_hundredth_above_counting(corpus: str, seed: int) -> None:
    counts = counted(seed, corpus)
    above = descend(counts, 50.0, 1000, ()).losses[-1] - counts.counted_loss
    assert 0 < above < (0.01 if corpus == "tales" else 0.015)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("corpus", ["tales", "tales_zh"])
def test_a_falling_rate_ends_nearer_to_counting(corpus: str, seed: int) -> None:
    counts = counted(1, corpus)
    constant, falling = (
        descend_in_batches(counts, BATCH_RATE, BATCH_STEPS, BATCH, seed, falls=falls)[-1]
        - counts.counted_loss
        for falls in (False, True)
    )
    assert falling < 0.6 * constant


@pytest.mark.parametrize("seed", SEEDS)
def test_four_times_the_batch_halves_the_noise(seed: int) -> None:
    counts = counted(seed)
    start = poll_gradients(counts, np.zeros_like(counts.counts), seed)
    later = poll_gradients(counts, descend(counts, 20.0, 200, (200,)).kept[200], seed)
    for polls in (start, later):
        assert polls.distances[3] / polls.distances[2] == pytest.approx(0.5, abs=0.08)
    assert later.distances[2] > 5 * start.distances[2], "near the goal a poll is nearly all noise"


@pytest.mark.parametrize("seed", SEEDS)
def test_adam_takes_the_rare_character_along_and_sgd_leaves_it_behind(seed: int) -> None:
    land = TwoLogits.of(counted(seed))
    goal, start = np.log(land.shares), np.array(land.start)

    def rare(method: str, rate: float) -> float:
        end = walk(method, land.gradient, start, rate, 60)[-1]  # type: ignore[arg-type]
        return float(1 - np.abs(goal - end)[1] / np.abs(goal - start)[1])

    assert rare("sgd", 10.0) < 0.9 < rare("adam", 0.3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "size"), [("sigmoid", 1.0), ("tanh", 0.5), ("relu", 1.0)])
def test_thirty_layers_leave_little(name: ActivationName, size: float, seed: int) -> None:
    left = lengths_by_layer(name, size, 30, seed)[-1]
    assert left < (1e-6 if name == "sigmoid" else 0.01)
    assert lengths_by_layer(name, 3.0, 30, seed)[-1] > 10 * left
