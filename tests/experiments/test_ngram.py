"""What the N-gram lesson says of its ways of smoothing, on stories written with five seeds."""

from __future__ import annotations

from functools import cache

import pytest

from core.models.ngram import NGramModel
from core.models.ngram_tables import GramCounts
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.text.material import prepare
from lessons.text import LESSON_FOLDER
from pages.ngram.state import SMOOTHINGS
from tests.experiments.seeds import SEEDS

ORDER = 6


@cache
def losses(
    corpus: str, seed: int, smoothing: str, discount: float | None = 0.75
) -> tuple[float, ...]:
    """The loss on held-out stories at order 1, 2, … 6."""
    grams, places = counted(corpus, seed)
    spec = NGramSpec(order=ORDER, smoothing=smoothing, discount=discount)
    models = NGramModel.of_each_order(grams, spec)
    return tuple(-float(model.log_probabilities_at(places).mean()) for model in models)


@cache
def counted(corpus: str, seed: int):
    spec = RunSpec(corpus=CorpusSpec(name=corpus, size=400, seed=seed), model=NGramSpec())
    material = prepare(spec, None)
    grams = GramCounts(material.training, material.tokenizer.vocabulary_size)
    return grams, grams.places(material.validation, ORDER)


@pytest.mark.parametrize("corpus", ["tales", "tales_zh"])
@pytest.mark.parametrize("seed", SEEDS)
def test_from_order_three_on_kneser_ney_guesses_new_stories_best(seed: int, corpus: str) -> None:
    for order in range(3, ORDER + 1):
        found = {name: losses(corpus, seed, name)[order - 1] for name in SMOOTHINGS}
        assert min(found, key=found.__getitem__) == "kneser_ney", (order, found)
    assert "From order 3 on, Kneser–Ney guesses new stories" in prose("en")
    assert "从三阶起，在新的故事上，本页的各种办法里 Kneser–Ney 猜得最准" in prose("zh")


@pytest.mark.parametrize("corpus", ["tales", "tales_zh"])
@pytest.mark.parametrize("seed", SEEDS)
def test_an_estimated_discount_is_seldom_much_better_than_the_usual_one(
    seed: int, corpus: str
) -> None:
    """Nor worse: it spares the choosing, and at most orders changes the second decimal at best."""
    usual, estimated = (losses(corpus, seed, "kneser_ney", d) for d in (0.75, None))
    gains = [before - after for before, after in zip(usual, estimated, strict=True)]
    assert all(-0.02 < gain < 0.06 for gain in gains), gains
    assert gains[1] > 0
    assert "It is seldom much better than 0.75" in prose("en")
    assert "它很少比 0.75 好出许多" in prose("zh")


def prose(language: str) -> str:
    return " ".join((LESSON_FOLDER / "ngram" / f"{language}.md").read_text("utf-8").split())
