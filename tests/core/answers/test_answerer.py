from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.answers import Answerer
from core.errors import LearnerError
from core.models.decoding import Sampling, distribution_stages
from core.models.stopping import Stop
from core.questions import (
    Ablate,
    Activity,
    Asked,
    CellStep,
    ClippedStep,
    FindUnit,
    Generate,
    GradientByDistance,
    HeadMaps,
    HeldOutLabels,
    Judge,
    NextTokens,
    RecallByGap,
    SamplingStages,
    TraceHead,
    Write,
)
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.families.recurrent import RecurrentSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec, TokenizerSpec
from core.store.store import Library, Store
from core.text.corpora import load_corpus, split

CONTEXT = 12


def run_spec(model: NGramSpec | RecurrentSpec | GPTSpec, seed: int = 1) -> RunSpec:
    return RunSpec(
        corpus=CorpusSpec(name="tales", size=40),
        tokenizer=TokenizerSpec(kind="characters"),
        model=model,
        recipe=RecipeSpec(steps=3, batch=2, snapshots=1),
        seed=seed,
    )


GPT = run_spec(GPTSpec(layers=2, heads=2, width=8, context=CONTEXT))
LSTM = run_spec(RecurrentSpec(width=6, context=CONTEXT))
COUNTS = run_spec(NGramSpec(order=3))
WORDED = tuple(
    run.model_copy(update={"tokenizer": TokenizerSpec(kind="words")}) for run in (GPT, LSTM, COUNTS)
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("runs")
    for spec in (GPT, LSTM, COUNTS, *WORDED):
        list(execute(Job(root, spec)))
    return root


@pytest.fixture
def answerer(root: Path) -> Iterator[Answerer]:
    yield Answerer(Library([Store(root)]))


@pytest.mark.parametrize("spec", [GPT, LSTM, COUNTS], ids=lambda spec: spec.model.family)
def test_every_model_says_what_comes_next(answerer: Answerer, spec: RunSpec) -> None:
    answer = answerer.answer(NextTokens(spec.id, "The ", top=3, whole=True))
    assert answer.distribution.sum() == pytest.approx(1)
    assert list(answer.probabilities) == sorted(answer.distribution, reverse=True)[:3]
    vocabulary = answerer.loaded(spec.id).vocabulary
    assert answer.tokens == tuple(vocabulary[i] for i in answer.ids)
    assert "".join(answer.prompt) == "The␣"
    assert len(answerer.answer(NextTokens(spec.id, "")).tokens) == 10


@pytest.mark.parametrize("spec", [GPT, LSTM, COUNTS], ids=lambda spec: spec.model.family)
def test_every_model_writes(answerer: Answerer, spec: RunSpec) -> None:
    question = Generate(spec.id, "The ", 20, Sampling(top_k=3), seed=5)
    answer = answerer.answer(question)
    assert len(answer.tokens) == 20
    assert answer == answerer.answer(question)
    assert all(token.rank <= 3 and token.final >= token.raw > 0 for token in answer.tokens)
    ids = [token.id for token in answer.tokens]
    assert answer.text == answerer.loaded(spec.id).tokenizer.decode(ids)
    with pytest.raises(LearnerError, match="between 1 and 500"):
        answerer.answer(Generate(spec.id, "The ", 501))


@pytest.mark.parametrize("spec", [GPT, LSTM, COUNTS], ids=lambda spec: spec.model.family)
def test_a_large_penalty_writes_no_token_twice_nor_one_of_the_prompt(
    answerer: Answerer, spec: RunSpec
) -> None:
    question = Generate(spec.id, "The ", 12, Sampling(penalty=50.0), seed=5)
    ids = [token.id for token in answerer.answer(question).tokens]
    prompt = answerer.loaded(spec.id).tokenizer.encode("The ").tolist()
    assert len({*ids, *prompt}) == len(ids) + len(set(prompt))
    stages = answerer.answer(SamplingStages(spec.id, "The ", Sampling(penalty=50.0))).stages
    assert stages.final[prompt].max() < 1e-9 < stages.raw[prompt].max()


@pytest.mark.parametrize("spec", [GPT, LSTM, COUNTS], ids=lambda spec: spec.model.family)
def test_a_text_is_the_same_until_its_stop(answerer: Answerer, spec: RunSpec) -> None:
    free = answerer.answer(Write(spec.id, "The ", 40, seed=5))
    assert (free.stopped, len(free.tokens)) == ("count", 40)
    assert free.text == answerer.answer(Generate(spec.id, "The ", 40, seed=5)).text
    looked_for = free.text[10:12]
    stopped = answerer.answer(Write(spec.id, "The ", 40, seed=5, stop=Stop("text", looked_for)))
    assert stopped.stopped == "text"
    assert stopped.text == free.text[: free.text.index(looked_for) + 2]
    with pytest.raises(LearnerError, match="between 1 and 500"):
        answerer.answer(Write(spec.id, "The ", 0))


def test_pairs_that_no_training_text_has_are_marked(answerer: Answerer) -> None:
    answer = answerer.answer(Write(GPT.id, "The ", 60, Sampling(temperature=3.0), seed=1))
    training = split(load_corpus(GPT.corpus).text)[0]
    assert answer.strange is not None and any(answer.strange)
    before = " "
    for token, strange in zip(answer.text, answer.strange, strict=True):
        assert strange == (before + token not in training)
        before = token


def test_the_first_token_is_where_the_number_falls_on_the_logits_line(answerer: Answerer) -> None:
    sampling = Sampling(temperature=1.3, top_p=0.9, penalty=1.0)
    asked = answerer.answer(SamplingStages(GPT.id, "The "))
    stages = distribution_stages(asked.logits, sampling, asked.prompt)
    for seed in range(5):
        first = answerer.answer(Write(GPT.id, "The ", 1, sampling, seed)).tokens[0]
        u = np.random.default_rng(seed).random()
        ends = np.cumsum(stages.final)
        assert first.id == int(np.searchsorted(ends, u * ends[-1], side="right"))
        assert first.final == pytest.approx(stages.final[first.id])


def test_a_long_prompt_loses_its_beginning_and_says_how_much(answerer: Answerer) -> None:
    long, short = "a" * 30 + "The old dog ", "The old dog "
    assert len(short) == CONTEXT
    cut = answerer.answer(NextTokens(GPT.id, long))
    whole = answerer.answer(NextTokens(GPT.id, short))
    assert (cut.cut, whole.cut) == (30, 0)
    assert cut.probabilities == whole.probabilities


def test_stages_are_over_the_whole_vocabulary(answerer: Answerer) -> None:
    answer = answerer.answer(SamplingStages(GPT.id, "The ", Sampling(temperature=0.5, top_k=4)))
    assert len(answer.vocabulary) == len(answer.stages.final)
    assert np.count_nonzero(answer.stages.final) == 4


def test_heads_are_mapped_traced_and_switched_off(answerer: Answerer) -> None:
    text = "The dog saw the cat"
    maps = answerer.answer(HeadMaps(GPT.id, text))
    assert maps.maps.shape == (2, 2, CONTEXT, CONTEXT)
    assert maps.cut == len(text) - CONTEXT
    ends = answerer.answer(HeadMaps(GPT.id, text, end=True))
    assert maps.tokens == tuple(text[:CONTEXT].replace(" ", "␣"))
    assert ends.tokens == tuple(text[-CONTEXT:].replace(" ", "␣"))
    assert ends.tokens == answerer.answer(NextTokens(GPT.id, text)).prompt
    assert ends.cut == maps.cut
    traced = answerer.answer(TraceHead(GPT.id, text, layer=1, head=0))
    assert traced.tokens == maps.tokens == traced.trace.tokens
    assert np.allclose(traced.trace.weights, maps.maps[1, 0], atol=1e-5)
    ablated = answerer.answer(Ablate(GPT.id, text, frozenset({(0, 1)})))
    assert ablated.before.shape == ablated.after.shape == (CONTEXT - 1,)
    assert not np.array_equal(ablated.before, ablated.after)


@pytest.mark.parametrize("typed", ["was", "was ", " was", "was\u00a0", "\u3000was  "])
def test_every_model_reads_a_typed_word_as_the_token_it_is_within_a_text(
    answerer: Answerer, typed: str
) -> None:
    gpt, lstm, _ = WORDED
    for run in WORDED:
        answer = answerer.answer(NextTokens(run.id, typed))
        assert answer.probabilities == answerer.answer(NextTokens(run.id, " was")).probabilities
        drawn = answerer.answer(Generate(run.id, typed, count=5))
        assert drawn == answerer.answer(Generate(run.id, " was", count=5))
    assert answerer.answer(NextTokens(gpt.id, typed)).prompt == ("␣was",)
    assert answerer.answer(HeadMaps(gpt.id, typed)).tokens == ("␣was",)
    assert answerer.answer(TraceHead(gpt.id, typed, 0, 0)).tokens == ("␣was",)
    assert answerer.answer(Activity(lstm.id, typed)).tokens == ("␣was",)
    assert answerer.answer(Ablate(gpt.id, f"{typed} was", frozenset())).tokens == ("␣was",) * 2


def test_what_units_do_and_one_step_of_one(answerer: Answerer) -> None:
    text = "The dog saw the cat"
    answer = answerer.answer(Activity(LSTM.id, text))
    assert answer.cut == 0
    assert answer.layer.rows["forget"].shape == (len(text), 6)
    assert len(answer.expected) == len(answer.shares) == len(text)
    short = answerer.answer(Activity(LSTM.id, text[:CONTEXT]))
    assert short.expected == answer.expected[:CONTEXT]
    last = answerer.answer(NextTokens(LSTM.id, text[:CONTEXT]))
    assert last.tokens[0] == short.expected[-1]
    assert last.probabilities[0] == pytest.approx(short.shares[-1], abs=1e-5)
    numbers = answerer.answer(CellStep(LSTM.id, text, position=4, unit=2)).numbers
    hidden = numbers.stages()[-1].matrix[0, 0]
    assert hidden == pytest.approx(float(answer.layer.rows["hidden"][4, 2]), abs=1e-5)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (HeadMaps(LSTM.id, "The dog"), "about attention"),
        (Ablate(COUNTS.id, "The dog", frozenset()), "about attention"),
        (Activity(GPT.id, "The dog"), "about a recurrent network"),
        (Activity(LSTM.id, "The dog", layer=1), "no layer 1"),
        (CellStep(LSTM.id, "The", position=3), "no unit 0 at token 3"),
        (FindUnit(GPT.id, "quotes"), "about a recurrent network"),
        (FindUnit(LSTM.id, "brackets"), "hardly any brackets"),
        (RecallByGap(LSTM.id), "Market days only"),
        (GradientByDistance(COUNTS.id), "about a recurrent network"),
        (GradientByDistance(LSTM.id, times=99), "from 0 to 20"),
        (ClippedStep(LSTM.id, learning_rate=0), "learning rate above 0"),
        (Judge(LSTM.id, "The dog"), "about a classifier"),
        (HeldOutLabels(LSTM.id), "about a classifier"),
        (TraceHead(GPT.id, "The dog", 2, 0), "no head 0 in layer 2"),
        (HeadMaps(GPT.id, ""), "longer text"),
        (HeadMaps(GPT.id, "", end=True), "longer text"),
        (Ablate(GPT.id, "T", frozenset()), "longer text"),
        (NextTokens("0" * 16, "The"), "no run 0000000000000000"),
        (NextTokens("../../etc/passwd", "The"), "There is no run"),
    ],
)
def test_what_cannot_be_answered_says_why(
    answerer: Answerer, question: Asked, sentence: str
) -> None:
    with pytest.raises(LearnerError, match=sentence):
        answerer.answer(question)


def test_eight_models_stay_loaded_and_a_newer_file_counts(tmp_path: Path) -> None:
    specs = [run_spec(NGramSpec(order=1), seed) for seed in range(9)]
    for spec in specs:
        list(execute(Job(tmp_path, spec)))
    answerer = Answerer(Library([Store(tmp_path)]))
    first = answerer.loaded(specs[0].id)
    assert answerer.loaded(specs[0].id) is first
    os.utime(tmp_path / specs[0].id / "model.safetensors", (1, 1))
    newer = answerer.loaded(specs[0].id)
    assert newer is not first
    for spec in specs[1:8]:
        answerer.loaded(spec.id)
    assert len(answerer._loaded) == 8
    answerer.loaded(specs[8].id)
    assert len(answerer._loaded) == 8
    assert answerer.loaded(specs[0].id) is not newer
