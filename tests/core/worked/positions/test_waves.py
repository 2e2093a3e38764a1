"""Positions in NumPy against the torch modules that train, against hand-worked numbers, and every
printed line of arithmetic against its own evaluation."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.positions import Alibi, Rotary, SinusoidalPositions, alibi_slopes
from core.worked.arithmetic import ArithmeticLine
from core.worked.positions import alibi
from core.worked.positions.order_sensitivity import WAYS, attend, changes, noticed
from core.worked.positions.rotary import (
    pair_trace,
    rotary_arithmetic,
    scores_by_distance,
    turned,
)
from core.worked.positions.waves import (
    FORMULAS,
    Formula,
    by_distance,
    cosines,
    frequencies,
    mean_at_distance,
    rotation,
    sinusoidal,
    wave_arithmetic,
    wavelength,
)

WIDTHS = st.integers(1, 32).map(lambda half: 4 * half)


def evaluated(latex: str) -> tuple[float, float, str]:
    """(the expression as printed, computed; the printed result; its digits)."""
    sign = r" \approx " if r" \approx " in latex else " = "
    expression, _, result = latex.rpartition(sign)
    return _number(expression), _number(result), result


def _number(latex: str) -> float:
    text = re.sub(r"\\frac\{(.*)\}\{(.*)\}", r"(\1)/(\2)", latex)
    text = text.replace(r"\times", "*").replace(r"\cdot", "*").replace("\\", "")
    text = re.sub(r"10000\^\{(.*?)\}", r"10000**(\1)", text)
    text = re.sub(r"\be\^\{(.*?)\}", r"exp(\1)", text)
    text = re.sub(r"(\d)\^\{(.*?)\}", r"\1**(\2)", text)
    names = {"sin": math.sin, "cos": math.cos, "exp": math.exp}
    return float(eval(text, {"__builtins__": {}}, names))  # our own text, digits and four names


def holds(line: ArithmeticLine) -> bool:
    """What is printed evaluates to the printed result, and the result is the value, rounded."""
    expression, result, digits = evaluated(line.latex)
    if "times" in digits:
        return math.isclose(expression, result, rel_tol=0.02) and math.isclose(
            line.value, result, rel_tol=0.02
        )
    step = 10.0 ** -len(digits.partition(".")[2])
    if " = " in line.latex:
        return math.isclose(expression, result, abs_tol=1e-9) and abs(line.value - result) < 1e-9
    return abs(expression - result) <= 0.5001 * step and abs(line.value - result) <= 0.5001 * step


def test_the_first_rows_by_hand() -> None:
    table = sinusoidal(3, 4)
    assert table[0].tolist() == [0, 1, 0, 1]
    assert np.allclose(table[1], [0.841471, 0.540302, 0.0099998, 0.99995], atol=1e-6)
    assert np.allclose(table[2], [0.909297, -0.416147, 0.0199987, 0.9998], atol=1e-6)
    assert wavelength(float(frequencies(4)[0])) == pytest.approx(6.283185)


@given(st.integers(1, 80), WIDTHS)
def test_the_table_is_that_of_the_torch_module(length: int, width: int) -> None:
    module = SinusoidalPositions(length, width).table.numpy()
    assert np.allclose(sinusoidal(length, width), module, atol=2e-5)


@settings(max_examples=60)
@given(st.integers(0, 127), WIDTHS, st.sampled_from(FORMULAS), st.data())
def test_every_wave_line_is_true_as_printed(
    position: int, width: int, formula: Formula, data: st.DataObject
) -> None:
    column = data.draw(st.integers(0, width - 1))
    lines = wave_arithmetic(position, column, width, formula)
    assert len(lines) == 4
    assert all(holds(line) for line in lines), [line.latex for line in lines]
    assert lines[-1].value == pytest.approx(
        sinusoidal(position + 1, width, formula)[position, column], abs=1e-9
    )


def test_the_head_in_the_exponent_makes_columns_stand_still() -> None:
    moves = np.ptp(sinusoidal(40, 32, "head", heads=4), axis=0) > 0.01
    assert moves.sum() < np.sum(np.ptp(sinusoidal(40, 32), axis=0) > 0.01)
    assert np.array_equal(sinusoidal(40, 32, "head", heads=1), sinusoidal(40, 32))


@given(st.integers(0, 40), st.integers(0, 40), WIDTHS)
def test_a_dot_product_of_rows_is_a_sum_of_cosines_of_the_distance(
    start: int, distance: int, width: int
) -> None:
    table = sinusoidal(82, width)
    found = by_distance(table, start, distance)[distance]
    assert found == pytest.approx(np.cos(distance * frequencies(width)).sum(), abs=1e-9)


def test_with_sines_alone_the_start_counts() -> None:
    table = sinusoidal(40, 16, "sine")
    assert abs(by_distance(table, 0, 3)[3] - by_distance(table, 9, 3)[3]) > 0.5


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 7))
def test_one_rotation_leads_on_from_every_row(start: int, distance: int, pair: int) -> None:
    table = sinusoidal(121, 16)
    place = slice(2 * pair, 2 * pair + 2)
    matrix = rotation(float(frequencies(16)[pair]), distance)
    assert np.allclose(matrix @ table[start, place], table[start + distance, place], atol=1e-12)


def test_cosines_of_a_table_with_a_row_of_zeros() -> None:
    similarity = cosines(np.array([[1.0, 0], [0, 0], [2, 2]]))
    assert np.allclose(similarity, [[1, 0, 0.5**0.5], [0, 0, 0], [0.5**0.5, 0, 1]])
    assert mean_at_distance(similarity, 2) == pytest.approx(0.5**0.5)


@given(st.integers(1, 12), st.integers(1, 8), st.integers(0, 9))
def test_turning_is_that_of_the_torch_module(length: int, half: int, seed: int) -> None:
    x = np.random.default_rng(seed).normal(size=(length, 2 * half))
    module = Rotary(64, 2 * half)(torch.from_numpy(x)[None, None].float())[0, 0].numpy()
    assert np.allclose(turned(x, range(length)), module, atol=1e-5)


def test_a_quarter_turn_by_hand() -> None:
    trace = pair_trace([1.0, 0.0], [0.0, 1.0], 0, 2, 1)
    assert trace.q_turned == pytest.approx((-0.416147, 0.909297), abs=1e-6)
    assert trace.k_turned == pytest.approx((-0.841471, 0.540302), abs=1e-6)
    assert trace.score == pytest.approx(math.sin(1), abs=1e-12)


@settings(max_examples=40)
@given(st.integers(0, 64), st.integers(0, 64), st.integers(0, 3), st.integers(0, 20))
def test_every_rotary_line_is_true_and_the_distance_decides(
    m: int, n: int, pair: int, seed: int
) -> None:
    q, k = np.random.default_rng(seed).normal(size=(2, 8)).round(1)
    trace = pair_trace(q, k, pair, m, n)
    lines = rotary_arithmetic(trace)
    assert all(holds(line) for group in lines.values() for line in group), lines
    assert lines["distance"][-1].value == pytest.approx(
        q[2 * pair : 2 * pair + 2] @ rotation((m - n) * trace.frequency, 1)
        @ k[2 * pair : 2 * pair + 2],
        abs=1e-9,
    )  # fmt: skip
    moved = pair_trace(q, k, pair, m + 17, n + 17)
    assert moved.score == pytest.approx(trace.score, abs=1e-12)
    whole = float(turned(q, [m])[0] @ turned(k, [n])[0])
    assert scores_by_distance(q, k, [m - n])[0] == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize("heads", [1, 2, 4, 8, 16])
def test_biases_are_those_of_the_torch_module(heads: int) -> None:
    assert np.allclose(alibi.slopes(heads), alibi_slopes(heads))
    assert np.allclose(alibi.biases(heads, 7), Alibi(heads)(7, 7).numpy(), atol=1e-6)


@given(st.sampled_from([1, 2, 4, 8, 16]), st.integers(0, 23), st.integers(0, 23), st.data())
def test_every_alibi_line_is_true_as_printed(
    heads: int, query: int, key: int, data: st.DataObject
) -> None:
    head = data.draw(st.integers(0, heads - 1))
    lines = alibi.alibi_arithmetic(heads, head, query, key)
    short = {name: group for name, group in lines.items() if name != "weight"}
    assert all(holds(line) for group in short.values() for line in group), lines
    assert ("weight" in lines) == (key <= query)
    if key <= query:
        weights = alibi.weights(alibi.biases(heads, 24)[head])
        assert lines["weight"][-1].value == pytest.approx(weights[query, key], abs=1e-12)
        assert holds(lines["weight"][0])
        assert holds(lines["weight"][2])
    assert np.allclose(alibi.weights(np.zeros((3, 3)))[2], 1 / 3)


TOKENS = ("the", "dog", "bit", "the", "man")


@given(st.permutations(range(5)))
def test_without_positions_outputs_move_with_their_tokens(order: list[int]) -> None:
    assert changes(TOKENS, order, "none").max() < 1e-12
    if order != list(range(5)) and [TOKENS[place] for place in order] != list(TOKENS):
        assert changes(TOKENS, order, "sinusoidal").max() > 1e-3


def test_a_mask_lets_only_the_set_of_earlier_tokens_through() -> None:
    """Swapping the first two changes what those two see, and nothing for the others."""
    changed = changes(TOKENS, [1, 0, 2, 3, 4], "none", causal=True)
    assert (changed[:2] > 1e-3).all()
    assert changed[2:].max() < 1e-12


def test_one_head_is_torchs_attention() -> None:
    from core.worked.positions import order_sensitivity as order

    x = torch.from_numpy(np.array([order.word_vector(token) for token in TOKENS]))
    q, k, v = (x @ torch.from_numpy(w) for w in order._projections())
    wanted = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    assert np.allclose(attend(TOKENS, causal=True).outputs, wanted.numpy(), atol=1e-12)


def test_what_each_way_notices() -> None:
    found = {way: noticed(way, TOKENS) for way in WAYS}
    assert found["none"].shuffle < 1e-12
    assert found["none"].distance < 1e-12
    assert all(found[way].shuffle > 1e-3 for way in WAYS if way != "none")
    assert {way for way in WAYS if found[way].together < 1e-9} == {"none", "rotary", "alibi"}
    backwards = [4, 3, 2, 1, 0]
    assert changes(TOKENS, backwards, "alibi").max() < 1e-12  # its bias is even in the distance
