"""The inside of the GPT without a browser: output table, tying, lens, loss by token, kept keys and values."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.store.folder import RunWriter
from core.training.training import Training
from lessons.exercises import load_exercises
from pages.gpt.state import LENS_CELL, OUTPUT_PLACE
from pages.parts.frame import services
from tests.pages.choosing import choose
from tests.pages.components import sent
from tests.pages.conftest import OpenPage
from tests.pages.sources import sources_of


def texts(app: AppTest) -> str:
    kinds = (*app.markdown, *app.caption, *app.info, *app.success)
    return "\n".join(element.value for element in kinds)


def bet(app: AppTest, name: str, option: str) -> None:
    app.button_group(f"gpt_{name}_answer").set_value(option).run()
    app.button(f"gpt_{name}_check").click().run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_with_all_bets_placed(open_page: OpenPage, language: str) -> None:
    app = open_page("gpt", language)
    for name in ("bet_lens", "bet_kinds", "bet_tying"):
        bet(app, name, load_exercises("gpt", language)[name].options[0].id)
    assert not app.exception and not app.warning
    for key in ("output_bars", "output_products", "lens_grid", "lens_bars", "lens_ranks"):
        assert sent(app, f"gpt_{key}") is not None, key
    for key in ("surprise", "kinds", "kept", "kept_costs"):
        assert sent(app, f"gpt_{key}") is not None, key
    assert sent(app, "gpt_kept_stream") is None, "nothing is measured before somebody asks for it"


def test_a_logit_is_taken_apart_for_the_word_that_was_typed(open_page: OpenPage) -> None:
    app = open_page("gpt")
    assert "**The logit and the probability of `␣is`**" in texts(app)
    assert "75 smaller terms" in texts(app)
    assert "**V = 738** different tokens" in texts(app)
    app.text_input(key="gpt_output_word").set_value("").run()
    assert "**The logit and the probability of `␣is`**" not in texts(app)
    app.text_input(key="gpt_output_text").set_value("").run()
    assert not app.exception
    assert len(app.warning) == 2, "here and where the rows are directions"
    app.text_input(key="gpt_output_text").set_value("$x_1$ <b>🙂").run()
    assert not app.exception and not app.warning


def test_a_clicked_bar_is_taken_apart(open_page: OpenPage) -> None:
    app = open_page("gpt")
    choose(app, OUTPUT_PLACE, 0)
    best = next(m.value for m in app.markdown if "The logit and the probability" in m.value)
    assert "`␣is`" not in best


def test_the_same_row_comes_in_and_is_expected(open_page: OpenPage) -> None:
    told = texts(open_page("gpt"))
    assert "**same 80 numbers**" in told and "two rows" not in told
    assert "| token | length of x | length of its row | cosine | logit |" in told


def test_the_lens_waits_for_its_bet_and_begins_where_a_late_part_was_right(
    open_page: OpenPage,
) -> None:
    app = open_page("gpt")
    assert "the lens reads the token itself" not in texts(app)
    bet(app, "bet_lens", "itself")
    choose(app, LENS_CELL, (2, 0))
    assert "**`␣close`**, read at: comes in" in texts(app)
    assert any("Right." in one.value for one in app.success)
    assert "the lens reads the token itself" in texts(app)
    app.text_input(key="gpt_lens_text").set_value("Mia").run()
    assert not app.exception
    assert "It is the last token" in texts(app)
    app.text_input(key="gpt_lens_text").set_value("the " * 40).run()
    assert "The first 16 of 40 tokens are shown." in texts(app)
    app.text_input(key="gpt_lens_text").set_value("").run()
    assert not app.exception and len(app.warning) == 1


def test_a_text_is_coloured_by_what_each_token_costs(open_page: OpenPage) -> None:
    app = open_page("gpt", gpt_surprise_story="999", gpt_surprise_shown="x")
    bet(app, "bet_kinds", "again")
    assert any("Right." in one.value for one in app.success)
    shown = sent(app, "gpt_surprise")
    assert shown is not None and shown["tokens"][0][1] is None
    assert "The GPT saves most on **things, again**" in texts(app)
    for option in ("gpt", "other", "saved"):
        app.button_group(key="gpt_surprise_shown").set_value(option).run()
        assert not app.exception
    app.button_group(key="gpt_surprise_beside").set_value("recurrent").run()
    assert "for the LSTM" in texts(app)
    app.button_group(key="gpt_surprise_from").set_value("yours").run()
    assert "Type a text of yours" in texts(app)
    app.text_area(key="gpt_surprise_text").set_value("Mia lost her ball. Mia was sad.").run()
    assert not app.exception
    found = sent(app, "gpt_surprise")
    assert found is not None and len(found["tokens"]) == 9
    app.text_area(key="gpt_surprise_text").set_value("Mia").run()
    assert not app.exception and len(app.warning) == 1


def test_rows_are_kept_and_both_ways_write_the_same(open_page: OpenPage) -> None:
    app = open_page("gpt")
    found = sent(app, "gpt_kept")
    assert found is not None
    growing = found["growing"]
    assert len(growing["tokens"]) == growing["prompt"] + len(growing["written"]) - 1
    assert growing["multiplied"][1] < growing["multiplied"][0], "the prompt is the pause"
    assert "Both ways write the **same** 12 tokens" in texts(app)
    assert "are 20,480 bytes; the tensors of the model take **20,480**." in texts(app)
    app.button_group(key="gpt_kept_way").set_value("anew").run()
    again = sent(app, "gpt_kept")
    assert again is not None
    later = again["growing"]["multiplied"]
    assert (
        again["growing"]["anew"] and later == sorted(later) and later[0] == growing["multiplied"][0]
    )
    app.selectbox(key="gpt_kept_head").set_value(3).run()
    other = sent(app, "gpt_kept")
    assert other is not None and other["growing"]["keys"] != growing["keys"]
    app.text_input(key="gpt_kept_text").set_value("Mia and Tom " * 20).run()
    assert "Only the last 10 tokens" in texts(app)
    app.text_input(key="gpt_kept_text").set_value("").run()
    assert not app.exception and len(app.warning) == 1


def test_token_256_takes_little_more_than_token_16(open_page: OpenPage) -> None:
    told = texts(open_page("gpt"))
    assert "Token 256 takes **1,176,576** multiplications with all kept, 1.26 times" in told
    assert "it takes **268,563,456**, 228 times as many" in told


def test_times_are_measured_when_somebody_asks(open_page: OpenPage) -> None:
    app = open_page("gpt")
    app.button(key="gpt_kept_measure").click().run()
    assert not app.exception and not app.warning
    assert sent(app, "gpt_kept_stream") is not None and sent(app, "gpt_kept_each") is not None
    assert "Reading the 128 tokens of the prompt takes" in texts(app)


def test_a_link_to_a_layer_that_is_not_there(open_page: OpenPage) -> None:
    app = open_page("gpt", gpt_kept_layer="7", gpt_kept_head="15", gpt_kept_way="x")
    assert not app.exception
    assert app.selectbox(key="gpt_kept_layer").value == 0


def test_a_gpt_on_another_text_is_looked_into_but_not_compared(open_page: OpenPage) -> None:
    """Trained for real, but for two steps only."""
    ships = services.shipped("gpt")
    recipe = ships.recipe.model_copy(update={"steps": 50})
    corpus = ships.corpus.model_copy(update={"name": "tales_zh"})
    spec = ships.model_copy(update={"seed": 6, "recipe": recipe, "corpus": corpus})
    training = Training(spec)
    writer = RunWriter(services.RUNS_FOLDER, spec)
    writer.queue()
    writer.begin(training.tokenizer)
    for snapshot in training.snapshots():
        writer.append(snapshot)
        if snapshot.step >= 2:
            break
    writer.finish(training)
    app = open_page("gpt", gpt_seed="6", gpt_steps="50", gpt_corpus="tales_zh")
    for name in ("bet_lens", "bet_kinds"):
        bet(app, name, load_exercises("gpt", "en")[name].options[0].id)
    assert not app.exception and not app.warning
    assert "here the GPT that comes with the course reads" in texts(app)
    told = sources_of(app)
    assert {told[f"gpt_{name}"][0] for name in ("output_bars", "lens_grid", "kept")} == {"this run"}
    assert told["gpt_kinds"][0] == "the course's model"
