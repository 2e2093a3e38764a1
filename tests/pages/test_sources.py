"""Each picture of each page says where its numbers come from, and says it anew when they change."""

from __future__ import annotations

import pytest
import streamlit as st

from core.spec.families.gpt import GPTSpec
from core.store.folder import RunWriter
from core.training.training import Training
from lessons.heads.small import inputs
from pages.heads.inputs import source_of
from pages.heads.state import TYPED
from pages.parts.frame import services
from tests.pages.sources import sources_of, words_of

MODEL, OWN = "the course's model", "the course's model, your text"
MADE_UP, DRAWN, YOURS = "made-up example", "drawn example", "your numbers"
FORMULA, NONE, ARTICLE = "by formula", "no numbers yet", "from an article"

AT_FIRST = {
    "home": {
        "home_bars_ngram": MODEL,
        "home_bars_lstm": MODEL,
        "home_bars_gpt": MODEL,
        "home_looked": MODEL,
    },
    "ngram": {
        "ngram_counts": "counted",
        "ngram_count_pairs_grid": DRAWN,
        "ngram_next": "counted",
        "ngram_ways": "counted",
        "ngram_unseen": "counted",
        "ngram_line": "counted",
        "ngram_losses": MODEL,
    },
    "measuring": {
        "measuring_curve": "by formula",
        "measuring_accuracy": "the course's model",
    },
    "learning": {
        "learning_softmax": "made-up example",
        "learning_slopes_grid": DRAWN,
        "learning_walks": "measured here",
        "learning_activations": "by formula",
    },
    "tokens": {
        "tokens_pieces": "counted",
        "tokens_merges": "counted",
        "tokens_other_ways": "counted",
        "tokens_zipf": "counted",
        "tokens_heaps": "counted",
        "tokens_one_hot": "made-up example",
    },
    "embeddings": {
        "embeddings_table": MODEL,
        "embeddings_nearest": MODEL,
        "embeddings_odd_bars": MODEL,
        "embeddings_pca": MODEL,
        "embeddings_tsne": MODEL,
        "embeddings_width_curves": NONE,
        "embeddings_window_curves": NONE,
        "embeddings_probe": MODEL,
    },
    "lstm": {
        "lstm_unrolled_picture": MODEL,
        "lstm_grid_lstm_x": MADE_UP,
        "lstm_step": MADE_UP,
        "lstm_keeping": FORMULA,
        "lstm_errands_curves": NONE,
        "lstm_gates": MODEL,
        "lstm_unit_step": MODEL,
        "lstm_grid_gru_x": MADE_UP,
        "lstm_gru": MADE_UP,
        "lstm_layer_table_grid": MADE_UP,
        "lstm_lengths": DRAWN,
        "lstm_truncated_curves": MODEL,
        "lstm_beginnings": DRAWN,
        "lstm_bias_curves": NONE,
        "lstm_probe_scores": MODEL,
        "lstm_losses": MODEL,
        "lstm_need": MODEL,
        "lstm_sentence_reach": MODEL,
        "lstm_average_reach": MODEL,
        "lstm_reviews_curves": NONE,
    },
    "attention": {
        "attention_asking": MADE_UP,
        "attention_grid_q": MADE_UP,
        "attention_grid_k": MADE_UP,
        "attention_grid_v": MADE_UP,
        "attention": MADE_UP,
        "attention_masking": MADE_UP,
        "attention_fill_weights_grid": DRAWN,
        "attention_masked_curves": NONE,
        "attention_head": MODEL,
        "attention_head_lines": MODEL,
        "attention_printed_picture": ARTICLE,
    },
    "heads": {
        "heads_mixing_weights": MADE_UP,
        "heads_x": DRAWN,
        "heads_split_0": DRAWN,
        "heads_split_1": DRAWN,
        "heads_concat_w_o_grid": DRAWN,
        "heads_adding": ARTICLE,
        "heads_grid": MODEL,
        "heads_lines_1_0": MODEL,
        "heads_pair_1_0": MODEL,
        "heads_measures": MODEL,
        "heads_measures_scatter": MODEL,
        "heads_written": MODEL,
    },
    "positions": {
        "positions_before": DRAWN,
        "positions_shuffle_curves": NONE,
        "positions_waves": FORMULA,
        "positions_wave": FORMULA,
        "positions_distance": FORMULA,
        "positions_fixed": FORMULA,
        "positions_circles": MADE_UP,
        "positions_head": MADE_UP,
        "positions_alibi": FORMULA,
        "positions_alibi_matrix_grid": DRAWN,
        "positions_ways": DRAWN,
        "positions_train_curves": NONE,
    },
    "block": {
        "block_heads_added": MODEL,
        "block_before_after": MADE_UP,
        "block_steps": MADE_UP,
        "block_ln_by_hand_grid": DRAWN,
        "block_places": "diagram",
        "block_curve": MODEL,
        "block_areas": FORMULA,
        "block_work": FORMULA,
        "block_parts_curves": NONE,
        "block_norms_curves": NONE,
    },
    "gpt": {"gpt_chosen_head": MODEL, "gpt_remedies_curves": NONE, "gpt_stages": MODEL},
}


@pytest.mark.parametrize("slug", AT_FIRST)
def test_every_picture_says_it_when_its_page_opens(open_page, slug: str) -> None:  # type: ignore[no-untyped-def]
    app = open_page(slug)
    assert not app.exception
    assert words_of(app) == AT_FIRST[slug]
    assert all(details for _words, details in sources_of(app).values())


def test_a_prompt_of_the_learners_own(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("home", "zh", home_prompt="Mia")
    assert not app.exception
    assert set(words_of(app).values()) == {"课程自带的模型，你的文本"}


def test_an_ngram_after_the_learners_words(open_page) -> None:  # type: ignore[no-untyped-def]
    told = sources_of(open_page("ngram", ngram_context="Mia", ngram_corpus="names"))
    assert told["ngram_next"][0] == "counted, your text"
    assert told["ngram_counts"][0] == "counted" and "English names" in told["ngram_counts"][1]


def test_numbers_typed_over_an_example(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("attention")
    app.session_state["attention_fill"] = True
    app.run()
    app.button(key="attention_random").click().run()
    app.text_input(key="attention_head_text").set_value("Mia lost her ball.").run()
    assert not app.exception
    told = words_of(app)
    assert {told[f"attention_grid_{name}"] for name in "qkv"} | {told["attention"]} == {YOURS}
    assert told["attention_head"] == told["attention_head_lines"] == OWN
    assert told["attention_asking"] == MADE_UP


def test_another_head_is_told(open_page) -> None:  # type: ignore[no-untyped-def]
    told = sources_of(open_page("attention", attention_head_layer="1", attention_head_number="2"))
    assert "seed 4" in told["attention_head"][1]
    assert "step, 900" in told["attention_head"][1]
    assert "Layer 1, head 2, counted from 0." in told["attention_head"][1]


def test_the_small_layer_and_the_trained_heads(open_page) -> None:  # type: ignore[no-untyped-def]
    link = {
        "heads_share": "0.75",
        "heads_moved": "0.1",
        "heads_text": "Mia saw a cat.",
        "heads_step": "output",
    }
    app = open_page("heads", **link)
    told = words_of(app)
    assert told["heads_mixing_weights"] == told["heads_adding"] == YOURS
    assert told["heads_grid"] == told["heads_written"] == OWN
    assert told["heads_measures"] == MODEL, "measured on a story of the course"
    assert told["heads_x"] == told["heads_w_o"] == DRAWN


def test_inputs_typed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    assert source_of(7, 3).kind == "drawn"
    TYPED.set(("7 3", [["1"] * 4] * 3, inputs(7, 3)))
    assert source_of(7, 3).kind == "numbers"
    assert source_of(8, 3).kind == "drawn", "what was typed is of another seed"


def test_a_vector_is_given_typed_or_drawn(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("block", block_width="768", block_text="Mia lost her ball.")
    assert words_of(app)["block_heads_added"] == OWN
    assert sources_of(app)["block_areas"][1] == "With the sizes that you have chosen."
    app.button(key="block_draw").click().run()
    assert sources_of(app)["block_steps"] == (DRAWN, "Drawn with seed 1.")
    app.button(key="block_times").click().run()
    assert words_of(app)["block_steps"] == YOURS
    app.button(key="block_reset").click().run()
    assert words_of(app)["block_steps"] == MADE_UP


def test_words_in_an_order_of_the_learners(open_page) -> None:  # type: ignore[no-untyped-def]
    app = open_page("positions", "zh", positions_text="猫 看见 狗")
    assert words_of(app)["positions_before"] == "随机示例，你的文本"


def test_a_run_that_the_learner_chose(open_page) -> None:  # type: ignore[no-untyped-def]
    """Trained for real, but for two steps only."""
    ships = services.shipped("gpt")
    model = ships.model
    assert isinstance(model, GPTSpec)
    recipe = ships.recipe.model_copy(update={"steps": 50})
    spec = ships.model_copy(update={"seed": 5, "recipe": recipe})
    training = Training(spec)
    writer = RunWriter(services.RUNS_FOLDER, spec)
    writer.queue()
    writer.begin(training.tokenizer)
    for snapshot in training.snapshots():
        writer.append(snapshot)
        if snapshot.step >= 2:
            break
    writer.finish(training)
    app = open_page("gpt", gpt_seed="5", gpt_steps="50", gpt_prompt="Tom")
    assert not app.exception
    told = sources_of(app)
    assert {told[f"gpt_{name}"][0] for name in ("losses", "head_grid", "chosen_head")} == {
        "this run"
    }
    assert told["gpt_stages"][0] == "this run, your text"
    assert all("seed 5" in told[name][1] for name in ("gpt_losses", "gpt_stages"))
    assert "of 50." in told["gpt_head_grid"][1]
