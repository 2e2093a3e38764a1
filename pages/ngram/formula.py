"""One step of an N-gram probability as a formula, with the counts it is made of."""

from __future__ import annotations

import math

from core.models.ngram_steps import KatzDetails, Step
from core.spec.families.ngram import NGramSpec


def formula(step: Step, spec: NGramSpec, vocabulary: int) -> str:
    """The step in LaTeX, from counts to result: what a learner can do again on paper."""
    score = "S" if spec.smoothing == "stupid_backoff" and step.kind != "normalised" else "p"
    return f"{score} = {_right_side(step, spec, vocabulary)} = {number(step.probability)}"


def prepared(step: Step) -> str | None:
    """What has to be reckoned before the step, in LaTeX: an estimated discount D, Katz's ratio d or
    his weight α; None where there is nothing."""
    if step.discount is not None and step.discount.how == "estimated" and step.types:
        found = step.discount
        return (
            rf"D = \frac{{{found.ones}}}{{{found.ones} + 2 \cdot {found.twos}}} = "
            f"{_near_one(found.value)}"
        )
    if step.katz is None or not step.total:
        return None
    if not step.count:
        left, below = 1 - step.katz.kept, 1 - step.katz.kept_below
        return rf"\alpha = \frac{{{number(left)}}}{{{number(below)}}} = {number(step.weight)}"
    if step.katz.ratio < 1:
        return _ratio(step.count, step.katz)
    return None


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
    if step.mixed is not None:
        share = rf"{step.mixed:g} \cdot \frac{{{step.count}}}{{{step.total}}}"
        return rf"{share} + {1 - step.mixed:.4g} \cdot {lower}"
    if spec.smoothing == "witten_bell":
        return rf"\frac{{{step.count} + {step.types} \cdot {lower}}}{{{step.total} + {step.types}}}"
    if step.discount is not None:
        discount = _near_one(step.discount.value)
        return (
            rf"\frac{{\max({step.count} - {discount}, 0)}}{{{step.total}}}"
            rf" + \frac{{{discount} \cdot {step.types}}}{{{step.total}}} \cdot {lower}"
        )
    if step.katz is not None:
        return _backed_off(step, step.katz, lower)
    return rf"\frac{{{step.count}}}{{{step.total}}}"


def _backed_off(step: Step, katz: KatzDetails, lower: str) -> str:
    if not step.count:
        return rf"{number(step.weight)} \cdot {lower}"
    worth = rf"{number(katz.ratio)} \cdot {step.count}" if katz.ratio < 1 else f"{step.count}"
    total = f"{step.total} + 1" if katz.added else f"{step.total}"
    return rf"\frac{{{worth}}}{{{total}}}"


def _ratio(count: int, katz: KatzDetails) -> str:
    """d_c, from the numbers of grams counted c, c + 1, and once and more than the cutoff."""
    numbers, after = katz.turing.numbers, katz.turing.cutoff + 1
    turned = rf"\frac{{{count + 1} \cdot {numbers[count]}}}{{{count} \cdot {numbers[count - 1]}}}"
    over = rf"\frac{{{after} \cdot {numbers[after - 1]}}}{{{numbers[0]}}}"
    return rf"d_{{{count}}} = \frac{{{turned} - {over}}}{{1 - {over}}} = {number(katz.ratio)}"


def _near_one(value: float) -> str:
    """A number below 1 with so many digits that what it leaves of 1 has four that count."""
    decimals = 3 + max(1, math.ceil(-math.log10(1 - value)))
    return f"{value:.{decimals}f}".rstrip("0")
