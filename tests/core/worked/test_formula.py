"""Formulas as LaTeX and as MathML."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from core.worked.formula import Letter, latex, mathml, row
from core.worked.stages import CHAIN, STAGES, StageName
from core.worked.trace import Projection, Trace, attention_trace, projected_trace

EYE = np.eye(2)
PLAIN = projected_trace(Projection(EYE, EYE, EYE, EYE))
BIASED = projected_trace(Projection(EYE, EYE, EYE, EYE, EYE[0], EYE[0], EYE[0]), bias=EYE)
SHIFTED = attention_trace(30 * EYE, 30 * EYE, EYE, divide=False)


@pytest.mark.parametrize(
    ("trace", "name", "formula"),
    [
        (PLAIN, "q", "Q = X W_Q"),
        (BIASED, "v", "V = X W_V + b_V"),
        (SHIFTED, "k", "K"),
        (PLAIN, "scores", r"S = Q K^\top"),
        (PLAIN, "scaled", r"S' = \frac{S}{\sqrt{d_k}}"),
        (BIASED, "scaled", r"S' = \frac{S}{\sqrt{d_k}} + B"),
        (SHIFTED, "scaled", "S' = S"),
        (
            PLAIN,
            "mask",
            r"M_{i j} = \begin{cases} S'_{i j} & \text{visible} \\ - \infty & \text{hidden} \end{cases}",
        ),
        (PLAIN, "exp", "E_{i j} = e^{M_{i j}}"),
        (SHIFTED, "exp", r"E_{i j} = e^{M_{i j} - \max_n M_{i n}}"),
        (PLAIN, "softmax", r"A_{i j} = \frac{E_{i j}}{\sum_n E_{i n}}"),
        (PLAIN, "output", "O = A V"),
    ],
)
def test_each_stage_is_the_papers_formula(trace: Trace, name: StageName, formula: str) -> None:
    assert latex(STAGES[name].formula(trace)) == formula


def test_mathml_is_whole_and_has_the_letters_colours() -> None:
    for trace in (PLAIN, BIASED, SHIFTED):
        for stage in CHAIN:
            root = ElementTree.fromstring(f"<math>{mathml(stage.formula(trace))}</math>")
            assert "".join(root.itertext())
            for part in root.iter():
                children = {"msub": 2, "msup": 2, "mfrac": 2, "munder": 2}.get(part.tag, len(part))
                assert len(part) == children, (stage.name, part.tag)
    assert mathml(STAGES["w_q"].symbol) == '<msub><mi>W</mi><mi class="query">Q</mi></msub>'
    assert (
        mathml(row(Letter("a"), "<", Letter("b")))
        == "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"
    )


def test_words_of_a_case_are_translated_or_left_to_the_page() -> None:
    mask = STAGES["mask"].formula(PLAIN)
    assert '<mtext class="hidden"></mtext>' in mathml(mask)
    assert '<mtext class="hidden"> 看不见</mtext>' in mathml(
        mask, {"visible": "", "hidden": "看不见"}.get
    )
    assert r"\text{HIDDEN}" in latex(mask, str.upper)
