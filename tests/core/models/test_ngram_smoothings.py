"""Each smoothing against its formula, written out for one token and one context, and against nltk.lm."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.lm import AbsoluteDiscountingInterpolated, Laplace, WittenBellInterpolated
from nltk.lm.smoothing import WittenBell

from core.models.metrics import cross_entropy
from core.models.ngram import NGramModel
from core.models.ngram_estimates import estimated_discount, good_turing
from core.models.ngram_smoothing import Discounted, Katz, Mixed
from core.models.ngram_tables import GramCounts
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from tests.core.models.test_ngram import nltk_fit

texts = st.lists(st.integers(0, 3), min_size=1, max_size=40)
V = 5
"""One token more than the texts have."""


class ByHand:
    """The formulas of ``core.models.ngram`` for a text [t], one probability at a time, with dictionaries."""

    def __init__(self, text, spec):
        self.text, self.spec = text, spec
        self.counts = [
            Counter(tuple(text[i : i + n]) for i in range(len(text) - n + 1))
            for n in range(spec.order + 2)
        ]

    def counted(self, length):
        """The counts of one order as the smoothing counts them."""
        if self.spec.smoothing == "kneser_ney" and length < self.spec.order:
            return Counter(gram[1:] for gram in self.counts[length + 1])
        return self.counts[length]

    def followers(self, context):
        counts = self.counted(len(context) + 1)
        after = {token: counts[(*context, token)] for token in range(V)}
        return {token: count for token, count in after.items() if count}

    def p(self, token, context):
        """The probability of a token after a context that is not too long."""
        if context is None:
            return 1 / V
        after = self.followers(context)
        total, types, count = sum(after.values()), len(after), after.get(token, 0)
        lower = self.p(token, context[1:] if context else None)
        if not total:
            return lower
        counts = self.counted(len(context) + 1)
        match self.spec.smoothing:
            case "jelinek_mercer":
                weight = self.spec.interpolation
                return weight * count / total + (1 - weight) * lower
            case "witten_bell":
                return (count + types * lower) / (total + types)
            case "absolute" | "kneser_ney":
                ones = sum(c == 1 for c in counts.values())
                twos = sum(c == 2 for c in counts.values())
                discount = ones / (ones + 2 * twos) if ones and twos else 0.75
                if self.spec.discount is not None:
                    discount = self.spec.discount
                return (max(count - discount, 0) + discount * types * lower) / total
            case "katz":
                return self.katz(token, context, after, lower)

    def katz(self, token, context, after, lower):
        counts, total = self.counts[len(context) + 1], sum(after.values())
        turned = ratios_by_hand(Counter(counts.values()), self.spec.cutoff)
        if len(after) == V:
            return after[token] / total
        if all(count > len(turned) for count in after.values()):
            total += 1
        share = {t: turned.get(count, 1) * count / total for t, count in after.items()}
        if token in share:
            return share[token]
        below = sum(self.p(t, context[1:] if context else None) for t in share)
        return (1 - sum(share.values())) / (1 - below) * lower


def ratios_by_hand(numbers, cutoff):
    """Katz's d_r in exact fractions, for the largest cutoff at which all are between 0 and 1."""
    for k in range(cutoff, 1, -1):
        if not all(numbers[r] for r in range(1, k + 1)):
            continue
        over = Fraction((k + 1) * numbers[k + 1], numbers[1])
        if over >= 1:
            continue
        stars = {r: Fraction((r + 1) * numbers[r + 1], numbers[r]) for r in range(1, k + 1)}
        ratios = {r: (star / r - over) / (1 - over) for r, star in stars.items()}
        if all(0 < ratio < 1 for ratio in ratios.values()):
            return {r: float(ratio) for r, ratio in ratios.items()}
    return {}


@pytest.mark.parametrize(
    "smoothing", ["jelinek_mercer", "witten_bell", "absolute", "kneser_ney", "katz"]
)
@settings(max_examples=40)
@given(texts, texts, st.integers(1, 4), st.sampled_from([0.2, 0.75, None]), st.integers(2, 5))
def test_probabilities_are_those_of_the_formula(smoothing, text, asked, order, given_, cutoff):
    weight = 0.3 if given_ is None else given_
    spec = NGramSpec(
        order=order, smoothing=smoothing, discount=given_, interpolation=weight, cutoff=cutoff
    )
    model, by_hand = NGramModel.fit(np.array(text), V, spec), ByHand(text, spec)
    for end in range(len(asked[:8])):
        context = tuple(asked[max(end - order + 1, 0) : end])
        p = np.exp(model.next_log_probabilities([np.array(context, int)])[0])
        np.testing.assert_allclose(p, [by_hand.p(t, context) for t in range(V)], rtol=1e-9)


# What is estimated


def test_the_discount_is_estimated_from_what_came_once_and_twice():
    text = np.array([0, 0, 0, 1, 2, 1, 3])  # pairs 00 twice; 01, 12, 21, 13 once
    model = NGramModel.fit(text, 4, NGramSpec(order=2, smoothing="absolute", discount=None))
    step = model.explain(np.array([0]), 1)[-1]
    assert (step.discount.ones, step.discount.twos, step.discount.how) == (4, 1, "estimated")
    assert step.discount.value == 4 / 6
    assert step.share == pytest.approx((1 - 4 / 6) / 3)
    assert step.weight == pytest.approx(4 / 6 * 2 / 3)


def test_where_nothing_came_once_or_nothing_twice_the_discount_is_the_usual_one():
    for counts in ([1, 1, 1], [2, 2], [3, 4]):
        found = estimated_discount(np.array(counts, np.int32))
        assert (found.value, found.how) == (0.75, "fallback")


def test_good_turing_by_hand():
    """n_1 … n_4 = 12, 4, 2, 1, cutoff 3: 2 is worth 3 · 2 / 4 = 1.5."""
    counts = np.repeat(np.array([1, 2, 3, 4], np.int32), [12, 4, 2, 1])
    found = good_turing(counts, 3)
    assert (found.cutoff, found.numbers) == (3, (12, 4, 2, 1))
    over = 4 * 1 / 12
    assert found.ratios == pytest.approx(
        [
            (2 * 4 / 12 - over) / (1 - over),
            (1.5 / 2 - over) / (1 - over),
            (2 / 3 - over) / (1 - over),
        ]
    )
    taken = sum(
        n * r * (1 - d) for n, r, d in zip((12, 4, 2), (1, 2, 3), found.ratios, strict=True)
    )
    assert taken == pytest.approx(12)  # all that came once, as Good and Turing say


def test_good_turing_breaks_down_on_little_text():
    """Nothing came three times, so nothing may be said of 2; or more came twice than is sensible."""
    for times in ([9, 3, 0, 1], [4, 4, 4, 4], [0, 3, 1, 0]):
        counts = np.repeat(np.array([1, 2, 3, 4], np.int32), times)
        assert good_turing(counts, 3).cutoff == 0
    smaller = good_turing(np.repeat(np.array([1, 2, 3, 4], np.int32), [12, 4, 1, 0]), 3)
    assert (smaller.cutoff, smaller.asked) == (2, 3)


def test_katz_leaves_something_where_it_trusts_all_counts():
    text = np.array([0, 1] * 9)
    model = NGramModel.fit(text, 3, NGramSpec(order=2, smoothing="katz"))
    p = np.exp(model.next_log_probabilities([np.array([0])])[0])
    assert p[1] == pytest.approx(9 / 10)
    assert p.sum() == pytest.approx(1) and (p > 0).all()


@settings(max_examples=30)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=30))
def test_the_estimated_weight_is_the_best_for_each_token_left_out(text):
    """No other of a hundred makes the text more probable, its tokens left out in turn."""
    spec = NGramSpec(order=1, smoothing="jelinek_mercer", interpolation=None)
    model = NGramModel.fit(np.array(text), 3, spec)
    weight = model.explain(np.array([], int), 0)[-1].mixed
    counts, rest = np.bincount(text, minlength=3), len(text) - 1

    def likelihood(tried):
        return sum(math.log(tried * (counts[w] - 1) / rest + (1 - tried) / 3) for w in text)

    best = max(likelihood(tried) for tried in np.linspace(0.001, 0.999, 100))
    assert likelihood(weight) >= best - 1e-3


def test_every_order_has_its_own_estimate():
    rng = np.random.default_rng(0)
    text = np.cumsum(rng.choice([0, 1, 1, 1, 2], 3000)) % 7
    for smoothing in ("jelinek_mercer", "absolute", "katz", "kneser_ney"):
        spec = NGramSpec(order=3, smoothing=smoothing, discount=None, interpolation=None)
        kinds = {"jelinek_mercer": Mixed, "katz": Katz}
        for level in NGramModel.fit(text, 7, spec)._levels:
            assert isinstance(level, kinds.get(smoothing, Discounted))
    weights = [
        level.weight
        for level in NGramModel.fit(
            text, 7, NGramSpec(order=3, smoothing="jelinek_mercer", interpolation=None)
        )._levels
    ]
    assert len(set(weights)) == 3
    assert (
        weights[1] > 0.9 > weights[0]
    )  # the pair says nearly all, the single token hardly anything


# Against nltk.lm


@settings(max_examples=40)
@given(texts, texts, st.integers(1, 4), st.sampled_from([0.1, 0.75]))
def test_absolute_discounting_equals_nltk(text, contexts, order, discount):
    """Where each token of the vocabulary occurs: nltk does not smooth order 1."""
    _, text = np.unique([0, 1, *text], return_inverse=True)
    v = int(text.max()) + 1
    spec = NGramSpec(order=order, smoothing="absolute", discount=discount)
    model = NGramModel.fit(text, v, spec)
    reference = nltk_fit(AbsoluteDiscountingInterpolated(order, discount), text.tolist(), order, v)
    _equal(model, reference, [token % v for token in contexts])


class _SmoothedBelow(WittenBell):
    """Witten–Bell of nltk, order 1 smoothed like the others."""

    def unigram_score(self, word):
        singles = self.counts.unigrams
        return (singles[word] + len(singles) / len(self.vocab)) / (singles.N() + len(singles))


@settings(max_examples=40)
@given(texts, texts, st.integers(1, 4))
def test_witten_bell_equals_nltk(text, contexts, order):
    model = NGramModel.fit(np.array(text), V, NGramSpec(order=order, smoothing="witten_bell"))
    nltk_model = WittenBellInterpolated(order)
    nltk_model.estimator = _SmoothedBelow(nltk_model.vocab, nltk_model.counts)
    reference = nltk_fit(nltk_model, text, order, V)
    nltk_model.estimator.vocab = nltk_model.vocab
    _equal(model, reference, contexts)


@settings(max_examples=40)
@given(texts, texts, st.integers(1, 4))
def test_add_one_equals_nltk_laplace(text, contexts, order):
    model = NGramModel.fit(np.array(text), V, NGramSpec(order=order, smoothing="add_k", k=1))
    _equal(model, nltk_fit(Laplace(order), text, order, V), contexts)


def _equal(model, reference, contexts):
    for end in range(len(contexts[:10])):
        context = contexts[max(end - model.order + 1, 0) : end]
        p = np.exp(model.next_log_probabilities([np.array(context, int)])[0])
        expected = [reference(t, context) for t in range(model.vocabulary_size)]
        np.testing.assert_allclose(p, expected, rtol=1e-12)


# What is shared, and what was before


@settings(max_examples=30)
@given(texts, texts, st.integers(1, 4))
def test_models_of_all_orders_share_counts_and_places(text, asked, order):
    """In whatever order they are asked for."""
    shared, new = GramCounts(np.array(text), V), np.array(asked)
    places = shared.places(new, 6)
    for smoothing in ("jelinek_mercer", "kneser_ney", "katz", "stupid_backoff"):
        options = {"smoothing": smoothing, "interpolation": None, "discount": None}
        each = list(NGramModel.of_each_order(shared, NGramSpec(order=6, **options)))
        for n in (order, 6, 1):
            spec = NGramSpec(order=n, **options)
            alone = NGramModel.fit(np.array(text), V, spec).token_log_probabilities(new)
            for model in (NGramModel(shared, spec), each[n - 1]):
                assert model.spec == spec
                np.testing.assert_array_equal(model.log_probabilities_at(places), alone)


def test_new_options_leave_old_runs_their_ids():
    """The model's part of the id is spelled as it was when there were four smoothings."""
    old = RunSpec(model=NGramSpec(order=3))
    assert (
        '"model":{"backoff":0.4,"discount":0.75,"family":"ngram","k":0.1,"order":3,'
        '"smoothing":"kneser_ney"}' in old.canonical_json()
    )
    assert RunSpec(model=NGramSpec(order=3, cutoff=3)).id != old.id
    assert RunSpec(model=NGramSpec(order=3, discount=None)).id != old.id


def test_better_ways_guess_better():
    """On words drawn by a rule with rare exceptions, every smoothing beats add-k."""
    rng = np.random.default_rng(1)
    text = np.cumsum(rng.choice([1, 1, 1, 2, 5], 6000) * rng.integers(1, 4, 6000)) % 300
    losses = {
        smoothing: cross_entropy(
            NGramModel.fit(text[:5000], 300, NGramSpec(order=3, smoothing=smoothing)), text[5000:]
        )
        for smoothing in (
            "add_k",
            "jelinek_mercer",
            "witten_bell",
            "absolute",
            "katz",
            "kneser_ney",
        )
    }
    assert max(losses, key=losses.__getitem__) == "add_k"
