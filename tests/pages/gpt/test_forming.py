"""What follows the scrubber of the GPT lesson besides losses and heads, and when a head forms."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from core.inspection.gold_links import LINK_KINDS, link_cases, links_found, shares_on_links
from core.inspection.lens import logit_lens
from core.inspection.snapshots import READ_TOKENS, watched
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec
from core.store.view import RunView
from core.text.material import prepare
from pages.gpt.film.forming import KINDS, Formed, formed
from pages.parts.frame import services
from pages.parts.training.replay import mark_of, packed
from pages.parts.training.said import said_at
from tests.pages.components import sent
from tests.pages.conftest import OpenPage


@pytest.fixture
def shipped() -> RunView:
    run = services.look().at(services.shipped("gpt"))
    assert run is not None
    return run


def test_the_kinds_of_links_stand_in_the_order_of_the_arrays() -> None:
    assert KINDS == LINK_KINDS


def test_what_is_watched_equals_what_the_model_says() -> None:
    """Lens, next tokens and link scores against plain readings of the same model."""
    spec = services.shipped("gpt")
    material = prepare(spec, None)
    torch.manual_seed(3)
    gpt = GPT(GPTSpec(layers=2, heads=2, width=16, context=64), material.tokenizer.vocabulary_size)
    gpt.eval()
    seen = watched(gpt, material.probe, material.tokenizer, spec.corpus)
    assert set(seen) == set(GPTSpec.snapshot_arrays)
    passage = seen["passage"].astype(np.int64)
    with torch.no_grad():
        said = gpt(torch.from_numpy(passage[None, :-1]))[0].log_softmax(-1).double().numpy()
    np.testing.assert_allclose(seen["next_shares"], np.exp(np.sort(said[-1])[::-1][:8]), rtol=2e-3)
    np.testing.assert_array_equal(seen["lens_tokens"][:, -1], said[-READ_TOKENS:].argmax(-1))
    stages = {stage.point: stage.logp for stage in logit_lens(gpt, passage[:-1])}
    for column, point in enumerate(("embedded", "blocks.0.after_mlp", "blocks.1.after_mlp")):
        best = stages[point][-READ_TOKENS:].max(-1)
        np.testing.assert_allclose(seen["lens_shares"][:, column], np.exp(best), rtol=2e-3)
    cases = link_cases(material.tokenizer, spec.corpus, 64, most_stories=80)
    found = links_found(gpt, material.tokenizer, spec.corpus, 64)
    shares = shares_on_links(gpt, cases)
    for link in found:
        if link.row == "before":
            mean = shares[LINK_KINDS.index(link.kind), link.layer, link.head]
            assert mean == pytest.approx(link.share, rel=0.02)
            assert cases.chance()[LINK_KINDS.index(link.kind)] == pytest.approx(
                link.chance, rel=0.02
            )


def test_the_browser_gets_what_the_page_draws(shipped: RunView) -> None:
    answer = json.loads(packed(shipped.id, 0, len(shipped.full), mark_of(shipped)).body)
    for record, step in zip(answer["records"], shipped.full_steps, strict=True):
        said = said_at(shipped, step)
        assert said is not None
        assert record["next"] == {"tokens": said.next, "shares": said.next_shares}
        assert record["lens"]["comes"] == said.passage[-len(said.lens) :]


def test_a_run_without_these_arrays_has_a_sentence_in_their_place(shipped: RunView) -> None:
    assert said_at(shipped, shipped.full_steps[-1], {"attention": np.zeros(1)}) is None
    assert formed(None) == {}


def test_half_way_is_where_the_best_head_first_has_half() -> None:
    shares = np.array([[[0.1, 0.1]], [[0.1, 0.3]], [[0.2, 0.5]], [[0.1, 0.8]]])
    found = Formed("agreement", (0, 10, 20, 30), (6.0, 3.0, 2.0, 1.0), shares, 0.1)
    assert (found.best, found.half_way, found.is_found) == ((0, 1), 2, True)
    assert found.fallen == pytest.approx(0.8)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_after_the_bet_curves_lens_and_bars_stand_under_a_scrubber_of_their_own(
    open_page: OpenPage, language: str
) -> None:
    app = open_page("gpt", language, whole="1")
    assert sent(app, "gpt_forming") is None
    app.session_state["gpt_bet_forming_bet"] = "late"
    app.run()
    assert not app.exception
    for name in ("forming", "lens_at_step", "next_alone"):
        data = sent(app, f"gpt_{name}")
        assert data is not None and json.loads(data["figure"])["layout"]["meta"]["follows"]["alone"]
    track = sent(app, "gpt_forming_scrubber")
    assert track is not None and track["track"]["panel"] == "gpt"
    app.button_group(key="gpt_forming_kind").set_value("pronoun").run()
    assert not app.exception
