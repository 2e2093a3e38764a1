"""The run that another one goes on from: found, and checked whether it fits. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.store.damage import spec_at
from core.store.folder import RunFolder
from core.store.layout import MODEL
from core.store.store import Library
from core.text.own import digest
from core.text.tokenizers import Tokenizer
from core.wording import N_

GONE = N_("The run {run}, which this one goes on from, is not here. It may have been deleted.")


@dataclass(frozen=True)
class Start:
    """A finished run as another one begins with it: its folder, and its text where that was a learner's own
    and is another than the new one."""

    folder: Path
    own_text: str | None = None

    @property
    def spec(self) -> RunSpec:
        return spec_at(self.folder)

    @property
    def model_path(self) -> Path:
        return self.folder / MODEL

    def tokenizer(self) -> Tokenizer:
        return RunFolder(self.folder).tokenizer()


def find_start(library: Library, spec: RunSpec, own_text: str | None = None) -> Start | None:
    """What a run begins with; None for one that goes on from no other.

    ``own_text`` is the text of the other run, where no store has it. LearnerError if that run is missing,
    not done or of another shape, or its text is missing and is needed.
    """
    if spec.start is None:
        return None
    view = library.look(spec.start)
    if view is None:
        raise LearnerError(GONE, run=spec.start)
    if not view.is_done:
        raise LearnerError(
            "The run {run}, which this one goes on from, is not finished. Train it first.",
            run=spec.start,
        )
    check_start(spec, view.spec)
    wanted = view.spec.corpus.digest
    if wanted is None or view.spec.corpus == spec.corpus:
        return Start(view.model_path.parent)
    if own_text is None or digest(own_text) != wanted:
        own_text = library.text(wanted)
    return Start(view.model_path.parent, own_text)


def check_start(spec: RunSpec, other: RunSpec) -> None:
    """LearnerError unless ``spec`` can begin with what a run of ``other`` has learned."""
    if other.id != spec.start:
        raise LearnerError(GONE, run=str(spec.start))
    if not spec.model.begins_as(other.model):
        raise LearnerError(
            "The run {run}, which this one goes on from, has a model of another shape: weights can only "
            "go where they came from.",
            run=other.id,
        )
    if spec.tokenizer != other.tokenizer:
        raise LearnerError(
            "The run {run}, which this one goes on from, has other tokens: its table has rows for these.",
            run=other.id,
        )
    if spec.recipe.replay and spec.corpus == other.corpus:
        raise LearnerError("There is no other text to mix in: this run reads the same one.")
