"""Vectors of words in training: batches decided by the step, kept vectors, and sentences for bad texts."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path

import numpy as np
import pytest
import torch

from core.answers.loaded import load
from core.errors import LearnerError
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.run import RunSpec, read_spec
from core.store.folder import CHECKPOINT, RunFolder
from core.text.material import VALIDATION_TOKENS, prepare
from core.text.own import digest
from core.text.pieces import UNKNOWN_ID
from core.training.families.word_vectors import FAMILY, SHARED_NOISE, WordPassages
from core.training.training import Training
from core.worked.vectors.pairs import noise
from core.worked.vectors.words import words_of


def spec_of(text: str | None = None, steps: int = 30, **model: object) -> RunSpec:
    own = {"name": "own", "size": 1, "seed": 0, "digest": digest(text or "")}
    return read_spec(
        {
            "corpus": own if text is not None else {"size": 60},
            "tokenizer": {"kind": "bare"},
            "model": {"family": "word_vectors", "dimension": 8, **model},
            "recipe": {"steps": steps, "batch": 4, "learning_rate": 0.05, "snapshots": 3},
        }
    )


def test_what_a_step_reads_is_decided_by_seed_and_step() -> None:
    spec = spec_of(window=3, subsample=0.01)
    batches = FAMILY.batches(spec, prepare(spec), torch.device("cpu"))
    one, again, other = batches.at(5), batches.at(5), batches.at(6)
    for name in ("words", "radius", "kept", "noise"):
        assert torch.equal(getattr(one, name), getattr(again, name))
        assert not torch.equal(getattr(one, name), getattr(other, name))
    assert one.words.shape == one.radius.shape == one.kept.shape == (4, 64)
    assert one.noise.shape == (SHARED_NOISE,)
    assert set(one.radius.unique().tolist()) == {1, 2, 3}
    assert not one.kept.all() and one.kept.any()


def test_without_shrinking_each_window_is_whole_and_without_passing_over_all_is_kept() -> None:
    spec = spec_of(window=3, shrink=False)
    read = FAMILY.batches(spec, prepare(spec), torch.device("cpu")).at(1)
    assert read.radius.unique().tolist() == [3] and read.kept.all()


@pytest.mark.parametrize("objective", ["skipgram", "cbow"])
@pytest.mark.parametrize("kind", ["bare", "words", "characters", "bpe"])
def test_it_learns_from_any_tokens_and_keeps_all_vectors(objective: str, kind: str) -> None:
    spec = read_spec(
        spec_of(objective=objective).model_dump(mode="json") | {"tokenizer": {"kind": kind}}
    )
    training = Training(spec)
    full = [snapshot for snapshot in training.snapshots() if snapshot.full]
    assert [snapshot.step for snapshot in full] == [0, 8, 30]
    assert full[0].validation_loss == pytest.approx(spec.model.guessing(), abs=1e-3)  # type: ignore[attr-defined]
    assert full[-1].validation_loss < full[0].validation_loss - 0.1  # type: ignore[operator]
    assert full[-1].sample is None
    vectors = full[-1].arrays["vectors"]
    assert vectors.shape == (training.tokenizer.vocabulary_size, 8)
    assert vectors.dtype == np.float16
    assert vectors == pytest.approx(training.model.given.weight.detach().numpy(), abs=2e-3)
    zeros = np.flatnonzero(~vectors.any(axis=1)).tolist()
    assert zeros == ([] if kind == "bpe" else [0])


def test_its_folder_is_read_without_torch_and_its_model_is_loaded_again(tmp_path: Path) -> None:
    spec = spec_of()
    for _ in execute(Job(tmp_path, spec)):
        pass
    folder = RunFolder(tmp_path / spec.id)
    loaded = load(folder)
    assert loaded.language_model is None
    vectors = loaded.module.given.weight.detach().numpy()  # type: ignore[union-attr]
    assert loaded.arrays(None)["vectors"] == pytest.approx(vectors, abs=2e-3)
    assert loaded.arrays(0)["vectors"].shape == vectors.shape
    assert "she" in words_of(folder.tokenizer())


@pytest.mark.parametrize("objective", ["skipgram", "cbow"])
def test_it_goes_on_from_a_checkpoint_as_if_it_had_never_stopped(
    objective: str, tmp_path: Path
) -> None:
    spec = spec_of(objective=objective, subsample=0.01)
    with contextlib.closing(execute(Job(tmp_path / "stopped", spec))) as snapshots:
        list(itertools.islice(snapshots, 12))
    assert (tmp_path / "stopped" / spec.id / CHECKPOINT).exists()
    folders = []
    for root in (tmp_path / "stopped", tmp_path / "whole"):
        for _ in execute(Job(root, spec)):
            pass
        folders.append(RunFolder(root / spec.id))
    resumed, whole = folders
    assert [s.train_loss for s in resumed.snapshots()] == [s.train_loss for s in whole.snapshots()]
    for step in (0, 8, 30):
        assert np.array_equal(resumed.arrays(step)["vectors"], whole.arrays(step)["vectors"])


def test_the_same_seed_gives_the_same_vectors_and_another_others() -> None:
    def last(seed: int) -> np.ndarray:
        training = Training(spec_of().model_copy(update={"seed": seed}))
        (*_, _end) = training.snapshots()
        weights: np.ndarray = training.model.given.weight.detach().numpy()
        return weights

    assert np.array_equal(last(1), last(1))
    assert not np.allclose(last(1), last(2))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kitchen " * 200, "one word over and over"),
        ("one two three four. " * 40, "only 4 different words, too few to draw 5"),
        (
            "unbelievably-long-compounds-of-very-many-letters " * 6
            + "a b c d e f g h i j k l m n o p",
            "only . words to train on, and vectors need at least 8",
        ),
        ("?! … -- ()[] " * 40, "too short"),
    ],
)
def test_a_text_that_does_not_do_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(LearnerError, match=said):
        Training(spec_of(text), text)


def test_a_short_text_that_does_is_read_in_shorter_passages() -> None:
    text = "the cat saw a small dog and the dog ran home to a big house by the sea\n" * 3
    training = Training(spec_of(text, steps=5), text)
    (*_, last) = training.snapshots()
    assert last.validation_loss is not None and np.isfinite(last.validation_loss)


def _told(window: int = 2) -> WordPassages:
    """Five hundred different words, so that each tells where it stands; the frequent ones first."""
    counts = np.arange(500, 0, -1) ** 2
    return WordPassages(np.arange(500), counts, spec_of(window=window), torch.device("cpu"))


def test_passages_begin_anywhere_and_words_are_drawn_by_their_counts() -> None:
    """Of a text of 500 words a passage of 64 has 437 places to begin at."""
    read = [_told().at(step) for step in range(300)]
    begins = np.concatenate([one.words[:, 0].numpy() for one in read])
    assert set(range(437)) >= {*begins} and len({*begins}) > 380
    assert begins.mean() == pytest.approx(218, abs=15)
    drawn = np.concatenate([one.noise.numpy() for one in read])
    shares = np.bincount(drawn, minlength=500).reshape(10, 50).sum(axis=1) / len(drawn)
    expected = noise(np.arange(500, 0, -1) ** 2).reshape(10, 50).sum(axis=1)
    assert shares == pytest.approx(expected, abs=0.01) and expected[0] > 0.2


def test_in_order_the_passages_follow_one_another_from_the_first_word_on() -> None:
    passages = _told()
    for most, length in ((200, 192), (10_000, 448), (5, 64)):
        read, again = passages.in_order(most), passages.in_order(most)
        assert read.words.flatten().tolist() == list(range(length))
        assert torch.equal(read.noise, again.noise) and torch.equal(read.radius, again.radius)


def test_the_validation_loss_is_of_held_out_words_against_the_noise_of_the_training() -> None:
    spec = spec_of()
    material = prepare(spec)
    torch.manual_seed(0)
    module = FAMILY.new(spec, material.tokenizer.vocabulary_size)
    torch.nn.init.normal_(module.given.weight)
    torch.nn.init.normal_(module.guessed.weight)
    trained_on, held_out = (
        tokens[tokens != UNKNOWN_ID] for tokens in (material.training, material.validation)
    )
    counts = np.bincount(trained_on, minlength=material.tokenizer.vocabulary_size)
    passages = WordPassages(held_out, counts, spec, torch.device("cpu"))
    with torch.no_grad():
        expected = float(module(passages.in_order(VALIDATION_TOKENS)))
    assert FAMILY.validation_loss(module, spec, material) == expected
