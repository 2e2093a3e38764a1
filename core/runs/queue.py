"""Who trains next: one queue above any engine. Torch-free.

A run is trained once, however many ask for it: they become its owners. Of the waiting runs that one
is next whose owner has fewest running, then fewest served, then the oldest. An owner keeps a lease
alive by asking (``renew``); without owners a run stops, with a checkpoint.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from core.errors import LearnerError
from core.runs.engines.engine import Engine, Job, Stream, WorkerLost
from core.spec.run import RunSpec
from core.store.folder import RunFolder, RunWriter
from core.store.state import (
    ABANDONED,
    CANCELLED,
    INTERRUPTED,
    Reason,
    RunState,
    State,
    lost,
    restarted,
)
from core.store.store import Library, Store
from core.text.own import check_own_text, digest

LEASE_SECONDS = 120.0
MOST_PER_OWNER = 4
MOST_UNFINISHED = 200
_REMEMBERED_OWNERS = 10_000
_TICK_SECONDS = 0.25


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
        self._changed = threading.Condition(threading.RLock())
        self._entries: dict[str, _Entry] = {}
        self._served: OrderedDict[str, int] = OrderedDict()
        self._places: dict[str, int] | None = None
        self._submitted = 0
        self._closed = False
        self._scheduler = threading.Thread(target=self._schedule, daemon=True, name="queue")

    def start(self, watched: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        """Take over what an earlier queue left unfinished, then begin.

        ``watched`` maps ids, in the order of submission, to the owners who still want the run: it
        waits again, and says so. Any other unfinished run is marked as interrupted.
        """
        with self._changed:
            left = {
                folder.id: folder for folder in self._store.list() if folder.state.state.is_alive
            }
            for run_id, owners in watched.items():
                if owners and run_id in left:
                    self._take_over(left.pop(run_id), owners)
            for folder in left.values():
                self._writer(folder.spec).mark(State(RunState.FAILED, INTERRUPTED, resumable=True))
        self._scheduler.start()

    def submit(self, spec: RunSpec, owner: str, own_text: str | None = None) -> str:
        """Have a run trained and return its id: from the start, or on from its checkpoint.

        A run that is done, or would only fail again, is left as it is. LearnerError if the own text
        is missing or unfit, or too many runs are unfinished.
        """
        with self._changed:
            entry = self._entries.get(spec.id)
            if entry is None and self._settled(self._library.find(spec.id)):
                return spec.id
            if entry is None or owner not in entry.owners:
                self._check_room(owner, new=entry is None)
            if entry is None:
                self._keep_text(spec, own_text)
                self._writer(spec).queue()
                entry = self._enter(spec)
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
        """The owner is still watching. False if the run is not, or no longer, theirs."""
        with self._changed:
            entry = self._entries.get(run_id)
            if entry is None or owner not in entry.owners:
                return False
            entry.owners[owner] = self._clock() + self._lease
            return True

    def place(self, run_id: str) -> int | None:
        """1 for the run that starts next; None for one that does not wait."""
        with self._changed:
            if self._places is None:
                order = self._order()
                self._places = {entry.spec.id: place for place, entry in enumerate(order, 1)}
            return self._places.get(run_id)

    def tick(self) -> None:
        """Let leases run out, then fill the free slots. The scheduler calls it."""
        with self._changed:
            now = self._clock()
            for entry in list(self._entries.values()):
                self._expire(entry, now)
            free = self._engine.slots - sum(e.stream is not None for e in self._entries.values())
            for entry in self._order()[:free] if free > 0 else ():
                self._open(entry)

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
                self.tick()
                self._changed.wait(_TICK_SECONDS if self._entries else None)

    def _take_over(self, folder: RunFolder, owners: Iterable[str]) -> None:
        """Have a run wait whose program was killed; each owner's lease begins anew."""
        entry = self._enter(folder.spec)
        entry.reason = restarted(folder.checkpoint_step)
        entry.owners.update(dict.fromkeys(owners, self._clock() + self._lease))
        self._writer(folder.spec).queue(entry.reason)

    def _enter(self, spec: RunSpec) -> _Entry:
        self._submitted += 1
        entry = self._entries[spec.id] = _Entry(spec, self._submitted)
        return entry

    def _order(self) -> list[_Entry]:
        """The waiting runs in the order in which they would start if nothing ended meanwhile."""
        running: Counter[str] = Counter()
        waiting: list[_Entry] = []
        for entry in self._entries.values():
            if entry.stream is None:
                waiting.append(entry)
            else:
                running.update(entry.owners)
        served = Counter({owner: self._served.get(owner, 0) for e in waiting for owner in e.owners})
        order: list[_Entry] = []
        while waiting:
            following = min(
                waiting,
                key=lambda e: (min((running[o], served[o]) for o in e.owners), e.submitted),
            )
            waiting.remove(following)
            order.append(following)
            running.update(following.owners)
            served.update(following.owners)
        return order

    def _open(self, entry: _Entry) -> None:
        spec, self._places = entry.spec, None
        try:
            text = None if spec.corpus.digest is None else self._store.text(spec.corpus.digest)
        except LearnerError as error:
            self._writer(spec).fail(error)
            del self._entries[spec.id]
            return
        for owner in entry.owners:
            self._served[owner] = self._served.pop(owner, 0) + 1
        while len(self._served) > _REMEMBERED_OWNERS:
            self._served.popitem(last=False)
        entry.stream = self._engine.open(Job(self._store.root, spec, text, entry.reason))
        entry.pump = threading.Thread(
            target=self._pump, args=(entry, entry.stream), daemon=True, name=f"run {spec.id}"
        )
        entry.pump.start()

    def _pump(self, entry: _Entry, stream: Stream) -> None:
        code: int | None = None
        try:
            for _step in stream:
                pass
        except WorkerLost as error:
            code = error.code
        finally:
            with self._changed:
                self._ended(entry, code)
                self._changed.notify_all()

    def _ended(self, entry: _Entry, code: int | None) -> None:
        folder = self._store.find(entry.spec.id)
        entry.stream = entry.pump = self._places = None
        if folder is not None and folder.state.state.is_alive:
            ending = entry.ending or State(RunState.FAILED, lost(code), resumable=True)
            if entry.ending is not None and entry.owners and not self._closed:
                entry.ending = entry.reason = None
                self._writer(entry.spec).queue()
                return
            self._writer(entry.spec).mark(ending)
        del self._entries[entry.spec.id]

    def _expire(self, entry: _Entry, now: float) -> None:
        if entry.ending is not None:
            return
        for owner in [owner for owner, until in entry.owners.items() if until <= now]:
            del entry.owners[owner]
            self._places = None
        if not entry.owners:
            self._stop(entry, State(RunState.CANCELLED, ABANDONED, resumable=True))

    def _stop(self, entry: _Entry, ending: State) -> None:
        """End a run that nobody owns: at once if it waits, within a second if it runs."""
        if entry.stream is None:
            self._places = None
            self._writer(entry.spec).mark(ending)
            del self._entries[entry.spec.id]
        elif entry.ending is None or self._closed:
            entry.ending = ending
            with contextlib.suppress(OSError):
                entry.stream.cancel()

    def _settled(self, folder: RunFolder | None) -> bool:
        if folder is None:
            return False
        state = folder.state
        return state.state is RunState.DONE or (
            state.state is RunState.FAILED and not state.resumable
        )

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

    def _keep_text(self, spec: RunSpec, own_text: str | None) -> None:
        wanted = spec.corpus.digest
        if wanted is None:
            return
        if own_text is None:
            self._store.text(wanted)
            return
        text = check_own_text(own_text)
        if digest(text) != wanted:
            raise LearnerError("The text was changed after the run was set up. Set it up again.")
        self._store.save_text(text)

    def _writer(self, spec: RunSpec) -> RunWriter:
        return RunWriter(self._store.root, spec)


@dataclass
class _Entry:
    """An unfinished run. ``owners`` maps each to the end of its lease; ``stream`` is there while it
    runs; ``ending`` is what it will have become once a requested stop is done; ``reason`` says what
    happened to it on the way."""

    spec: RunSpec
    submitted: int
    owners: dict[str, float] = field(default_factory=dict)
    stream: Stream | None = None
    pump: threading.Thread | None = None
    ending: State | None = None
    reason: Reason | None = None
