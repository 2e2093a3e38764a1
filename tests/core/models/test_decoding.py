"""Decoding against transformers' logits warpers, against brute force, and by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.errors import LearnerError
from core.models.decoding import (
    MOST_TOKENS,
    WIDEST_BEAM,
    Sampling,
    beam_search,
    distribution_stages,
    draw,
    generate,
)
from core.models.ngram import NGramModel
from core.spec.families.ngram import NGramSpec

logits = arrays(np.float64, st.integers(1, 12), elements=st.floats(-20, 5))
samplings = st.builds(
    Sampling,
    temperature=st.sampled_from([0.0, 1e-3, 0.5, 1.0, 2.5]),
    top_k=st.none() | st.integers(1, 15),
    top_p=st.sampled_from([1e-6, 0.3, 0.9, 1.0]),
    min_p=st.sampled_from([0.0, 0.1, 0.9, 1.0]),
    penalty=st.sampled_from([0.0, 1.0]),
)
EMPTY = np.array([], np.int64)


class Certain:
    """After token t comes t + 1, then 0 again, with certainty; remembers what it was asked."""

    vocabulary_size = 3
    context = 2

    def __init__(self):
        self.asked = []

    def next_log_probabilities(self, contexts):
        self.asked.extend(context.tolist() for context in contexts)
        p = np.zeros((len(contexts), 3))
        for row, context in zip(p, contexts, strict=True):
            row[(context[-1] + 1) % 3] = 1
        with np.errstate(divide="ignore"):
            return np.log(p)


def bigrams():
    text = np.random.default_rng(5).integers(0, 4, 40)
    return NGramModel.fit(text, 5, NGramSpec(order=2))


@pytest.mark.parametrize("temperature", [0.3, 1.0, 1.7])
@pytest.mark.parametrize("top_k", [None, 1, 7, 50])
@pytest.mark.parametrize("top_p", [0.01, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("min_p", [0.0, 0.05, 0.6])
def test_stages_equal_transformers_warpers(temperature, top_k, top_p, min_p):
    import torch
    from transformers import (
        MinPLogitsWarper,
        TemperatureLogitsWarper,
        TopKLogitsWarper,
        TopPLogitsWarper,
    )

    logp = np.random.default_rng(0).normal(0, 2, 50)
    scores = torch.tensor(logp)[None]
    scores = TemperatureLogitsWarper(temperature)(None, scores)
    np.testing.assert_allclose(
        distribution_stages(logp, Sampling(temperature, top_k, top_p, min_p)).tempered,
        scores.softmax(-1)[0],
        rtol=1e-12,
    )
    if top_k is not None:
        scores = TopKLogitsWarper(top_k)(None, scores)
    kept_k = torch.isfinite(scores)[0]
    if top_p < 1:
        scores = TopPLogitsWarper(top_p)(None, scores)
    kept_p = torch.isfinite(scores)[0]
    if min_p:
        scores = MinPLogitsWarper(min_p)(None, scores)
    stages = distribution_stages(logp, Sampling(temperature, top_k, top_p, min_p))
    np.testing.assert_array_equal(stages.kept_k, kept_k)
    np.testing.assert_array_equal(stages.kept_p, kept_p)
    np.testing.assert_array_equal(stages.kept, torch.isfinite(scores)[0])
    np.testing.assert_allclose(stages.final, scores.softmax(-1)[0], rtol=1e-12)


def test_stages_by_hand():
    logp = np.log([0.1, 0.4, 0.2, 0.3])
    stages = distribution_stages(logp, Sampling(temperature=0.5, top_k=3, top_p=0.8))
    squares = np.array([1, 16, 4, 9]) / 30
    np.testing.assert_allclose(stages.raw, [0.1, 0.4, 0.2, 0.3])
    np.testing.assert_allclose(stages.tempered, squares)
    assert stages.kept_k.tolist() == [False, True, True, True]
    assert stages.kept_p.tolist() == [False, True, False, True]  # 16/29 < 0.8 <= 25/29
    np.testing.assert_allclose(stages.final, [0, 16 / 25, 0, 9 / 25])


def test_top_p_stops_at_the_token_that_reaches_it():
    logp = np.log([0.25, 0.5, 0.25])
    assert distribution_stages(logp, Sampling(top_p=0.5)).final.tolist() == [0, 1, 0]
    assert distribution_stages(logp, Sampling(top_p=0.51)).final.tolist() == [1 / 3, 2 / 3, 0]


@given(logits, samplings)
def test_stages_hold_together(logp, sampling):
    stages = distribution_stages(logp, sampling)
    for p in (stages.raw, stages.tempered, stages.final):
        assert p.shape == logp.shape
        assert p.sum() == pytest.approx(1)
        assert (p >= 0).all()
    assert stages.kept_k.sum() == min(sampling.top_k or len(logp), len(logp))
    assert not (stages.kept_p & ~stages.kept_k).any()
    assert not (stages.kept & ~stages.kept_p).any()
    assert not stages.final[~stages.kept].any()
    assert stages.kept[logp.argmax()]
    np.testing.assert_array_equal(stages.penalised, stages.raw)
    assert stages.final[logp.argmax()] == stages.final.max()
    shifted = distribution_stages(logp + 3, sampling)
    np.testing.assert_allclose(shifted.raw, stages.raw, rtol=1e-9)


@given(logits, st.floats(0.1, 5), st.sets(st.integers(0, 11)))
def test_the_penalty_lowers_the_odds_of_what_was_written_and_of_nothing_else(
    logp, penalty, written
):
    written = [token for token in written if token < len(logp)]
    stages = distribution_stages(logp, Sampling(penalty=penalty), written * 2)
    expected = np.exp(logp - logp.max())
    expected[written] *= math.exp(-penalty)
    np.testing.assert_allclose(stages.penalised, expected / expected.sum(), rtol=1e-9)
    np.testing.assert_allclose(stages.final, stages.penalised, rtol=1e-9)
    np.testing.assert_allclose(stages.raw, distribution_stages(logp, Sampling()).raw, rtol=1e-12)


def test_a_penalty_ends_a_loop():
    """Each token is followed by itself, nearly always; with a penalty the text goes on."""

    class Stuck:
        vocabulary_size, context = 4, 8

        def next_log_probabilities(self, contexts):
            p = np.full((len(contexts), 4), 0.01)
            for row, context in zip(p, contexts, strict=True):
                row[context[-1]] = 0.97
            return np.log(p)

    greedy = Sampling(temperature=0)
    assert {one.token for one in generate(Stuck(), [2], 6, greedy, 1)} == {2}
    moved = [
        one.token for one in generate(Stuck(), [2], 3, Sampling(temperature=0, penalty=9.0), 1)
    ]
    assert sorted(moved) == [0, 1, 3]


@given(logits, st.integers(0, 2**32))
def test_temperature_zero_takes_the_first_most_probable_token(logp, seed):
    greedy = Sampling(temperature=0)
    assert draw(logp, greedy, np.random.default_rng(seed)).token == logp.argmax()
    assert distribution_stages(logp, greedy).final[logp.argmax()] == 1


def test_equal_tokens_are_kept_in_order_of_id():
    stages = distribution_stages(np.zeros(4), Sampling(top_k=2))
    assert stages.final.tolist() == [0.5, 0.5, 0, 0]


def test_a_tiny_temperature_is_greedy_and_impossible_tokens_stay_so():
    logp = np.array([-np.inf, -1.0, -2.0])
    cold = distribution_stages(logp, Sampling(temperature=1e-308))
    assert cold.final.tolist() == [0, 1, 0]
    rng = np.random.default_rng(0)
    assert {draw(logp, Sampling(temperature=50.0), rng).token for _ in range(200)} == {1, 2}
    with pytest.raises(ValueError, match="finite"):
        distribution_stages(np.array([np.nan, 0.0]), Sampling())
    with pytest.raises(ValueError, match="finite"):
        distribution_stages(np.array([-np.inf, -np.inf]), Sampling())


@pytest.mark.parametrize(("number", "token"), [(0.0, 1), (0.5, 2), (1 - 2**-53, 2)])
def test_the_ends_of_a_draw_are_possible_tokens(number, token):
    class Fixed:
        def random(self):
            return number

    logp = np.array([-np.inf, math.log(0.5), math.log(0.5), -np.inf])
    assert draw(logp, Sampling(), Fixed()).token == token


def test_draws_follow_the_distribution():
    logp, rng = np.log([0.5, 0.3, 0.2]), np.random.default_rng(1)
    counts = np.bincount([draw(logp, Sampling(), rng).token for _ in range(20_000)], minlength=3)
    np.testing.assert_allclose(counts / 20_000, [0.5, 0.3, 0.2], atol=0.015)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"temperature": -0.1}, "Temperature is -0.1: choose 0 or more."),
        ({"temperature": math.nan}, "Temperature is nan: choose 0 or more."),
        ({"temperature": math.inf}, "Temperature is inf: choose 0 or more."),
        ({"top_k": 0}, "Top-k is 0: keep at least 1 token."),
        ({"top_p": 0.0}, "Top-p is 0.0: choose more than 0 and at most 1."),
        ({"top_p": 1.1}, "Top-p is 1.1: choose more than 0 and at most 1."),
        ({"top_p": math.nan}, "Top-p is nan: choose more than 0 and at most 1."),
        ({"min_p": -0.1}, "Min-p is -0.1: choose 0 to 1."),
        ({"min_p": math.nan}, "Min-p is nan: choose 0 to 1."),
        ({"penalty": -1.0}, "The penalty is -1.0 nats: choose 0 or more."),
        ({"penalty": math.inf}, "The penalty is inf nats: choose 0 or more."),
    ],
)
def test_settings_that_cannot_be_used_get_a_sentence(values, sentence):
    with pytest.raises(LearnerError) as error:
        Sampling(**values)
    assert str(error.value) == sentence


def test_generation_repeats_with_its_seed_and_tells_the_models_probabilities():
    model, sampling = bigrams(), Sampling(temperature=1.3, top_k=3)
    drawn = list(generate(model, np.array([1]), 60, sampling, seed=4))
    assert drawn == list(generate(model, np.array([1]), 60, sampling, seed=4))
    assert drawn != list(generate(model, np.array([1]), 60, sampling, seed=5))
    before = 1
    for step in drawn:
        logp = model.next_log_probabilities([np.array([before])])[0]
        assert step.raw == pytest.approx(math.exp(logp[step.token]))
        assert step.final == distribution_stages(logp, sampling).final[step.token]
        assert np.argsort(-logp, kind="stable")[step.rank - 1] == step.token
        before = step.token


def test_generation_gives_the_model_as_much_context_as_it_can_use():
    model = Certain()
    steps = list(generate(model, np.array([2, 2, 0]), 4, Sampling(), seed=0))
    assert [step.token for step in steps] == [1, 2, 0, 1]
    assert model.asked == [[2, 0], [0, 1], [1, 2], [2, 0]]
    unigrams = NGramModel.fit(np.array([0, 1, 1]), 2, NGramSpec(order=1))
    greedy = generate(unigrams, np.array([0, 0]), 3, Sampling(temperature=0), seed=0)
    assert [step.token for step in greedy] == [1, 1, 1]
    assert len(list(generate(bigrams(), EMPTY, 2, Sampling(), seed=0))) == 2


@pytest.mark.parametrize("count", [-1, MOST_TOKENS + 1])
def test_too_many_tokens_are_refused_before_the_first(count):
    with pytest.raises(LearnerError, match="cannot be written at once"):
        generate(bigrams(), EMPTY, count, Sampling(), seed=0)
    with pytest.raises(LearnerError, match="cannot be written at once"):
        beam_search(bigrams(), EMPTY, count, 2)


@pytest.mark.parametrize("width", [0, WIDEST_BEAM + 1])
def test_beam_widths_out_of_range_are_refused(width):
    with pytest.raises(LearnerError, match="beam width"):
        beam_search(bigrams(), EMPTY, 2, width)


def test_a_wide_beam_finds_the_most_probable_continuations():
    model, prompt = bigrams(), np.array([2])
    found = beam_search(model, prompt, 3, width=25)
    totals = {}
    for tokens in itertools.product(range(5), repeat=3):
        whole = np.concatenate([prompt, tokens])
        totals[tokens] = float(model.token_log_probabilities(whole).sum())
    best = sorted(totals.values(), reverse=True)[:25]
    assert [beam.log_probability for beam in found] == pytest.approx(best)
    for beam in found:
        assert beam.log_probability == pytest.approx(totals[beam.tokens])


def test_a_beam_of_one_is_greedy_and_drops_the_impossible():
    model, prompt = bigrams(), np.array([2])
    greedy = [step.token for step in generate(model, prompt, 6, Sampling(temperature=0), seed=0)]
    assert [list(beam.tokens) for beam in beam_search(model, prompt, 6, 1)] == [greedy]
    assert [beam.tokens for beam in beam_search(Certain(), np.array([0]), 3, 4)] == [(1, 2, 0)]


@pytest.mark.parametrize(
    ("p", "top_p", "kept"),
    [
        ([0.5, 0.3, 0.1, 0.1], 0.8, 2),
        ([0.5, 0.3, 0.1, 0.1], 0.9, 3),
        ([0.7, 0.1, 0.1, 0.1], 0.8, 2),
        ([0.6, 0.3, 0.1], 0.9, 2),
        ([0.1] * 10, 0.3, 3),
        ([0.1] * 10, 0.7, 7),
        ([0.5, 0.3, 0.2], 0.79, 2),
        ([0.5, 0.3, 0.2], 0.81, 3),
    ],
)
def test_top_p_stops_where_the_sum_reaches_p_whatever_the_rounding(
    p: list[float], top_p: float, kept: int
) -> None:
    stages = distribution_stages(np.log(p), Sampling(top_p=top_p))
    assert int(stages.kept_p.sum()) == kept
