"""The command line: ``python -m core``, for scripts, benchmarks and ``make starters``."""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.errors import LearnerError
from core.spec.run import RunSpec, read_spec
from core.store.folder import RunWriter
from core.store.layout import SPEC
from core.store.snapshot import Snapshot
from core.store.starters import starters
from core.text.own import check_own_text, read_upload

STARTER_FOLDER = Path(__file__).resolve().parents[1] / "starters"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it went well, 1 after one sentence on standard error if not."""
    options = _parser().parse_args(arguments)
    try:
        match options.command:
            case "train":
                _train(options.spec, options.runs, options.text)
            case "starters":
                print(json.dumps([_described(s.slug, s.spec) for s in starters()], indent=2))
            case "make-starters":
                _make_starters(options.into)
    except LearnerError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped: the same command goes on from the last checkpoint.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser(
        "train", help="train one run; prints one JSON object for every snapshot"
    )
    train.add_argument("spec", type=Path, metavar="SPEC.json")
    train.add_argument("--runs", type=Path, required=True, metavar="DIR", help="where runs live")
    train.add_argument("--text", type=Path, metavar="FILE", help="the text, if it is your own")
    commands.add_parser("starters", help="list the specifications of the shipped runs as JSON")
    make = commands.add_parser("make-starters", help="train the shipped runs")
    make.add_argument("--into", type=Path, default=STARTER_FOLDER, metavar="DIR")
    return parser


def _described(slug: str, spec: RunSpec) -> dict[str, object]:
    return {"slug": slug, "id": spec.id, "spec": spec.model_dump(mode="json")}


def _train(spec_file: Path, runs: Path, text_file: Path | None) -> None:
    spec = read_spec(_read(spec_file))
    own_text = None if text_file is None else check_own_text(read_upload(_read(text_file)))
    if spec.corpus.name == "own" and own_text is None:
        raise LearnerError("The specification names a text of your own: give it with --text FILE.")
    if spec.corpus.name != "own" and own_text is not None:
        raise LearnerError("The specification brings its own corpus: leave --text out.")
    for snapshot in _recorded(runs, spec, own_text):
        print(json.dumps(snapshot.to_json(), ensure_ascii=False), flush=True)


def _make_starters(folder: Path) -> None:
    """Train every starter anew and remove the runs that are none any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if (old / SPEC).exists():
            shutil.rmtree(old)
    for starter in starters():
        last: Snapshot | None = None
        for last in _recorded(folder, starter.spec, None):
            print(f"\r{starter.slug}: step {last.step}, {last.seconds:.0f} s", end="", flush=True)
        assert last is not None
        print(
            f"\r{starter.slug}: validation loss {last.validation_loss:.4f} after "
            f"{last.seconds:.1f} s\n{last.sample}\n"
        )


def _recorded(root: Path, spec: RunSpec, own_text: str | None) -> Iterator[Snapshot]:
    """The snapshots of a run, each once it is written to its folder."""
    # Here, not above: the other commands, and the refusal of a bad specification, need no torch.
    import torch

    from core.runs.engines.engine import Job
    from core.runs.worker import execute

    torch.set_num_threads(1)
    root.mkdir(parents=True, exist_ok=True)
    RunWriter(root, spec).queue()
    with contextlib.closing(execute(Job(root, spec, own_text))) as snapshots:
        yield from snapshots


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise LearnerError(
            "{file} cannot be read: {problem}.",
            file=file,
            problem=(error.strerror or "unknown reason").lower(),
        ) from None


if __name__ == "__main__":
    sys.exit(main())
