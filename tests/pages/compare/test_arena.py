"""The arena without a browser: held until its bets; curves, agreement, bars, winners, and any two runs."""

from __future__ import annotations

import pytest

from core.questions.measuring import AgreementAnswer
from core.store.further import shipped_runs
from pages.compare.arena.agreeing import answers, coin_truth, far_share
from pages.compare.arena.race import EARLY, early_truth
from pages.compare.arena.rivals import NAMES, rivals
from pages.compare.arena.two_runs import differences
from pages.compare.arena.winners import _least, winner_rows
from pages.parts.frame import services
from tests.pages.components import sent
from tests.pages.conftest import OpenPage


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_and_shows_what_was_measured_once_the_bets_are_placed(
    open_page: OpenPage, language: str
) -> None:
    app = open_page("compare", language, whole="1")
    assert not app.exception and not app.warning
    assert sent(app, "compare_race") is None and sent(app, "compare_agreement") is None
    app.session_state["compare_bet_early_bet"] = "ngram"
    app.session_state["compare_bet_coin_bet"] = "ngram"
    app.run()
    assert not app.exception and not app.warning
    assert sent(app, "compare_race") is not None and sent(app, "compare_agreement") is not None
    said = "\n".join(element.value for element in app.markdown)
    assert "★" in said
    assert all(sent(app, f"compare_bars_{name}") is not None for name in NAMES)


def test_a_budget_is_set_and_who_leads_there_is_said(open_page: OpenPage) -> None:
    app = open_page("compare", compare_tokens="700000", whole="1")
    assert "**GPT** leads" in "\n".join(element.value for element in app.markdown)
    app.select_slider(key="compare_tokens").set_value(10_000).run()
    assert "**N-gram** leads" in "\n".join(element.value for element in app.markdown)
    app.button_group(key="compare_axis").set_value("seconds").run()
    app.select_slider(key="compare_seconds").set_value(0.1).run()
    assert "**N-gram** leads" in "\n".join(element.value for element in app.markdown)


def test_the_truths_are_those_of_the_shipped_runs() -> None:
    look = services.look()
    found = rivals(look)
    losses = {one.key: one.loss_at("tokens", EARLY) for one in found}
    known = {name: loss for name, loss in losses.items() if loss is not None}
    assert early_truth(look) == min(known, key=known.__getitem__) == "ngram"
    assert coin_truth() == "ngram"
    shares = {name: far_share(answer) for name, answer in answers().items()}
    assert all(right / asked > 0.9 for name, (right, asked) in shares.items() if name != "ngram")


def test_the_lowest_wins_and_what_is_as_good_as_the_lowest_wins_too() -> None:
    row = _least("x", {"a": 1.0, "b": 1.01, "c": 2.0, "d": None}, str, 0.02)
    assert row.winners == {"a", "b"} and row.said["d"] == "–"


def test_every_row_of_the_table_has_a_winner_and_all_models() -> None:
    rows = winner_rows(rivals(services.look()))
    assert len(rows) == 5
    assert all(row.winners and list(row.said) == list(NAMES) for row in rows)
    assert rows[0].winners == {"gpt"} and {"ngram"} <= rows[2].winners


def test_far_is_three_tokens_or_more() -> None:
    assert far_share(AgreementAnswer((1, 3, 5), (9, 2, 1), (9, 4, 3))) == (3, 7)


def test_every_difference_of_two_specifications_is_listed_and_nothing_else() -> None:
    runs = shipped_runs()
    assert differences(runs["gpt"], runs["gpt"]) == []
    changed = runs["gpt"].model_copy(
        update={"seed": 3, "recipe": runs["gpt"].recipe.model_copy(update={"steps": 7})}
    )
    assert differences(runs["gpt"], changed) == [
        ("recipe.steps", str(runs["gpt"].recipe.steps), "7"),
        ("seed", str(runs["gpt"].seed), "3"),
    ]
    places = {place for place, _one, _other in differences(runs["lstm"], runs["gpt"])}
    assert {"model.family", "model.cell", "model.layers", "recipe.optimizer"} <= places


def test_a_link_opens_two_runs_and_one_that_is_gone_gets_a_sentence(open_page: OpenPage) -> None:
    runs = shipped_runs()
    app = open_page("compare", compare_left=runs["rnn"].id, compare_right=runs["gpt"].id, whole="1")
    assert app.selectbox(key="compare_left").value == runs["rnn"].id
    said = "\n".join(element.value for element in app.markdown)
    assert "model: cell" in said and "`rnn`" in said
    app = open_page("compare", compare_left="0" * 16, whole="1")
    assert not app.exception
    assert any("was deleted" in element.value for element in app.caption)
    app = open_page("compare", compare_left=runs["gpt"].id, compare_right=runs["gpt"].id, whole="1")
    assert "nothing to compare" in "\n".join(element.value for element in app.markdown)
    app = open_page("compare", compare_left=runs["recall_rnn"].id, whole="1")
    assert any("do not compare" in element.value for element in app.info)
