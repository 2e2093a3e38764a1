"""What the GPT lesson says of drawing, on the model that ships, each for five seeds of the draw."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import mean

import pytest

from core.answers.loaded import Loaded, load
from core.answers.text import sampling_stages, written
from core.models.decoding import Sampling, distribution_stages
from core.models.stopping import Stop
from core.questions import SamplingStages, Write, WriteAnswer
from core.store.starters import starter_of
from core.store.store import Store
from core.worked.writing import different_texts, repeated_share, surprise
from pages.gpt.drawing.purposes import (
    BLANK,
    BOTH,
    LEAST_DIFFERENT,
    LENGTH,
    MOST_STRANGE,
    RIGHT,
    SETTINGS,
    STORY,
    SURE,
    TEXTS,
)
from tests.experiments.seeds import SEEDS

STARTERS = Store(Path(__file__).parents[3] / "starters", read_only=True)
TOKENS = 160
NEVER = Stop()


@cache
def _shipped() -> Loaded:
    starter = starter_of("gpt")
    assert starter is not None
    return load(STARTERS.open(starter.spec.id))


@cache
def _write(sampling: Sampling, seed: int, tokens: int = TOKENS, stop: Stop = NEVER) -> WriteAnswer:
    loaded = _shipped()
    return written(loaded, Write(loaded.spec.id, STORY, tokens, sampling, seed, stop))


def _repeated(text: WriteAnswer) -> float:
    return repeated_share([token.id for token in text.tokens])


def _surprise(text: WriteAnswer) -> float:
    return surprise([token.raw for token in text.tokens])


def _strange(sampling: Sampling, seed: int) -> float:
    """Pairs that no training story has, in each of three texts of 80 tokens."""
    texts = [_write(sampling, 10 * seed + place, 80) for place in range(3)]
    return mean(sum(text.strange or ()) for text in texts)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_token_each_time_repeats_more_than_a_draw(seed: int) -> None:
    greedy = _repeated(_write(Sampling(0.0), 0))
    assert greedy > 0.1
    assert _repeated(_write(Sampling(), seed)) < greedy - 0.05


@pytest.mark.parametrize("penalty", [1.0, 2.0])
def test_a_penalty_breaks_the_circle_and_surprises_the_model(penalty: float) -> None:
    greedy, other = _write(Sampling(0.0), 0), _write(Sampling(0.0, penalty=penalty), 0)
    assert _repeated(other) < _repeated(greedy) / 2
    assert _surprise(other) > _surprise(greedy)


@pytest.mark.parametrize("seed", SEEDS)
def test_heat_brings_pairs_that_no_story_has_and_cutting_takes_them_out(seed: int) -> None:
    cool, hot, hotter = (_strange(Sampling(heat), seed) for heat in (0.7, 1.5, 2.0))
    assert cool < hot < hotter
    assert _strange(Sampling(1.5, top_p=0.9), seed) < hot * 0.9
    assert _strange(Sampling(2.0, min_p=0.1), seed) < _strange(Sampling(2.0, top_p=0.9), seed) / 2


def _stories(sampling: Sampling, seed: int) -> tuple[int, int]:
    """How many of ten are different, and the pairs in all of them that no training story has."""
    texts = [_write(sampling, TEXTS * seed + n, LENGTH, Stop("story")) for n in range(TEXTS)]
    different = different_texts([[token.id for token in text.tokens] for text in texts])
    return different, sum(sum(text.strange or ()) for text in texts)


@pytest.mark.parametrize("seed", SEEDS)
def test_of_the_four_settings_the_warm_one_tells_ten_readable_stories(seed: int) -> None:
    found = {name: _stories(sampling, seed) for name, sampling in SETTINGS.items()}
    varied = {name for name, (different, _all) in found.items() if different >= LEAST_DIFFERENT}
    assert varied == {"warm", "hot"}
    assert found["warm"][1] < found["hot"][1] / 3


@pytest.mark.parametrize("seed", SEEDS)
def test_one_setting_serves_both_purposes(seed: int) -> None:
    different, strange = _stories(BOTH, seed)
    assert different >= LEAST_DIFFERENT
    assert strange <= MOST_STRANGE
    loaded = _shipped()
    blank = sampling_stages(loaded, SamplingStages(loaded.spec.id, BLANK))
    final = distribution_stages(blank.logits, BOTH, blank.prompt).final
    right = sum(final[blank.vocabulary.index(one)] for one in RIGHT)
    assert right**TEXTS >= SURE
