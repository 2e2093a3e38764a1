"""The web process's side of the foreman: start, ask, start again if it dies. Torch-free."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import core
from core.errors import LearnerError
from core.questions import Answer, Asked
from core.runs.queue import LEASE_SECONDS
from core.runs.session import Session, Silent, pipe
from core.runs.watches import Watches
from core.spec.run import RunSpec
from core.wording import N_

_NO_START = N_("The training service does not start. Tell whoever runs this course.")
_PROJECT = Path(core.__file__).resolve().parent.parent
_PAUSE_AFTER_FAILURE_SECONDS = 3.0
_LONG_LIFE_SECONDS = 60.0
_LONGEST_START_SECONDS = 60.0
PATIENCE_SECONDS = 2.2
"""What goes unanswered for so long is asked once more whether anybody is there: together five seconds."""


class Foreman:
    """Runs and questions, by way of the foreman process. Every method may be called by any thread.

    ``shipped`` are roots of read-only stores; ``engine`` is a name from ``engines/registry.py``. If
    the process is killed, another takes its place at once: unfinished runs whose owners still watch
    go on from their checkpoints, and calls that were under way are made again. Methods raise
    LearnerError when the foreman cannot be started, for instance because another server uses the
    same root, and when it answers nothing for twice ``patience`` seconds, as one that was stopped.
    """

    def __init__(
        self,
        root: Path,
        shipped: Iterable[Path] = (),
        *,
        engine: str = "local",
        slots: int | None = None,
        lease: float = LEASE_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.patience = patience
        self._arguments = ["--root", str(Path(root).resolve()), "--shipped"]
        self._arguments += [str(Path(path).resolve()) for path in shipped]
        self._arguments += ["--engine", engine, "--lease", str(lease)]
        if slots is not None:
            self._arguments += ["--slots", str(slots)]
        self._watches = Watches(lease)
        self._replaced = 0
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._failure: tuple[float, LearnerError] | None = None
        self._closed = False
        self._short_lives = 0

    def start(self) -> None:
        """Start the process in the background and return at once. Calls start it too."""

        def begin() -> None:
            with contextlib.suppress(LearnerError):
                self._connected()

        threading.Thread(target=begin, daemon=True, name="foreman").start()

    def submit(self, spec: RunSpec, owner: str, own_text: str | None = None) -> str:
        """Have a run trained, or shared if it is already; returns its id at once."""
        run_id = str(self._call("submit", spec, owner, own_text))
        self._watches.keep(run_id, owner)
        return run_id

    def resume(self, run_id: str, owner: str) -> str:
        """Go on with a stopped or interrupted run."""
        self._call("resume", run_id, owner)
        self._watches.keep(run_id, owner)
        return run_id

    def cancel(self, run_id: str, owner: str) -> bool:
        """Withdraw. True if that stops the run, because nobody else wants it."""
        self._watches.drop(run_id, owner)
        return bool(self._call("cancel", run_id, owner))

    def renew(self, run_id: str, owner: str) -> bool:
        """Still watching. False if the run is not, or no longer, this owner's."""
        theirs = bool(self._call("renew", run_id, owner))
        (self._watches.keep if theirs else self._watches.drop)(run_id, owner)
        return theirs

    def place(self, run_id: str) -> int | None:
        """1 for the run that starts next; None for one that does not wait."""
        place: int | None = self._call("place", run_id)
        return place

    def ask(
        self,
        question: Asked[Answer],
        timeout: float = 10.0,
        on_restart: Callable[[], object] = lambda: None,
    ) -> Answer:
        """Ask the warm worker; the answer's type goes with the question's.

        ``on_restart`` is called if the foreman or the worker was killed over the question, so that
        the answer comes from a new one.
        """
        before = self._replaced
        answer: Answer
        answer, replaced = self._call("ask", question, timeout)
        if replaced or self._replaced != before:
            on_restart()
        return answer

    def close(self) -> None:
        """End the process; runs that were unfinished can be resumed."""
        with self._lock:
            self._closed = True
            if self._session is not None:
                self._session.end()
                self._session = None

    @property
    def pid(self) -> int | None:
        """The foreman's process id, if it has been started."""
        session = self._session
        return None if session is None else session.process.pid

    def _call(self, method: str, *arguments: Any) -> Any:
        """Every request may be repeated without harm, so after a death it is, once."""
        for attempt in range(2):
            session = self._connected()
            try:
                fine, value = session.request(method, arguments, self.patience)
            except Silent:
                break
            except (EOFError, OSError):
                self._discard(session)
                if attempt:
                    break
                continue
            if not fine:
                raise value
            return value
        raise LearnerError("The training service cannot be reached. Try again in a moment.")

    def _connected(self) -> Session:
        with self._lock:
            if self._closed:
                raise LearnerError("The server is closing.")
            if self._session is not None and self._session.process.poll() is None:
                return self._session
            if self._session is not None:
                self._session.end()
                self._session = None
                self._replaced += 1
            if self._failure is not None:
                when, error = self._failure
                if time.monotonic() - when < _PAUSE_AFTER_FAILURE_SECONDS:
                    raise error
            try:
                watched = self._watches.owners()
                self._session, self._failure = _begin(self._arguments, watched), None
            except LearnerError as error:
                self._failure = (time.monotonic(), error)
                raise
            self._replace_at_death(self._session)
            return self._session

    def _replace_at_death(self, session: Session) -> None:
        """Watch the process: who only looks at a run's folder makes no call that would find it dead.

        One that dies as soon as it is started is not replaced at once, and after several short lives
        in a row, or where another cannot be started, each pause is longer.
        """

        def watch() -> None:
            began = time.monotonic()
            session.process.wait()
            lived = time.monotonic() - began
            self._short_lives = 0 if lived > _LONG_LIFE_SECONDS else self._short_lives + 1
            pause = _PAUSE_AFTER_FAILURE_SECONDS if lived <= _PAUSE_AFTER_FAILURE_SECONDS else 0.0
            if self._short_lives > 1:
                pause = max(pause, min(2.0**self._short_lives, _LONG_LIFE_SECONDS))
            while not self._closed:
                time.sleep(pause)
                try:
                    self._connected()
                    return
                except LearnerError:
                    pause = min(max(2 * pause, _PAUSE_AFTER_FAILURE_SECONDS), _LONG_LIFE_SECONDS)

        threading.Thread(target=watch, daemon=True, name="foreman's death").start()

    def _discard(self, session: Session) -> None:
        """A connection broke. The process may be dying: give it a moment to be seen dead."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            session.process.wait(0.5)
        session.hang_up()


def _begin(arguments: list[str], watched: dict[str, list[str]]) -> Session:
    """Start the process and wait for its address (half a second: it imports no torch)."""
    paths = [str(_PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "core.runs.foreman", *arguments],
            cwd=_PROJECT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    except OSError as error:
        print(f"the foreman cannot be started: {error}", file=sys.stderr, flush=True)
        raise LearnerError(_NO_START) from None
    key = secrets.token_bytes(32)
    with contextlib.suppress(OSError):
        opening = json.dumps({"key": key.hex(), "watched": watched})
        print(opening, file=process.stdin, flush=True)
    # One that is stopped meanwhile would keep everybody waiting: killed, it says nothing, and that is read.
    too_late = threading.Timer(_LONGEST_START_SECONDS, process.kill)
    too_late.daemon = True
    too_late.start()
    line = pipe(process.stdout).readline()
    too_late.cancel()
    reply: dict[str, Any] = json.loads(line) if line else {"error": _NO_START}
    if "error" in reply:
        process.kill()
        process.wait()
        raise LearnerError(reply["error"], **reply.get("values", {}))
    where = reply["address"]
    return Session(process, where if isinstance(where, str) else tuple(where), key)
