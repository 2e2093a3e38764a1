"""The queue and runs that go on from others: refused with a sentence, found again when their turn comes."""

from __future__ import annotations

import pytest

from core.errors import LearnerError
from core.spec.run import RunSpec
from core.store.folder import RunWriter
from core.store.start import Start
from core.store.state import RunState, State
from core.store.store import Store
from tests.core.runs.queueing import Setting

PARENT = RunSpec()
CHILD = RunSpec(start=PARENT.id, seed=2)


def test_a_run_is_handed_what_it_begins_with(a: Setting) -> None:
    with pytest.raises(LearnerError, match="is not here"):
        a.queue.submit(CHILD, "ann")
    assert a.store.find(CHILD.id) is None, "nothing is left of what was refused"
    writer = RunWriter(a.store.root, PARENT)
    writer.queue()
    with pytest.raises(LearnerError, match="is not finished"):
        a.queue.submit(CHILD, "ann")
    writer.mark(State(RunState.DONE))
    run = a.queue.submit(CHILD, "ann")
    a.queue.tick()
    assert a.engine.open_now[run].job.start == Start(a.store.root / PARENT.id)
    a.engine.open_now[run].tell("done")


def test_one_whose_beginning_went_while_it_waited_fails_with_a_sentence(a: Setting) -> None:
    writer = RunWriter(a.store.root, PARENT)
    writer.queue()
    writer.mark(State(RunState.DONE))
    run = a.queue.submit(CHILD, "ann")
    with pytest.raises(LearnerError, match="Delete that one first"):
        Store(a.store.root).delete(PARENT.id)
    writer.mark(State(RunState.FAILED))
    a.queue.tick()
    state = a.state(run)
    assert state.state is RunState.FAILED
    assert state.reason is not None and "is not finished" in state.reason.template
