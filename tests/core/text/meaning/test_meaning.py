"""What is known of words: classes from the lists that stories are made of, opposites, people at work."""

from __future__ import annotations

from collections import Counter

import pytest

from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.corpora import load_corpus
from core.text.meaning.opposites import opposites
from core.text.meaning.professions import JOBS, PAIRS, professions
from core.text.meaning.word_classes import CLASS_NAMES, word_classes, word_groups
from core.text.tokenizers import train_tokenizer
from core.worked.vectors.words import words_of

BARE = TokenizerSpec(kind="bare", vocabulary=1000)


@pytest.mark.parametrize(
    ("corpus", "known", "examples"),
    [
        (
            "tales",
            0.8,
            {
                **{"Anna": "girls", "Ben": "boys", "cats": "animals", "hat": "things"},
                **{"table": "spots", "park": "places", "carrot": "food", "whispered": "actions"},
                **{"woolly": "qualities", "proud": "feelings", "Monday": "times", "two": "numbers"},
            },
        ),
        (
            "tales_zh",
            0.65,
            {
                **{"小红": "girls", "小明": "boys", "小猫": "animals", "围巾": "things"},
                **{"桌子": "spots", "公园": "places", "萝卜": "food", "穿上": "actions"},
                **{"漂亮": "qualities", "难过": "feelings", "星期一": "times", "条": "measures"},
            },
        ),
    ],
)
def test_most_words_of_the_tales_have_a_class_and_the_right_one(
    corpus: str, known: float, examples: dict[str, str]
) -> None:
    classes = word_classes(corpus)
    assert examples.items() <= classes.items()
    assert set(classes.values()) <= CLASS_NAMES.keys()
    text = load_corpus(CorpusSpec.model_validate({"name": corpus, "size": 600})).text
    words = words_of(train_tokenizer(BARE, text))
    assert sum(word in classes for word in words) / len(words) > known
    assert min(Counter(classes.values()).values()) >= 6


def test_a_word_of_two_uses_has_no_class() -> None:
    assert "seeds" not in word_classes("tales")  # planted, and eaten by animals
    assert "高兴" not in word_classes("tales") and len(word_classes("names")) == 0


def test_things_are_grouped_by_what_one_does_with_them() -> None:
    groups = word_groups("tales")
    assert groups["hat"] == groups["scarves"] != groups["drum"] == groups["violins"]
    assert word_groups("tales_zh")["围巾"] == word_groups("tales_zh")["丝巾"]
    assert not word_groups("python")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_of_opposites_says_both_ends_of_the_same_things(language: str) -> None:
    made = opposites(2000, 3, language)  # type: ignore[arg-type]
    assert made == opposites(2000, 3, language)  # type: ignore[arg-type]
    tokenizer = train_tokenizer(BARE, made.text)
    words = set(words_of(tokenizer))
    assert all({*pair} <= words for pair in (*made.synonyms, *made.antonyms))
    assert (len(made.synonyms), len(made.antonyms)) == (16, 32)
    assert not set(made.synonyms) & set(made.antonyms)
    words_in_order = [tokenizer.show(int(token)) for token in tokenizer.encode(made.text)]
    counts = Counter(words_in_order)
    for one, other in made.antonyms:
        assert 0.6 < counts[one] / counts[other] < 1.7


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("women", [0.5, 0.9])
def test_people_at_work_are_women_as_often_as_asked_for(language: str, women: float) -> None:
    made = professions(4000, women, 1, language)  # type: ignore[arg-type]
    jobs = JOBS[language]  # type: ignore[index]
    shares = [made.women[job] for job in jobs]
    half = len(jobs) // 2
    assert sum(shares[:half]) / half == pytest.approx(women, abs=0.05)
    assert sum(shares[half:]) / (len(jobs) - half) == pytest.approx(1 - women, abs=0.05)
    words = set(words_of(train_tokenizer(BARE, made.text)))
    assert {*jobs, *(w for pair in PAIRS[language] for w in pair)} <= words  # type: ignore[index]


def test_what_is_said_besides_treats_women_and_men_alike() -> None:
    """Counted without the sentences that name a job."""
    made = professions(6000, 1.0, 2)
    besides = [s for s in made.text.split(". ") if not any(job in s for job in JOBS["en"])]
    counts = Counter(" ".join(besides).lower().replace(".", "").split())
    for he, she in PAIRS["en"]:
        assert 0.85 < counts[he.lower()] / counts[she.lower()] < 1.15
