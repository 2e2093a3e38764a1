"""What the shipped GPT loses without some heads, and what is asked about them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.answers import Answerer
from core.errors import LearnerError
from core.inspection.ablation import KINDS, fresh_stories, loss_without
from core.inspection.tap import tap
from core.questions import Ablate, EveryHeadOff, StoryMaps, TraceLayer, Without
from core.store.starters import starters
from core.store.store import Library, Store

SHIPPED = Path(__file__).parents[3] / "starters"
GPT = next(starter.spec for starter in starters() if starter.slug == "gpt")
LSTM = next(starter.spec for starter in starters() if starter.slug == "lstm")
LOOKING = (1, 1)
"""The head with most of its attention on the subject, as the lesson's text names it."""
NEEDED = (1, 0)
"""The one that looks there a little less, and of which the exercise says that more is lost without it."""


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(Library([Store(SHIPPED, read_only=True)]))


def test_the_head_named_in_the_lesson_is_the_one_that_looks(answerer: Answerer) -> None:
    found = answerer.answer(EveryHeadOff(GPT.id))
    assert np.unravel_index(int(found.share.argmax()), found.share.shape) == LOOKING
    assert 0.75 < found.share[LOOKING] < 0.8
    assert 0.39 < found.share[NEEDED] < 0.42
    assert np.delete(found.share.ravel(), [4, 5]).max() < 0.1
    assert found.after[1][1].right >= 0.9 * found.before.right, (
        "the head that looks most is not needed"
    )
    assert found.after[1][0].right < found.after[1][1].right - 8
    pronoun = [[h.losses["pronoun"] for h in row] for row in found.after]
    assert np.argmax(pronoun) == 2
    alone = answerer.answer(Without(GPT.id, ((0, 1),)))
    assert alone.after == found.after[0][1] and alone.before == found.before


def test_stories_are_scored_as_a_plain_ablation_scores_them(answerer: Answerer) -> None:
    loaded = answerer.loaded(GPT.id)
    gpt = loaded.gpt()
    stories = fresh_stories(loaded.tokenizer, GPT.corpus, gpt.context, 1, 5)
    ids = stories.tokens[0, : stories.lengths[0]]
    text = loaded.tokenizer.decode(ids)
    plain = answerer.answer(Ablate(GPT.id, text, frozenset({LOOKING})))
    ours = loss_without(gpt, stories, [LOOKING])
    kinds = stories.kinds[0, 1 : len(ids)]
    for place, kind in enumerate(KINDS):
        if (kinds == place).any():
            assert ours.losses[kind] == pytest.approx(plain.after[kinds == place].mean(), abs=1e-4)


def test_each_scored_verb_has_another_form_and_a_subject_some_tokens_back(
    answerer: Answerer,
) -> None:
    loaded = answerer.loaded(GPT.id)
    stories = fresh_stories(loaded.tokenizer, GPT.corpus, 64, 20, 3)
    assert len(stories.links) == (stories.rivals >= 0).sum() > 5
    for story, verb, subject in stories.links:
        shown, other = (
            loaded.tokenizer.show(int(array[story, verb]))
            for array in (stories.tokens, stories.rivals)
        )
        assert {shown, other} in ({"␣was", "␣were"}, {"␣is", "␣are"})
        assert subject <= verb - 2


def test_a_layer_traced_by_hand_is_what_the_model_computes(answerer: Answerer) -> None:
    text = "One morning Mia lost her ball in the park."
    loaded = answerer.loaded(GPT.id)
    tokens, _ = loaded.text(text)
    for layer in range(2):
        answer = answerer.answer(TraceLayer(GPT.id, text, layer))
        with torch.inference_mode(), tap(loaded.gpt(), "blocks.*.attention.output") as seen:
            loaded.gpt()(torch.as_tensor(tokens)[None])
        expected = seen[f"blocks.{layer}.attention.output"][0].numpy()
        np.testing.assert_allclose(answer.trace.output, expected, atol=1e-4)
        assert len(answer.tokens) == len(tokens) and len(answer.trace.heads) == 4


def test_a_story_comes_with_its_known_links(answerer: Answerer) -> None:
    for place in range(30):
        story = answerer.answer(StoryMaps(GPT.id, place))
        assert story.maps.shape[2:] == (len(story.ids),) * 2 and story.links
        for query, key in story.links:
            assert story.tokens[query + 1] in ("␣was", "␣were", "␣is", "␣are")
            assert key < query


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (TraceLayer(GPT.id, "Mia", 2), "no head 0 in layer 2"),
        (TraceLayer(GPT.id, "", 0), "longer text"),
        (TraceLayer(LSTM.id, "Mia", 0), "about attention"),
        (Without(GPT.id, ((0, 9),)), "no head 9"),
        (EveryHeadOff(GPT.id, GPT.corpus.seed), "another seed"),
    ],
)
def test_what_cannot_be_answered_says_why(answerer: Answerer, question, sentence) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LearnerError, match=sentence):
        answerer.answer(question)
