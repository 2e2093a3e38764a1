"""Writing step by step, what was copied, what an order costs: the page's numbers are those of the counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.models.decoding import Sampling, generate
from core.spec.families.ngram import NGramSpec
from core.worked.counting.drawing import drawn_number
from pages.ngram.counted import Counted, count
from pages.ngram.state import COPY, WRITING_SEED, ZOOM
from pages.ngram.writing import MANY, MOST
from pages.parts.frame.services import shipped
from tests.pages.choosing import choose, chosen
from tests.pages.components import sent

OpenPage = Callable[..., AppTest]


def counted(corpus: str = "tales", **model: object) -> Counted:
    base = shipped("ngram")
    text = base.corpus.model_copy(update={"name": corpus})
    return count(base.model_copy(update={"corpus": text, "model": NGramSpec(**model)}), None)


def said(app: AppTest) -> str:
    return "\n".join([*(m.value for m in app.markdown), *(c.value for c in app.caption)])


def press(app: AppTest, name: str) -> None:
    app.button(key=f"ngram_write_{name}").click().run()
    assert not app.exception


def words(app: AppTest) -> list[str]:
    found = sent(app, "ngram_copied")
    return [] if found is None else [shown for shown, *_more in found["tokens"]]


@pytest.mark.parametrize(("language", "corpus"), [("en", "tales"), ("zh", "tales_zh")])
def test_it_writes_what_every_model_of_the_course_would(
    open_page: OpenPage, language: str, corpus: str
) -> None:
    app = open_page("ngram", language, ngram_corpus=corpus, ngram_order="3")
    assert words(app) == []
    press(app, "next")
    press(app, "many")
    found = counted(corpus, order=3, smoothing="mle")
    drawn = generate(found.model, found.training[:0], MANY + 1, Sampling(), 1)
    shown = [found.tokenizer.show(one.token) for one in drawn]
    assert words(app) == shown
    assert f"u = **{drawn_number(1, MANY):.4f}**" in said(app)
    press(app, "back")
    assert words(app) == shown[:-1]
    press(app, "reset")
    assert words(app) == []
    assert app.button(key="ngram_write_back").disabled


def test_another_seed_and_a_beginning_give_another_text(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="4")
    press(app, "many")
    first = words(app)
    app.button(key="ngram_draw_again").click().run()
    assert app.number_input(key="ngram_writing_seed").value == 2
    assert words(app) != first
    app.number_input(key="ngram_writing_seed").set_value(1).run()
    assert words(app) == first
    app.text_input(key="ngram_beginning").set_value("She gave the").run()
    found = counted(order=4, smoothing="mle")
    start = found.tokenizer.encode(" She gave the")
    drawn = generate(found.model, start, MANY, Sampling(), 1)
    assert words(app) == [found.tokenizer.show(one.token) for one in drawn]


def test_no_more_than_so_many_are_written(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="8", whole=True)
    for _press in range(MOST // MANY):
        press(app, "many")
    assert len(words(app)) == MOST
    assert app.button(key="ngram_write_next").disabled


def test_what_is_said_of_copies_is_so(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="3")
    press(app, "many")
    tokens = (sent(app, "ngram_copied") or {})["tokens"]
    lengths = [int(number) for _shown, _share, number, *_more in tokens]
    longest, total, share = re.search(
        r"longest copied run is \*\*(\d+)\*\* of (\d+) tokens; \*\*(\d+)%", said(app)
    ).groups()  # type: ignore[union-attr]
    assert (int(longest), int(total)) == (max(lengths), len(lengths))
    assert int(share) == round(100 * np.mean([length >= 5 for length in lengths]))
    assert sum(framed for *_more, framed, _ends in tokens) == max(lengths)
    assert min(lengths) >= 3, "without smoothing any three tokens in a row were counted"


@pytest.mark.parametrize("order", ["1", "8"])
@pytest.mark.parametrize("view", ["tree", "table"])
def test_counts_are_shown_in_each_way_at_both_ends(
    open_page: OpenPage, view: str, order: str
) -> None:
    app = open_page("ngram", "zh", ngram_view=view, ngram_order=order)
    assert not app.exception
    tree = sent(app, "ngram_tree")
    if view == "tree":
        assert tree is not None
        assert len(tree["rows"]) == (1 if order == "1" else 10)
        assert [row["unfolded"] for row in tree["rows"][:2]] == (
            [None] if order == "1" else [True, False]
        )
    else:
        assert tree is None and app.dataframe


def test_a_tree_adds_up(open_page: OpenPage) -> None:
    tree = sent(open_page("ngram", ngram_view="tree"), "ngram_tree") or {}
    rows = tree["rows"]
    assert tree["chosen"] is None
    numbers = [tuple(int(n.replace(",", "")) for n in r["said"].split(" of ")) for r in rows]
    found = counted(order=2)
    token = next(i for i in range(738) if found.tokenizer.show(i) == rows[0]["name"])
    assert numbers[0] == (int(np.sum(found.training == token)), len(found.training))
    assert sum(count for count, _total in numbers[1:]) == numbers[1][1] == numbers[0][0]


@pytest.mark.parametrize("corpus", ["tales_zh", "errands", "errands_zh", "names_zh", "python"])
def test_each_text_has_an_example_that_it_goes_on_from(open_page: OpenPage, corpus: str) -> None:
    app = open_page("ngram", ngram_corpus=corpus, ngram_order="2")
    example = app.text_input(key="ngram_context").value
    assert example and "cards" not in example
    assert "Not in the vocabulary" not in said(app)
    bars = sent(app, "ngram_next")
    assert bars is not None and bars["figure"].count("customdata")


def test_what_a_learner_typed_stays_when_the_text_is_another(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_context="He")
    app.button_group(key="ngram_corpus").set_value("tales_zh").run()
    assert app.text_input(key="ngram_context").value == "He"


def test_perplexity_is_e_to_the_loss_and_each_infinite_order_has_its_token(
    open_page: OpenPage,
) -> None:
    app = open_page("ngram")
    app.button_group("ngram_bet_order_answer").set_value("levels").run()
    app.button("ngram_bet_order_check").click().run()
    assert len(re.findall(r"^- order \d: ", said(app), re.M)) == 7
    app.button_group(key="ngram_measure").set_value("perplexity").run()
    assert not app.exception
    assert "Guessing evenly has a perplexity of" in said(app)


def test_times_are_measured_when_asked_for(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="1")
    app.button_group("ngram_bet_cost_answer").set_value("double").run()
    app.button("ngram_bet_cost_check").click().run()
    assert not [table for table in app.table if "counting (s)" in str(table.value)]
    app.button(key="ngram_measure_time").click().run()
    assert not app.exception
    assert any("counting (s)" in str(list(table.value)) for table in app.table)


def test_what_was_clicked_in_another_text_is_let_go(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="3")
    press(app, "many")
    for turn in (lambda: press(app, "next"), lambda: choose(app, WRITING_SEED, 9)):
        choose(app, COPY, 4)
        choose(app, ZOOM, (0.6, 0.7))
        assert (chosen(app, COPY), chosen(app, ZOOM)) == (4, (0.6, 0.7))
        turn()
        assert chosen(app, COPY) is None and chosen(app, ZOOM) is None
