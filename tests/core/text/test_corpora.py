from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.spec.text import CorpusSpec
from core.text.corpora import CORPORA, load_corpus, split
from core.text.own import check_own_text, digest
from core.text.tales import tales

MADE = [name for name in CORPORA if name != "own"]
OWN = tales(10, seed=5).text


def spec(name: str, size: int = 30, seed: int = 7) -> CorpusSpec:
    return CorpusSpec(name=name, size=size, seed=seed)  # type: ignore[arg-type]


def test_the_registry_has_every_name_of_the_specification() -> None:
    assert set(CORPORA) == set(get_args(CorpusSpec.model_fields["name"].annotation))
    assert all(info.name == name for name, info in CORPORA.items())


@pytest.mark.parametrize("name", MADE)
def test_each_corpus_is_made_and_made_the_same_twice(name: str) -> None:
    corpus = load_corpus(spec(name))
    assert len(corpus.text) > 60 and corpus.text.endswith("\n")
    assert corpus == load_corpus(spec(name))
    assert bool(corpus.links) == CORPORA[name].links


@pytest.mark.parametrize("name", ["tales", "tales_zh", "names", "names_zh"])
def test_seed_and_size_decide(name: str) -> None:
    assert load_corpus(spec(name, seed=1)).text != load_corpus(spec(name, seed=2)).text
    boundary = {"stories": "\n\n", "names": "\n"}[CORPORA[name].unit]
    for size in (1, 25):
        assert len(load_corpus(spec(name, size)).text.rstrip("\n").split(boundary)) == size


def test_own_text_is_the_one_that_is_named() -> None:
    named = CorpusSpec(name="own", digest=digest(check_own_text(OWN)))
    assert load_corpus(named, OWN).text == OWN
    assert load_corpus(named, OWN.replace("\n", "\r\n")).text == OWN
    with pytest.raises(LearnerError, match="another text"):
        load_corpus(named, OWN + "more")
    with pytest.raises(LearnerError, match="give the text again"):
        load_corpus(named)
    with pytest.raises(LearnerError, match="at least 200"):
        load_corpus(named, "short text")


@given(st.text(alphabet="ab.\n", max_size=400))
def test_the_two_parts_are_the_text_and_the_second_is_about_a_tenth(text: str) -> None:
    train, validation = split(text)
    assert train + validation == text
    assert abs(len(validation) - len(text) / 10) <= len(text) / 20 + 3
    if len(text) >= 2:
        assert train and validation


def test_stories_are_not_cut() -> None:
    train, validation = split(tales(100, seed=1).text)
    assert train.endswith(".\n\n") or train.endswith('"\n\n')
    assert validation[0].isupper()
    assert 0.08 < len(validation) / len(train + validation) < 0.12


def test_lines_are_not_cut_and_text_without_lines_is() -> None:
    train, validation = split("a line here\n" * 50)
    assert train.endswith("\n") and validation.startswith("a line")
    assert split("x" * 100) == ("x" * 90, "x" * 10)
