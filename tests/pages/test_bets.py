"""A bet never stands above its answer: what decides it is shown once it is placed, in every lesson."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lessons.catalogue import lessons
from lessons.exercises import load_exercises
from pages.parts.frame import services
from tests.pages.conftest import OpenPage

BETS = {
    ("tokens", "bet_language"): "Tokens for each character that a reader sees",
    ("ngram", "bet_empty"): "possible pairs",
    ("ngram", "bet_unseen"): "The same context, in each of these ways",
    ("ngram", "bet_order"): "On new text",
    ("tokens", "bet_double"): "entries the text gets",
    ("tokens", "bet_cleaning"): "Eight models that guess",
    ("tokens", "bet_stop"): "of all tokens are stop words",
    ("tokens", "bet_kitten"): "√2 apart",
    ("measuring", "bet_dear"): "Blind guessing would cost",
    ("measuring", "bet_vocabulary"): "Seven N-grams of one text",
    ("measuring", "bet_equal"): "Exactly equal to their label",
    ("measuring", "bet_random"): "where chance is",
    ("measuring", "bet_leak"): "of which nothing was leaked",
    ("measuring", "bet_calibration"): "after a context that was seen once",
    ("measuring", "bet_doubt"): "its interval from",
    ("learning", "bet_raise"): "Pick a slope to check it",
    ("learning", "bet_where"): "Blind guessing costs",
    ("learning", "bet_rate"): "**gradient descent, η = 4**",
    ("learning", "bet_batch"): "four times the work, and the noise",
    ("learning", "bet_warm"): "the first step is",
    ("learning", "bet_decay"): "Five tables with a constant rate",
    ("learning", "bet_depth"): "each layer back makes it",
    ("ngram", "bet_cost"): "there can be no more than one at each place",
    ("embeddings", "bet_close"): "An example, trained already",
    ("embeddings", "bet_step"): "says the arithmetic",
    ("embeddings", "bet_counting"): "How many of the five nearest of a word are of its own kind.",
    ("embeddings", "bet_antonyms"): "the nearest one is an opposite",
    ("embeddings", "bet_bias"): "further towards women",
    ("gpt", "bet_first"): "An example, trained already",
    ("gpt", "bet_lens"): "Before the first block the lens reads the token itself",
    ("gpt", "bet_forming"): "of its whole fall had happened",
    ("gpt", "bet_kinds"): "The GPT saves most on",
    ("gpt", "bet_settings"): "right verb at a blank",
    ("gpt", "bet_both"): "Find settings with which at least",
    ("gpt", "bet_greedy"): "Of the triples of the greedy text",
    ("lstm", "bet_gradient"): "**392 times** as long: it explodes",
    ("lstm", "bet_rnn"): "Same text, same seed",
    ("lstm", "bet_forget"): "Measured on stories it never saw",
    ("lstm", "bet_errands"): "Guessing among the",
    ("attention", "wider"): "the entropy falls from",
    ("heads", "blur"): "the one head gives nine sentences",
    ("heads", "silenced"): "agreeing verbs",
    ("positions", "bet_shuffle"): "The largest change",
    ("positions", "bet_learned"): "Nobody told this model that position 5",
    ("block", "bet_cosine"): "The cosine of the last vector",
    ("block", "bet_neuron"): "is above 0 at",
    ("compare", "bet_early"): "Within this budget",
    ("compare", "bet_coin"): "With another noun between",
    ("compare", "bet_parity"): "beyond, 13 to 24",
    ("compare", "bet_beyond"): "the longest trained, to length",
}
"""By bet: some words that are said only where its answer is shown."""
TRAINED = {
    *(("attention", "mask_bet"), ("positions", "shuffle_bet"), ("positions", "length_bet")),
    *(("block", "bet_parts"), ("block", "bet_norms"), ("lstm", "bet_bias"), ("lstm", "bet_bag")),
    *(("embeddings", "bet_width"), ("embeddings", "bet_window"), ("gpt", "bet_tying")),
    ("tuning", "bet_remedy"),
}
"""Bets on an experiment, which cannot be trained before."""
TRIED = {
    *(("block", "bet_invariant"), ("measuring", "bet_over"), ("learning", "bet_shift")),
    *(("tuning", "bet_going"), ("tuning", "bet_forget")),
}
"""Bets on what the learner's own next act shows: nothing is multiplied by 3, or
trained for too long, or trained on, before they do it."""
ALSO = {("ngram", "bet_far"): "it falls back"}
"""Exercises of other kinds whose answer is shown once they are answered."""


@pytest.fixture(autouse=True)
def _nobody_has_trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What other tests have trained would change what a page says. Who answers is started before, in the
    folder of all tests: else the tests after these would ask one that knows another folder."""
    services.foreman()
    monkeypatch.setattr(services, "RUNS_FOLDER", tmp_path)
    services.store.cache_clear()
    services.library.cache_clear()
    yield
    services.store.cache_clear()
    services.library.cache_clear()


def test_every_bet_is_listed_here() -> None:
    """Whoever adds one says where its answer is shown, and that it is held back till then."""
    bets = {
        (lesson.slug, exercise.id)
        for lesson in lessons()
        for exercise in load_exercises(lesson.slug, "en").values()
        if exercise.kind == "predict"
    }
    assert bets == set(BETS) | TRAINED | TRIED


@pytest.mark.parametrize("slug", sorted({slug for slug, _name in {*BETS, *TRAINED}}))
def test_the_answer_is_shown_after_the_bet(open_page: OpenPage, slug: str) -> None:
    mine = {name: words for (where, name), words in {**BETS, **ALSO}.items() if where == slug}
    app = open_page(slug)
    assert not [words for words in mine.values() if words in said(app)]
    for name in mine:
        exercise = load_exercises(slug, "en")[name]
        app.button_group(f"{slug}_{name}_answer").set_value(exercise.options[0].id).run()
        app.button(f"{slug}_{name}_check").click().run()
    assert not app.exception
    assert not [words for words in mine.values() if words not in said(app)]


@pytest.mark.parametrize(("slug", "name"), sorted(TRAINED))
def test_an_experiment_can_be_trained_after_the_bet(
    open_page: OpenPage, slug: str, name: str
) -> None:
    def waiting() -> int:
        return sum("Place your bet first" in caption.value for caption in app.caption)

    app = open_page(slug)
    before = waiting()
    exercise = load_exercises(slug, "en")[name]
    app.button_group(f"{slug}_{name}_answer").set_value(exercise.options[0].id).run()
    app.button(f"{slug}_{name}_check").click().run()
    assert waiting() == before - 1


def said(app: AppTest) -> str:
    kinds = (*app.markdown, *app.caption, *app.info, *app.success, *app.error)
    return "\n".join(element.value for element in kinds)
