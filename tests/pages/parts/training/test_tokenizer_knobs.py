"""The tokenizer among the knobs of a panel: what a link says, how a run is called and compared."""

from __future__ import annotations

import pytest

from core.runs.worker import Job, execute
from core.spec.run import RunSpec, read_spec
from core.spec.text import TokenizerSpec
from pages.parts.frame import services
from pages.parts.training.panel import run_words
from tests.pages.conftest import OpenPage


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", ["gpt", "lstm"])
def test_a_link_chooses_tokens(open_page: OpenPage, slug: str, language: str) -> None:
    link = {f"{slug}_tokenizer": "bpe", f"{slug}_vocabulary": "500", f"{slug}_step": "1"}
    app = open_page(slug, language, **link)
    assert not app.exception
    assert app.selectbox(key=f"{slug}_tokenizer").value == "bpe"
    assert app.selectbox(key=f"{slug}_vocabulary").value == 500
    assert app.query_params[f"{slug}_tokenizer"] == "bpe"


def test_a_run_is_called_by_its_tokens_where_they_are_not_the_usual_ones(
    open_page: OpenPage,
) -> None:
    assert "at most" not in run_words(RunSpec())
    other = RunSpec(tokenizer=TokenizerSpec(kind="bpe", vocabulary=500))
    assert "byte pairs (BPE), at most 500" in run_words(other)


def test_a_run_of_other_tokens_stands_alone_and_says_what_a_character_costs(
    open_page: OpenPage,
) -> None:
    """Per token it would seem worse, or better, than the run that ships: the pieces are others."""
    base = services.shipped("recurrent")
    value = base.model_dump(mode="json")
    value["tokenizer"] = {"kind": "characters", "vocabulary": 1000}
    value["recipe"]["steps"] = 50
    spec = read_spec(value)
    link = {"lstm_tokenizer": "characters", "lstm_steps": "50"}
    compared = "The run that comes with the course:"
    list(execute(Job(services.RUNS_FOLDER, spec, None)))
    app = open_page("lstm", **link)
    assert not app.exception
    said = "\n".join(caption.value for caption in app.caption)
    assert "Unknown tokens in the new text" in said
    assert compared not in said
