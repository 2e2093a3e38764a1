"""What the memory lesson says of its networks, they show with five seeds and in both languages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch

from core.answers.classifier import held_out_labels
from core.answers.distance import gradient_by_distance
from core.answers.loaded import Loaded, load
from core.answers.probing import find_unit
from core.answers.recall import recall_by_gap
from core.inspection.cells import activity
from core.models.neural import NeuralLanguageModel
from core.questions import FindUnit, GradientByDistance, HeldOutLabels, RecallByGap
from core.spec.run import RunSpec
from core.store.further import FURTHER, ships
from core.store.starters import starter_of
from core.store.store import Store
from core.text.made.market import ENGLISH, MOST_SEEN, one_day
from core.training import training
from core.worked.recurrent.recall import SEEN, Recall, kept_by_unit, needed_at
from lessons.experiments import Arm
from lessons.lstm.experiments import (
    FORGET,
    FORGET_ZH,
    GPT_ARM,
    LSTM_ARM,
    NGRAM_ARM,
    PROBED,
    PROBED_ZH,
    RECALL,
    RECALL_ZH,
    REVIEWS,
    REVIEWS_ZH,
    RNN_ARM,
    TRUNCATED,
    TRUNCATED_ZH,
)
from pages.lstm.gradient import BET_TIMES, EXPLODES, LOOKED_AT
from pages.lstm.recall import ENOUGH
from tests.experiments.seeds import SEEDS

STARTERS = Store(Path(__file__).parents[2] / "starters", read_only=True)
FAR = SEEN.index(MOST_SEEN)
ALL = [pytest.param(seed, marks=pytest.mark.experiments) for seed in (1, 2, 3, 4, 5)]
"""Of what does not ship: too long for every test run."""


@pytest.fixture(autouse=True)
def _as_the_worker_answers():
    with torch.inference_mode():
        yield


def _specs(arms: tuple[Arm, ...]) -> dict[str, RunSpec]:
    return {arm.name: arm.spec for arm in arms}


@cache
def _trained(spec: RunSpec, seed: int) -> tuple[Loaded, float]:
    """The run with this seed, and its loss on held-out text. One that ships is not trained again."""
    spec = spec.model_copy(update={"seed": seed})
    if ships(spec):
        folder = STARTERS.open(spec.id)
        return load(folder), folder.snapshots()[-1].validation_loss
    one_look = spec.recipe.model_copy(update={"snapshots": 1})
    with torch.inference_mode(False):
        running = training.Training(spec.model_copy(update={"recipe": one_look}))
        (*_, last) = running.snapshots()
    assert last.validation_loss is not None
    model = running.model
    if not isinstance(model, torch.nn.Module):
        return Loaded(spec, running.tokenizer, None, model), last.validation_loss
    language = NeuralLanguageModel(model) if spec.model.language_model else None
    return Loaded(spec, running.tokenizer, model.eval(), language), last.validation_loss


def _recall(spec: RunSpec, seed: int) -> Recall:
    return recall_by_gap(_trained(spec, seed)[0], RecallByGap(spec.id))


@pytest.mark.parametrize("arms", [RECALL, RECALL_ZH], ids=["en", "zh"])
@pytest.mark.parametrize("seed", SEEDS)
def test_counting_fails_an_rnn_fades_an_lstm_holds_and_attention_looks(
    seed: int, arms: tuple[Arm, ...]
) -> None:
    """Whoever is right less than ``ENOUGH`` of the time has lost it.

    In Chinese the GPT is looked at with the first seed only: it takes as long as all others."""
    specs = _specs(arms)
    if arms is RECALL_ZH and seed > 1:
        del specs[GPT_ARM]
    found = {name: _recall(spec, seed) for name, spec in specs.items()}
    counted, faded, held = (found[name].right for name in (NGRAM_ARM, RNN_ARM, LSTM_ARM))
    assert max(counted[: FAR + 1]) <= 0.2, "guessing is right one time in twelve"
    assert faded[0] >= 0.9 and faded[FAR] <= ENOUGH - 0.1
    assert min(held[: FAR + 1]) >= (0.99 if arms is RECALL else 0.95)
    assert faded[FAR] < held[FAR] - 0.25
    if GPT_ARM in found:
        looked = found[GPT_ARM].right
        assert min(looked[: FAR + 1]) >= 0.95


@pytest.mark.experiments
@pytest.mark.parametrize(
    ("seed", "arms"),
    [*product((1, 2, 3, 4, 5), [TRUNCATED]), *product((1, 2), [TRUNCATED_ZH])],
    ids=[f"{seed}-en" for seed in (1, 2, 3, 4, 5)] + ["1-zh", "2-zh"],
)
def test_what_no_gradient_spans_is_not_learned_and_holding_goes_further(
    seed: int, arms: tuple[Arm, ...]
) -> None:
    """The thing stands 25 tokens back after ten others, and 7 tokens back after one. In Chinese, where it
    came out as clearly with five seeds, two are trained again: a short cut takes half a minute each."""
    whole, later, soon = (_recall(arm.spec, seed).right for arm in arms)
    assert min(whole[: FAR + 1]) >= 0.95 and min(later[: FAR + 1]) >= 0.96
    assert max(soon[1 : FAR + 1]) <= 0.25, "the state carries something of it, the gradient nothing"
    assert soon[FAR] <= 0.16


@pytest.mark.parametrize("arms", [FORGET, FORGET_ZH], ids=["en", "zh"])
@pytest.mark.parametrize("seed", ALL)
def test_where_forgetting_begins_does_not_decide_here(seed: int, arms: tuple[Arm, ...]) -> None:
    """As alike as the page wants it, to call them so."""
    found = [_recall(arm.spec, seed).right for arm in arms]
    assert min(min(right[: FAR + 1]) for right in found) >= 0.95
    ends = [right[FAR] for right in found]
    assert max(ends) - min(ends) < 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_before_training_much_more_arrives_with_open_gates(seed: int) -> None:
    run = _trained(_specs(RECALL)[LSTM_ARM], 1)[0]
    run = replace(run, spec=run.spec.model_copy(update={"seed": seed}))
    shares = []
    for bias in (-2.0, 0.0, 1.0, 3.0):
        lengths = gradient_by_distance(run, GradientByDistance("", forget_bias=bias)).untrained
        shares.append(lengths[20] / lengths[0])
    assert shares == sorted(shares) and shares[2] > 400 * shares[1]


CELLS = {"rnn": FURTHER["rnn"], "gru": FURTHER["gru"], "lstm": starter_of("recurrent").spec}


@pytest.mark.parametrize("seed", SEEDS)
def test_with_u_twice_as_large_an_rnn_explodes_and_the_gated_ones_do_not(seed: int) -> None:
    """With U three times as large all of them do. The GRU is looked at with the seed that ships."""
    cells = [cell for cell in CELLS if cell != "gru" or seed == 1]
    grown = {}
    for cell in cells:
        for times in (1.0, BET_TIMES, 3.0):
            run = _trained(CELLS[cell], seed)[0]
            found = gradient_by_distance(run, GradientByDistance("", times))
            grown[cell, times] = found.trained[LOOKED_AT] / found.trained[0]
    assert max(grown[cell, 1.0] for cell in cells) < 0.05
    gated = [cell for cell in cells if cell != "rnn"]
    assert grown["rnn", 1.0] < min(grown[cell, 1.0] for cell in gated)
    assert grown["rnn", BET_TIMES] > EXPLODES > max(grown[cell, BET_TIMES] for cell in gated)
    assert min(grown[cell, 3.0] for cell in cells) > EXPLODES


@pytest.mark.parametrize("seed", SEEDS)
def test_some_units_of_the_lstm_hold_on(seed: int) -> None:
    """Their forget gates stay so near 1 that half of what they hold is left at the end."""
    loaded, _loss = _trained(_specs(RECALL)[LSTM_ARM], seed)
    text, _thing = one_day(ENGLISH, MOST_SEEN, seed=1)
    rows = activity(loaded.module, loaded.tokenizer.encode(text)).rows
    kept = kept_by_unit(rows["forget"], needed_at(loaded.tokenizer, ENGLISH, text))
    assert (kept > 0.95).sum() >= 4
    assert kept.max() > 0.97


@pytest.mark.parametrize("seed", SEEDS)
def test_prompts_that_differ_far_back_only_get_different_right_answers(seed: int) -> None:
    """State is really carried: the two differ in one word, 17 tokens back, and in no other."""
    loaded, _loss = _trained(_specs(RECALL)[LSTM_ARM], seed)
    tokenizer, told = loaded.tokenizer, []
    for number in range(64):
        text, thing = one_day(ENGLISH, 6, seed=20_000 + number)
        needed = thing.strip()
        others = [one for one in ENGLISH.things if one != needed]
        other = others[number % len(others)]
        pair = [text, text.replace(f"needs {needed},", f"needs {other},")]
        tokens = [tokenizer.encode(one) for one in pair]
        assert (tokens[0] != tokens[1]).sum() == 1 and tokens[0][-17] != tokens[1][-17]
        first = loaded.model.next_log_probabilities(tokens).argmax(axis=1)
        told.append([tokenizer.show(int(one)) for one in first] == [f"␣{needed}", f"␣{other}"])
    assert np.mean(told) >= 0.85


@pytest.mark.parametrize("seed", SEEDS)
def test_on_the_tales_memory_does_not_decide(seed: int) -> None:
    starter = starter_of("recurrent")
    assert starter is not None
    losses = {}
    for cell in ("lstm", "rnn"):
        model = starter.spec.model.model_copy(update={"cell": cell})
        losses[cell] = _trained(starter.spec.model_copy(update={"model": model}), seed)[1]
    assert 0.05 <= round(losses["lstm"] - losses["rnn"], 2) <= 0.1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("what", ["quotes", "brackets", "line", "number"])
def test_a_probe_is_above_chance_and_above_what_one_token_tells(seed: int, what: str) -> None:
    loaded, _loss = _trained(PROBED, seed)
    scores = find_unit(loaded, FindUnit(PROBED.id, what, "cell")).scores  # type: ignore[arg-type]
    assert scores.all_units.low > scores.chance + 0.2
    assert scores.all_units.low > scores.token.high
    assert scores.all_units.low > scores.untrained.high
    assert scores.one_unit.low > scores.chance


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("what", ["quotes", "brackets", "line", "number"])
def test_in_chinese_too(seed: int, what: str) -> None:
    """But of quotes an untrained network tells as much, with two seeds of the five."""
    loaded, _loss = _trained(PROBED_ZH, seed)
    scores = find_unit(loaded, FindUnit(PROBED_ZH.id, what, "cell")).scores  # type: ignore[arg-type]
    assert scores.all_units.low > max(scores.chance + 0.2, scores.token.high)
    assert what == "quotes" or scores.all_units.low > scores.untrained.high
    assert scores.one_unit.low > scores.chance


@pytest.mark.parametrize("arms", [REVIEWS, REVIEWS_ZH], ids=["en", "zh"])
@pytest.mark.parametrize("seed", SEEDS)
def test_who_counts_words_does_the_plain_reviews_and_who_reads_does_all(
    seed: int, arms: tuple[Arm, ...]
) -> None:
    right = {}
    for arm in arms:
        found = held_out_labels(_trained(arm.spec, seed)[0], HeldOutLabels(arm.spec.id))
        hits, kinds = found.answers == found.truth, np.array(found.kinds)
        right[arm.name] = {kind: hits[kinds == kind].mean() for kind in set(found.kinds)}
    bag, reader = right.values()
    assert bag["plain"] >= 0.95 and bag["negated"] <= 0.1 and bag["mixed"] <= 0.5
    assert min(reader.values()) >= 0.95, (
        "so the bet on who is right more often is won by the reader"
    )
