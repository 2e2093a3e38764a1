"""One step of a recurrent cell, stage by stage: every column from the word to the new state. NumPy only.

As ``core.worked.stages`` does it for attention: a stage is a matrix, its letters, what each of its cells
is reckoned from, and the arithmetic of a cell term by term.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core.spec.families.recurrent import Cell
from core.worked.arithmetic import ArithmeticLine, arithmetic_line, bracketed
from core.worked.cell_arithmetic import ArithmeticStyle
from core.worked.formula import Formula, Letter, Number, Power, Row, Sign, Sub, row
from core.worked.recurrent.cell import GATES, CellValues, CellWeights, GateName, Numbers, reckon
from core.worked.recurrent.step_lines import (
    StepLine,
    product_lines,
    squash_line,
    sum_line,
    times_line,
)
from core.worked.stages import Scale

StepName = Literal[
    "x", "w", "h_before", "u", "b_w", "b_u", "c_before", "from_word", "from_state", "sums", "gates",
    "recalled", "reset", "candidate_sum", "candidate", "kept", "written", "cell", "squashed", "hidden",
]  # fmt: skip
LETTERS: dict[GateName, str] = {
    "forget": "f", "input": "i", "output": "o", "candidate": "g",
    "reset": "r", "update": "z", "hidden": "h",
}  # fmt: skip
"""The candidate is g in an LSTM and n in a GRU: see ``letter``."""

Places = Literal["all"] | tuple[int, ...]
CellLines = Callable[[int, int, ArithmeticStyle], list[ArithmeticLine]]


@dataclass(frozen=True)
class StepSource:
    """A part of an earlier stage that a cell is reckoned from: all rows (or columns), or for a cell in
    row r the one numbered ``rows[r]``."""

    matrix: StepName
    rows: Places
    columns: Places


@dataclass(frozen=True, eq=False)
class StepStage:
    """One matrix of the step.

    ``symbol`` and ``formula`` are its letter and how it is made; no formula for what is given.
    ``rows`` and ``columns`` name its axes: "f 0" is the forget gate of unit 0, numbers alone are places of
    the word or units. ``lines`` says of a cell (row, column) how it comes about; None for what is given.
    ``scale`` and ``span``: its colours, and the lowest and highest value that they show.
    """

    name: StepName
    symbol: Formula
    formula: Formula | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    matrix: Numbers
    sources: tuple[StepSource, ...] = ()
    lines: CellLines | None = None
    scale: Scale = "diverging"
    span: tuple[float, float] = (-1.0, 1.0)


def letter(cell: Cell, gate: GateName) -> str:
    """How papers write this gate of this cell."""
    return "n" if (cell, gate) == ("gru", "candidate") else LETTERS[gate]


def step_stages(
    cell: Cell,
    weights: CellWeights,
    x: Numbers,
    h_before: Numbers,
    c_before: Numbers | None = None,
    units: Sequence[int] | None = None,
) -> tuple[StepStage, ...]:
    """All stages of one step in the order in which they come about; arguments and errors as ``reckon``.

    First what is given, then what is made of it. The last one is always ``hidden``.
    """
    values = reckon(cell, weights, x, h_before, c_before, units)
    return tuple(_Step(cell, weights, x, h_before, c_before, units, values).stages())


class _Step:
    def __init__(
        self,
        cell: Cell,
        weights: CellWeights,
        x: Numbers,
        h_before: Numbers,
        c_before: Numbers | None,
        units: Sequence[int] | None,
        values: CellValues,
    ) -> None:
        self.cell, self.weights, self.values = cell, weights, values
        self.x, self.h, self.c = x, h_before, c_before
        self.units = tuple(range(len(h_before)) if units is None else units)
        self.n = len(self.units)

    def stages(self) -> list[StepStage]:
        stages = [*self._given(), *self._sums()]
        match self.cell:
            case "rnn":
                return [*stages, self._rnn_state()]
            case "lstm":
                return [*stages, self._gates(3), *self._lstm_state()]
            case "gru":
                return [*stages, self._gates(2), *self._gru_state()]

    def _given(self) -> list[StepStage]:
        every = self._names(GATES[self.cell])
        word, state = (tuple(str(i) for i in range(len(part))) for part in (self.x, self.h))
        weights = self.weights
        given = [
            self._stage("x", _X, word, _column(self.x)),
            self._stage("w", _W, every, weights.w, columns=word),
            self._stage("h_before", _H_BEFORE, state, _column(self.h)),
            self._stage("u", _U, every, weights.u, columns=state),
            self._stage("b_w", _B, every, _column(weights.b_w)),
        ]
        if weights.b_u is not None:
            given.append(self._stage("b_u", _B_STATE, every, _column(weights.b_u)))
        if self.c is not None:
            given.append(self._stage("c_before", _C_BEFORE, self._names(), _column(self.c)))
        return given

    def _sums(self) -> list[StepStage]:
        values, weights = self.values, self.weights
        every = self._names(GATES[self.cell])
        alone = every[: len(values.sums)]
        own = tuple(range(len(every)))

        def product(matrix: Numbers, vector: Numbers, made: Numbers, kind: StepLine) -> CellLines:
            return lambda r, _c, style: product_lines(
                kind, matrix[r], vector, float(made[r]), style
            )

        biases: tuple[StepName, ...] = ("b_w",) if weights.b_u is None else ("b_w", "b_u")
        terms: tuple[StepName, ...] = ("from_word", "b_w", "from_state", *biases[1:])

        def added(r: int, _c: int, style: ArithmeticStyle) -> list[ArithmeticLine]:
            numbers = [values.from_word[r], weights.b_w[r], values.from_state[r]]
            if weights.b_u is not None:
                numbers.append(weights.b_u[r])
            return [sum_line(numbers, values.sums[r], style)]

        total = row(_W, _X, "+", _B, "+", _U, _H_BEFORE)
        last: tuple[Formula | str, ...] = () if weights.b_u is None else ("+", _B_STATE)
        return [
            self._stage(
                "from_word", row(_W, _X), every, _column(values.from_word), formula=row(_W, _X),
                sources=(StepSource("w", own, "all"), StepSource("x", "all", "all")),
                lines=product(weights.w, self.x, values.from_word, "word"),
            ),
            self._stage(
                "from_state", row(_U, _H_BEFORE), every, _column(values.from_state),
                formula=row(_U, _H_BEFORE),
                sources=(StepSource("u", own, "all"), StepSource("h_before", "all", "all")),
                lines=product(weights.u, self.h, values.from_state, "state"),
            ),
            self._stage(
                "sums", _S, alone, _column(values.sums),
                formula=row(_S, "=", total, *last),
                sources=tuple(StepSource(name, own, "all") for name in terms),
                lines=added,
            ),
        ]  # fmt: skip

    def _rnn_state(self) -> StepStage:
        values = self.values
        return self._stage(
            "hidden", _H, self._names(), _column(values.hidden),
            formula=row(_H, "=", _tanh(_S)), sources=(self._same("sums"),),
            lines=lambda r, _c, style: [squash_line("tanh", values.sums[r], values.hidden[r], style)],
            span=(-1.0, 1.0),
        )  # fmt: skip

    def _gates(self, count: int) -> StepStage:
        """The first ``count`` sums of each unit, each squashed to between 0 and 1."""
        values, names = self.values, GATES[self.cell][:count]
        gates = _gates(values)
        letters: list[Formula | str] = []
        for name in names:
            letters += [*([","] if letters else []), _t(letter(self.cell, name))]
        return self._stage(
            "gates", row(*letters), self._names(names), _column(gates),
            formula=row(*letters, "=", Sign("σ"), "(", _S, ")"),
            sources=(StepSource("sums", tuple(range(len(gates))), "all"),),
            lines=lambda r, _c, style: [squash_line("sigmoid", values.sums[r], gates[r], style)],
            scale="attention", span=(0.0, 1.0),
        )  # fmt: skip

    def _lstm_state(self) -> list[StepStage]:
        values, n = self.values, self.n
        gates, candidate = _gates(values), _made(values.candidate)
        kept, written = _made(values.kept), _made(values.written)
        cell, squashed, before = _made(values.cell), _made(values.squashed), _made(self.c)
        f, i, g, o, c = (_t(name) for name in "figoc")

        def from_gate(gate: GateName) -> StepSource:
            place = GATES["lstm"].index(gate) * n
            return StepSource("gates", tuple(range(place, place + n)), "all")

        return [
            self._stage(
                "candidate", g, self._names(("candidate",)), _column(candidate),
                formula=row(g, "=", _tanh(_S)),
                sources=(StepSource("sums", tuple(range(3 * n, 4 * n)), "all"),),
                lines=lambda r, _c, style: [
                    squash_line("tanh", values.sums[3 * n + r], candidate[r], style)
                ],
                span=(-1.0, 1.0),
            ),
            self._stage(
                "kept", row(f, _TIMES, _C_BEFORE), self._names(), _column(kept),
                formula=row(f, _TIMES, _C_BEFORE),
                sources=(from_gate("forget"), self._same("c_before")),
                lines=lambda r, _c, style: [times_line("kept", gates[r], before[r], kept[r], style)],
            ),
            self._stage(
                "written", row(i, _TIMES, g), self._names(), _column(written),
                formula=row(i, _TIMES, g),
                sources=(from_gate("input"), self._same("candidate")),
                lines=lambda r, _c, style: [
                    times_line("written", gates[n + r], candidate[r], written[r], style)
                ],
            ),
            self._stage(
                "cell", c, self._names(), _column(cell),
                formula=row(c, "=", f, _TIMES, _C_BEFORE, "+", i, _TIMES, g),
                sources=(self._same("kept"), self._same("written")),
                lines=lambda r, _c, style: [
                    replace(sum_line([kept[r], written[r]], cell[r], style), kind="cell")
                ],
            ),
            self._stage(
                "squashed", _tanh(c), self._names(), _column(squashed),
                formula=_tanh(c), sources=(self._same("cell"),),
                lines=lambda r, _c, style: [squash_line("tanh", cell[r], squashed[r], style)],
                span=(-1.0, 1.0),
            ),
            self._stage(
                "hidden", _H, self._names(), _column(values.hidden),
                formula=row(_H, "=", o, _TIMES, _tanh(c)),
                sources=(from_gate("output"), self._same("squashed")),
                lines=lambda r, _c, style: [
                    times_line("hidden", gates[2 * n + r], squashed[r], values.hidden[r], style)
                ],
                span=(-1.0, 1.0),
            ),
        ]  # fmt: skip

    def _gru_state(self) -> list[StepStage]:
        values, weights, n = self.values, self.weights, self.n
        gates, recalled, reset = _gates(values), _made(values.recalled), _made(values.reset)
        total, candidate = _made(values.candidate_sum), _made(values.candidate)
        r_, z, n_ = (_t(name) for name in "rzn")
        last = tuple(range(2 * n, 3 * n))
        state = row(Sub(_U, Letter("n")), _H_BEFORE)
        biased = state if weights.b_u is None else row(state, "+", Sub(_B_STATE, Letter("n")))
        ours = tuple(self.units)

        def recalling(r: int, _c: int, style: ArithmeticStyle) -> list[ArithmeticLine]:
            assert weights.b_u is not None
            numbers = [values.from_state[2 * n + r], weights.b_u[2 * n + r]]
            return [replace(sum_line(numbers, recalled[r], style), kind="recalled")]

        def mixing(r: int, _c: int, style: ArithmeticStyle) -> list[ArithmeticLine]:
            update, new, old = gates[n + r], candidate[r], self.h[ours[r]]
            line = arithmetic_line(
                [update, new, old],
                lambda m: rf"(1 - {m[0]}) \cdot {bracketed(m[1])} + {m[0]} \cdot {bracketed(m[2])}",
                lambda m: (1 - m[0]) * m[1] + m[0] * m[2],
                float(values.hidden[r]), style.decimals, style.exact,
            )  # fmt: skip
            parts = sum_line([(1 - update) * new, update * old], values.hidden[r], style)
            return [replace(line, kind="mixture"), replace(parts, kind="mixture_sum")]

        # With one bias only, what is recalled is U h as it stands.
        old, adding = StepSource("from_state", last, "all"), []
        if weights.b_u is not None:
            adding = [
                self._stage(
                    "recalled", biased, self._names(), _column(recalled),
                    formula=biased, sources=(old, StepSource("b_u", last, "all")),
                    lines=recalling,
                )
            ]  # fmt: skip
            old = self._same("recalled")
        return [
            *adding,
            self._stage(
                "reset", row(r_, _TIMES, "(", biased, ")"), self._names(), _column(reset),
                formula=row(r_, _TIMES, "(", biased, ")"),
                sources=(StepSource("gates", tuple(range(n)), "all"), old),
                lines=lambda r, _c, style: [
                    times_line("reset", gates[r], recalled[r], reset[r], style)
                ],
            ),
            self._stage(
                "candidate_sum", Sub(Letter("s"), row(Letter("n"), ",", Letter("t"))), self._names(),
                _column(total),
                formula=row(
                    Sub(_W, Letter("n")), _X, "+", Sub(_B, Letter("n")), "+", r_, _TIMES, "(", biased, ")",
                ),
                sources=(
                    StepSource("from_word", last, "all"), StepSource("b_w", last, "all"),
                    self._same("reset"),
                ),
                lines=lambda r, _c, style: [
                    sum_line(
                        [values.from_word[2 * n + r], weights.b_w[2 * n + r], reset[r]],
                        total[r], style,
                    )
                ],
            ),
            self._stage(
                "candidate", n_, self._names(("candidate",)), _column(candidate),
                formula=row(n_, "=", _tanh(Sub(Letter("s"), row(Letter("n"), ",", Letter("t"))))),
                sources=(self._same("candidate_sum"),),
                lines=lambda r, _c, style: [squash_line("tanh", total[r], candidate[r], style)],
                span=(-1.0, 1.0),
            ),
            self._stage(
                "hidden", _H, self._names(), _column(values.hidden),
                formula=row(
                    _H, "=", "(", Number("1"), "−", z, ")", _TIMES, n_, "+", z, _TIMES, _H_BEFORE
                ),
                sources=(
                    StepSource("gates", tuple(range(n, 2 * n)), "all"), self._same("candidate"),
                    StepSource("h_before", ours, "all"),
                ),
                lines=mixing,
                span=(-1.0, 1.0),
            ),
        ]  # fmt: skip

    def _same(self, name: StepName) -> StepSource:
        """The cell of the same unit."""
        return StepSource(name, tuple(range(self.n)), "all")

    def _names(self, gates: Sequence[GateName] | None = None) -> tuple[str, ...]:
        """A name for each row: its gate, where there are several, and its unit."""
        if gates is None or self.cell == "rnn":
            return tuple(str(unit) for unit in self.units)
        return tuple(f"{letter(self.cell, gate)} {unit}" for gate in gates for unit in self.units)

    def _stage(
        self,
        name: StepName,
        symbol: Formula,
        rows: tuple[str, ...],
        matrix: Numbers,
        *,
        columns: tuple[str, ...] = ("",),
        formula: Formula | None = None,
        sources: tuple[StepSource, ...] = (),
        lines: CellLines | None = None,
        scale: Scale = "diverging",
        span: tuple[float, float] | None = None,
    ) -> StepStage:
        most = float(np.abs(matrix).max(initial=0.0)) or 1.0
        return StepStage(
            name,
            symbol,
            formula,
            rows,
            columns,
            matrix,
            sources,
            lines,
            scale,
            span or (-most, most),
        )


def _column(values: Numbers) -> Numbers:
    """A vector [n] as a matrix [n 1]."""
    return values[:, None]


def _gates(values: CellValues) -> Numbers:
    return _made(values.gates)


def _made(values: Numbers | None) -> Numbers:
    assert values is not None
    return values


def _t(name: str) -> Formula:
    """The letter of now."""
    return Sub(Letter(name), Letter("t"))


def _tanh(inner: Formula) -> Row:
    return row("tanh", "(", inner, ")")


_TIMES = Sign("⊙")
_W, _U = Letter("W"), Letter("U")
_B, _B_STATE = Letter("b"), Power(Letter("b"), Sign("′"))
_X, _H, _S = _t("x"), _t("h"), _t("s")
_BEFORE = row(Letter("t"), "−", Number("1"))
_H_BEFORE, _C_BEFORE = Sub(Letter("h"), _BEFORE), Sub(Letter("c"), _BEFORE)
