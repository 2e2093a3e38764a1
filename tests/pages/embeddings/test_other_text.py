"""Vectors of another text than the tales: every section begins with words that it has."""

from __future__ import annotations

from core.spec.text import CorpusSpec
from core.store.folder import RunWriter
from core.training.training import Training
from pages.parts.frame import services
from tests.pages.components import sent
from tests.pages.conftest import OpenPage


def test_no_section_complains_of_words_that_nobody_typed(open_page: OpenPage) -> None:
    """Trained for real, but for fifty steps only."""
    base = services.shipped("word_vectors")
    spec = base.model_copy(
        update={
            "corpus": CorpusSpec(name="errands", size=2000),
            "recipe": base.recipe.model_copy(update={"steps": 50}),
        }
    )
    training = Training(spec)
    writer = RunWriter(services.RUNS_FOLDER, spec)
    writer.queue()
    writer.begin(training.tokenizer)
    for snapshot in training.snapshots():
        writer.append(snapshot)
    writer.finish(training)
    app = open_page("embeddings", embeddings_corpus="errands", embeddings_steps="50")
    for bet, option in (("bet_close", "kind"), ("bet_step", "other"), ("bet_counting", "near")):
        app.button_group(f"embeddings_{bet}_answer").set_value(option).run()
        app.button(f"embeddings_{bet}_check").click().run()
        assert not app.exception
    assert not app.warning
    assert len(app.success) == 3, "the bets are about the tales"
    drawn = sent(app, "embeddings_cloud")
    assert drawn is not None
    assert len(drawn["cloud"]["names"]) == 1, "nobody has sorted these words"
    app.text_input(key="embeddings_word").set_value("dog").run()
    assert not app.exception
    assert "no “dog”" in app.warning[0].value
