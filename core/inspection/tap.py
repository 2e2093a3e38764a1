"""Look at, and change, the tensors inside a model while it computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase

from torch import Tensor, nn

from core.models.points import Point, Reader, Writer


class Seen(Mapping[str, Tensor]):
    """What a tap has seen: the name of each point → its tensor in the last forward pass."""

    def __init__(self, expected: tuple[str, ...]) -> None:
        self.expected = expected
        self._tensors: dict[str, Tensor] = {}

    def __getitem__(self, name: str) -> Tensor:
        if name not in self._tensors:
            problem = "not passed yet" if name in self.expected else "not read by this tap"
            raise KeyError(f"{name}: {problem}")
        return self._tensors[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.expected if name in self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)

    def reader(self, name: str) -> Reader:
        """What keeps the tensor of one point."""

        def keep(x: Tensor) -> None:
            self._tensors[name] = x

        return keep


@contextmanager
def tap(
    model: nn.Module,
    *reads: str,
    writes: Mapping[str, Callable[[Tensor], Tensor]] | None = None,
) -> Iterator[Seen]:
    """Within the ``with`` block, keep the tensors at the points named by ``reads`` and replace those
    named by ``writes`` with what their function returns.

        with tap(gpt, "blocks.*.attention.weights") as seen:
            gpt(tokens)
        seen["blocks.0.attention.weights"]      # [b h q k]

    Names may be patterns (``*``, ``?``, ``[01]``). Readers see what writers wrote. Taps nest; each
    removes what it added, also after an exception. Outside of taps nothing is kept.
    Raises KeyError if a name fits no point of the model.
    """
    points = point_names(model)
    seen = Seen(tuple(dict.fromkeys(name for read in reads for name in _fitting(points, read))))
    readers = [(points[name], seen.reader(name)) for name in seen.expected]
    writers = [
        (points[name], write)
        for pattern, write in (writes or {}).items()
        for name in _fitting(points, pattern)
    ]
    for point, reader in readers:
        point.readers.append(reader)
    for point, writer in writers:
        point.writers.append(writer)
    try:
        yield seen
    finally:
        for point, reader in readers:
            _remove(point.readers, reader)
        for point, writer in writers:
            _remove(point.writers, writer)


def point_names(model: nn.Module) -> dict[str, Point]:
    """Every point of a model by its name."""
    return {name: module for name, module in model.named_modules() if isinstance(module, Point)}


def _fitting(points: Mapping[str, Point], pattern: str) -> list[str]:
    names = [name for name in points if fnmatchcase(name, pattern)]
    if not names:
        raise KeyError(f"no point is named {pattern}; there are: {', '.join(points)}")
    return names


def _remove(listed: list[Reader] | list[Writer], added: Reader | Writer) -> None:
    """Take out the last entry that is ``added`` itself; an equal function of an outer tap stays."""
    place = next(i for i in reversed(range(len(listed))) if listed[i] is added)
    del listed[place]
