"""One step of an N-gram probability as a formula, with the counts it is made of."""

from __future__ import annotations

from core.models.ngram_steps import Step
from core.spec.families.ngram import NGramSpec


def formula(step: Step, spec: NGramSpec, vocabulary: int) -> str:
    """The step in LaTeX, from counts to result: what a learner can do again on paper."""
    score = "S" if spec.smoothing == "stupid_backoff" and step.kind != "normalised" else "p"
    return f"{score} = {_right_side(step, spec, vocabulary)} = {number(step.probability)}"


def number(value: float) -> str:
    """Four significant digits; below a ten-thousandth with a power of ten."""
    return f"{value:.4g}" if value == 0 or value >= 1e-4 else power_of_ten(value, 3)


def power_of_ten(value: float, decimals: int = 1) -> str:
    """A positive number as LaTeX, such as ``4.0 \\times 10^{8}``."""
    mantissa, exponent = f"{value:.{decimals}e}".split("e")
    return f"{mantissa} \\times 10^{{{int(exponent)}}}"


def _right_side(step: Step, spec: NGramSpec, vocabulary: int) -> str:
    lower = number(step.lower)
    if step.kind == "uniform":
        return rf"\frac{{1}}{{{vocabulary}}}"
    if step.kind == "normalised":
        return rf"\frac{{{lower}}}{{{number(1 / step.weight)}}}"
    if spec.smoothing == "add_k":
        return (
            rf"\frac{{{step.count} + {spec.k:g}}}{{{step.total} + {spec.k:g} \cdot {vocabulary}}}"
        )
    if spec.smoothing == "stupid_backoff" and step.weight:
        return rf"{step.weight:g} \cdot {lower}"
    if not step.total:
        return lower
    if spec.smoothing == "kneser_ney" and step.weight:
        return (
            rf"\frac{{\max({step.count} - {spec.discount:g}, 0)}}{{{step.total}}}"
            rf" + \frac{{{spec.discount:g} \cdot {step.types}}}{{{step.total}}} \cdot {lower}"
        )
    return rf"\frac{{{step.count}}}{{{step.total}}}"
