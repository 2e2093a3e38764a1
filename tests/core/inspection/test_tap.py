"""Taps read and write, nest, and leave nothing behind."""

import pytest
import torch
from torch import Tensor, nn

from core.inspection.tap import point_names, tap
from core.models.points import Point


class Chain(nn.Module):
    """x → first → doubled → second."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = Point(), Point()
        self.inner = nn.ModuleList([Point()])

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.inner[0](self.second(self.first(x) * 2))
        return out


def untouched(model: nn.Module) -> bool:
    return not any(point.tapped for point in point_names(model).values())


def test_it_keeps_what_passes_and_only_inside() -> None:
    model, x = Chain(), torch.tensor([1.0, 2.0])
    with tap(model, "first", "inner.*") as seen:
        assert len(seen) == 0
        with pytest.raises(KeyError, match="not passed yet"):
            seen["first"]
        model(x)
        with pytest.raises(KeyError, match="not read by this tap"):
            seen["second"]
    assert set(seen) == {"first", "inner.0"}
    assert torch.equal(seen["first"], x) and torch.equal(seen["inner.0"], 2 * x)
    assert untouched(model)
    model(x * 100)
    assert torch.equal(seen["first"], x)


def test_writers_change_and_readers_see_the_change() -> None:
    model, x = Chain(), torch.tensor([1.0])
    with tap(model, "*", writes={"first": lambda t: t + 10}) as seen:
        assert float(model(x)) == 22
    assert float(seen["first"]) == 11 and float(seen["second"]) == 22
    assert float(model(x)) == 2


def test_taps_nest_even_with_the_same_function() -> None:
    model, x = Chain(), torch.tensor([1.0])

    def add(t: Tensor) -> Tensor:
        return t + 1

    with tap(model, "first", writes={"first": add}) as outer:
        with tap(model, "first", writes={"first": add}) as inner:
            model(x)
        assert float(inner["first"]) == float(outer["first"]) == 3
        model(x)
        assert float(outer["first"]) == 2 and float(inner["first"]) == 3
    assert untouched(model)


def test_an_exception_leaves_nothing_behind() -> None:
    model = Chain()

    def fail(t: Tensor) -> Tensor:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError), tap(model, "*", writes={"second": fail}):
        model(torch.ones(1))
    assert untouched(model)
    assert float(model(torch.ones(1))) == 2


@pytest.mark.parametrize("names", [("third",), ("first", "blocks.*")])
def test_a_name_that_fits_nothing_is_an_error_and_taps_nothing(names: tuple[str, ...]) -> None:
    model = Chain()
    with pytest.raises(KeyError, match=r"there are: .*first"), tap(model, *names):
        pass
    with pytest.raises(KeyError), tap(model, "first", writes={"absent": torch.zeros_like}):
        pass
    assert untouched(model)


def test_points_are_no_part_of_what_is_saved() -> None:
    assert not Chain().state_dict()
