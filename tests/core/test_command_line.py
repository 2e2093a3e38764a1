from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from core.__main__ import main
from core.spec.families.gpt import GPTSpec
from core.spec.families.ngram import NGramSpec
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec, read_spec
from core.spec.text import CorpusSpec
from core.store.folder import RunFolder
from core.store.further import FURTHER
from core.store.lock import writing
from core.store.starters import starters
from core.store.state import RunState
from core.text.own import digest
from tests.patience import PATIENCE

TINY = RunSpec(
    corpus=CorpusSpec(size=40),
    model=GPTSpec(layers=1, heads=1, width=8, context=8),
    recipe=RecipeSpec(steps=3, batch=2, snapshots=2),
)
TEXT = "A learner reads, predicts, trains a model and looks inside.\n" * 12


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "core", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)


def written(folder: Path, spec: RunSpec) -> Path:
    file = folder / "spec.json"
    file.write_text(spec.canonical_json())
    return file


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Run a command that must fail; the one sentence it says."""
    assert main(["train", *map(str, arguments)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and said.err.strip().endswith(".")
    return said.err


def test_train_prints_a_line_for_every_snapshot_and_leaves_a_finished_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["train", str(written(tmp_path, TINY)), "--runs", str(tmp_path / "runs")]
    assert main(command) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["step"] for line in lines] == [0, 1, 2, 3]
    assert lines[-1]["validation_loss"] < 8 and lines[-1]["seconds"] > 0
    assert not any("held_out_loss" in line for line in lines[:-1])
    assert 0 < lines[-1].pop("held_out_loss") < 8 and lines[-1].pop("held_out_tokens") > 100
    assert all(math.isfinite(line["train_loss"]) for line in lines)
    folder = RunFolder(tmp_path / "runs" / TINY.id)
    assert folder.state.state is RunState.DONE
    assert [s.to_json() for s in folder.snapshots()] == lines
    assert folder.model_path.exists() and folder.arrays(3)["attention"].ndim == 4


def test_own_text_comes_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = CorpusSpec(name="own", digest=digest(TEXT))
    spec_file = written(tmp_path, RunSpec(corpus=own, model=NGramSpec()))
    text_file = tmp_path / "text.txt"
    text_file.write_bytes(TEXT.replace("\n", "\r\n").encode("utf-16"))
    command = ["train", str(spec_file), "--runs", str(tmp_path / "runs")]
    assert main([*command, "--text", str(text_file)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["validation_loss"] < 3
    assert "--text" in refused(capsys, *command[1:])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"recipe": {"steps": 0}}', "recipe → steps"),
        ('{"model": {"family": "gpt", "width": 10, "heads": 4}}', "shared equally"),
        ('{"modle": {}}', "modle"),
        ("not json", "cannot be run"),
        ('{"corpus": {"name": "own"}}', "--text"),
        ('{"corpus": {"name": "own", "digest": 7}}', "digest"),
        ("[]", "cannot be run"),
        ('{"corpus": []}', "corpus"),
    ],
)
def test_a_bad_specification_gets_a_sentence(
    content: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.json").write_text(content)
    assert expected in refused(capsys, tmp_path / "bad.json", "--runs", tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"aaaa" * 100, "again and again"),
        (b"Too short.", "add more text"),
        (b"\x00\x01\x02\xff" * 200, "text"),
        (TEXT.upper().encode(), "another text"),
    ],
)
def test_a_bad_text_gets_a_sentence(
    content: bytes, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = CorpusSpec(name="own", digest=digest(TEXT))
    spec_file = written(tmp_path, RunSpec(corpus=own, model=NGramSpec()))
    (tmp_path / "text.txt").write_bytes(content)
    command = (spec_file, "--runs", tmp_path / "runs", "--text", tmp_path / "text.txt")
    assert expected in refused(capsys, *command)


def test_a_missing_file_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nowhere.json"
    assert "nowhere.json" in refused(capsys, missing, "--runs", tmp_path)


def test_the_sentence_and_the_exit_code_reach_the_shell(tmp_path: Path) -> None:
    failed = run("train", tmp_path / "nowhere.json", "--runs", tmp_path)
    assert failed.returncode == 1 and failed.stdout == ""
    assert failed.stderr.count("\n") == 1 and "Traceback" not in failed.stderr


def test_the_command_finds_out_itself_which_text_is_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.json").write_text('{"corpus": {"name": "own"}, "model": {"family": "ngram"}}')
    (tmp_path / "text.txt").write_text(TEXT)
    files = [tmp_path / "spec.json", "--runs", tmp_path / "runs", "--text", tmp_path / "text.txt"]
    assert main(["train", *map(str, files)]) == 0
    assert json.loads(capsys.readouterr().out)["step"] == 1
    as_a_page_makes_it = CorpusSpec(name="own", size=1, seed=0, digest=digest(TEXT))
    spec = RunSpec(corpus=as_a_page_makes_it, model=NGramSpec())
    assert RunFolder(tmp_path / "runs" / spec.id).state.state is RunState.DONE


def test_the_loss_over_the_whole_held_out_text_is_that_of_all_its_tokens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from core.models.metrics import cross_entropy
    from core.models.ngram import NGramModel
    from core.text.material import prepare

    spec = RunSpec(corpus=CorpusSpec(size=600), model=NGramSpec(order=2))
    assert main(["train", str(written(tmp_path, spec)), "--runs", str(tmp_path / "runs")]) == 0
    line = json.loads(capsys.readouterr().out)
    material = prepare(spec)
    model = NGramModel.fit(material.training, material.tokenizer.vocabulary_size, spec.model)
    assert line["held_out_tokens"] == len(material.validation) - 1 > 2048
    assert line["held_out_loss"] == pytest.approx(cross_entropy(model, material.validation))
    assert line["held_out_loss"] != pytest.approx(line["validation_loss"])


def test_a_run_that_is_done_is_shown_and_trained_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.runs import worker

    trained: list[str] = []
    execute = worker.execute

    def note(job):
        trained.append(job.spec.id)
        return execute(job)

    monkeypatch.setattr(worker, "execute", note)
    command = ["train", str(written(tmp_path, TINY)), "--runs", str(tmp_path / "runs")]
    assert main(command) == 0
    first = capsys.readouterr()
    assert main(command) == 0
    second = capsys.readouterr()
    assert trained == [TINY.id]
    assert second.out == first.out and "held_out_loss" in second.out
    assert "--again" in second.err and second.err.count("\n") == 1
    assert main([*command, "--again"]) == 0
    assert trained == [TINY.id, TINY.id] and capsys.readouterr().err == ""
    (tmp_path / "runs" / TINY.id / "model.safetensors").write_bytes(b"half")
    assert main(command) == 0
    assert len(trained) == 3 and "held_out_loss" in capsys.readouterr().out


def test_a_second_writer_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = tmp_path / "runs"
    with writing(runs / TINY.id):
        assert "Another program" in refused(capsys, written(tmp_path, TINY), "--runs", runs)
    assert not (runs / TINY.id / "state").exists(), "nothing was written over"


def test_where_runs_cannot_be_a_sentence_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec_file = written(tmp_path, TINY)
    assert "spec.json cannot be used: file exists" in refused(
        capsys, spec_file, "--runs", spec_file
    )
    assert "not a directory" in refused(capsys, spec_file, "--runs", spec_file / "runs")
    assert main(["make-starters", "--into", str(spec_file)]) == 1
    assert "cannot be used" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_closed_pipe_is_a_sentence_and_leaves_a_checkpoint(tmp_path: Path) -> None:
    endless = TINY.model_copy(update={"recipe": RecipeSpec(steps=20_000, batch=2, snapshots=50)})
    command = [sys.executable, "-m", "core", "train", str(written(tmp_path, endless))]
    with subprocess.Popen(
        [*command, "--runs", str(tmp_path / "runs")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert json.loads(process.stdout.readline())["step"] == 0
        process.stdout.close()
        said = process.stderr.read()
    assert process.wait(PATIENCE) == 1
    assert "Nobody reads" in said and said.count("\n") == 1
    assert RunFolder(tmp_path / "runs" / endless.id).checkpoint_step > 0


def test_starters_are_listed_as_specifications_that_can_be_run() -> None:
    listed = run("starters")
    assert listed.returncode == 0, listed.stderr
    shown = json.loads(listed.stdout)
    assert [one["slug"] for one in shown] == ["ngram", "lstm", "gpt", "word_vectors", *FURTHER]
    specs = [*(starter.spec for starter in starters()), *FURTHER.values()]
    for one, spec in zip(shown, specs, strict=True):
        assert read_spec(one["spec"]) == spec
        assert one["id"] == spec.id
    assert {one["spec"]["corpus"]["name"] for one in shown[:3]} == {"tales"}


def test_starters_are_trained_into_a_folder_and_stale_ones_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core import __main__ as command_line

    stale = TINY.model_copy(update={"seed": 5})
    for spec in (stale, TINY):
        monkeypatch.setattr(command_line, "shipped_runs", lambda spec=spec: {"gpt": spec})
        assert main(["make-starters", "--into", str(tmp_path)]) == 0
    assert [folder.name for folder in tmp_path.iterdir()] == [TINY.id]
    assert RunFolder(tmp_path / TINY.id).state.state is RunState.DONE


def test_a_run_goes_on_from_another_and_from_the_learners_text_of_that_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = TINY.model_copy(
        update={"corpus": CorpusSpec(name="own", size=1, seed=0, digest=digest(TEXT))}
    )
    (tmp_path / "text.txt").write_text(TEXT)
    runs, text = ["--runs", str(tmp_path / "runs")], str(tmp_path / "text.txt")
    assert main(["train", str(written(tmp_path, own)), *runs, "--text", text]) == 0
    before = json.loads(capsys.readouterr().out.splitlines()[-1])
    child = written(tmp_path, TINY.model_copy(update={"start": own.id}))
    assert "not on this computer" in refused(capsys, child, *runs)
    assert main(["train", str(child), *runs, "--start-text", text]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["earlier_loss"] == before["validation_loss"]
    missing = written(tmp_path, TINY.model_copy(update={"start": "0" * 16}))
    assert "is not here" in refused(capsys, missing, *runs)
