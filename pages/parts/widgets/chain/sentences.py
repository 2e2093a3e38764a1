"""One sentence about what a stage shows, computed from its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.figures.theme import number
from core.worked.sharpness import entropy
from core.worked.stages import StageName, stage_matrix
from core.worked.trace import Trace
from pages.parts.frame.escaped import escaped
from pages.parts.frame.language import _

_EQUAL = 1e-9
_MOST_NAMED = 3


def stage_sentence(
    trace: Trace,
    queries: Sequence[str],
    keys: Sequence[str],
    stage: StageName,
    row: int,
    column: int,
) -> str:
    """What is to be seen at this stage, about the chosen row."""
    if stage in ("q", "k", "v"):
        return _projected(trace, keys if stage != "q" else queries, stage, row)
    query = escaped(queries[row])
    if trace.mask[row].all() and stage not in ("scores", "scaled"):
        return _(
            "**{query}** may look at nothing: its row of weights and its output are zeros."
        ).format(query=query)
    if stage in ("scores", "scaled"):
        return _fits(trace, query, keys, stage, row)
    if stage == "mask":
        return _(
            "**{query}** may see {count} of {all} keys; {hidden} cells are hidden in all."
        ).format(
            query=query,
            count=int((~trace.mask[row]).sum()),
            all=len(keys),
            hidden=int(trace.mask.sum()),
        )
    if stage == "exp":
        return _exponentials(trace, query, keys, row)
    if stage == "softmax":
        return attention_sentence(queries, trace.weights, row, keys)
    return _mixed(trace, query, keys, row)


def attention_sentence(
    tokens: Sequence[str],
    weights: NDArray[np.float64],
    row: int,
    keys: Sequence[str] | None = None,
) -> str:
    """Where a query looks most, what its row adds up to and how spread out it is."""
    shares = weights[row]
    keys = tokens if keys is None else keys
    visible = int(np.count_nonzero(shares > 0))
    return _(
        "**{query}** looks most at {keys}: {weight}. Its row adds up to {total}; its entropy is "
        "{entropy} nats, of at most {most} for the {count} keys it can see."
    ).format(
        query=escaped(tokens[row]),
        keys=_strongest(shares, keys),
        weight=number(float(shares.max())),
        total=number(float(shares.sum())),
        entropy=number(float(entropy(shares))),
        most=number(float(np.log(max(visible, 1)))),
        count=visible,
    )


def division_sentence(other: Trace, row: int, divided: bool) -> str:
    """How spread out the row would be with the division switched the other way."""
    sentence = (
        _("Without the division by √dₖ the entropy would be {entropy}.")
        if divided
        else _("With the division by √dₖ the entropy would be {entropy}.")
    )
    return sentence.format(entropy=number(float(entropy(other.weights[row]))))


def _projected(trace: Trace, tokens: Sequence[str], stage: StageName, row: int) -> str:
    values = stage_matrix(trace, stage)
    before = 0 if trace.projection is None else trace.projection.x.shape[1]
    return _(
        "The {before} numbers of **{token}** became {after}; the largest of them is {most}."
    ).format(
        token=escaped(tokens[row]),
        before=before,
        after=values.shape[1],
        most=number(float(values[row].max())),
    )


def _fits(trace: Trace, query: str, keys: Sequence[str], stage: StageName, row: int) -> str:
    values = stage_matrix(trace, stage)
    return _(
        "Best for **{query}**: {keys}, with {score}. Scores in the whole matrix lie between {low} "
        "and {high}."
    ).format(
        query=query,
        keys=_strongest(values[row], keys),
        score=number(float(values[row].max())),
        low=number(float(values.min())),
        high=number(float(values.max())),
    )


def _exponentials(trace: Trace, query: str, keys: Sequence[str], row: int) -> str:
    return _(
        "The exponentials of **{query}** add up to {total}. The largest: {keys}, with {most}."
    ).format(
        query=query,
        total=number(float(trace.row_sums[row])),
        keys=_strongest(trace.exponentials[row], keys),
        most=number(float(trace.exponentials[row].max())),
    )


def _mixed(trace: Trace, query: str, keys: Sequence[str], row: int) -> str:
    """What the output of a row is made of."""
    weights = trace.weights[row]
    share, alike = float(weights.max()), len(_largest(weights))
    sentence = (
        _("The output of **{query}** is {share} of the value of {keys}, and {rest} of the others'.")
        if alike == 1
        else _(
            "The output of **{query}** is {share} of the value of each of {count} keys, and {rest} of "
            "the others'."
        )
    )
    return sentence.format(
        query=query,
        keys=_strongest(weights, keys),
        count=alike,
        share=number(share),
        rest=number(max(0.0, 1.0 - alike * share)),
    )


def _strongest(values: NDArray[np.float64], keys: Sequence[str]) -> str:
    """The key of the largest value; several where it cannot be said which is larger."""
    places = _largest(values)
    if len(places) > _MOST_NAMED:
        return _("{count} keys alike").format(count=len(places))
    named = _(", ").join(f"**{escaped(keys[place])}**" for place in places)
    return named if len(places) == 1 else _("{keys} alike").format(keys=named)


def _largest(values: NDArray[np.float64]) -> list[int]:
    """Where the largest values stand: those that differ by less than rounding are equal."""
    most = float(values.max())
    return [int(at) for at in np.flatnonzero(values >= most - _EQUAL * max(1.0, abs(most)))]
