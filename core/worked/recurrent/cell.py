"""One step of an RNN, an LSTM or a GRU in its own numbers, and many steps one after another. NumPy only.

Vectors are columns and matrices stand to their left, W x, as in the papers and in torch's weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.spec.families.recurrent import SUMS, Cell

Numbers = NDArray[np.float64]
GateName = Literal["forget", "input", "output", "reset", "update", "candidate", "hidden"]

GATES: Mapping[Cell, tuple[GateName, ...]] = MappingProxyType(
    {
        "rnn": ("hidden",),
        "lstm": ("forget", "input", "output", "candidate"),
        "gru": ("reset", "update", "candidate"),
    }
)
"""What each sum becomes, in the order in which the rows of ``CellWeights`` are stacked: gates first. An
RNN has one sum, of which tanh makes its hidden state."""


@dataclass(frozen=True, eq=False)
class CellWeights:
    """The weights of n units, gate by gate as GATES names them, in each gate unit by unit.

    ``w`` [g·n d] on the word, ``u`` [g·n d'] on the state before, which is of all d' units of the layer;
    biases ``b_w`` and ``b_u`` [g·n]. Torch keeps two, one with W and one with U; None: there is one only.
    """

    w: Numbers
    u: Numbers
    b_w: Numbers
    b_u: Numbers | None = None

    def of(self, cell: Cell, gate: GateName) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """w [n d], u [n d'], b_w [n] and b_u [n] of one gate."""
        n = len(self.w) // SUMS[cell]
        place = GATES[cell].index(gate) * n
        rows = slice(place, place + n)
        b_u = np.zeros(n) if self.b_u is None else self.b_u[rows]
        return self.w[rows], self.u[rows], self.b_w[rows], b_u


@dataclass(frozen=True, eq=False)
class CellValues:
    """What n units make of one token; each array [g·n] or [n], None where the cell has no such thing.

    ``from_word`` = W x and ``from_state`` = U h, of every sum. ``sums`` with both biases, of the sums that
    are one: a GRU's candidate is not. ``gates``: σ of the first sums. Of a GRU's candidate
    ``recalled`` = U_n h + b_u and ``reset`` = r ⊙ recalled. ``candidate_sum`` and its tanh, the
    ``candidate``. Of an LSTM ``kept`` = f ⊙ c_before, ``written`` = i ⊙ g, ``cell`` their sum and
    ``squashed`` its tanh. ``hidden``: the new state.
    """

    from_word: Numbers
    from_state: Numbers
    sums: Numbers
    hidden: Numbers
    gates: Numbers | None = None
    recalled: Numbers | None = None
    reset: Numbers | None = None
    candidate_sum: Numbers | None = None
    candidate: Numbers | None = None
    kept: Numbers | None = None
    written: Numbers | None = None
    cell: Numbers | None = None
    squashed: Numbers | None = None


def reckon(
    cell: Cell,
    weights: CellWeights,
    x: Numbers,
    h_before: Numbers,
    c_before: Numbers | None = None,
    units: Sequence[int] | None = None,
) -> CellValues:
    """One step of the units whose weights these are.

    ``x`` [d], ``h_before`` [d'], and for an LSTM ``c_before`` [n], of these units alone. ``units`` says
    which of the d' they are; by default they are all. Raises ValueError if the shapes do not fit.

    RNN: h = tanh(W x + U h' + b) (Elman 1990). LSTM: c = f ⊙ c' + i ⊙ g, h = o ⊙ tanh(c) (Hochreiter and
    Schmidhuber 1997, with the forget gate of Gers et al. 2000). GRU: h = (1 - z) ⊙ n + z ⊙ h' with
    n = tanh(W_n x + b_w + r ⊙ (U_n h' + b_u)) (Cho et al. 2014, in the form that torch computes).
    """
    n = _checked(cell, weights, x, h_before, c_before, units)
    b_u = np.zeros(len(weights.b_w)) if weights.b_u is None else weights.b_u
    from_word, from_state = weights.w @ x, weights.u @ h_before
    sums = from_word + weights.b_w + from_state + b_u
    if cell == "rnn":
        return CellValues(from_word, from_state, sums, np.tanh(sums))
    if cell == "lstm":
        assert c_before is not None
        gates, candidate = _sigmoid(sums[: 3 * n]), np.tanh(sums[3 * n :])
        forget, entry, output = gates[:n], gates[n : 2 * n], gates[2 * n :]
        kept, written = forget * c_before, entry * candidate
        c = kept + written
        squashed = np.tanh(c)
        return CellValues(
            from_word, from_state, sums, output * squashed, gates,
            candidate=candidate, kept=kept, written=written, cell=c, squashed=squashed,
        )  # fmt: skip
    gates = _sigmoid(sums[: 2 * n])
    recalled = from_state[2 * n :] + b_u[2 * n :]
    reset = gates[:n] * recalled
    candidate_sum = from_word[2 * n :] + weights.b_w[2 * n :] + reset
    candidate, z = np.tanh(candidate_sum), gates[n:]
    own = h_before if units is None else h_before[list(units)]
    return CellValues(
        from_word, from_state, sums[: 2 * n], (1 - z) * candidate + z * own, gates,
        recalled=recalled, reset=reset, candidate_sum=candidate_sum, candidate=candidate,
    )  # fmt: skip


def unroll(
    cell: Cell,
    weights: CellWeights,
    xs: Numbers,
    h: Numbers | None = None,
    c: Numbers | None = None,
) -> tuple[CellValues, ...]:
    """A whole layer over tokens ``xs`` [t d], each step from the states that the one before left;
    ``h`` and ``c`` [n] are those at the beginning, by default zero. Raises as ``reckon``."""
    width = len(weights.w) // SUMS[cell]
    h = np.zeros(width) if h is None else h
    c = np.zeros(width) if c is None else c
    steps = []
    for x in xs:
        values = reckon(cell, weights, x, h, c if cell == "lstm" else None)
        h, c = values.hidden, c if values.cell is None else values.cell
        steps.append(values)
    return tuple(steps)


def _checked(
    cell: Cell,
    weights: CellWeights,
    x: Numbers,
    h_before: Numbers,
    c_before: Numbers | None,
    units: Sequence[int] | None,
) -> int:
    """How many units there are, once all shapes fit."""
    rows = len(weights.w)
    n = rows // SUMS[cell]
    state = len(h_before)
    biases = [weights.b_w, *([] if weights.b_u is None else [weights.b_u])]
    if (
        n * SUMS[cell] != rows
        or n == 0
        or weights.w.shape != (rows, len(x))
        or weights.u.shape != (rows, state)
        or any(b.shape != (rows,) for b in biases)
        or (n if units is None else len(units)) != n
        or (units is None and state != n)
        or (cell == "lstm") != (c_before is not None)
        or (c_before is not None and c_before.shape != (n,))
    ):
        raise ValueError(
            f"{cell}: w {weights.w.shape}, u {weights.u.shape}, x {x.shape}, h {h_before.shape}, "
            f"c {None if c_before is None else c_before.shape}, units {units} do not fit"
        )
    return n


def _sigmoid(x: Numbers) -> Numbers:
    """σ(x) without overflow: ½ (1 + tanh(x / 2))."""
    y: Numbers = 0.5 * (1 + np.tanh(0.5 * x))
    return y
