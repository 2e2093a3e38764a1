"""All ways of smoothing side by side: the picture shows the models' numbers, the sentences are computed."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.models.ngram import NGramModel
from core.spec.families.ngram import NGramSpec
from core.text.prompt import read_prompt
from lessons.exercises import load_exercises
from pages.ngram.counted import count
from pages.ngram.path import Question
from pages.ngram.state import SMOOTHINGS, K
from pages.ngram.ways import compare, discounts, loss
from pages.parts.frame.services import shipped
from tests.pages.conftest import OpenPage


def asked(order: int, text: str) -> Question:
    base = shipped("ngram")
    found = count(base.model_copy(update={"model": NGramSpec(order=order)}), None)
    context = read_prompt(found.tokenizer, text).tokens
    p = np.exp(found.model.next_log_probabilities([context])[0])
    return Question(found, text, context, p, np.argsort(-p))


def said(app: AppTest) -> str:
    return "\n".join([*(m.value for m in app.markdown), *(c.value for c in app.caption)])


@pytest.mark.parametrize(("order", "text"), [(1, ""), (2, "The"), (3, "cards cards"), (8, "")])
def test_the_numbers_are_those_of_each_model(order: int, text: str) -> None:
    question = asked(order, text)
    ways = compare(question)
    for place, name in enumerate(SMOOTHINGS):
        spec = NGramSpec(order=order, smoothing=name)
        model = NGramModel.fit(
            question.counted.training, question.counted.model.vocabulary_size, spec
        )
        p = np.exp(model.next_log_probabilities([question.context])[0])
        np.testing.assert_allclose(ways.shares[place], p[ways.tokens], rtol=1e-9)
        assert ways.unseen[place] == pytest.approx(
            p[question.followed == 0].sum(), rel=1e-9, abs=1e-12
        )
    assert ways.counts == [int(question.followed[token]) for token in ways.tokens]


def test_tokens_are_seen_and_unseen_ones_and_one_that_kneser_ney_distrusts() -> None:
    """Among the unseen stands one that absolute discounting takes for likelier than Kneser–Ney does."""
    ways = compare(asked(2, " tree"))
    assert [bool(n) for n in ways.counts] == [True, True, True, False, False, False]
    assert len(set(ways.tokens)) == 6
    names = list(SMOOTHINGS)
    narrow = 4
    assert (
        ways.shares[names.index("kneser_ney"), narrow]
        < 0.2 * ways.shares[names.index("absolute"), narrow]
    )


def test_the_sentences_are_computed(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="3", ngram_context="She gave")
    assert not app.exception
    ways, names = compare(asked(3, "She gave")), list(SMOOTHINGS.values())
    most = int(np.argmax(ways.unseen))
    assert f"get the most from **{names[most]}**, {ways.unseen[most]:.1%}" in said(app)
    listed = re.search(r"the best first: (.*?)\.\n", said(app) + "\n")
    assert listed is not None
    best = min(SMOOTHINGS, key=lambda name: loss(asked(3, "She gave").counted, name))
    assert listed[1].startswith(SMOOTHINGS[best]) and listed[1].endswith("none ∞")


def test_after_what_nothing_ever_followed_all_tokens_are_unseen(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="4", ngram_context="cards cards cards")
    assert not app.exception
    assert "Nothing ever followed this context" in said(app)
    assert "get the most from" not in said(app)


def test_the_discounts_of_the_table_are_those_that_are_used(open_page: OpenPage) -> None:
    found = asked(3, "").counted
    app = open_page("ngram", ngram_order="3")
    model = NGramModel(found.model.grams, NGramSpec(order=3, discount=None))
    for order, discount in enumerate(discounts(found), start=1):
        step = model.explain(found.training[: order - 1], int(found.training[order - 1]))
        assert step[order].discount == discount
        assert (
            f"| {order} | {discount.ones:,} | {discount.twos:,} | {discount.value:.3f} |"
            in said(app)
        )


@pytest.mark.parametrize("smoothing", list(SMOOTHINGS))
def test_every_way_can_be_chosen_and_is_then_in_sight(open_page: OpenPage, smoothing: str) -> None:
    app = open_page("ngram", ngram_smoothing=smoothing)
    assert app.button_group(key="ngram_smoothing").value == smoothing
    rare = [
        button for button in app.button if button.key and button.key.startswith("ngram_smoothing_")
    ]
    assert len(rare) == 4
    next(button for button in rare if button.key == "ngram_smoothing_katz").click().run()
    assert not app.exception
    assert app.button_group(key="ngram_smoothing").value == "katz"
    assert app.query_params["ngram_smoothing"] in ("katz", ["katz"])


def test_what_is_estimated_is_not_chosen(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_estimated="true", ngram_smoothing="jelinek_mercer")
    assert not app.exception
    sliders = {slider.label: slider for slider in app.slider}
    assert sliders["Part λ of Jelinek–Mercer"].disabled
    assert not sliders["k of add-k"].disabled
    assert "each of its tokens left out of the counts in turn" in said(app)
    app.toggle(key="ngram_estimated").set_value(False).run()
    assert "λ = 0.5 for this context" in said(app)


def test_what_the_bet_on_add_k_says_is_so() -> None:
    """Of the unseen tokens' share after *tree*, at the order and the k that the page begins with."""
    question = asked(2, "The cards close to the tree")
    followed, size = question.followed, question.counted.model.vocabulary_size
    said_of_it = load_exercises("ngram", "en")["bet_unseen"]
    unseen = size - int((followed > 0).sum())
    assert f"followed {followed.sum()} times, by three different" in said_of_it.question
    assert (int((followed > 0).sum()), K.first) == (3, 0.1)
    assert f"other {unseen} tokens" in said_of_it.question
    assert f"{unseen} times 0.1 is {unseen * 0.1:g}" in said_of_it.explanation
    share = compare(question).unseen[list(SMOOTHINGS).index("add_k")]
    assert share == pytest.approx(2 / 3, abs=0.02)
