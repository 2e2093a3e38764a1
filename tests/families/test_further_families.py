"""A family that nobody has heard of goes through the whole machinery: specification, training, folder,
answers. So does one that is no language model and has neither context nor sample."""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

import core
from core.answers import Answerer
from core.errors import LearnerError
from core.models.decoding import Sampling
from core.questions import Activity, Generate, HeadMaps, LossByPosition, NextTokens, SamplingStages
from core.runs.engines.engine import Job
from core.runs.worker import execute
from core.spec.families import FAMILIES
from core.spec.run import RunSpec, read_spec
from core.store.folder import CHECKPOINT, RunFolder
from core.store.state import RunState
from core.store.store import Library, Store
from core.training import families as training_families
from core.training.training import Training
from tests.families.networks import PairsFamily
from tests.families.specs import PairsSpec, UnigramSpec

pytestmark = pytest.mark.usefixtures("further_families")


def spec_of(family: str, **options: object) -> RunSpec:
    return read_spec(
        {
            "corpus": {"size": 40},
            "tokenizer": {"kind": "characters"},
            "model": {"family": family, **options},
            "recipe": {"steps": 30, "batch": 4, "learning_rate": 0.1, "warmup": 0, "snapshots": 4},
        }
    )


def trained(spec: RunSpec, root: Path) -> RunFolder:
    for _ in execute(Job(root, spec)):
        pass
    folder = Store(root).open(spec.id)
    assert folder.state.state is RunState.DONE and folder.spec == spec
    return folder


def test_its_specification_is_read_written_and_held_to_limits() -> None:
    spec = spec_of("unigram", sharpness=2)
    assert isinstance(spec.model, UnigramSpec) and spec.model.sharpness == 2
    assert read_spec(spec.canonical_json()) == spec
    written = json.loads(spec.canonical_json())["model"]
    assert written == {"family": "unigram", "context": 8, "sharpness": 2, "begins": "flat"}
    assert json.loads(spec_of("unigram", shift=1.0).canonical_json())["model"]["shift"] == 1.0
    with pytest.raises(
        LearnerError, match=r"model → unigram → sharpness: .*less than or equal to 4"
    ):
        spec_of("unigram", sharpness=9)
    with pytest.raises(LearnerError, match="a window of 9 tokens does not fit a context of 8"):
        read_spec({"model": {"family": "unigram"}, "recipe": {"window": 9}})


def test_it_is_trained_kept_and_asked_like_any_other(tmp_path: Path) -> None:
    spec = spec_of("unigram")
    folder = trained(spec, tmp_path)
    first, *_, last = [s for s in folder.snapshots() if s.full]
    size = folder.tokenizer().vocabulary_size
    assert first.validation_loss == pytest.approx(math.log(size), abs=1e-3)
    assert last.validation_loss < first.validation_loss and last.sample
    assert last.tokens == 30 * 4 * 8
    assert folder.arrays(0)["frequencies"] == pytest.approx(np.full(size, 1 / size), abs=1e-3)
    answerer = Answerer(Library([Store(tmp_path)]))
    next_one = answerer.answer(NextTokens(spec.id, "The ", whole=True))
    scores = load_file(folder.model_path)["scores"]
    assert next_one.ids[0] == scores.argmax()
    assert next_one.distribution == pytest.approx(folder.arrays(30)["frequencies"], abs=1e-3)
    written = answerer.answer(Generate(spec.id, "The ", 5, Sampling(temperature=0.01)))
    assert {token.id for token in written.tokens} == {next_one.ids[0]}
    assert len(answerer.answer(LossByPosition(spec.id, 8)).losses) == 8
    for question in (HeadMaps(spec.id, "a"), Activity(spec.id, "a")):
        with pytest.raises(LearnerError, match="this run's model"):
            answerer.answer(question)


@pytest.mark.parametrize("family", ["unigram", "pairs"])
def test_it_goes_on_from_a_checkpoint_as_if_it_had_never_stopped(
    family: str, tmp_path: Path
) -> None:
    spec = spec_of(family)
    whole = trained(spec, tmp_path / "whole")
    stopped = tmp_path / "stopped"
    with contextlib.closing(execute(Job(stopped, spec))) as snapshots:
        list(itertools.islice(snapshots, 11))
    assert (stopped / spec.id / CHECKPOINT).exists()
    resumed = trained(spec, stopped)
    assert [s.train_loss for s in resumed.snapshots()] == [s.train_loss for s in whole.snapshots()]
    assert [s.step for s in resumed.snapshots() if s.full] == [
        s.step for s in whole.snapshots() if s.full
    ]
    for name, array in whole.arrays(30).items():
        assert np.array_equal(resumed.arrays(30)[name], array)
    weights = [load_file(folder.model_path) for folder in (whole, resumed)]
    assert all(np.array_equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_one_that_is_no_language_model_says_so(tmp_path: Path) -> None:
    spec = spec_of("pairs")
    folder = trained(spec, tmp_path)
    first, *_, last = [s for s in folder.snapshots() if s.full]
    assert last.validation_loss < first.validation_loss
    assert last.sample is None and last.tokens == 30 * 2 * 4
    arrays = folder.arrays(30)
    assert set(arrays) == {"vectors", "lengths"}
    lengths = np.linalg.norm(arrays["vectors"], axis=1)
    assert arrays["lengths"] == pytest.approx(lengths, rel=1e-2)
    answerer = Answerer(Library([Store(tmp_path)]))
    assert answerer.loaded(spec.id).module is not None
    for question in (
        NextTokens(spec.id, "The "),
        Generate(spec.id, "The "),
        SamplingStages(spec.id, "The "),
        LossByPosition(spec.id, 4),
    ):
        with pytest.raises(LearnerError, match="about the next token"):
            answerer.answer(question)


@pytest.mark.parametrize("family", ["unigram", "pairs"])
def test_its_formula_counts_the_parameters_of_its_module(family: str) -> None:
    training = Training(spec_of(family))
    count = sum(p.numel() for p in training.model.parameters())
    assert count == training.spec.model.parameters(training.tokenizer.vocabulary_size)


def test_arrays_that_were_not_promised_are_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PairsSpec, "snapshot_arrays", ("vectors",))
    with pytest.raises(AssertionError, match="lengths"):
        next(Training(spec_of("pairs")).snapshots())


def test_a_family_builds_its_own_specifications_only() -> None:
    with pytest.raises(TypeError, match="PairsFamily builds no UnigramSpec"):
        PairsFamily().new(spec_of("unigram"), 9)


def test_each_family_has_both_its_files() -> None:
    assert set(FAMILIES) == set(training_families.FAMILIES)
    for name, family in FAMILIES.items():
        assert family.model_fields["family"].default == name


def test_two_new_files_are_enough(tmp_path: Path) -> None:
    """In a copy of core: no file that was there is touched."""
    shutil.copytree(Path(core.__file__).parent, tmp_path / "core")
    (tmp_path / "core/spec/families/copied.py").write_text(
        "from typing import Literal\n"
        "from core.spec.families.recurrent import RecurrentSpec\n"
        "class CopiedSpec(RecurrentSpec):\n"
        "    family: Literal['copied'] = 'copied'\n"
        "FAMILY = CopiedSpec\n"
    )
    (tmp_path / "core/training/families/copied.py").write_text(
        "from core.spec.families.copied import CopiedSpec\n"
        "from core.training.families.recurrent import RecurrentFamily\n"
        "class CopiedFamily(RecurrentFamily):\n"
        "    spec_class = CopiedSpec\n"
        "FAMILY = CopiedFamily()\n"
    )
    code = (
        "from core.spec.run import read_spec\n"
        "spec = read_spec({'corpus': {'size': 40}, 'tokenizer': {'kind': 'characters'},\n"
        "    'model': {'family': 'copied', 'width': 4}, 'recipe': {'steps': 1}})\n"
        "from core.training.training import Training\n"
        "print([s.step for s in Training(spec).snapshots()])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[0, 1]"


def test_without_its_files_a_family_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LearnerError, match="tag 'bert' found using 'family' does not match any"):
        read_spec({"model": {"family": "bert"}})
