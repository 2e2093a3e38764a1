from __future__ import annotations

import pytest

from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.corpora import Corpus, load_corpus, split
from core.text.material import prepare
from core.text.probe import LONGEST, choose_probe
from core.text.tokenizers import train_tokenizer

TALES = CorpusSpec(size=200)


def test_the_probe_is_held_out_and_holds_a_pronoun_and_its_antecedent() -> None:
    corpus = load_corpus(TALES)
    training, validation = split(corpus.text)
    tokenizer = train_tokenizer(TokenizerSpec(), training)
    probe = choose_probe(corpus, validation, tokenizer, 64)
    assert probe.start >= len(training)
    assert corpus.text[: probe.start].endswith("\n\n")
    assert 0 < len(probe.tokens) == len(probe.shown) <= LONGEST
    written = tokenizer.decode(probe.tokens)
    assert corpus.text[probe.start :].startswith(written)
    end = probe.start + len(written)
    inside = [
        link
        for link in corpus.links
        if link.kind == "pronoun" and probe.start <= link.target[0] and link.source[1] <= end
    ]
    assert inside


@pytest.mark.parametrize("context", [2, 7])
def test_the_probe_fits_the_context(context: int) -> None:
    spec = RunSpec(corpus=TALES, model=GPTSpec(width=8, heads=1, context=context))
    assert len(prepare(spec).probe.tokens) == context


@pytest.mark.parametrize("name", ["tales_zh", "python", "names"])
def test_every_corpus_has_a_probe(name: str) -> None:
    spec = RunSpec(corpus=CorpusSpec(name=name, size=60), model=NGramSpec())
    assert 1 < len(prepare(spec).probe.tokens) <= LONGEST


def test_without_links_it_is_the_beginning_of_the_validation_text() -> None:
    corpus = Corpus("first\n\nsecond passage here\n\nthird\n")
    tokenizer = train_tokenizer(TokenizerSpec(kind="characters", vocabulary=64), corpus.text)
    probe = choose_probe(corpus, "second passage here\n\nthird\n", tokenizer, 64)
    assert tokenizer.decode(probe.tokens) == "second passage here"
