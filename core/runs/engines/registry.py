"""The engines there are, by name: the one place to enter another. Torch-free.

An engine is made from the processes of this machine (its own, such as a bridge to a cluster, are
started there) and the number of jobs it may run at once, None for as many as it finds good.
"""

from __future__ import annotations

from core.errors import LearnerError
from core.runs.engines.engine import Engine
from core.runs.processes import Processes, named

ENGINES = {"local": "core.runs.engines.local:LocalEngine"}
"""Name → ``module:function`` that makes the engine; imported only if it is chosen."""


def make_engine(name: str, processes: Processes, slots: int | None = None) -> Engine:
    """The engine of that name, or, for one that is not entered here, of that ``module:function``.

    Returns at once; an engine that needs time to warm up has no slots until it is warm.
    """
    try:
        make = named(name if ":" in name else ENGINES[name])
    except (KeyError, ImportError, AttributeError) as error:
        raise LearnerError("There is no training engine called {name}.", name=name) from error
    engine: Engine = make(processes, slots)
    return engine
