"""The lesson on word vectors without a browser: it opens, what is typed is answered, bets hold."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.errors import LearnerError
from core.spec.text import TokenizerSpec
from core.text.pieces import UNKNOWN
from core.text.tokenizers import train_tokenizer
from core.text.words import WordTokenizer
from core.worked.vectors.words import words_of
from pages.embeddings.state import CENTRE, PICKED, WORD
from pages.embeddings.tables import WordTable
from tests.pages.choosing import choose
from tests.pages.components import sent
from tests.pages.conftest import OpenPage


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def bet(app: AppTest, name: str, option: str) -> AppTest:
    app.button_group(f"embeddings_{name}_answer").set_value(option).run()
    return app.button(f"embeddings_{name}_check").click().run()


def cloud(app: AppTest, key: str = "embeddings_cloud") -> dict:  # type: ignore[type-arg]
    found = sent(app, key)
    assert found is not None
    return found["cloud"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(("language", "word"), [("en", "dog"), ("zh", "小狗")])
def test_it_opens_with_words_of_the_language(open_page: OpenPage, language: str, word: str) -> None:
    app = open_page("embeddings", language)
    assert not app.exception
    assert not app.warning
    assert app.text_input(key="embeddings_picked").value == word
    assert sent(app, "embeddings_table") is not None
    assert sent(app, "embeddings_cloud") is None, "the bet comes first"
    bet(app, "bet_close", "kind")
    assert not app.exception
    assert app.success
    drawn = cloud(app)
    assert drawn["words_of"][drawn["chosen"]] == word
    assert drawn["follows"]["step"] == 1000


def test_a_word_is_looked_up_and_one_that_is_none_is_named(open_page: OpenPage) -> None:
    app = open_page("embeddings")
    app.text_input(key="embeddings_picked").set_value("Cat").run()
    assert not app.exception
    assert "Number 1 of `cat`" in texts(app)
    choose(app, PICKED, "zebra")
    assert "no “zebra”" in app.warning[0].value
    app.text_input(key="embeddings_picked").set_value("<b> $x$ 🙂").run()
    assert not app.exception
    assert app.warning


@pytest.mark.parametrize(
    ("typed", "said", "warned"),
    [
        ("The dog near the bench was hungry", "makes **3** pairs: dog → The", ""),
        ("dog", "stands alone", ""),
        ("zzz dog qqq", "**", ""),
        ("🙂", "", "at least two words"),
        ("", "", "at least two words"),
    ],
)
def test_any_sentence_gets_pairs_or_a_sentence(
    open_page: OpenPage, typed: str, said: str, warned: str
) -> None:
    app = open_page("embeddings")
    app.text_input(key="embeddings_sentence").set_value(typed).run()
    assert not app.exception
    assert said in texts(app)
    assert bool(app.warning) == bool(warned)
    assert not warned or warned in app.warning[0].value


def test_the_word_in_the_middle_is_picked(open_page: OpenPage) -> None:
    app = open_page("embeddings")
    choose(app, CENTRE, 5)
    assert "`bench` makes **4** pairs" in texts(app)
    assert "does it stand near `bench`?" in texts(app)


def test_neighbours_are_those_of_the_step_and_the_word(open_page: OpenPage) -> None:
    app = bet(open_page("embeddings"), "bet_close", "kind")
    last = cloud(app)["vectors"]
    app = bet(open_page("embeddings", embeddings_step="0"), "bet_close", "kind")
    assert cloud(app)["follows"]["step"] == 0
    assert cloud(app)["vectors"] != last
    choose(app, WORD, "Mia")
    drawn = cloud(app)
    assert drawn["words_of"][drawn["chosen"]] == "Mia"
    app.text_input(key="embeddings_word").set_value("zebra").run()
    assert not app.exception
    assert "no “zebra”" in app.warning[0].value
    assert cloud(app)["words_of"], "the cloud stays"


@pytest.mark.parametrize(
    ("typed", "said", "warned"),
    [
        ("2 1 0, 4 2 0", "**1.00**", ""),
        ("1 0, 0 1", "90°", ""),
        ("1 0；-1 0", "opposite ways", ""),
        ("1 2, 3", "", "needs as many in both"),
        ("0 0, 1 1", "", "no direction"),
        ("1 2 3", "", "one comma"),
        ("a b, c d", "", "not a number"),
        ("1e9 1, 1 1", "", "1,000,000"),
        ("1e-200 0, 1 1", "", "larger numbers"),
        (", ", "", "one to eight"),
    ],
)
def test_own_vectors_get_a_cosine_or_a_sentence(
    open_page: OpenPage, typed: str, said: str, warned: str
) -> None:
    app = open_page("embeddings", embeddings_compared="numbers", embeddings_hand=typed)
    assert not app.exception
    assert said in texts(app)
    assert bool(app.warning) == bool(warned)
    assert not warned or warned in app.warning[0].value


@pytest.mark.parametrize(("language", "answer"), [("en", "**`her`**"), ("zh", "**`吃完`**")])
def test_an_analogy_is_answered_and_a_word_that_is_none_is_named(
    open_page: OpenPage, language: str, answer: str
) -> None:
    app = bet(open_page("embeddings", language), "bet_step", "other")
    assert not app.exception
    assert app.success
    assert answer not in texts(app), "it opens with what the bet asks"
    app.button(key="embeddings_example_0").click().run()
    assert not app.exception
    assert answer in texts(app)
    app.text_input(key="embeddings_c").set_value("zebra").run()
    assert not app.exception
    assert "zebra" in app.warning[0].value


def test_the_odd_one_out(open_page: OpenPage) -> None:
    app = open_page("embeddings")
    assert "`piano` has the smallest cosine" in texts(app)
    for typed in ("dog cat", "dog dog cat", "dog cat zebra", ""):
        app.text_input(key="embeddings_odd").set_value(typed).run()
        assert not app.exception
        assert app.warning


def test_a_step_lowers_the_loss_and_a_long_one_raises_it(open_page: OpenPage) -> None:
    app = open_page("embeddings", "zh")
    assert "越过了最低点" not in texts(app)
    app.slider(key="embeddings_rate_by_hand").set_value(5.0).run()
    assert not app.exception
    assert "越过了最低点" in texts(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_step_that_is_shown_moves_each_answer_towards_its_truth(
    open_page: OpenPage, language: str
) -> None:
    """The page says so of this step; of others, where all answers pull at one vector, it need not hold."""
    app = open_page("embeddings", language)
    table = next(
        one.value
        for one in app.markdown
        if "| 1 | 0." in one.value and ":--|--:|--:|--:|" in one.value
    )
    rows = [line.split("|")[2:5] for line in table.splitlines()[2:]]
    said = [(int(truth), *(float(one.replace("< ", "")) for one in rest)) for truth, *rest in rows]
    assert [truth for truth, *_ in said] == [1, 0, 0, 0]
    assert said[0][2] > said[0][1] + 0.05
    assert all(after <= before + 0.0015 for _truth, before, after in said[1:])
    assert "共用一个 v" not in texts(app) and "share one v" not in texts(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_counted_is_shown_after_its_bet(open_page: OpenPage, language: str) -> None:
    app = open_page("embeddings", language)
    for name, option, key in (
        ("bet_counting", "near", "embeddings_counted"),
        ("bet_antonyms", "same", "embeddings_opposites"),
        ("bet_bias", "goes", "embeddings_lean"),
    ):
        assert sent(app, key) is None
        bet(app, name, option)
        assert not app.exception
        assert sent(app, key) is not None, name
    assert len(app.success) == 3
    assert sent(app, "embeddings_pca") is not None
    assert sent(app, "embeddings_tsne") is not None


def test_words_are_measured_along_a_step_of_ones_own(open_page: OpenPage) -> None:
    app = open_page("embeddings")
    assert sent(app, "embeddings_probe") is not None
    for key, typed in (("paired", "he"), ("paired", "he zebra"), ("probed", " ")):
        app = open_page("embeddings", **{f"embeddings_{key}": typed})
        assert not app.exception
        assert app.warning


def test_vectors_of_others_are_offered_with_their_size(open_page: OpenPage) -> None:
    app = open_page("embeddings")
    assert "**76 MB**" in texts(app)
    assert app.button(key="embeddings_fetch")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("�", "␣", "␣the", "the", "␣cat", "."), ["the", "cat"]),
        (("�", ".", "␣"), []),
    ],
)
def test_examples_are_words_as_they_are_typed(words: tuple[str, ...], shown: list[str]) -> None:
    vectors = np.ones((len(words), 2), dtype=np.float32)
    vectors[0] = 0
    table = WordTable(words, vectors, (None,) * len(words), WordTokenizer([UNKNOWN, *words[1:]]))
    assert table.examples(6) == shown


def test_a_word_of_several_tokens_has_no_row() -> None:
    tokenizer = train_tokenizer(
        TokenizerSpec(kind="bpe", vocabulary=300), "the cat saw the dog. " * 30
    )
    words = words_of(tokenizer)
    vectors = np.ones((len(words), 2), dtype=np.float32)
    table = WordTable(words, vectors, (None,) * len(words), tokenizer)
    assert words[table.row("cat")].strip("␣") == "cat"
    with pytest.raises(LearnerError, match="no “elephant”"):
        table.row("elephant")
