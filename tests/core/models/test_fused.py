"""The loss that is written out against torch's."""

import pytest
import torch
from torch.nn import functional as F

from core.models.fused import ROOM, cross_entropy, relu_squared, to_unit_rms


@pytest.mark.parametrize("scale", [1.0, 300.0])
@pytest.mark.parametrize("shape", [(15,), (3, 5)])
def test_the_written_out_cross_entropy_is_torchs(scale: float, shape: tuple[int, ...]) -> None:
    torch.manual_seed(3)
    logits = (torch.randn(*shape, 11) * scale).requires_grad_()
    targets = torch.randint(11, shape)
    plain = F.cross_entropy(logits.flatten(0, -2), targets.flatten())
    ours = cross_entropy(logits, targets)
    torch.testing.assert_close(ours, plain)
    (expected,) = torch.autograd.grad(3 * plain, logits)
    (gradient,) = torch.autograd.grad(3 * ours, logits)
    torch.testing.assert_close(gradient, expected, atol=1e-7, rtol=1e-4)


def test_what_is_not_a_number_stays_none() -> None:
    logits = torch.zeros(2, 3)
    logits[0, 1] = torch.nan
    assert cross_entropy(logits, torch.tensor([0, 1])).isnan()


@pytest.mark.parametrize("shape", [(6,), (2, 3, 6), (2, 2, 5, 4)])
def test_the_unit_rms_is_torchs(shape: tuple[int, ...]) -> None:
    torch.manual_seed(4)
    x = (torch.randn(shape, dtype=torch.float64) * 3).requires_grad_()
    torch.testing.assert_close(to_unit_rms(x), F.rms_norm(x, shape[-1:], eps=ROOM))
    assert torch.autograd.gradcheck(to_unit_rms, (x,))
    assert not to_unit_rms(torch.zeros(2, 3)).any()


def test_the_square_of_a_relu_is_what_it_says() -> None:
    torch.manual_seed(4)
    x = torch.randn(4, 7, dtype=torch.float64, requires_grad=True)
    torch.testing.assert_close(relu_squared(x), F.relu(x) ** 2)
    assert torch.autograd.gradcheck(relu_squared, (x,))
