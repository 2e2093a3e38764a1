"""What the lessons on attention say, computed; and that nothing is asked before it is explained."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core.worked.budget import Plan, block_parameters, work
from core.worked.multihead import multi_head_trace
from core.worked.positions.order_sensitivity import attend
from core.worked.positions.rotary import turned
from core.worked.sharpness import entropy
from core.worked.stages import STAGES
from core.worked.trace import Projection, attention_trace, causal_mask
from lessons.attention.examples import example
from lessons.catalogue import lessons
from lessons.exercises import load_exercises
from lessons.heads.mixing import SENTENCES, one_head
from lessons.judging import judge
from lessons.text import LANGUAGES, LESSON_FOLDER, load_lesson
from pages.parts.widgets.chain.words import shape_text

FOUR = ("attention", "heads", "positions", "block")
BETS = (
    ("attention", "her_looks", "asking"),
    ("attention", "wider", "widths"),
    ("attention", "mask_bet", "mask_experiment"),
    ("heads", "blur", "mixing"),
    ("heads", "silenced", "off"),
    ("positions", "bet_shuffle", "shuffle"),
    ("positions", "shuffle_bet", "shuffle_experiment"),
    ("positions", "bet_learned", "learned"),
    ("positions", "length_bet", "positions_experiment"),
    ("block", "bet_cosine", "stream"),
    ("block", "bet_invariant", "layernorm"),
    ("block", "bet_neuron", "neuron"),
    ("block", "bet_parts", "parts"),
    ("block", "bet_norms", "norms"),
    ("block", "bet_norms", "gradients"),
)
"""Lesson, bet, and the picture that answers it."""


def prose(slug: str, language: str = "en") -> str:
    """A lesson's text on one line."""
    return " ".join((LESSON_FOLDER / slug / f"{language}.md").read_text("utf-8").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", lessons(), ids=lambda entry: entry.slug)
def test_a_title_is_words(entry, language: str) -> None:
    for title in (entry.title.in_language(language), load_lesson(entry.slug, language).title):
        assert not re.search(r"[√ᵀ$=]", title)


@pytest.mark.parametrize(
    ("slug", "first", "then"),
    [
        ("attention", "bench", ("in_order", "one_weight", "one_output")),
        ("attention", "masking", ("fill_weights",)),
        ("attention", "one_output", ("find_mistake", "printed")),
        ("attention", "fill_weights", ("find_mistake", "printed")),
        ("attention", "single_score", ("find_mistake", "printed")),
        ("heads", "bench", ("split_order", "head_width", "parameters")),
        ("heads", "adding", ("concat_w_o", "wrong_line")),
        ("positions", "waves", ("fastest", "pe_value", "wrong_line")),
        ("positions", "rotary", ("angle", "rotary_steps")),
        ("positions", "alibi", ("alibi_matrix",)),
        ("block", "norms", ("counting", "block_count", "heads_free", "neuron_weights", "flops")),
        ("block", "counting", ("block_count", "heads_free", "neuron_weights")),
        ("block", "work", ("flops",)),
    ],
)
def test_an_exercise_stands_after_what_explains_it(
    slug: str, first: str, then: tuple[str, ...]
) -> None:
    slots = load_lesson(slug, "en").slots
    assert all(slots.index(first) < slots.index(name) for name in then)


@pytest.mark.parametrize(("slug", "bet", "answer"), BETS)
def test_a_bet_stands_before_the_picture_that_answers_it(slug: str, bet: str, answer: str) -> None:
    """The picture waits for it: the tests of the pages see to that."""
    slots = load_lesson(slug, "en").slots
    assert slots.index(bet) < slots.index(answer)


def test_every_bet_is_in_the_list_above() -> None:
    asked = {
        (slug, exercise.id)
        for slug in FOUR
        for exercise in load_exercises(slug, "en").values()
        if exercise.kind == "predict"
    }
    assert asked <= {(slug, bet) for slug, bet, _answer in BETS}


def test_layers_and_heads_are_counted_from_nought_and_it_is_said() -> None:
    assert "Heads are counted from 0, and so are layers" in prose("heads")
    assert "头从 0 数起，层也一样" in prose("heads", "zh")


# Attention


def test_masked_before_or_after_the_division_the_weights_are_the_same() -> None:
    given = example("sentence")
    hidden = causal_mask(len(given.tokens))
    trace = attention_trace(given.q, given.k, given.v, hidden)
    masked_first = np.where(hidden, -np.inf, given.q @ given.k.T) / np.sqrt(given.q.shape[1])
    raised = np.exp(masked_first)
    np.testing.assert_allclose(raised / raised.sum(axis=1, keepdims=True), trace.weights)
    exercise = load_exercises("attention", "en")["in_order"]
    assert judge(exercise, ["dot", "divide", "mask", "exp", "share", "mix"]).correct
    assert judge(exercise, ["dot", "mask", "divide", "exp", "share", "mix"]).correct
    assert not judge(exercise, ["mask", "dot", "divide", "exp", "share", "mix"]).correct


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shape_that_is_spelled_out_is_the_one_of_the_first_example(language: str) -> None:
    given = example("sentence")
    trace = attention_trace(given.q, given.k, given.v)
    assert f"`{shape_text(trace, STAGES['scores'])}`" in prose("attention", language)
    assert trace.exponentials.shape == trace.scores.shape  # one exponential for each score


def test_entropy_is_nothing_for_one_key_and_the_logarithm_for_equal_shares() -> None:
    for n in (2, 3, 6):
        assert entropy(np.eye(n)[:1])[0] == pytest.approx(0)
        assert entropy(np.full((1, n), 1 / n))[0] == pytest.approx(np.log(n))


# Heads


def test_equal_shares_cannot_be_taken_apart_and_unequal_ones_hardly() -> None:
    assert one_head(0.5).different < len(SENTENCES)
    for share in (0.6, 0.7, 0.75, 0.9):
        mixture = one_head(share)
        assert mixture.different == len(SENTENCES)
        assert mixture.nearest < 1  # of values that lie 2.8 apart


def test_heads_share_columns_of_three_matrices_and_rows_of_the_fourth() -> None:
    rng = np.random.default_rng(0)
    x, w_q, w_k, w_v, w_o = (rng.normal(size=(6, 6)) for _ in range(5))
    whole = multi_head_trace(Projection(x, w_q, w_k, w_v), 3, w_o)
    for head, one in enumerate(whole.heads):
        own = slice(2 * head, 2 * head + 2)
        for name, w in (("q", w_q), ("k", w_k), ("v", w_v)):
            np.testing.assert_allclose(getattr(one, name), x @ w[:, own])
        np.testing.assert_allclose(whole.written[head], one.output @ w_o[own])
    said = load_exercises("block", "en")["heads_free"].explanation
    assert "the columns of W_Q, W_K and W_V, and the rows of W_O" in said


# Positions


def test_the_letters_of_the_hint_cannot_be_told_apart_and_those_of_before_could() -> None:
    def seen(letters: str) -> np.ndarray:
        return attend(list(letters), "none", causal=True).outputs[-1]

    np.testing.assert_allclose(seen("whe"), seen("hwe"))
    assert np.abs(seen("th") - seen("ht")).max() > 0.1
    for language in LANGUAGES:
        hint = load_exercises("positions", language)["shuffle_bet"].hints[1]
        bags = re.findall(r"“(\w)[,、] ?(\w)[,、] ?(\w)”", hint)
        assert [sorted(bag) for bag in bags] == [sorted("whe")] * 2
        assert {last for *_before, last in bags} == {"e"}


def test_rotary_positions_turn_by_the_frequencies_of_the_prose() -> None:
    e, position = 8, 5
    first = np.tile([1.0, 0.0], e // 2)
    for i in range(e // 2):
        theta = 10000 ** (-2 * i / e)
        x, y = turned(first, [position])[0, 2 * i : 2 * i + 2]
        assert (x, y) == pytest.approx((np.cos(position * theta), np.sin(position * theta)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_page_of_positions_m_is_a_position(language: str) -> None:
    text = prose("positions", language)
    assert r"\theta_i = 10000^{-2i/e}" in text
    assert r"- s \cdot (q_{pos} - k_{pos})" in text and "$$m =" not in text


@pytest.mark.parametrize("slug", FOUR)
def test_no_learner_is_told_of_floating_point(slug: str) -> None:
    assert not re.search(r"float\d|\de-\d", prose(slug) + prose(slug, "zh"))


# Block


def test_attention_costs_4_t_d_for_each_token_and_not_for_all() -> None:
    for t, d in ((10, 20), (64, 80)):
        plan = Plan(layers=1, heads=2, width=d, context=t, vocabulary=0)
        assert work(plan, t).attention == 4 * t * d
    assert r"$4 \cdot t \cdot d$ operations for each token" in prose("block")


def test_the_mlp_has_two_thirds_and_two_attentions_lack_it() -> None:
    for d in (64, 768):
        attention, mlp = 4 * d * d + 4 * d, 8 * d * d + 5 * d
        assert block_parameters(d) == attention + mlp + 4 * d
        assert mlp / block_parameters(d) == pytest.approx(2 / 3, abs=0.01)


def test_warm_up_has_one_explanation_and_not_the_reason() -> None:
    assert "One explanation (Xiong et al. 2020)" in prose("block")
    assert "有一种解释（Xiong 等 2020）" in prose("block", "zh")


@pytest.mark.parametrize(
    "name", ["ReLU", "GELU", "Adam", "warm-up", "logit", "activation function"]
)
def test_what_a_block_needs_is_explained_in_bold_where_it_first_stands(name: str) -> None:
    for language in LANGUAGES:
        text = prose("block", language)
        end = text.lower().index(name.lower()) + len(name)
        assert re.search(rf"\*\*{name}$|（{name}$", text[:end])
