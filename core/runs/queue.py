"""Who trains next: one queue above any engine. Torch-free.

A run is trained once, however many ask for it: they become its owners. ``turns.py`` says which is next.
An owner keeps a lease alive by asking (``renew``); without owners a run stops, with a checkpoint.

What goes wrong with one run, a folder that is gone or a disk that is full, is logged and costs that run:
the thread goes on, and a run leaves this memory before its end is written.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from core.errors import LearnerError
from core.runs.admission import keep_text, make_way
from core.runs.engines.engine import Engine, Job, Stream, WorkerLost
from core.runs.guards import disk_said, logged
from core.runs.states import States
from core.runs.timekeeper import Timekeeper
from core.runs.turns import Entry, Turns
from core.spec.run import RunSpec
from core.store.folder import RunFolder, RunWriter
from core.store.lock import is_being_written
from core.store.start import find_start
from core.store.state import (
    ABANDONED,
    BROKEN,
    CANCELLED,
    INTERRUPTED,
    Reason,
    RunState,
    State,
    lost,
    restarted,
)
from core.store.store import Library, Store

LEASE_SECONDS = 120.0
MOST_PER_OWNER = 4
MOST_UNFINISHED = 200
_TICK_SECONDS = 0.25
_LETTING_GO_SECONDS = 2.0
"""As long as a worker takes to end once it has said its last word, or its foreman was killed."""


class Queue:
    """Executes runs of one store on one engine. Every method may be called from any thread.

    ``shipped`` are read-only stores whose runs need no training. ``clock`` is in seconds.
    """

    def __init__(
        self,
        store: Store,
        engine: Engine,
        shipped: Iterable[Store] = (),
        *,
        clock: Callable[[], float] = time.monotonic,
        lease: float = LEASE_SECONDS,
    ) -> None:
        self._store, self._engine, self._clock, self._lease = store, engine, clock, lease
        self._library = Library([store, *shipped])
        self._states = States(store.root)
        self._turns = Turns()
        self._timekeeper = Timekeeper(store, self._library)
        self._told: object = None
        self._changed = threading.Condition(threading.RLock())
        self._entries: dict[str, Entry] = {}
        self._places: dict[str, int] | None = None
        self._submitted = 0
        self._closed = False
        self._scheduler = threading.Thread(target=self._schedule, daemon=True, name="queue")

    def start(self, watched: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        """Take over what an earlier queue left unfinished, then begin.

        ``watched`` maps ids, in the order of submission, to the owners who still want the run: it
        waits again, and says so. Any other unfinished run is marked as interrupted, unless another
        program is training it.
        """
        with self._changed:
            left = {folder.id: folder for folder in self._store.list() if _is_alive(folder)}
            for run_id, owners in watched.items():
                if owners and run_id in left and self._take_over(left[run_id], owners):
                    del left[run_id]
            for folder in left.values():
                if not is_being_written(folder.path, _LETTING_GO_SECONDS):
                    ending = State(RunState.FAILED, INTERRUPTED, resumable=True)
                    self._states.write(folder.id, ending)
        self._scheduler.start()

    def submit(self, spec: RunSpec, owner: str, own_text: str | None = None) -> str:
        """Have a run trained and return its id: from the start, or on from its checkpoint.

        A run that is done, or would only fail again, is left as it is; of one that is damaged,
        what is in the way is set aside. LearnerError if the own text or the run that it goes on
        from is missing or unfit, too many runs are unfinished, another program trains this one, or the
        disk takes nothing.
        """
        with self._changed:
            entry = self._unended(spec.id)
            if entry is None and self._settled(spec):
                return spec.id
            if entry is None or owner not in entry.owners:
                self._check_room(owner, new=entry is None)
            if entry is None:
                find_start(self._library, spec)
                with disk_said():
                    keep_text(self._store, spec, own_text)
                    make_way(self._store, spec)
                    self._writer(spec).queue()
                self._states.forget(spec.id)
                entry = self._enter(spec)
            else:
                self._say_again(entry)
            entry.owners[owner] = self._clock() + self._lease
            self._places = None
            self._changed.notify_all()
        return spec.id

    def resume(self, run_id: str, owner: str) -> str:
        """Submit again what was stopped or interrupted. LearnerError if there is no such run."""
        return self.submit(self._library.open(run_id).spec, owner)

    def cancel(self, run_id: str, owner: str) -> bool:
        """Withdraw one owner. True if that stops the run, because no other is left."""
        with self._changed:
            entry = self._entries.get(run_id)
            if entry is None or entry.owners.pop(owner, None) is None:
                return False
            self._places = None
            if entry.owners:
                return False
            self._stop(entry, State(RunState.CANCELLED, CANCELLED, resumable=True))
            return True

    def renew(self, run_id: str, owner: str) -> bool:
        """The owner is still watching. False if the run is not, or no longer, theirs. LearnerError if
        the disk does not take what has become of it."""
        with self._changed:
            if (problem := self._states.problem(run_id)) is not None:
                raise problem
            entry = self._entries.get(run_id)
            if entry is None or owner not in entry.owners:
                return False
            entry.owners[owner] = self._clock() + self._lease
            return True

    def place(self, run_id: str) -> int | None:
        """1 for the run that starts next; None for one that does not wait."""
        with self._changed:
            return self._in_turn().get(run_id)

    def tick(self) -> None:
        """Let leases run out, then fill the free slots. The scheduler calls it."""
        with self._changed:
            self._states.retry()
            now = self._clock()
            for entry in list(self._entries.values()):
                with logged():
                    self._expire(entry, now)
            free = self._engine.slots - sum(e.stream is not None for e in self._entries.values())
            for run_id in list(self._in_turn())[:free] if free > 0 else ():
                self._open(self._entries[run_id])
            self._tell()

    def close(self, patience: float = 1.5) -> None:
        """Stop everything: what was unfinished can be resumed."""
        with self._changed:
            self._closed = True
            pumps = [entry.pump for entry in self._entries.values() if entry.pump is not None]
            for entry in list(self._entries.values()):
                entry.owners.clear()
                self._stop(entry, State(RunState.FAILED, INTERRUPTED, resumable=True))
            self._changed.notify_all()
        deadline = time.monotonic() + patience
        for pump in pumps:
            pump.join(max(0.0, deadline - time.monotonic()))

    def _schedule(self) -> None:
        with self._changed:
            while not self._closed:
                with logged():
                    self.tick()
                warm = self._told is not None
                idle = warm and not self._entries and self._states.all_written
                self._changed.wait(None if idle else _TICK_SECONDS)

    def _take_over(self, folder: RunFolder, owners: Iterable[str]) -> bool:
        """Have a run wait whose program was killed; each owner's lease begins anew. False if its
        folder does not allow it."""
        try:
            spec, reason = folder.spec, restarted(folder.checkpoint_step)
            self._writer(spec).queue(reason)
        except (LearnerError, OSError):
            traceback.print_exc()
            return False
        entry = self._enter(spec)
        entry.reason = reason
        entry.owners.update(dict.fromkeys(owners, self._clock() + self._lease))
        return True

    def _in_turn(self) -> dict[str, int]:
        """Id → place of the waiting runs, in the order in which they start; reckoned anew only after a
        change, as it takes a while with many."""
        if self._places is None:
            order = self._turns.order(self._entries.values())
            self._places = {entry.spec.id: place for place, entry in enumerate(order, 1)}
        return self._places

    def _enter(self, spec: RunSpec) -> Entry:
        self._submitted, self._places = self._submitted + 1, None
        entry = self._entries[spec.id] = Entry(spec, self._submitted)
        return entry

    def _open(self, entry: Entry) -> None:
        """Have the engine begin. If it cannot, that is the end of this run, and the next one's turn."""
        spec, self._places = entry.spec, None
        self._states.forget(spec.id)  # from here the worker writes
        try:
            text = None if spec.corpus.digest is None else self._store.text(spec.corpus.digest)
            start = find_start(self._library, spec)
            stream = self._engine.open(Job(self._store.root, spec, text, entry.reason, start))
            entry.pump = threading.Thread(
                target=self._pump, args=(entry, stream), daemon=True, name=f"run {spec.id}"
            )
            entry.stream = stream
            self._turns.serve(entry.owners)
            entry.pump.start()
        except Exception as error:
            entry.stream = entry.pump = None
            self._entries.pop(spec.id, None)
            self._states.write(spec.id, _not_begun(error))
            return
        with logged():
            self._timekeeper.began(spec)

    def _pump(self, entry: Entry, stream: Stream) -> None:
        code: int | None = None
        try:
            for _step in stream:
                pass
        except WorkerLost as error:
            code = error.code
        except Exception:
            traceback.print_exc()
        finally:
            with self._changed:
                with logged():
                    self._timekeeper.ended(entry.spec)
                with logged():
                    self._ended(entry, code)
                self._changed.notify_all()

    def _ended(self, entry: Entry, code: int | None) -> None:
        """The worker has let go. Whoever asked for the run while it was being stopped gets it."""
        run_id, ending = entry.spec.id, entry.ending
        del self._entries[run_id]
        entry.stream = entry.pump = entry.ending = entry.reason = self._places = None
        folder = self._store.find(run_id)
        state = None if folder is None else folder.state
        if state is not None and not (state.state.is_alive or state.is_damaged):
            return
        if ending is not None and entry.owners and not self._closed:
            self._entries[run_id] = entry
            self._states.write(run_id, State(RunState.QUEUED, resumable=True))
        elif ending is not None:
            self._states.write(run_id, ending)
        elif folder is None or not is_being_written(folder.path):  # by another program, that is
            self._states.write(run_id, State(RunState.FAILED, lost(code), resumable=True))

    def _expire(self, entry: Entry, now: float) -> None:
        if entry.ending is not None:
            return
        for owner in [owner for owner, until in entry.owners.items() if until <= now]:
            del entry.owners[owner]
            self._places = None
        if not entry.owners:
            self._stop(entry, State(RunState.CANCELLED, ABANDONED, resumable=True))

    def _stop(self, entry: Entry, ending: State) -> None:
        """End a run that nobody owns: at once if it waits, within a second if it runs."""
        if entry.stream is None:
            self._places = None
            self._entries.pop(entry.spec.id, None)
            self._states.write(entry.spec.id, ending)
        elif entry.ending is None or self._closed:
            entry.ending = ending
            with logged():
                entry.stream.cancel()

    def _unended(self, run_id: str) -> Entry | None:
        """The entry of a run. Where its folder says already how it ended, nothing comes of it any more: its
        worker is waited for, which is about to go."""
        entry = self._entries.get(run_id)
        if entry is not None and entry.stream is not None and entry.ending is None:
            folder = self._store.find(run_id)
            if folder is not None and not (folder.state.state.is_alive or folder.state.is_damaged):
                self._changed.wait_for(
                    lambda: self._entries.get(run_id) is not entry, _LETTING_GO_SECONDS
                )
        return self._entries.get(run_id)

    def _settled(self, spec: RunSpec) -> bool:
        run = self._library.look(spec.id, spec)
        return run is not None and run.has_ended

    def _tell(self) -> None:
        """Write down what the pages announce, whenever a run has come, begun or gone."""
        slots = self._engine.slots
        waiting = list(self._in_turn())
        running = [id for id, entry in self._entries.items() if entry.stream is not None]
        now = (slots, waiting, running)
        if slots and now != self._told:
            self._told = now
            with logged():
                self._timekeeper.tell([self._entries[id].spec for id in waiting], slots)

    def _say_again(self, entry: Entry) -> None:
        """Write the state anew of a run that is under way and whose state cannot be read."""
        folder = self._store.find(entry.spec.id)
        if folder is None or folder.state.is_damaged:
            state = RunState.QUEUED if entry.stream is None else RunState.RUNNING
            self._states.write(entry.spec.id, State(state, entry.reason, resumable=True))
            if entry.stream is not None:
                self._states.forget(entry.spec.id)  # later, the worker may have written its end

    def _check_room(self, owner: str, new: bool) -> None:
        theirs = sum(owner in entry.owners for entry in self._entries.values())
        if theirs >= MOST_PER_OWNER:
            raise LearnerError(
                "You already have {count} unfinished trainings. Wait for one to end, or stop one.",
                count=theirs,
            )
        if new and len(self._entries) >= MOST_UNFINISHED:
            raise LearnerError(
                "{count} trainings are waiting on this server. Try again in a few minutes.",
                count=len(self._entries),
            )

    def _writer(self, spec: RunSpec) -> RunWriter:
        return RunWriter(self._store.root, spec)


def _is_alive(folder: RunFolder) -> bool:
    try:
        return folder.state.state.is_alive
    except FileNotFoundError:  # deleted meanwhile
        return False


def _not_begun(error: Exception) -> State:
    """What has become of a run that the engine could not begin."""
    if isinstance(error, LearnerError):
        return State(RunState.FAILED, Reason.of(error))
    traceback.print_exception(error)
    problem = f"{type(error).__name__}: {error}"
    return State(RunState.FAILED, Reason(BROKEN, {"problem": problem}), resumable=True)
