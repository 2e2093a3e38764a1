"""N-gram models against their definitions, against nltk.lm, and against themselves."""

import math
from collections import Counter
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.lm import MLE, KneserNeyInterpolated, Lidstone, StupidBackoff, Vocabulary
from nltk.util import everygrams
from safetensors.numpy import load, save

from core.errors import LearnerError
from core.models.ngram import NGramModel
from core.spec.families.ngram import NGramSpec, Smoothing

SMOOTHINGS = list(get_args(Smoothing))


@st.composite
def models(draw, smoothings=SMOOTHINGS):
    """A model of a small random text, with tokens in the vocabulary that the text may lack."""
    vocabulary_size = draw(st.integers(1, 6))
    tokens = draw(st.lists(st.integers(0, vocabulary_size - 1), min_size=1, max_size=40))
    spec = NGramSpec(
        order=draw(st.integers(1, 5)),
        smoothing=draw(st.sampled_from(smoothings)),
        k=draw(st.sampled_from([0.01, 0.5, 1.0, 3.0])),
        discount=draw(st.sampled_from([0.1, 0.75, 0.9, None])),
        interpolation=draw(st.sampled_from([0.1, 0.7, None])),
        cutoff=draw(st.integers(2, 6)),
        backoff=draw(st.sampled_from([0.1, 0.4, 1.0])),
    )
    return NGramModel.fit(np.array(tokens), vocabulary_size + draw(st.integers(0, 2)), spec)


@st.composite
def models_and_tokens(draw):
    model = draw(models())
    tokens = draw(st.lists(st.integers(0, model.vocabulary_size - 1), min_size=1, max_size=12))
    return model, np.array(tokens)


def wrapped(tokens, order):
    """A text whose beginning comes again at its end, so that no gram occurs at the start alone:
    there nltk's Kneser–Ney does not sum to one."""
    return np.array([*tokens, *(tokens * order)[: order - 1]])


def nltk_fit(model, tokens, order, vocabulary_size):
    """Train an nltk model on every gram of the stream, without padding. nltk counts its "<UNK>" as
    one more word of the vocabulary, so the last token is given that name."""
    words = [str(token) for token in range(vocabulary_size - 1)]
    names = [*words, "<UNK>"]
    model.vocab = Vocabulary(words, unk_cutoff=1)
    assert len(model.vocab) == vocabulary_size
    model.fit([list(everygrams([names[t] for t in tokens], max_len=order))])
    return lambda token, context: model.score(names[token], tuple(names[t] for t in context))


# The protocol


@given(models_and_tokens())
def test_every_distribution_sums_to_one(case):
    model, tokens = case
    contexts = [tokens[:i] for i in range(len(tokens) + 1)]
    p = np.exp(model.next_log_probabilities(contexts))
    assert p.shape == (len(contexts), model.vocabulary_size)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-9)
    assert (p >= 0).all()


@given(models_and_tokens())
def test_a_text_is_scored_as_its_contexts_one_by_one(case):
    model, tokens = case
    one_by_one = model.next_log_probabilities([tokens[:i] for i in range(1, len(tokens))])
    expected = one_by_one[np.arange(len(tokens) - 1), tokens[1:]]
    np.testing.assert_allclose(model.token_log_probabilities(tokens), expected, rtol=1e-9)


@given(models_and_tokens())
def test_only_the_last_tokens_of_a_context_matter(case):
    model, tokens = case
    used = tokens[max(len(tokens) - model.context, 0) :]
    whole, end = model.next_log_probabilities([tokens, used])
    np.testing.assert_array_equal(whole, end)


@given(models_and_tokens())
def test_the_last_step_of_an_explanation_is_the_models_probability(case):
    model, tokens = case
    context, token = tokens[:-1], int(tokens[-1])
    steps = model.explain(context, token)
    p = math.exp(model.next_log_probabilities([context])[0, token])
    assert steps[-1].probability == pytest.approx(p, rel=1e-9)
    assert steps[0].lower == 0
    for below, step in zip((None, *steps), steps, strict=False):
        expected = step.share + step.weight * step.lower
        assert step.probability == pytest.approx(expected, rel=1e-12)
        assert below is None or step.lower == below.probability
        assert step.context == tuple(context[len(context) - len(step.context) :])


@given(models_and_tokens())
def test_arrays_round_trip_through_safetensors(case):
    model, tokens = case
    again = NGramModel.from_arrays(load(save(model.arrays())))
    assert again.spec == model.spec
    np.testing.assert_array_equal(
        again.token_log_probabilities(tokens), model.token_log_probabilities(tokens)
    )


@given(models([name for name in SMOOTHINGS if name != "mle"]))
def test_smoothing_leaves_no_token_impossible(model):
    followed = model.tokens[: model.context]
    assert np.isfinite(model.next_log_probabilities([followed, np.array([], int)])).all()


def test_the_empty_context_and_no_contexts():
    model = NGramModel.fit(np.array([0, 1, 1]), 2, NGramSpec(order=3, smoothing="mle"))
    assert np.exp(model.next_log_probabilities([np.array([], int)])) == pytest.approx(
        np.array([[1 / 3, 2 / 3]])
    )
    assert model.next_log_probabilities([]).shape == (0, 2)
    assert model.token_log_probabilities(np.array([1])).shape == (0,)
    assert (model.context, model.order, model.vocabulary_size) == (2, 3, 2)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(LearnerError, match="longer text"):
        NGramModel.fit(np.array([], int), 5, NGramSpec())
    with pytest.raises(ValueError, match="vocabulary of 2"):
        NGramModel.fit(np.array([0, 2]), 2, NGramSpec())
    model = NGramModel.fit(np.array([0, 1]), 2, NGramSpec())
    for ask in (
        lambda: model.next_log_probabilities([np.array([-1])]),
        lambda: model.token_log_probabilities(np.array([0, 2])),
        lambda: model.explain(np.array([0]), 2),
        lambda: model.counts(4),
    ):
        with pytest.raises(ValueError):
            ask()


# Counts


@given(models())
def test_counts_are_those_of_a_plain_loop(model):
    tokens = model.tokens.tolist()
    for n in range(1, model.order + 1):
        expected = Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))
        grams, counts = model.counts(n)
        pairs = zip(map(tuple, grams.tolist()), counts.tolist(), strict=True)
        assert list(pairs) == sorted(expected.items())


@given(models(), st.integers(1, 3), st.integers(0, 5))
def test_occurrences_are_where_the_gram_stands(model, length, most):
    tokens = model.tokens.tolist()
    gram = tokens[:length]
    starts = range(len(tokens) - len(gram) + 1)
    expected = [i for i in starts if tokens[i : i + len(gram)] == gram]
    assert model.occurrences(np.array(gram), most).tolist() == expected[:most]


def test_a_gram_longer_than_the_text_occurs_nowhere():
    model = NGramModel.fit(np.array([0, 1]), 2, NGramSpec(order=1))
    assert model.occurrences(np.array([0, 1, 0]), 5).tolist() == []


def test_order_eight_over_twenty_thousand_tokens():
    rng = np.random.default_rng(3)
    text = np.concatenate([rng.integers(0, 20_000, 30_000), np.arange(20_000)])
    model = NGramModel.fit(text, 20_000, NGramSpec(order=8))
    grams, counts = model.counts(8)
    assert counts.sum() == len(text) - 7
    np.testing.assert_array_equal(
        model.occurrences(grams[-1], 1), [np.flatnonzero(text == text.max())[0]]
    )
    logp = model.next_log_probabilities([text[-9:-2]])[0]
    assert logp.argmax() == text[-2]
    assert np.exp(logp).sum() == pytest.approx(1)


# Against nltk.lm

texts = st.lists(st.integers(0, 3), min_size=6, max_size=30)


@settings(max_examples=60)
@given(texts, texts, st.integers(1, 4))
def test_mle_and_add_k_equal_nltk(text, contexts, order):
    tokens = np.array(text)
    spec = {"order": order, "k": 0.3}
    mle = NGramModel.fit(tokens, 5, NGramSpec(smoothing="mle", **spec))
    add_k = NGramModel.fit(tokens, 5, NGramSpec(smoothing="add_k", **spec))
    nltk_mle = nltk_fit(MLE(order), text, order, 5)
    nltk_add_k = nltk_fit(Lidstone(0.3, order), text, order, 5)
    for end in range(len(contexts)):
        context = contexts[max(end - order + 1, 0) : end]
        p_mle, p_add_k = (
            np.exp(model.next_log_probabilities([np.array(context, int)])[0])
            for model in (mle, add_k)
        )
        expected = [nltk_mle(token, context) for token in range(5)]
        if not any(expected):  # nothing followed this context: ours is uniform
            expected = [1 / 5] * 5
        np.testing.assert_allclose(p_mle, expected, rtol=1e-12)
        np.testing.assert_allclose(p_add_k, [nltk_add_k(t, context) for t in range(5)], rtol=1e-12)


@settings(max_examples=60)
@given(texts, texts, st.integers(2, 4), st.sampled_from([0.1, 0.75]))
def test_kneser_ney_equals_nltk(text, contexts, order, discount):
    _, text = np.unique([0, 1, *text], return_inverse=True)  # the tokens 0, 1, … without a gap
    text = wrapped(text.tolist(), order)
    v = int(text.max()) + 1
    spec = NGramSpec(order=order, smoothing="kneser_ney", discount=discount)
    model = NGramModel.fit(text, v, spec)
    reference = nltk_fit(KneserNeyInterpolated(order, discount), text.tolist(), order, v)
    contexts = [token % v for token in contexts]
    for end in range(len(contexts)):
        context = contexts[max(end - order + 1, 0) : end]
        p = np.exp(model.next_log_probabilities([np.array(context, int)])[0])
        np.testing.assert_allclose(p, [reference(t, context) for t in range(v)], rtol=1e-12)


@settings(max_examples=60)
@given(texts, texts, st.integers(1, 4))
def test_stupid_backoff_scores_equal_nltk_for_seen_tokens(text, contexts, order):
    spec = NGramSpec(order=order, smoothing="stupid_backoff", backoff=0.4)
    model = NGramModel.fit(np.array(text), 5, spec)
    reference = nltk_fit(StupidBackoff(0.4, order), text, order, 5)
    seen = sorted(set(text))
    for end in range(len(contexts)):
        context = contexts[max(end - order + 1, 0) : end]
        scores = model.scores([np.array(context, int)])[0]
        np.testing.assert_allclose(scores[seen], [reference(t, context) for t in seen], rtol=1e-12)
        assert scores[4] == pytest.approx(0.4 ** (len(context) + 1) / 5)


# Where nltk is not right, by hand


def test_kneser_ney_gives_a_token_that_never_followed_another_its_share():
    """Token 0 only begins the text, as "<s>" would: nltk gives it 0 (nltk#3065)."""
    text = [0, 1, 2, 1, 2, 2]
    reference = nltk_fit(KneserNeyInterpolated(2, 0.75), text, 2, 3)
    assert reference(0, ()) == 0
    model = NGramModel.fit(np.array(text), 3, NGramSpec(order=2, discount=0.75))
    # Bigrams 01, 12, 21, 22: four, of which 1 ends two and 2 ends two; two types are discounted.
    p = np.exp(model.next_log_probabilities([np.array([], int)])[0])
    reserved = 0.75 * 2 / 4
    assert p == pytest.approx([reserved / 3, 1.25 / 4 + reserved / 3, 1.25 / 4 + reserved / 3])
    # After 1, only 2, twice.
    expected = (2 - 0.75) / 2 + 0.75 / 2 * p[2]
    assert math.exp(model.token_log_probabilities(np.array([1, 2]))[0]) == pytest.approx(expected)


def test_kneser_ney_sums_to_one_at_the_beginning_of_the_text_where_nltk_does_not():
    text = [0, 1, 2, 0, 2, 1, 0, 0]
    reference = nltk_fit(KneserNeyInterpolated(3, 0.75), text, 3, 3)
    assert sum(reference(token, (0,)) for token in range(3)) == pytest.approx(1.375)
    model = NGramModel.fit(np.array(text), 3, NGramSpec(order=3))
    assert np.exp(model.next_log_probabilities([np.array([0])])).sum() == pytest.approx(1)


def test_mle_is_uniform_after_what_nothing_followed():
    model = NGramModel.fit(np.array([0, 0, 1]), 4, NGramSpec(order=2, smoothing="mle"))
    p = np.exp(model.next_log_probabilities([np.array([1]), np.array([3]), np.array([0])]))
    np.testing.assert_allclose(p, [[0.25] * 4, [0.25] * 4, [0.5, 0.5, 0, 0]])
    assert [step.kind for step in model.explain(np.array([1]), 2)] == ["uniform", "counts"]


def test_the_steps_of_each_smoothing():
    text, context = np.array([0, 1, 2, 0, 1, 1]), np.array([0, 1])

    def path(smoothing, token):
        model = NGramModel.fit(text, 4, NGramSpec(order=3, smoothing=smoothing, k=0.5))
        return [
            (s.kind, s.order, s.context, s.count, s.total, s.types)
            for s in model.explain(context, token)
        ]

    uniform = ("uniform", 0, (), 0, 0, 0)
    assert path("mle", 2) == [("counts", 3, (0, 1), 1, 2, 2)]
    assert path("add_k", 2) == [uniform, ("counts", 3, (0, 1), 1, 2, 2)]
    assert path("kneser_ney", 2) == [
        uniform,
        ("continuations", 1, (), 1, 4, 3),
        ("continuations", 2, (1,), 1, 2, 2),
        ("counts", 3, (0, 1), 1, 2, 2),
    ]
    assert path("stupid_backoff", 0) == [
        ("counts", 1, (), 2, 6, 3),
        ("counts", 2, (1,), 0, 2, 2),
        ("counts", 3, (0, 1), 0, 2, 2),
        ("normalised", 3, (0, 1), 0, 0, 0),
    ]
