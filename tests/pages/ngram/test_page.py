"""The N-gram lesson: what it shows is what was counted, for every choice and any text."""

from __future__ import annotations

import gc
import math
import re
import weakref
from collections.abc import Callable
from typing import NoReturn

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.models.metrics import cross_entropy
from core.models.ngram import NGramModel
from core.models.ngram_steps import Step
from core.spec.families.ngram import NGramSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.text.own import digest
from core.text.prompt import read_prompt
from lessons.exercises import load_exercises
from pages.ngram.choices import SMOOTHINGS
from pages.ngram.counted import (
    ORDERS,
    Counted,
    count,
    first_impossibles,
    lines_around,
    losses_by_order,
    marked,
    unseen_shares,
)
from pages.ngram.formula import formula, number, power_of_ten, prepared
from pages.ngram.state import CONTEXT, ROOT, TOKEN, TOKENIZER
from pages.parts.frame.services import shipped
from pages.parts.training import controls
from tests.pages.choosing import choose, chosen

OpenPage = Callable[..., AppTest]

CONTEXT = CONTEXT.first
LONG_WORDS = "incomprehensibilities counterrevolutionaries " * 6


def counted(**model: object) -> Counted:
    base = shipped("ngram")
    return count(base.model_copy(update={"model": NGramSpec(**model)}), None)


def own(text: str, order: int) -> RunSpec:
    corpus = CorpusSpec(name="own", size=1, seed=0, digest=digest(text))
    return shipped("ngram").model_copy(update={"corpus": corpus, "model": NGramSpec(order=order)})


def evaluate(latex: str) -> float:
    """The value of a right side of ``formula``, by turning its LaTeX into Python, fractions from within."""
    code, count = re.sub(r"10\^\{(-?\d+)\}", r"10**(\1)", latex), 1
    while count:
        code, count = re.subn(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", code)
    code = code.replace(r"\cdot", "*").replace(r"\times", "*").replace(r"\max", "max")
    assert re.fullmatch(r"[\d\s.+*/()\-,maxe]+", code), code
    return float(eval(code, {"__builtins__": {}, "max": max}))


def formulas(app: AppTest) -> list[str]:
    return re.findall(r"\$\\displaystyle (.*?)\$", shown(app))


def shown(app: AppTest) -> str:
    return "\n".join([*(m.value for m in app.markdown), *(c.value for c in app.caption)])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("smoothing", list(SMOOTHINGS))
@pytest.mark.parametrize("order", ["1", "8"])
def test_every_choice_opens(open_page: OpenPage, language: str, smoothing: str, order: str) -> None:
    app = open_page("ngram", language, ngram_order=order, ngram_smoothing=smoothing)
    assert not app.exception
    assert app.session_state["ngram_order"] == int(order)
    assert formulas(app)


@pytest.mark.parametrize("corpus", ["tales_zh", "python", "names", "names_zh"])
def test_every_text_opens(open_page: OpenPage, corpus: str) -> None:
    app = open_page("ngram", ngram_corpus=corpus)
    assert not app.exception
    assert not app.warning


@pytest.mark.parametrize("kind", ["characters", "bpe"])
def test_a_text_is_counted_in_the_tokens_that_are_chosen(open_page: OpenPage, kind: str) -> None:
    app = open_page("ngram", ngram_tokenizer=kind, ngram_vocabulary="300", ngram_order="5")
    assert not app.exception and not app.warning
    base = shipped("ngram")
    tokens = TokenizerSpec.model_validate({"kind": kind, "vocabulary": 300})
    found = count(base.model_copy(update={"tokenizer": tokens}), None)
    assert f"Counted: **{len(found.training):,}** tokens" in shown(app)
    assert formulas(app)


def test_names_are_cut_into_characters_until_words_are_chosen(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_corpus="names")
    assert app.selectbox(key="ngram_tokenizer").value == "characters"
    app.selectbox(key="ngram_tokenizer").set_value("words").run()
    assert not app.exception
    assert app.query_params["ngram_tokenizer"] in ("words", ["words"])


def test_what_was_chosen_among_other_tokens_is_let_go(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_view="tree")
    choose(app, ROOT, 20)
    choose(app, TOKEN, 200)
    assert (chosen(app, ROOT), chosen(app, TOKEN)) == (20, 200)
    choose(app, TOKENIZER, "bpe")
    assert not app.exception
    assert chosen(app, ROOT) is None and chosen(app, TOKEN) is None


@pytest.mark.parametrize("order", ["1", "8"])
def test_any_context_is_answered(open_page: OpenPage, order: str) -> None:
    app = open_page("ngram", ngram_order=order)
    for context in ("", "   ", "🤖🤖", "猫坐在垫子上", "x" * 10_000, "$p$ `*_\n"):
        app.text_input(key="ngram_context").set_value(context).run()
        assert not app.exception, context
        assert formulas(app), context


def test_the_tokens_own_path_ends_at_the_probability_of_its_bar(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="3", ngram_smoothing="kneser_ney")
    model = counted(order=3)
    token = int(model.tokenizer.encode("The trees were")[-1])
    app.selectbox(key="ngram_token").set_value(token).run()
    p = math.exp(model.model.next_log_probabilities([model.tokenizer.encode(CONTEXT)])[0][token])
    assert formulas(app)[-1].endswith(f"= {number(p)}")


def test_another_context_begins_with_its_own_best_token(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_order="3", ngram_smoothing="kneser_ney")
    app.selectbox(key="ngram_token").set_value(5).run()
    assert app.session_state["ngram_token"] == 5
    app.text_input(key="ngram_context").set_value("She gave").run()
    model = counted(order=3)
    context = read_prompt(model.tokenizer, "She gave").tokens
    logp = model.model.next_log_probabilities([context])[0]
    assert app.session_state["ngram_token"] == int(np.argsort(-logp, kind="stable")[0])


def test_the_run_beside_ones_own_is_named(open_page: OpenPage) -> None:
    """Its bars stand beside those of another order, and nothing else says which order they are of."""
    assert "The run that comes with the course: N-gram · order 3 · Tiny tales · seed 1." in shown(
        open_page("ngram")
    )
    same = open_page("ngram", ngram_order="3", ngram_smoothing="kneser_ney")
    assert "The run that comes with the course: " not in shown(same)


def test_own_text_is_asked_for_and_refused_with_a_sentence(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_corpus="own")
    assert not app.exception
    assert app.warning
    for bad in ("short", "🤖" * 300, "a" * 300):
        app.text_area(key="ngram_own_text").set_value(bad).run()
        assert not app.exception
        assert app.warning


def test_an_own_text_with_less_held_out_than_one_ngram_opens(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_corpus="own", ngram_order="7")
    app.text_area(key="ngram_own_text").set_value(LONG_WORDS).run()
    assert not app.exception
    assert not app.warning
    assert unseen_shares(count(own(LONG_WORDS, 7), LONG_WORDS))[6] is None


@pytest.mark.parametrize("estimated", [False, True])
@pytest.mark.parametrize("smoothing", list(SMOOTHINGS))
def test_each_line_of_arithmetic_has_the_value_it_claims(smoothing: str, estimated: bool) -> None:
    """On the tales, and on a text so short that Good–Turing and the estimate of D break down."""
    constants: dict[str, object] = {"discount": None, "interpolation": None} if estimated else {}
    for order in (1, 2, 4):
        model = NGramSpec(order=order, smoothing=smoothing, **constants)
        for text in (None, LONG_WORDS):
            spec = shipped("ngram") if text is None else own(text, order)
            found = count(spec.model_copy(update={"model": model}), text)
            size = found.model.vocabulary_size
            asked = [0, 5 % size, int(found.tokenizer.encode("The trees were")[-1]), size - 1]
            for context in (CONTEXT, "", "cards cards cards cards", "She gave"):
                for token in asked:
                    for step in found.model.explain(found.tokenizer.encode(context), token):
                        _hold(step, found.choices, size)


def _hold(step: Step, choices: NGramSpec, size: int) -> None:
    """Each line evaluates to what it claims, and what it claims is the model's number."""
    _name, right, result = formula(step, choices, size).split(" = ")
    assert evaluate(right) == pytest.approx(step.probability, rel=2e-3)
    assert evaluate(result) == pytest.approx(step.probability, rel=1e-3)
    line = prepared(step)
    if line is None:
        return
    name, right, result = line.split(" = ")
    value = {"D": step.discount and step.discount.value, r"\alpha": step.weight}.get(
        name, step.katz and step.katz.ratio
    )
    assert evaluate(right) == pytest.approx(value, rel=2e-3)
    assert evaluate(result) == pytest.approx(value, rel=1e-3)


def test_what_has_to_be_reckoned_first_stands_before_the_step(open_page: OpenPage) -> None:
    """D from n1 and n2, Katz's ratio, Katz's weight: on the page, and worth what they claim."""
    for smoothing, order, name in (("kneser_ney", "3", "D"), ("katz", "4", r"\alpha")):
        app = open_page(
            "ngram", ngram_order=order, ngram_smoothing=smoothing, ngram_estimated="true"
        )
        if smoothing == "katz":
            unseen = int(counted(order=4).tokenizer.encode(" cards")[0])
            app.selectbox(key="ngram_token").set_value(unseen).run()
        lines = [line for line in formulas(app) if line.startswith(f"{name} = ")]
        assert lines
        for line in lines:
            _name, right, result = line.split(" = ")
            assert evaluate(right) == pytest.approx(evaluate(result), rel=2e-3)


def test_katz_ratio_is_worked_out_from_the_numbers_of_counts() -> None:
    found = counted(order=3, smoothing="katz")
    grams, times = found.model.counts(3)
    seen = {
        tuple(gram[:2]): int(gram[2])
        for gram, count_ in zip(grams, times, strict=True)
        if count_ == 2
    }
    for context, token in list(seen.items())[:20]:
        step = found.model.explain(np.array(context), token)[-1]
        assert (prepared(step) or "").startswith("d_{2} = ")
        _hold(step, found.choices, found.model.vocabulary_size)


def test_the_share_of_unseen_n_grams_is_that_of_a_plain_loop() -> None:
    found = counted(order=2)
    training, held_out = found.training.tolist(), found.validation.tolist()
    for order, share in zip(ORDERS, unseen_shares(found), strict=True):
        seen = {tuple(training[i : i + order]) for i in range(len(training))}
        grams = [tuple(held_out[i : i + order]) for i in range(len(held_out) - order + 1)]
        assert share == pytest.approx(sum(gram not in seen for gram in grams) / len(grams))
    text = "The cat saw the dog, and the dog saw no other cat. " * 40
    assert unseen_shares(count(own(text, 1), text))[0] is not None


def test_the_losses_by_order_are_those_of_models_counted_alone() -> None:
    text = "The cat saw the dog, and the dog saw no other cat. " * 40
    for smoothing in SMOOTHINGS:
        spec = own(text, 4)
        model = NGramSpec(order=4, smoothing=smoothing)
        found = count(spec.model_copy(update={"model": model}), text)
        for order, (counted_loss, new_loss) in zip(ORDERS, losses_by_order(found), strict=True):
            alone = NGramModel.fit(
                found.training,
                found.model.vocabulary_size,
                model.model_copy(update={"order": order}),
            )
            assert counted_loss == cross_entropy(alone, found.training)
            assert new_loss == cross_entropy(alone, found.validation)


def test_numbers_small_and_large() -> None:
    assert number(0.25) == "0.25"
    assert number(0.0) == "0"
    assert number(0.0000123456) == r"1.235 \times 10^{-5}"
    assert power_of_ten(738**3) == r"4.0 \times 10^{8}"


def test_corpus_lines_are_the_text_as_written() -> None:
    found = counted(order=3)
    gram = [int(t) for t in found.tokenizer.encode(" lost his cards")]
    lines = lines_around(found, gram, 50)
    assert len(lines) == len(found.model.occurrences(np.array(gram), 50)) > 0
    text = " ".join(found.text.split())
    for line in lines:
        assert "⟦lost his cards⟧" in line
        assert line.strip("…").replace("⟦", "").replace("⟧", "").strip() in text


def test_marks_stand_inside_the_spaces() -> None:
    assert marked(" a cat ") == " ⟦a cat⟧ "
    assert marked("\n\n") == " ⟦⏎⏎⟧ "


def test_names_are_counted_by_character(open_page: OpenPage) -> None:
    app = open_page("ngram", ngram_corpus="names")
    sizes = re.search(r"\*\*([\d,]+)\*\* tokens, \*\*(\d+)\*\* different", shown(app))
    assert sizes is not None
    assert int(sizes[2]) < 100


def test_what_the_exercises_say_of_the_tiny_tales_is_so() -> None:
    exercises = load_exercises("ngram", "en")
    found = counted(order=2)
    size = found.model.vocabulary_size
    assert f"have {size} different tokens" in exercises["bet_empty"].question
    assert 0.015 < len(found.model.counts(2)[0]) / size**2 < 0.025
    new = [losses[1] for losses in losses_by_order(counted(order=3))]
    assert new[6] > min(new[2:]) and new[6] < 0.6 * math.log(size)
    assert len(found.tokenizer.encode(" cards close to the tree")) == 5


def test_the_last_sentence_is_computed(open_page: OpenPage) -> None:
    app = open_page("ngram")
    app.button_group(key="ngram_bet_far_answer").set_value("six").run()
    app.button(key="ngram_bet_far_check").click().run()
    found = counted(order=6)
    logp = found.model.next_log_probabilities(
        [found.tokenizer.encode("The cards close to the tree")]
    )[0]
    were = math.exp(logp[int(found.tokenizer.encode(" were")[0])])
    assert f"*were* {were:.1%}" in shown(app)


def test_counts_of_learners_texts_do_not_heap_up() -> None:
    def counted_once(number: int) -> weakref.ref[Counted]:
        text = f"The {number} cats saw a dog. " * 30
        found = count(own(text, 3), text)
        losses_by_order(found)
        return weakref.ref(found)

    held = [counted_once(number) for number in range(6)]
    gc.collect()
    assert sum(found() is not None for found in held) <= 2


def test_what_is_measured_of_a_text_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is drawn again at each click; the held-out text is not read again for it."""
    text = "The cat saw the dog, and the dog saw no other cat. " * 40
    found = count(own(text, 4), text)
    first = unseen_shares(found), first_impossibles(found)

    def refuse(*_arguments: object) -> NoReturn:
        raise AssertionError("measured again")

    monkeypatch.setattr(type(found.model.grams), "places", refuse)
    monkeypatch.setattr(type(found.model), "log_probabilities_at", refuse)
    assert (unseen_shares(found), first_impossibles(found)) == first


def test_the_first_arithmetic_is_a_count_divided_by_a_count(open_page: OpenPage) -> None:
    """Order 2 and no smoothing: the lesson speaks of smoothing only later."""
    app = open_page("ngram")
    assert app.button_group(key="ngram_order").value == 2
    assert app.button_group(key="ngram_smoothing").value == "mle"
    assert re.fullmatch(r"p = \\frac\{\d+\}\{\d+\} = [\d.]+", formulas(app)[-1])


def test_what_is_counted_is_kept_and_another_is_another_choice(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other order is counted in its place."""
    asked: list[RunSpec] = []

    class Foreman:
        def submit(self, spec: RunSpec, owner: str, own_text: str | None = None) -> None:
            asked.append(spec)

    monkeypatch.setattr(controls, "foreman", Foreman)
    app = open_page("ngram", ngram_order="7")
    button = app.button(key="ngram_train")
    assert button.label == "▶ Count it and keep it"
    button.click().run()
    assert [spec.model for spec in asked] == [NGramSpec(order=7, smoothing="mle")]
    kept = open_page("ngram", ngram_order="3", ngram_smoothing="kneser_ney")
    assert not [button for button in kept.button if button.key == "ngram_train"]
    assert not kept.exception
