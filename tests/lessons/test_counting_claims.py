"""What the lessons on counting, on the GPT and home say in numbers, held to what computes them."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from core.models.metrics import cross_entropy
from core.models.ngram import NGramModel
from core.models.ngram_tables import GramCounts
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.store.starters import starters
from core.text.corpora import load_corpus, split
from core.text.material import prepare
from core.worked.counting.copying import TokenPlaces, copied_runs, copied_share, longest_run
from core.worked.counting.costs import sizes
from core.worked.counting.drawing import written_tokens
from lessons.exercises import load_exercises
from lessons.measuring.counted import TALES
from lessons.text import LANGUAGES, LESSON_FOLDER

ROOT = LESSON_FOLDER.parent
SHIPPED = {starter.slug: starter.spec for starter in starters()}


def _prose(slug: str, language: str) -> str:
    return " ".join((LESSON_FOLDER / slug / f"{language}.md").read_text("utf-8").split())


def test_back_off_asks_whether_the_n_gram_was_seen_not_whether_its_context_was() -> None:
    """After 0 1 the token 3 never came, though the context is known; 3 itself was seen in another place."""
    tokens = np.array([0, 1, 2, 0, 1, 2, 4, 3])
    model = NGramModel.fit(tokens, 5, NGramSpec(order=3, smoothing="stupid_backoff"))
    scores = model.scores([np.array([0, 1])])[0]
    assert scores[2] == 1.0
    assert scores[3] == pytest.approx(0.4 * 0.4 * 1 / 8)
    assert "asks whether the n-gram was seen" in _prose("ngram", "en")
    for language in LANGUAGES:
        assert f" {NGramSpec().backoff:g}" in _prose("ngram", language)


def test_the_stories_are_two_thousand_with_those_held_out() -> None:
    corpora = [SHIPPED[slug].corpus for slug in ("ngram", "lstm", "gpt")]
    assert {corpus.size for corpus in corpora} == {2000}
    counted, held_out = split(load_corpus(corpora[0]).text)
    assert len(held_out) / (len(counted) + len(held_out)) == pytest.approx(0.1, abs=0.005)
    for slug, language in (("home", "en"), ("gpt", "en"), ("home", "zh"), ("gpt", "zh")):
        assert re.search("two thousand|两千个", _prose(slug, language))
        assert re.search("tenth|十分之一", _prose(slug, language))
        assert not re.search("few thousand|几千", _prose(slug, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_losses_that_the_gpt_lesson_compares_are_those_of_the_shipped_runs(
    language: str,
) -> None:
    prose = _prose("gpt", language)
    losses = {}
    for slug, spec in SHIPPED.items():
        lines = (ROOT / "starters" / spec.id / "metrics.jsonl").read_text("utf-8").splitlines()
        losses[slug] = json.loads(lines[-1])["validation_loss"]
    said = [prose.index(f" {losses[slug]:.1f}") for slug in ("ngram", "lstm", "gpt")]
    assert said == sorted(said)


def test_the_first_patterns_are_there_after_a_few_dozen_steps() -> None:
    """The loss is then below that of counting single tokens, and a third of the way to counting pairs."""
    spec = SHIPPED["gpt"]
    lines = (ROOT / "starters" / spec.id / "metrics.jsonl").read_text("utf-8").splitlines()
    measured = {line["step"]: line.get("validation_loss") for line in map(json.loads, lines)}
    material = prepare(spec, None)
    single, pairs = (
        cross_entropy(
            NGramModel.fit(
                material.training,
                material.tokenizer.vocabulary_size,
                NGramSpec(order=order, smoothing="kneser_ney"),
            ),
            material.validation[:20_000],
        )
        for order in (1, 2)
    )
    early = [loss for step, loss in measured.items() if loss and 24 <= step <= 36]
    assert early and all(loss < single - (single - pairs) / 3 for loss in early)
    assert "A few dozen nudges later the first patterns are there" in _prose("gpt", "en")
    assert "推上几十次，最初的规律就出现了" in _prose("gpt", "zh")


def test_the_shipped_gpt_has_one_table_in_and_out() -> None:
    model = SHIPPED["gpt"].model
    assert isinstance(model, GPTSpec)
    assert model.tied
    assert "weight tying" in _prose("gpt", "en")


def test_of_the_three_ways_of_smoothing_kneser_ney_guesses_best() -> None:
    material = prepare(SHIPPED["ngram"], None)
    for order in (2, 5):
        losses = {
            smoothing: cross_entropy(
                NGramModel.fit(
                    material.training,
                    material.tokenizer.vocabulary_size,
                    NGramSpec(order=order, smoothing=smoothing),
                ),
                material.validation[:5_000],
            )
            for smoothing in ("add_k", "stupid_backoff", "kneser_ney")
        }
        assert min(losses, key=losses.__getitem__) == "kneser_ney"
    assert "of the three ways of smoothing it guesses best on these stories" in _prose(
        "ngram", "en"
    )
    assert "在这些故事上，三种平滑里它猜得最准" in _prose("ngram", "zh")


@pytest.mark.parametrize("corpus", ["tales", "tales_zh"])
def test_the_higher_the_order_the_more_is_copied(corpus: str) -> None:
    """For five seeds: nothing at order 1, some at order 2, nearly all from order 3 on; all from order 5 on,
    as it must be. The longest runs at order 8 are more than twice as long as those at order 2."""
    spec = SHIPPED["ngram"]
    text = spec.corpus.model_copy(update={"name": corpus})
    material = prepare(spec.model_copy(update={"corpus": text}), None)
    size = material.tokenizer.vocabulary_size
    grams = GramCounts(material.training, size)
    places = TokenPlaces.of(material.training, size)
    nothing = material.training[:0]
    for seed in range(1, 6):
        runs = {}
        for order in (1, 2, 3, 5, 8):
            model = NGramModel(grams, NGramSpec(order=order, smoothing="mle"))
            runs[order] = copied_runs(places, written_tokens(model, nothing, 200, seed))
        shares = {order: copied_share(found) for order, found in runs.items()}
        assert shares[1] < 0.1 < shares[2] < 0.7 < 0.85 < shares[3]
        assert shares[5] == shares[8] == 1
        longest = {order: longest_run(found) for order, found in runs.items()}
        assert 2 * len(longest[2] or ()) < len(longest[8] or ())


def test_the_different_n_grams_double_from_order_4_to_order_8() -> None:
    material = prepare(SHIPPED["ngram"], None)
    found = sizes(GramCounts(material.training, material.tokenizer.vocabulary_size), (4, 8))
    assert [round(size.grams, -3) for size in found] == [48_000, 96_000]
    assert round(len(material.training), -4) == 110_000
    exercise = load_exercises("ngram", "en")["bet_cost"]
    assert "from 48,000 to 96,000" in exercise.explanation
    assert "110,000 counted tokens" in exercise.question
    assert f" {material.tokenizer.vocabulary_size} times" in exercise.question


def test_what_these_people_lose_is_one_of_a_hundred_things_and_what_follows_is_certain() -> None:
    """Said in "How good is a model?" of the sentence that is coloured there."""
    text = split(load_corpus(TALES).text)[0]
    assert 90 <= len(set(re.findall(r"lost (?:his|her) (\w+)", text))) <= 115
    assert 13 <= len(set(re.findall(r"One day \w+ (\w+)", text))) <= 17
    assert set(re.findall(r"lost (?:his|her) \w+ in (\w+)", text)) == {"the"}
