import pytest

from core.text.corpus import Corpus
from core.text.lexicon_zh import ANIMALS, BOYS, FOODS, GIRLS, THING_GROUPS
from core.text.tales_zh import tales_zh

NOUNS = [*(noun for group in THING_GROUPS for noun in group), *ANIMALS, *FOODS]
MEASURE = {noun.word: noun.measure for noun in NOUNS}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return tales_zh(200, seed=3)


def sides(corpus: Corpus, kind: str) -> list[tuple[str, str]]:
    return [
        (corpus.text[slice(*link.source)], corpus.text[slice(*link.target)])
        for link in corpus.links
        if link.kind == kind
    ]


def test_every_noun_is_linked_to_its_own_measure_word(corpus: Corpus) -> None:
    pairs = sides(corpus, "measure")
    assert len(pairs) > 500
    for noun, measure in pairs:
        assert MEASURE[noun] == measure
    assert len({measure for _, measure in pairs}) > 10


def test_some_nouns_stand_far_from_their_measure_word(corpus: Corpus) -> None:
    far = [
        link
        for link in corpus.links
        if link.kind == "measure" and link.source[0] - link.target[1] >= 3
    ]
    assert len(far) > 50


def test_every_pronoun_is_linked_to_someone_it_can_mean(corpus: Corpus) -> None:
    pairs = sides(corpus, "pronoun")
    for pronoun, antecedent in pairs:
        expected = {"她": GIRLS, "他": BOYS, "它": MEASURE}[pronoun]
        assert antecedent in expected
    linked = {sign: sum(pronoun == sign for pronoun, _ in pairs) for sign in "他她"}
    assert linked == {sign: corpus.text.count(sign) for sign in "他她"}


def test_a_topic_is_who_or_what_the_clause_before_is_about(corpus: Corpus) -> None:
    topics = [link for link in corpus.links if link.kind == "topic"]
    assert len(topics) > 400
    for link in topics:
        topic = corpus.text[slice(*link.target)]
        assert topic in (*GIRLS, *BOYS, "他", "她", *MEASURE)
        between = corpus.text[link.target[1] : link.source[0]]
        assert "，" in between, "a verb right after its subject is no topic chain"
        assert "。" not in between


def test_links_look_back_and_come_in_order(corpus: Corpus) -> None:
    assert all(link.target[1] <= link.source[0] for link in corpus.links)
    assert list(corpus.links) == sorted(corpus.links, key=lambda link: link.source)


def test_the_text_is_chinese_and_well_formed(corpus: Corpus) -> None:
    stories = corpus.text.split("\n\n")
    assert len(stories) == 200
    for story in stories:
        assert not any(sign.isascii() for sign in story.rstrip("\n"))
        assert story.count("“") == story.count("”")
        assert story.rstrip().endswith("。")
        assert 50 <= len(story) <= 140
    assert len(set(corpus.text)) < 800


def test_the_seed_decides() -> None:
    assert tales_zh(40, seed=7) == tales_zh(40, seed=7)
    assert tales_zh(40, seed=7) != tales_zh(40, seed=8)


def test_names_say_their_gender() -> None:
    assert not set(GIRLS) & set(BOYS)
