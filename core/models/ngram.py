"""N-gram language models: the next token from counts of what followed the last n - 1 tokens.

The text is one stream of tokens, without padding: the first tokens of a stream have shorter
contexts and use the lower orders, and so does any context shorter than n - 1.

With c a count, V the vocabulary, "hu" the context h followed by u, c(h·) = Σ_u c(hu), t(h) how many
different tokens followed h, and h' the context h without its first token, the smoothings are

- ``mle``: p(w | h) = c(hw) / c(h·). After a context that nothing followed it is uniform, where
  ``nltk.lm.MLE`` gives every token 0. Tokens with no count get log-probability -inf.
- ``add_k`` (Lidstone): (c(hw) + k) / (c(h·) + kV).
- ``jelinek_mercer`` (Jelinek and Mercer 1980): λ c(hw) / c(h·) + (1 - λ) p(w | h'). One λ for each
  order: the same given one, or each estimated (``best_weight``).
- ``witten_bell`` (Witten and Bell 1991): (c(hw) + t(h) p(w | h')) / (c(h·) + t(h)).
- ``absolute``: absolute discounting, interpolated (Ney, Essen and Kneser 1994):
  (max(c(hw) - D, 0) + D t(h) p(w | h')) / c(h·), D given, or estimated for each order.
- ``kneser_ney``: the same (Kneser and Ney 1995; Chen and Goodman 1998, §2.7), but below the highest
  order c is the continuation count: how many different tokens came before the gram. With one given D
  it equals ``nltk.lm.KneserNeyInterpolated``, except that nltk gives 0 to a token that never followed
  another (nltk#3065), and that nltk's distributions do not sum to one (or divide by zero) after a
  context that begins the stream.
- ``katz`` (Katz 1987): d_c · c(hw) / c(h·) if hw was seen, with Good–Turing's ratios d_c for counts up
  to a cutoff (``good_turing``) and 1 above; else α(h) p(w | h'), where α(h) shares out what is left.
- ``stupid_backoff`` (Brants et al. 2007): score S(w | h) = c(hw) / c(h·) if hw was seen, else
  α · S(w | h'); a token never seen gets α / V. Scores do not sum to one and are in ``scores``; as a
  language model they are divided by their sum over the vocabulary.

Order 1 is smoothed too: below it stands the uniform 1 / V, so all but ``mle`` leave every token
possible. ``nltk.lm`` ends at an unsmoothed order 1; where each token of the vocabulary was counted, the
two that discount give back there exactly what they took, and so equal it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.models.ngram_smoothing import (
    Level,
    Probabilities,
    StupidBackoff,
    levels,
    levels_of_each_order,
)
from core.models.ngram_steps import Step, next_step, normalised_step, uniform_step
from core.models.ngram_tables import GramCounts, Ids, checked, find
from core.protocol import LogProbabilities, Tokens
from core.spec.families.ngram import NGramSpec


class NGramModel:
    """Counts of a training text and a smoothing; speaks the LanguageModel protocol."""

    def __init__(
        self, grams: GramCounts, spec: NGramSpec, found: tuple[Level, ...] | None = None
    ) -> None:
        """``found`` are the levels where they are known already."""
        self.spec = spec
        self.grams = grams
        self._levels = levels(grams, spec) if found is None else found

    @classmethod
    def fit(cls, tokens: Tokens, vocabulary_size: int, spec: NGramSpec) -> NGramModel:
        """Count the training stream ``tokens`` [t]. Raises LearnerError if it is empty."""
        return cls(GramCounts(tokens, vocabulary_size), spec)

    @classmethod
    def of_each_order(cls, grams: GramCounts, spec: NGramSpec) -> Iterator[NGramModel]:
        """The models of order 1, 2, … up to that of ``spec``, quicker than one by one."""
        for order, found in enumerate(levels_of_each_order(grams, spec), start=1):
            yield cls(grams, spec.model_copy(update={"order": order}), found)

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
            p[rows] *= level.weights(prefixes)[:, None]
            known = prefixes >= 0
            self._add_shares(p, level, rows[known], prefixes[known])
        return p

    def token_log_probabilities(self, tokens: Tokens) -> LogProbabilities:
        """Log-probability [t-1] of each token after the first, given up to n - 1 before it."""
        tokens = checked(tokens, self.vocabulary_size)
        return self.log_probabilities_at(self.grams.places(tokens, self.order))

    def log_probabilities_at(self, places: Sequence[Ids]) -> LogProbabilities:
        """``token_log_probabilities`` of a text whose ``places`` among these counts are known for this
        order or a higher one: they are the same for models of all orders and smoothings."""
        length = len(places[0]) if places else 0
        p = np.full(length, 1 / self.vocabulary_size)
        sums = np.ones(length)
        for m, (level, grams) in enumerate(zip(self._levels, places, strict=False), start=1):
            prefixes = places[m - 2][: len(grams)] if m > 1 else np.zeros(length, np.int64)
            lower = p[m - 1 :]
            if self._one_order_only:
                lower = np.full(len(lower), 1 / self.vocabulary_size)
            p[m - 1 :] = level.combine(grams, prefixes, lower)
            if isinstance(level, StupidBackoff):
                known = level.sums[np.maximum(prefixes, 0)] if len(level.sums) else 1.0
                sums[m - 1 :] = np.where(
                    prefixes >= 0, known, level.weights(prefixes) * sums[m - 1 :]
                )
        return _log((p / sums)[1:])

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
        size = self.vocabulary_size
        steps = [uniform_step(size)]
        for m in range(length + 1 if self._one_order_only else 1, length + 2):
            prefix, used = ids[0, m - 1 : m], spoken[length - m + 1 :]
            step = next_step(self._levels[m - 1], prefix, used, last, steps[-1], size)
            steps = [*steps, step] if step.weight else [step]
        if self.spec.smoothing == "stupid_backoff":
            steps.append(normalised_step(steps[-1], float(self.scores([context]).sum())))
        return tuple(steps)

    def occurrences(self, gram: Tokens, most: int) -> NDArray[np.int64]:
        """The first ``most`` positions in the training tokens where ``gram`` [m], any m, begins."""
        if not len(gram):
            return np.arange(min(most, len(self.tokens) + 1))
        gram = checked(gram, self.vocabulary_size)
        singles = self.grams.table(1)
        ranks = find(singles, np.zeros(len(gram), np.int64), gram, self.vocabulary_size)
        if (ranks < 0).any():
            return np.empty(0, np.int64)
        rarest = int(singles.counts[ranks].argmin())  # begin there: few places are left at once
        narrow = self.grams.narrow
        positions = np.flatnonzero(narrow == narrow.dtype.type(gram[rarest])) - rarest
        room = len(self.tokens) - len(gram)
        positions = positions[(positions >= 0) & (positions <= room)]
        for place, token in enumerate(gram):
            positions = positions[narrow[positions + place] == token]
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
            grams = find(self.grams.table(m), below, last, self.vocabulary_size)
            ids[:, m] = grams[:, -1]
        return lengths, ids

    def _add_shares(self, p: Probabilities, level: Level, rows: Ids, prefixes: Ids) -> None:
        """Add to (or, backing off, put into) ``p`` [b, v] the shares of what follows contexts."""
        starts = level.table.starts[prefixes].astype(np.int64)
        lengths = level.table.starts[prefixes + 1] - starts
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        grams = np.repeat(starts, lengths) + within
        shares = level.shares(grams, np.repeat(prefixes, lengths))
        cells = (np.repeat(rows, lengths), level.table.keys[grams] % self.vocabulary_size)
        p[cells] = shares if level.backs_off else p[cells] + shares


def _log(p: Probabilities) -> LogProbabilities:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(p))
