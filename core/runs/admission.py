"""What is done in the store before a run may wait: its text is kept, damage makes way. Torch-free."""

from __future__ import annotations

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.store.lock import writing
from core.store.state import RunState, State
from core.store.store import Store
from core.text.own import check_own_text, digest


def keep_text(store: Store, spec: RunSpec, own_text: str | None) -> None:
    """Keep the learner's own text that the run names. LearnerError if it is missing, unfit, or another."""
    wanted = spec.corpus.digest
    if wanted is None:
        return
    if own_text is None:
        store.text(wanted)
        return
    text = check_own_text(own_text)
    if digest(text) != wanted:
        raise LearnerError("The text was changed after the run was set up. Set it up again.")
    store.save_text(text)


def make_way(store: Store, spec: RunSpec) -> None:
    """Set a damaged run aside. A state that cannot be read is in nobody's way: it will be written anew,
    and the checkpoint counts. LearnerError if another program is training the run."""
    folder = store.find(spec.id)
    if folder is None:
        return
    with writing(folder.path, patience=0.0):
        state = folder.state
        if state.is_damaged:
            state = State(RunState.FAILED)
        damage = folder.damage(state)
    if damage is not None:
        print(f"run {spec.id} is set aside: {damage}", flush=True)
        store.set_aside(spec.id)
