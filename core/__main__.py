"""The command line: ``python -m core``, for scripts, benchmarks and ``make starters``."""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from core.errors import LearnerError
from core.spec.run import RunSpec, read_spec
from core.store.folder import RunFolder, RunWriter
from core.store.further import shipped_runs
from core.store.layout import SPEC
from core.store.lock import writing
from core.store.snapshot import Snapshot
from core.store.start import Start, find_start
from core.store.store import Library, Store
from core.text.own import check_own_text, digest, read_upload

STARTER_FOLDER = Path(__file__).resolve().parents[1] / "starters"
_GOES_ON = "A training goes on from its last checkpoint with the same command."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it went well, 1 after one sentence on standard error if not."""
    options = _parser().parse_args(arguments)
    try:
        match options.command:
            case "train":
                _train(options)
            case "starters":
                print(json.dumps([_described(slug, spec) for slug, spec in _shipped()], indent=2))
            case "make-starters":
                _make_starters(options.into)
    except LearnerError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # At the end Python would write what is left, and fail again: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print("Nobody reads the output any more: stopped. " + _GOES_ON, file=sys.stderr)
        return 1
    except OSError as error:
        print(_sentence(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. " + _GOES_ON, file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser(
        "train",
        help="train one run; prints one JSON object for every snapshot, the last "
        "one with the loss over the whole held-out text; a run that is done is only shown",
    )
    train.add_argument("spec", type=Path, metavar="SPEC.json")
    train.add_argument("--runs", type=Path, required=True, metavar="DIR", help="where runs live")
    train.add_argument("--text", type=Path, metavar="FILE", help="the text, if it is your own")
    train.add_argument(
        "--start-text",
        type=Path,
        metavar="FILE",
        help="the text of the run that this one goes on from, if it was your own and is another",
    )
    train.add_argument("--again", action="store_true", help="train a run anew that is done")
    commands.add_parser("starters", help="list the specifications of the shipped runs as JSON")
    make = commands.add_parser("make-starters", help="train the shipped runs")
    make.add_argument("--into", type=Path, default=STARTER_FOLDER, metavar="DIR")
    return parser


def _shipped() -> list[tuple[str, RunSpec]]:
    """The run of each family that ships, then the further ones, each under its name."""
    return list(shipped_runs().items())


def _described(slug: str, spec: RunSpec) -> dict[str, object]:
    return {"slug": slug, "id": spec.id, "spec": spec.model_dump(mode="json")}


def _train(options: argparse.Namespace) -> None:
    own_text = None if options.text is None else check_own_text(read_upload(_read(options.text)))
    spec = _specification(options.spec, own_text)
    if spec.corpus.name == "own" and own_text is None:
        raise LearnerError("The specification names a text of your own: give it with --text FILE.")
    if spec.corpus.name != "own" and own_text is not None:
        raise LearnerError("The specification brings its own corpus: leave --text out.")
    run = Store(options.runs, read_only=True).look(spec.id, spec)
    if run is not None and run.is_done and not options.again:
        print("This run is done: here it is. Give --again to train it anew.", file=sys.stderr)
        snapshots: Iterable[Snapshot] = run.snapshots
    else:
        before = options.start_text
        start = find_start(
            Library([Store(options.runs), Store(STARTER_FOLDER, read_only=True)]),
            spec,
            None if before is None else check_own_text(read_upload(_read(before))),
        )
        snapshots = _recorded(options.runs, spec, own_text, start)
    for snapshot, last in _with_last(snapshots):
        line = snapshot.to_json()
        if last:
            line |= _held_out(options.runs / spec.id, own_text)
        print(json.dumps(line, ensure_ascii=False), flush=True)


def _specification(file: Path, own_text: str | None) -> RunSpec:
    """What the file says. Where it says that the text is one's own and not which, it is the one that was
    given: then the run is the same that a page would make of it."""
    content = _read(file)
    try:
        value = json.loads(content)
        corpus = value["corpus"]
        if corpus["name"] == "own" and corpus.get("digest") is None and own_text is not None:
            value["corpus"] = {"size": 1, "seed": 0, **corpus, "digest": digest(own_text)}
            content = json.dumps(value).encode()
        elif corpus["name"] == "own" and corpus.get("digest") is None:
            raise LearnerError(
                "The specification names a text of your own: give it with --text FILE."
            )
    except (ValueError, LookupError, TypeError, AttributeError):
        pass  # no specification at all, or none of one's own text: reading it says what is wrong
    return read_spec(content)


def _with_last(snapshots: Iterable[Snapshot]) -> Iterator[tuple[Snapshot, bool]]:
    """Each snapshot, and whether it is the last: known only when the run has ended, so it waits for that."""
    before: Snapshot | None = None
    for snapshot in snapshots:
        if before is not None:
            yield before, False
        before = snapshot
    if before is not None:
        yield before, True


def _held_out(folder: Path, own_text: str | None) -> dict[str, object]:
    """The loss over the whole held-out text, and how many tokens that are; nothing for a model that
    predicts no tokens."""
    from core.training.held_out import held_out_loss  # needs torch

    found = held_out_loss(RunFolder(folder), own_text)
    if found is None:
        return {}
    loss, tokens = found
    return {"held_out_loss": loss if math.isfinite(loss) else "inf", "held_out_tokens": tokens}


def _make_starters(folder: Path) -> None:
    """Train every run that ships anew and remove the runs that are none any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if (old / SPEC).exists():
            shutil.rmtree(old)
    for slug, spec in _shipped():
        last: Snapshot | None = None
        for last in _recorded(folder, spec, None):
            print(f"\r{slug}: step {last.step}, {last.seconds:.0f} s", end="", flush=True)
        assert last is not None
        print(
            f"\r{slug}: validation loss {last.validation_loss:.4f} after "
            f"{last.seconds:.1f} s\n{last.sample or ''}\n"
        )


def _recorded(
    root: Path, spec: RunSpec, own_text: str | None, start: Start | None = None
) -> Iterator[Snapshot]:
    """The snapshots of a run, each once it is written to its folder."""
    # Here, not above: the other commands, and the refusal of a bad specification, need no torch.
    import torch

    from core.runs.admission import make_way
    from core.runs.engines.engine import Job
    from core.runs.worker import execute

    torch.set_num_threads(1)
    root.mkdir(parents=True, exist_ok=True)
    with writing(root / spec.id, patience=0.0):
        pass  # refused here, while nothing of the other program's has been written over
    make_way(Store(root), spec)
    RunWriter(root, spec).queue()
    with contextlib.closing(execute(Job(root, spec, own_text, start=start))) as snapshots:
        yield from snapshots


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise LearnerError(
            "{file} cannot be read: {problem}.", file=file, problem=_problem(error)
        ) from None


def _sentence(error: OSError) -> str:
    """For a folder that is a file, or may not be written, or has no room."""
    where = f"{error.filename} cannot be used" if error.filename else "The disk cannot be used"
    return f"{where}: {_problem(error)}."


def _problem(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()


if __name__ == "__main__":
    sys.exit(main())
