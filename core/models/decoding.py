"""From next-token distributions to text: greedy, temperature, top-k, top-p, min-p, beam search.

One code for every model. Tokens are ranked by falling probability, equal ones by rising id.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import LearnerError
from core.protocol import LanguageModel, LogProbabilities, Tokens

MOST_TOKENS = 2000
"""The most tokens one call writes."""

WIDEST_BEAM = 32

Probabilities = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Sampling:
    """How to choose from a distribution: the penalty, temperature, then top-k, top-p and min-p.

    ``temperature`` 0 always takes the most probable token. ``top_k`` keeps the k most probable
    (None keeps all). ``top_p`` keeps the fewest most probable tokens that together reach that
    share of what top-k kept (nucleus sampling, Holtzman et al. 2020, §3.1). ``min_p`` keeps what is at
    least this share as probable as the most probable token (Nguyen et al. 2024, §3). ``penalty`` takes so
    many nats from the logit of each token that was already written, so that its odds fall e^penalty times;
    unlike a factor (Keskar et al. 2019, §4.1) it does not hang on where a model's logits happen to lie.

    Raises LearnerError if a value cannot be used.
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float = 1.0
    min_p: float = 0.0
    penalty: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.temperature) and self.temperature >= 0):
            raise LearnerError(
                "Temperature is {temperature}: choose 0 or more.", temperature=self.temperature
            )
        if self.top_k is not None and self.top_k < 1:
            raise LearnerError("Top-k is {top_k}: keep at least 1 token.", top_k=self.top_k)
        if not 0 < self.top_p <= 1:
            raise LearnerError(
                "Top-p is {top_p}: choose more than 0 and at most 1.", top_p=self.top_p
            )
        if not 0 <= self.min_p <= 1:
            raise LearnerError("Min-p is {min_p}: choose 0 to 1.", min_p=self.min_p)
        if not (math.isfinite(self.penalty) and self.penalty >= 0):
            raise LearnerError(
                "The penalty is {penalty} nats: choose 0 or more.", penalty=self.penalty
            )


@dataclass(frozen=True)
class Stages:
    """A distribution on its way to the draw; every array is over the whole vocabulary, [v].

    ``raw`` is the model's, ``penalised`` the same after the penalty; ``tempered`` is
    softmax(log penalised / temperature), at temperature 0 all on one token; ``kept_k`` is True for what
    top-k keeps, ``kept_p`` for what both top-k and top-p keep, ``kept`` for what min-p keeps of that;
    ``final`` is ``tempered`` over the kept tokens, summing to one again.
    """

    raw: Probabilities
    penalised: Probabilities
    tempered: Probabilities
    kept_k: Mask
    kept_p: Mask
    kept: Mask
    final: Probabilities


@dataclass(frozen=True)
class Generated:
    """A drawn token: its probability by the model (``raw``) and in the draw (``final``), and its
    ``rank`` by the model, 1 for the most probable."""

    token: int
    raw: float
    final: float
    rank: int


@dataclass(frozen=True)
class Beam:
    """A continuation and the log-probability of each of its tokens."""

    tokens: tuple[int, ...]
    log_probabilities: tuple[float, ...]

    @property
    def log_probability(self) -> float:
        """Of the whole continuation, given the prompt."""
        return math.fsum(self.log_probabilities)


_ROUNDING = 1e-9
"""0.5 + 0.3 may miss 0.8 by the last digit, and yet reaches a top-p of 0.8."""


def distribution_stages(
    logp: LogProbabilities, sampling: Sampling, written: Sequence[int] | Tokens = ()
) -> Stages:
    """Every stage from log-probabilities, or logits, ``logp`` [v] to what is drawn from. ``written`` are the
    tokens that the penalty is for."""
    raw = penalised = _softmax(logp)
    if sampling.penalty and len(written):
        logp = logp.copy()
        logp[np.unique(np.asarray(written, np.int64))] -= sampling.penalty
        penalised = _softmax(logp)
    ranked = np.argsort(-logp, kind="stable")
    if sampling.temperature == 0:
        tempered = np.zeros_like(raw)
        tempered[ranked[0]] = 1.0
    else:
        with np.errstate(over="ignore"):
            tempered = _softmax((logp - logp[ranked[0]]) / sampling.temperature)
    kept_k = np.zeros(len(raw), np.bool_)
    kept_k[ranked[: sampling.top_k]] = True
    kept_p = kept_k.copy()
    if sampling.top_p < 1:
        chosen = ranked[: sampling.top_k]
        shares = tempered[chosen] / tempered[chosen].sum()
        kept_p[chosen[1:]] = np.cumsum(shares)[:-1] < sampling.top_p - _ROUNDING
    kept = kept_p & (tempered >= sampling.min_p * tempered[ranked[0]])
    final = np.where(kept, tempered, 0.0)
    return Stages(raw, penalised, tempered, kept_k, kept_p, kept, final / final.sum())


def draw(
    logp: LogProbabilities,
    sampling: Sampling,
    rng: np.random.Generator,
    written: Sequence[int] | Tokens = (),
) -> Generated:
    """One token from log-probabilities or logits [v]; takes one number from ``rng``. ``written`` are the
    tokens that the penalty is for."""
    stages = distribution_stages(logp, sampling, written)
    token = _pick(stages.final, rng)
    ahead = (logp > logp[token]) | ((logp == logp[token]) & (np.arange(len(logp)) < token))
    return Generated(
        token, float(stages.raw[token]), float(stages.final[token]), int(ahead.sum()) + 1
    )


def generate(
    model: LanguageModel, prompt: Tokens, count: int, sampling: Sampling, seed: int
) -> Iterator[Generated]:
    """``count`` tokens after ``prompt`` [t], one by one; the same seed draws the same tokens.

    Raises LearnerError at once if ``count`` is too large.
    """
    _check_count(count)
    return _generate(model, np.asarray(prompt, np.int64), count, sampling, seed)


def beam_search(model: LanguageModel, prompt: Tokens, count: int, width: int) -> list[Beam]:
    """The ``width`` most probable continuations by ``count`` tokens that the search finds, best
    first. Each step extends every beam by every token and keeps the best ``width``. Impossible
    continuations are dropped, so there may be fewer, or none.

    Raises LearnerError if ``count`` or ``width`` is out of range.
    """
    _check_count(count)
    if not 1 <= width <= WIDEST_BEAM:
        raise LearnerError(
            "The beam width is {width}: choose 1 to {most}.", width=width, most=WIDEST_BEAM
        )
    prompt = np.asarray(prompt, np.int64)
    beams = [Beam((), ())]
    for _ in range(count):
        contexts = [
            _last(np.concatenate([prompt, np.array(beam.tokens, np.int64)]), model.context)
            for beam in beams
        ]
        steps = model.next_log_probabilities(contexts)
        totals = (steps + np.array([[beam.log_probability] for beam in beams])).reshape(-1)
        best = np.argsort(-totals, kind="stable")[:width]
        beams = [
            Beam((*beams[row].tokens, token), (*beams[row].log_probabilities, steps[row, token]))
            for row, token in (divmod(int(cell), model.vocabulary_size) for cell in best)
            if steps[row, token] > -math.inf
        ]
        if not beams:
            break
    return beams


def _generate(
    model: LanguageModel, tokens: Tokens, count: int, sampling: Sampling, seed: int
) -> Iterator[Generated]:
    rng = np.random.default_rng(seed)
    context, written = _last(tokens, model.context), [int(token) for token in tokens]
    for _ in range(count):
        generated = draw(model.next_log_probabilities([context])[0], sampling, rng, written)
        yield generated
        written.append(generated.token)
        context = _last(np.append(context, generated.token), model.context)


def tokens_at(p: Probabilities, numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    """On which tokens uniform ``numbers`` [n] from [0, 1) fall, [n], where each token of ``p`` [v] has a
    stretch of its length on one line, in the vocabulary's order; never on a token with 0."""
    cumulated = np.cumsum(p)
    places = np.searchsorted(cumulated, numbers * cumulated[-1], side="right")
    return np.asarray(np.minimum(places, np.flatnonzero(p)[-1]), np.int64)


def _pick(p: Probabilities, rng: np.random.Generator) -> int:
    return int(tokens_at(p, np.array([rng.random()]))[0])


def _softmax(logits: LogProbabilities) -> Probabilities:
    top = logits.max()
    if not np.isfinite(top):
        raise ValueError("no token has a finite log-probability, or one is not a number")
    exponentials = np.exp(logits - top)
    return np.asarray(exponentials / exponentials.sum())


def _last(tokens: Tokens, most: int) -> Tokens:
    return tokens[max(len(tokens) - most, 0) :]


def _check_count(count: int) -> None:
    if not 0 <= count <= MOST_TOKENS:
        raise LearnerError(
            "{count} tokens cannot be written at once: choose 0 to {most}.",
            count=count,
            most=MOST_TOKENS,
        )
