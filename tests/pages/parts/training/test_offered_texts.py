"""Which texts a panel offers: all but the problems, unless a page asks for others."""

from __future__ import annotations

from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.solving import solving
from core.text.corpora import CORPORA
from pages.parts.frame.state import State
from pages.parts.training.knobs import read_knobs
from pages.parts.training.panel import run_words
from pages.parts.training.state import CORPUS_NAMES, OFFERED, TASK_NAMES, knobs_state


def test_every_text_has_a_name_and_problems_are_offered_to_nobody_who_does_not_ask() -> None:
    assert set(CORPUS_NAMES) == set(CORPORA)
    assert set(OFFERED) == set(CORPORA) - {"tasks"}
    assert tuple(knobs_state(State("offers"), RunSpec()).corpus.options or ()) == OFFERED
    asked = knobs_state(State("asks"), solving("sort", "rnn"), ("tasks", "tales"))
    assert tuple(asked.corpus.options or ()) == ("tasks", "tales")


def test_a_run_on_a_task_says_which_and_one_on_tales_has_none(monkeypatch) -> None:
    words = run_words(solving("sort", "rnn", seed=4))
    assert _(TASK_NAMES["sort"]) in words and "seed 4" in words
    knobs = knobs_state(State("turns"), solving("sort", "rnn"), ("tasks", "tales"))
    assert read_knobs(solving("sort", "rnn"), knobs).spec() == solving("sort", "rnn")
    knobs.corpus.set("tales")
    assert read_knobs(solving("sort", "rnn"), knobs).spec().corpus == CorpusSpec(size=2000)


def _(message: str) -> str:
    return message
