"""N-gram language models: the next token from counts of what followed the last n - 1 tokens.

The text is one stream of tokens, without padding: the first tokens of a stream have shorter
contexts and use the lower orders, and so does any context shorter than n - 1.

With c a count, V the vocabulary size and "hu" the context h followed by u, the smoothings are

- ``mle``: p(w | h) = c(hw) / Σ_u c(hu). After a context that nothing followed it is uniform,
  where ``nltk.lm.MLE`` gives every token 0. Tokens with no count get log-probability -inf.
- ``add_k`` (Lidstone): (c(hw) + k) / (Σ_u c(hu) + kV).
- ``kneser_ney``: interpolated, one discount D (Kneser and Ney 1995; Chen and Goodman 1998, §2.7):
  p(w | h) = max(c(hw) - D, 0) / Σ_u c(hu) + D · #{u: c(hu) > 0} / Σ_u c(hu) · p(w | h without its
  first token). Below the highest order c is the continuation count: how many different tokens came
  before the gram. Order 1 is discounted too and ends at 1 / V, so every token is possible; if each
  has a continuation that gives them back exactly their discounts. So it equals
  ``nltk.lm.KneserNeyInterpolated``, except that nltk gives 0 to a token that never followed another
  (nltk#3065), and that nltk's distributions do not sum to one (or divide by zero) after a context
  that begins the stream.
- ``stupid_backoff`` (Brants et al. 2007): score S(w | h) = c(hw) / Σ_u c(hu) if hw was seen, else
  α · S(w | h without its first token); a token never seen gets α / V. Scores do not sum to one and
  are in ``scores``; as a language model they are divided by their sum over the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.models.ngram_smoothing import Level, Probabilities, combine, levels
from core.models.ngram_tables import GramCounts, Ids, checked, find
from core.protocol import LogProbabilities, Tokens
from core.spec.families.ngram import NGramSpec


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic: ``probability = share + weight × lower``.

    ``kind`` says what ``count`` and ``total`` count: how often the gram and its context's grams
    occur ("counts"); how many different tokens stood before them ("continuations"); nothing, the
    line that gives each token the same ("uniform", order 0); nothing, the line that divides a
    stupid back-off score by the sum of all scores ("normalised", weight one over that sum).
    ``types`` is how many different tokens follow the context; ``lower`` is the probability of the
    step before this one, 0 for the first.
    """

    kind: Literal["uniform", "counts", "continuations", "normalised"]
    order: int
    context: tuple[int, ...]
    count: int
    total: int
    types: int
    share: float
    weight: float
    lower: float
    probability: float


class NGramModel:
    """Counts of a training text and a smoothing; speaks the LanguageModel protocol."""

    def __init__(self, grams: GramCounts, spec: NGramSpec) -> None:
        self.spec = spec
        self.grams = grams
        self._tables = tuple(grams.table(m) for m in range(1, spec.order + 1))
        self._levels = levels(self._tables, grams.vocabulary_size, spec)

    @classmethod
    def fit(cls, tokens: Tokens, vocabulary_size: int, spec: NGramSpec) -> NGramModel:
        """Count the training stream ``tokens`` [t]. Raises LearnerError if it is empty."""
        return cls(GramCounts(tokens, vocabulary_size), spec)

    @property
    def tokens(self) -> Tokens:
        """The training stream that was counted, [t]."""
        return self.grams.tokens

    @property
    def vocabulary_size(self) -> int:
        return self.grams.vocabulary_size

    @property
    def order(self) -> int:
        return self.spec.order

    @property
    def context(self) -> int:
        return self.spec.order - 1

    def next_log_probabilities(self, contexts: Sequence[Tokens]) -> LogProbabilities:
        """Log-probabilities [b, v] of the next token after b contexts of any lengths."""
        scores = self.scores(contexts)
        if self.spec.smoothing == "stupid_backoff":
            scores /= scores.sum(axis=1, keepdims=True)
        return _log(scores)

    def scores(self, contexts: Sequence[Tokens]) -> Probabilities:
        """Stupid back-off's scores [b, v] before they are made to sum to one; for the other
        smoothings the probabilities."""
        p = np.full((len(contexts), self.vocabulary_size), 1 / self.vocabulary_size)
        lengths, ids = self._context_ids(contexts)
        for m, level in enumerate(self._levels, start=1):
            rows = np.flatnonzero(lengths >= m - 1)
            if self._one_order_only:
                rows = np.flatnonzero(lengths == m - 1)
            prefixes = ids[rows, m - 1]
            p[rows] *= self._weight(level, prefixes)[:, None]
            known = prefixes >= 0
            self._add_shares(p, level, rows[known], prefixes[known])
        return p

    def token_log_probabilities(self, tokens: Tokens) -> LogProbabilities:
        """Log-probability [t-1] of each token after the first, given up to n - 1 before it."""
        tokens = checked(tokens, self.vocabulary_size)
        p = np.full(len(tokens), 1 / self.vocabulary_size)
        sums = np.ones(len(tokens))
        grams = np.zeros(len(tokens) + 1, np.int64)
        for m, level in enumerate(self._levels[: len(tokens)], start=1):
            prefixes = grams[: len(tokens) - m + 1]
            grams = find(level.table, prefixes, tokens[m - 1 :], self.vocabulary_size)
            weights, lower = self._weight(level, prefixes), p[m - 1 :]
            if self._one_order_only:
                lower = np.full(len(lower), 1 / self.vocabulary_size)
            p[m - 1 :] = combine(level, grams, weights, lower, self.spec)
            known = level.sums[np.maximum(prefixes, 0)] if len(level.sums) else 1.0
            sums[m - 1 :] = np.where(prefixes >= 0, known, weights * sums[m - 1 :])
        if self.spec.smoothing == "stupid_backoff":
            p = p / sums
        return _log(p[1:])

    def counts(self, order: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every seen gram of ``order`` tokens [g, n], in lexicographic order, and its count [g]."""
        if not 1 <= order <= self.spec.order:
            raise ValueError(f"order {order} is not among the counted ones, 1 to {self.spec.order}")
        return self.grams.spell(order), self.grams.table(order).counts.astype(np.int64)

    def explain(self, context: Tokens, token: int) -> tuple[Step, ...]:
        """The path to the probability of ``token`` after ``context``, lowest order first.

        Each step's ``lower`` is the step before; the last step's probability is the model's. Orders
        that do not matter to the result (below the one a back-off stops at) are left out.
        """
        last = int(checked(np.array([token]), self.vocabulary_size)[0])
        lengths, ids = self._context_ids([context])
        length = int(lengths[0])
        spoken = tuple(int(t) for t in np.asarray(context)[len(context) - length :])
        uniform = 1 / self.vocabulary_size
        steps = [Step("uniform", 0, (), 0, 0, 0, uniform, 0.0, 0.0, uniform)]
        for m in range(length + 1 if self._one_order_only else 1, length + 2):
            prefix = ids[0, m - 1 : m]
            step = self._step(m, prefix, last, spoken[length - m + 1 :], steps[-1].probability)
            steps = [*steps, step] if step.weight else [replace(step, lower=0.0)]
        if self.spec.smoothing == "stupid_backoff":
            score = steps[-1].probability
            weight = 1 / float(self.scores([context]).sum())
            normalised = (0.0, weight, score, weight * score)
            steps.append(Step("normalised", length + 1, spoken, 0, 0, 0, *normalised))
        return tuple(steps)

    def occurrences(self, gram: Tokens, most: int) -> NDArray[np.int64]:
        """The first ``most`` positions in the training tokens where ``gram`` [m], any m, begins."""
        room = max(len(self.tokens) - len(gram) + 1, 0)
        positions = np.arange(room)
        for place, token in enumerate(gram):
            positions = positions[self.tokens[positions + place] == token]
        return positions[:most]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What ``from_arrays`` needs, for safetensors: the training tokens in the narrowest type
        and the specification as bytes of JSON. Counting again is quicker than reading counts."""
        narrow = np.min_scalar_type(self.vocabulary_size - 1)
        return {
            "tokens": self.tokens.astype(narrow),
            "vocabulary_size": np.array([self.vocabulary_size]),
            "spec": np.frombuffer(self.spec.model_dump_json().encode(), np.uint8).copy(),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> NGramModel:
        """The model whose ``arrays`` these are."""
        spec = NGramSpec.model_validate_json(arrays["spec"].tobytes())
        tokens = arrays["tokens"].astype(np.int64)
        return cls.fit(tokens, int(arrays["vocabulary_size"][0]), spec)

    @property
    def _one_order_only(self) -> bool:
        """The lower orders do not matter: the longest context alone decides, over the uniform."""
        return self.spec.smoothing in ("mle", "add_k")

    def _context_ids(self, contexts: Sequence[Tokens]) -> tuple[NDArray[np.int64], Ids]:
        """For b contexts their usable lengths [b] and, in column j, the rank of the last j tokens
        as a gram, [b, n]; -1 where it is unseen or the context is shorter."""
        width = self.context
        lengths = np.array([min(len(context), width) for context in contexts], np.int64)
        padded = np.zeros((len(contexts), width), np.int64)
        for row, context, length in zip(padded, contexts, lengths, strict=True):
            row[width - length :] = np.asarray(context)[len(context) - length :]
        checked(padded.reshape(-1), self.vocabulary_size)
        ids = np.full((len(contexts), width + 1), -1, np.int64)
        ids[:, 0] = 0
        grams = np.where(np.arange(width) >= width - lengths[:, None], 0, -1)  # by where they begin
        for m in range(1, width + 1):
            below, last = grams[:, : width - m + 1], padded[:, m - 1 :]
            grams = find(self._tables[m - 1], below, last, self.vocabulary_size)
            ids[:, m] = grams[:, -1]
        return lengths, ids

    def _weight(self, level: Level, prefixes: Ids) -> Probabilities:
        """The weight of the lower order after each context, also after contexts never seen."""
        unseen = self.spec.backoff if self.spec.smoothing == "stupid_backoff" else 1.0
        if not len(level.weights):
            return np.full(len(prefixes), unseen)
        return np.where(prefixes >= 0, level.weights[np.maximum(prefixes, 0)], unseen)

    def _add_shares(self, p: Probabilities, level: Level, rows: Ids, prefixes: Ids) -> None:
        """Add to (or, backing off, put into) ``p`` [b, v] the shares of what follows contexts."""
        starts = level.table.starts[prefixes]
        lengths = level.table.starts[prefixes + 1] - starts
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        grams = np.repeat(starts, lengths) + within
        cells = (np.repeat(rows, lengths), level.table.keys[grams] % self.vocabulary_size)
        if self.spec.smoothing == "stupid_backoff":
            p[cells] = level.shares[grams]
        else:
            p[cells] += level.shares[grams]

    def _step(
        self, order: int, prefix: Ids, token: int, context: tuple[int, ...], lower: float
    ) -> Step:
        level = self._levels[order - 1]
        gram = find(level.table, prefix, np.array([token]), self.vocabulary_size)
        weights = self._weight(level, prefix)
        if self.spec.smoothing == "stupid_backoff" and gram[0] >= 0:
            weights = np.zeros(1)
        p = combine(level, gram, weights, np.array([lower]), self.spec)
        count, share = (level.counts[gram[0]], level.shares[gram[0]]) if gram[0] >= 0 else (0, 0.0)
        seen = prefix[0] >= 0
        total, types = (level.totals[prefix[0]], level.types[prefix[0]]) if seen else (0, 0)
        numbers = (float(share), float(weights[0]), lower, float(p[0]))
        return Step(level.kind, order, context, int(count), int(total), int(types), *numbers)


def _log(p: Probabilities) -> LogProbabilities:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(p))
