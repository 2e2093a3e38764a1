"""Torch's recurrent layers against the formulas, step by step."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.inspection.tap import point_names, tap
from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec

CELLS = ("rnn", "lstm", "gru")
POINTS = {"rnn": 1, "lstm": 6, "gru": 4}


def model_of(cell: str, **others: int | float) -> RecurrentLanguageModel:
    torch.manual_seed(5)
    spec = RecurrentSpec.model_validate({"cell": cell, "width": 12, "context": 16, **others})
    return RecurrentLanguageModel(spec, 17)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
def test_the_explained_steps_are_torchs(cell: str, layers: int) -> None:
    model = model_of(cell, layers=layers).eval()
    tokens = torch.randint(17, (3, 9))
    fast, state = model.carry(tokens, None)
    with tap(model, f"{cell}.*") as seen:
        slow, explained_state = model.carry(tokens, None)
    torch.testing.assert_close(slow, fast, atol=1e-6, rtol=1e-5)
    assert len(seen) == layers * POINTS[cell]
    assert all(x.shape == (3, 9, 12) for x in seen.values())
    torch.testing.assert_close(seen[f"{cell}.{layers - 1}.hidden"], fast, atol=1e-6, rtol=1e-5)
    pairs = (
        zip(state, explained_state, strict=True) if cell == "lstm" else [(state, explained_state)]
    )
    for one, other in pairs:
        torch.testing.assert_close(one, other, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("tapped", [False, True])
def test_carrying_the_state_on_is_reading_at_once(cell: str, tapped: bool) -> None:
    model = model_of(cell, layers=2).eval()
    tokens = torch.randint(17, (2, 10))
    whole = model.features(tokens)
    with tap(model, *([f"{cell}.*"] if tapped else [])):
        first, state = model.carry(tokens[:, :6], None)
        second, _ = model.carry(tokens[:, 6:], state)
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
def test_token_by_token_is_the_whole(cell: str, layers: int) -> None:
    model = model_of(cell, layers=layers).eval()
    tokens = torch.randint(17, (1, 16))
    with torch.no_grad():
        whole = model(tokens)[0]
        state, steps = None, []
        for place in range(16):
            features, state = model.carry(tokens[:, place : place + 1], state)
            steps.append(model.unembed(features[0, 0]))
    torch.testing.assert_close(torch.stack(steps), whole, atol=1e-6, rtol=0)
    reader = model.reader()
    for place, token in enumerate(tokens[0].tolist()):
        np.testing.assert_allclose(reader.read([token]), whole[place].double(), atol=1e-6)


def test_the_gates_are_the_formula_number_by_number() -> None:
    model = model_of("lstm").eval()
    tokens = torch.randint(17, (1, 4))
    with tap(model, "embedded", "lstm.0.*") as seen:
        model(tokens)
    x, h, c = (seen[name][0].detach() for name in ("embedded", "lstm.0.hidden", "lstm.0.cell"))
    w, u, b_w, b_u = model.layer_weights(0)
    unit, t = 7, 3

    def total(gate: int) -> float:
        row = gate * 12 + unit
        return (w[row] @ x[t] + u[row] @ h[t - 1] + b_w[row] + b_u[row]).item()

    i, f, o = (1 / (1 + math.exp(-total(gate))) for gate in (0, 1, 3))
    g = math.tanh(total(2))
    cell = f * float(c[t - 1, unit]) + i * g
    expected = {
        "input_gate": i, "forget_gate": f, "output_gate": o,
        "candidate": g, "cell": cell, "hidden": o * math.tanh(cell),
    }  # fmt: skip
    for name, value in expected.items():
        assert seen[f"lstm.0.{name}"][0, t, unit].item() == pytest.approx(value, abs=1e-6)


def test_a_shut_forget_gate_forgets() -> None:
    model = model_of("lstm").eval()
    one, other = torch.tensor([[1, 2, 3]]), torch.tensor([[9, 2, 3]])

    def no_past(x: torch.Tensor) -> torch.Tensor:
        return torch.zeros_like(x)

    with tap(model, "lstm.0.cell", writes={"lstm.0.forget_gate": no_past}) as seen:
        model(one)
        shut = seen["lstm.0.cell"]
        with tap(model, "lstm.0.input_gate", "lstm.0.candidate") as inner:
            model(one)
        torch.testing.assert_close(shut, inner["lstm.0.input_gate"] * inner["lstm.0.candidate"])
    assert not torch.allclose(model(one)[0, -1], model(other)[0, -1], atol=1e-6)


@settings(max_examples=20)
@given(st.sampled_from(CELLS), st.integers(1, 4), st.integers(4, 20), st.integers(1, 50))
def test_the_formula_counts_the_recurrent_parameters(
    cell: str, layers: int, width: int, vocabulary: int
) -> None:
    spec = RecurrentSpec.model_validate({"cell": cell, "layers": layers, "width": width})
    model = RecurrentLanguageModel(spec, vocabulary)
    assert sum(p.numel() for p in model.parameters()) == spec.parameters(vocabulary)


@pytest.mark.parametrize("cell", CELLS)
def test_prompts_that_differ_far_back_only_get_other_predictions(cell: str) -> None:
    """Nothing but the state that is carried can tell them apart."""
    model = model_of(cell, layers=2).eval()
    end = torch.randint(17, (1, 20))
    one, other = (torch.cat([torch.tensor([[first]]), end], dim=1) for first in (3, 11))
    with torch.no_grad():
        first, second = model(one)[0, -1], model(other)[0, -1]
        again = model(one.clone())[0, -1]
    assert (first - second).abs().max() > 1e-7
    assert torch.equal(first, again)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("cut", [1, 4, 10])
def test_a_cut_gradient_changes_no_number_and_passes_back_no_further(cell: str, cut: int) -> None:
    whole, pieces = model_of(cell), model_of(cell, cut=cut)
    pieces.load_state_dict(whole.state_dict())
    tokens = torch.randint(17, (2, 10))
    torch.testing.assert_close(pieces(tokens), whole(tokens), atol=1e-6, rtol=1e-5)
    vectors: list[torch.Tensor] = []

    def keep(x: torch.Tensor) -> None:
        x.retain_grad()
        vectors.append(x)

    pieces.embedded.readers.append(keep)
    pieces(tokens)[:, -1].sum().backward()
    reached = torch.cat([x.grad if x.grad is not None else torch.zeros_like(x) for x in vectors], 1)
    first = (10 - 1) // cut * cut
    assert (reached[:, :first] == 0).all()
    assert (reached[:, first:] != 0).any(dim=-1).all()


def test_read_as_it_is_a_network_with_a_cut_gradient_is_read_whole() -> None:
    model = model_of("lstm", cut=2).eval()
    calls: list[int] = []
    model.embedded.readers.append(lambda x: calls.append(x.shape[1]))
    model(torch.randint(17, (1, 10)))
    assert calls == [10]


def test_where_forgetting_begins_is_the_specifications() -> None:
    for bias in (0.0, -2.0, 3.0):
        model = model_of("lstm", forget_bias=bias)
        _, _, b_w, b_u = model.layer_weights(0)
        assert ((b_w + b_u)[12:24] == bias).all()
    others = [model_of("lstm", forget_bias=bias).cell.weight_hh_l0 for bias in (0.0, 1.0)]
    assert torch.equal(*others)


def test_the_lstm_begins_by_remembering() -> None:
    model = model_of("lstm", layers=2)
    for layer in range(2):
        _, _, b_w, b_u = model.layer_weights(layer)
        assert ((b_w + b_u)[12:24] == 1).all()
    names = point_names(model)
    assert {"embedded", "logits", "lstm.0.forget_gate", "lstm.1.hidden"} <= set(names)


@pytest.mark.parametrize("cell", CELLS)
def test_gradients_flow_to_every_recurrent_parameter(cell: str) -> None:
    model = model_of(cell, layers=2, dropout=0.3)
    model(torch.randint(17, (2, 6))).square().mean().backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in model.parameters())
