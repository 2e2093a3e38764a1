"""Named places in a model where one can look: identity modules that a tap reads and writes."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor, nn

Reader = Callable[[Tensor], None]
Writer = Callable[[Tensor], Tensor]


class Point(nn.Module):
    """The identity on a tensor, with a name by where it hangs in the module tree.

    The idea is TransformerLens' ``HookPoint``. Without a tap nothing is kept and nothing is called;
    ``core.inspection.tap`` adds readers and writers, for as long as its ``with`` block lasts.
    """

    def __init__(self) -> None:
        super().__init__()
        self.writers: list[Writer] = []
        self.readers: list[Reader] = []

    @property
    def tapped(self) -> bool:
        """Whether anybody looks. Modules then compute the tensor even where a fused kernel would
        not have to."""
        return bool(self.writers or self.readers)

    def forward(self, x: Tensor) -> Tensor:
        """x, as the writers have changed it; the readers see what goes on from here."""
        x = self.write(x)
        self.read(x)
        return x

    def write(self, x: Tensor) -> Tensor:
        """x, as the writers have changed it. Recurrent layers do this at each step."""
        for change in self.writers:
            x = change(x)
        return x

    def read(self, x: Tensor) -> None:
        """Show x to the readers. Recurrent layers do this once, with all steps."""
        for look in self.readers:
            look(x)


def any_tapped(*points: Point) -> bool:
    """Whether the explained path is needed, because one of these points is looked at."""
    return any(point.tapped for point in points)
