"""The learner's own text on a page: given, looked at, kept, deleted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.text import CorpusSpec
from core.store.own_texts import OwnTexts
from core.text.own import digest
from core.text.tales import tales
from pages.parts.frame import services
from pages.parts.frame.services import shipped
from pages.parts.training import own_text
from tests.pages.components import told
from tests.pages.reading import quoted

OpenPage = Callable[..., AppTest]
SLUGS = ["ngram", "gpt", "lstm"]
TEXT = "One cat saw another cat. A dog saw both of them.\n" * 9
LIKE_SHIPPED = {
    "ngram_corpus": "own",
    "ngram_order": "3",
    "ngram_smoothing": "kneser_ney",
}
OTHER = "Two birds sang a song. The sky was blue.\n" * 9
KOREAN = "옛날 어느 마을에 가난하지만 마음씨 착한 나무꾼이 살고 있었습니다.\n" * 9
CHINESE = "从前有一个小女孩，她住在森林旁边的小屋里。\n" * 12


def paste(app: AppTest, slug: str, text: str) -> AppTest:
    return app.text_area(key=f"{slug}_own_text").set_value(text).run()


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    (uploader,) = app.file_uploader
    return uploader.set_value((name, data, "text/plain")).run()


def said(app: AppTest) -> str:
    return "\n".join(part.value for part in [*app.markdown, *app.caption, *app.warning])


def used(app: AppTest) -> str:
    """The digest of the text in use."""
    learner = app.session_state["learner"]
    own = OwnTexts(services.store()).given(learner)
    return own.digest if own is not None else ""


@pytest.mark.parametrize("slug", SLUGS)
def test_a_pasted_text_counts_and_is_shown(open_page: OpenPage, slug: str) -> None:
    app = paste(open_page(slug, **{f"{slug}_corpus": "own"}), slug, TEXT)
    assert not app.exception
    assert "In use: the text that you pasted." in said(app)
    assert f"{len(TEXT):,} characters" in said(app)
    assert used(app) == digest(TEXT)
    assert app.text_area(key=f"{slug}_own_text").value == TEXT


def test_the_last_one_given_counts_and_the_page_says_which(open_page: OpenPage) -> None:
    app = paste(open_page("ngram", ngram_corpus="own"), "ngram", TEXT)
    upload(app, "birds_*.txt", OTHER.encode())
    assert used(app) == digest(OTHER)
    assert r"In use: the file birds\_\*\.txt." in said(app)
    assert "The text in the box is not used" in said(app)
    assert app.text_area(key="ngram_own_text").value == TEXT
    paste(app, "ngram", TEXT + "Again.")
    assert used(app) == digest(TEXT + "Again.")
    assert "In use: the text that you pasted." in said(app)
    assert "is not used" not in said(app)
    upload(app, "birds.txt", OTHER.encode())
    assert used(app) == digest(OTHER)


def test_a_refused_text_leaves_the_one_before(open_page: OpenPage) -> None:
    app = paste(open_page("ngram", ngram_corpus="own"), "ngram", TEXT)
    upload(app, "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert "This is not text" in said(app)
    assert used(app) == digest(TEXT) and "In use" in said(app)
    paste(app, "ngram", "short")
    assert "has 5 characters" in said(app)
    assert app.text_area(key="ngram_own_text").value == "short"
    assert used(app) == digest(TEXT)


def test_a_guess_waits_until_it_is_confirmed(open_page: OpenPage) -> None:
    app = upload(open_page("ngram", ngram_corpus="own"), "tale.txt", KOREAN.encode("cp949"))
    assert "are these the right letters?" in said(app)
    assert app.selectbox(key="ngram_own_encoding").value == "cp949"
    assert any(text.startswith("옛날 어느") for text in quoted(app))
    assert used(app) == ""
    app.selectbox(key="ngram_own_encoding").set_value("gb18030").run()
    assert not any(text.startswith("옛날 어느") for text in quoted(app))
    app.selectbox(key="ngram_own_encoding").set_value("utf-8").run()
    assert "cannot be read as utf-8" in said(app)
    app.selectbox(key="ngram_own_encoding").set_value("cp949").run()
    app.button(key="ngram_own_use").click().run()
    assert used(app) == digest(KOREAN)
    assert "In use: the file" in said(app) and "right letters" not in said(app)


def test_a_guess_confirmed_twice_is_confirmed_once() -> None:
    """A second click comes before the page has changed: nothing waits any more."""
    own_text._confirm("confirmed_already")


def test_a_guess_can_be_left_out(open_page: OpenPage) -> None:
    app = paste(open_page("ngram", ngram_corpus="own"), "ngram", TEXT)
    upload(app, "tale.txt", KOREAN.encode("cp949"))
    app.button(key="ngram_own_drop").click().run()
    assert used(app) == digest(TEXT) and "right letters" not in said(app)


def test_a_file_cut_in_mid_character_says_what_is_lost(open_page: OpenPage) -> None:
    app = upload(open_page("ngram", ngram_corpus="own"), "zh.txt", CHINESE.strip().encode()[:-1])
    assert "One character was damaged or cut through" in said(app)
    assert used(app) == digest(CHINESE.strip()[:-1])


@pytest.mark.parametrize("other", ["gpt", "lstm"])
def test_the_text_is_there_in_every_lesson_and_after_the_page_was_left(
    open_page: OpenPage, other: str
) -> None:
    app = paste(open_page("ngram", ngram_corpus="own"), "ngram", TEXT)
    fresh = open_page(other, **{f"{other}_corpus": "own"})
    fresh.session_state["learner"] = app.session_state["learner"]
    fresh.run()
    assert "In use: the text that you pasted." in said(fresh)
    assert fresh.text_area(key=f"{other}_own_text").value in ("", TEXT)


def test_a_lesson_that_was_left_still_trains_on_the_text(open_page: OpenPage) -> None:
    app = paste(open_page("ngram", ngram_corpus="own"), "ngram", TEXT)
    for slug in ("attention", "ngram"):
        app._page_hash = calc_hash(slug)
        app.run()
    assert app.query_params["ngram_corpus"] == "own"
    assert app.text_area(key="ngram_own_text").value == TEXT
    assert "In use: the text that you pasted." in said(app)


def test_a_long_paste_is_not_sent_again_and_again(open_page: OpenPage) -> None:
    long = TEXT * 60
    app = paste(open_page("ngram", ngram_corpus="own"), "ngram", long)
    assert used(app) == digest(long)
    assert app.text_area(key="ngram_own_text").value == ""
    assert "In use: the text that you pasted." in said(app)
    app.run()
    assert used(app) == digest(long)


def test_deleting_takes_two_steps(open_page: OpenPage) -> None:
    mine = TEXT + "Nobody else gives this one."
    app = paste(open_page("ngram", ngram_corpus="own"), "ngram", mine)
    app.button(key="ngram_own_delete").click().run()
    assert "Your text is deleted here." in said(app)
    app.button(key="ngram_own_keep").click().run()
    assert used(app) == digest(mine)
    app.button(key="ngram_own_delete").click().run()
    app.button(key="ngram_own_delete_now").click().run()
    assert not app.exception
    assert used(app) == "" and app.text_area(key="ngram_own_text").value == ""
    assert not services.store().has_text(digest(mine))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_damaged_text_is_asked_for_again(open_page: OpenPage, slug: str) -> None:
    mine = TEXT + f"Only {slug} is given this one."
    app = paste(open_page(slug, **{f"{slug}_corpus": "own"}), slug, mine)
    (services.store().root / "texts" / f"{digest(mine)}.txt").write_bytes(b"\xff")
    _forget_what_is_remembered()
    fresh = open_page(slug, **{f"{slug}_corpus": "own"})
    fresh.session_state["learner"] = app.session_state["learner"]
    fresh.run()
    assert not fresh.exception
    paste(fresh, slug, mine)
    assert not fresh.exception
    assert services.store().text(digest(mine)) == mine


def test_nothing_of_an_upload_stays_in_the_session(open_page: OpenPage) -> None:
    app = upload(open_page("ngram", ngram_corpus="own"), "birds.txt", OTHER.encode())
    assert "ngram_own_file" not in app.session_state
    assert app.session_state["ngram_own_file_1"] is None


@pytest.mark.parametrize("slug", ["lstm"])
def test_a_button_to_train_is_there_before_the_text_is(open_page: OpenPage, slug: str) -> None:
    app = open_page(slug, **{f"{slug}_corpus": "own"})
    assert app.button(key=f"{slug}_train")
    app.button(key=f"{slug}_train").click().run()
    assert not app.exception


def test_the_file_everybody_has_is_counted(open_page: OpenPage) -> None:
    """Tiny Shakespeare has 1,115,394 bytes."""
    data = tales(4500, seed=3).text.encode()[:1_115_394]
    app = upload(open_page("ngram", ngram_corpus="own"), "input.txt", data)
    assert not app.exception and not app.warning
    assert "1,115,394 characters" in said(app)
    assert "**Counted" not in said(app) and "Counted: **2" in said(app)


@pytest.mark.parametrize("context", ["`", "a `code`", "see `", "<b>", 'a"b', "    "])
def test_tokens_of_markdown_and_code_are_readable_on_the_page(
    open_page: OpenPage, context: str
) -> None:
    text = 'Use `print` and `len`:\n\n    x = "<b>"  # a"b\n    print(x) </script> `x`\n\n' * 30
    app = paste(open_page("ngram", ngram_corpus="own", ngram_context=context), "ngram", text)
    assert not app.exception
    for part in [*app.markdown, *app.caption]:
        html = MarkdownIt().render(part.value.replace("\\`", ""))
        assert "`" not in re.sub(r"<code>.*?</code>", "", html), part.value
        assert "<b>" not in html and "</script>" not in html


def test_indented_code_keeps_its_indent(open_page: OpenPage) -> None:
    text = "def f(x):\n    return x\n\n\n" * 30
    app = paste(open_page("ngram", ngram_corpus="own", ngram_order="3"), "ngram", text)
    assert not app.exception
    for _ in range(4):
        written = "\n".join(quoted(app))
        assert "\n    return" in written.replace("⟦", "").replace("⟧", "")
        app.button(key="ngram_draw_again").click().run()


def test_counts_without_smoothing_name_the_first_impossible_token(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "The cat saw the dog. The dog saw the cat.\n" * 40 + "The zebra saw five quaggas there.\n"
    )
    monkeypatch.setattr("pages.parts.exercises.box.bet_placed", lambda slug, exercise: True)
    app = open_page("ngram", ngram_corpus="own", ngram_order="5", ngram_smoothing="mle")
    paste(app, "ngram", text)
    assert not app.exception
    assert [m.value for m in app.markdown if "is **∞**" in m.value]
    assert "`�`" in said(app)
    (figure,) = [
        json.loads(told(found)["figure"])
        for found in components(app)
        if found.id.endswith("-ngram_orders")
    ]
    drawn = [trace for trace in figure["data"] if trace.get("y")]
    assert drawn and all(value is not None for trace in drawn for value in trace["y"])
    assert 0 < figure["layout"]["yaxis"]["range"][1] < 100


def components(app: AppTest) -> list[BidiComponent]:
    found: list[BidiComponent] = []

    def walk(block: object) -> None:
        for child in getattr(block, "children", {}).values():
            if isinstance(getattr(child, "proto", None), BidiComponent):
                found.append(child.proto)
            walk(child)

    walk(app._tree)
    return found


def test_beside_the_loss_stand_the_unknown_words_and_what_a_character_costs(
    open_page: OpenPage,
) -> None:
    words = " ".join(f"word{number}" for number in range(4000))
    app = paste(open_page("ngram", **LIKE_SHIPPED), "ngram", words)
    learner = app.session_state["learner"]
    own = OwnTexts(services.store()).given(learner)
    assert own is not None and "per character" not in said(app)
    corpus = CorpusSpec(name="own", size=1, seed=0, digest=own.digest)
    spec = shipped("ngram").model_copy(update={"corpus": corpus})
    list(execute(Job(services.RUNS_FOLDER, spec, words)))
    app.run()
    assert not app.exception
    (sentence,) = [c.value for c in app.caption if "per character" in c.value]
    assert "the vocabulary has 1,000 entries" in sentence
    assert re.search(r"Validation loss: [\d.]+ per token, [\d.]+ per character\.", sentence)
    share = re.search(r"Unknown tokens in the new text: ([\d.]+)%", sentence)
    assert share is not None and float(share[1]) > 40
    assert "spelled by guessing" in sentence


def test_the_courses_own_texts_have_it_too(open_page: OpenPage) -> None:
    captions = [c.value for c in open_page("gpt", gpt_step="450").caption]
    (sentence,) = [caption for caption in captions if "Unknown tokens" in caption]
    assert "the vocabulary has 738 entries" in sentence


def _forget_what_is_remembered() -> None:
    own_text._written.cache_clear()
