"""Answers with a map of words."""

from __future__ import annotations

import numpy as np

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.questions.word_map import MOST_MAPPED, WordMap, WordMapAnswer
from core.worked.vectors.cosine import Vectors, unit
from core.worked.vectors.neighbours import NEIGHBOURS, kept_on_map
from core.worked.vectors.plane import Places, fit_plane

_ITERATIONS = 500


@answers(WordMap)
def word_map(loaded: Loaded, question: WordMap) -> WordMapAnswer:
    if not 2 <= question.perplexity <= 100:
        raise LearnerError("Ask for a perplexity between 2 and 100.")
    vectors = loaded.arrays(question.step).get("vectors")
    if vectors is None:
        raise LearnerError("This question is about vectors of words, and this run has kept none.")
    rows = np.flatnonzero(vectors.any(axis=1))[:MOST_MAPPED]
    if len(rows) < 2 * NEIGHBOURS:
        raise LearnerError("A map needs at least {least} words.", least=2 * NEIGHBOURS)
    chosen = unit(vectors[rows])
    start = fit_plane(unit(loaded.arrays(None)["vectors"][rows])).place(chosen)
    places = _tsne(chosen, start, min(question.perplexity, (len(rows) - 1) // 3), question.seed)
    return WordMapAnswer(rows, places, kept_on_map(chosen, places))


def _tsne(vectors: Vectors, start: Places, perplexity: int, seed: int) -> Places:
    """van der Maaten and Hinton 2008, by scikit-learn, of cosine distances.

    It begins where the words lie on the principal axes of the run's last snapshot, slightly shaken by the
    seed: so the maps of all snapshots lie alike.
    """
    from sklearn.manifold import TSNE  # a second to import: only when somebody asks

    start = start / (start.std() or 1.0) * 1e-4
    start += np.random.default_rng(seed).normal(scale=1e-5, size=start.shape)
    tsne = TSNE(
        perplexity=perplexity,
        metric="cosine",
        init=start.astype(np.float32),
        max_iter=_ITERATIONS,
        random_state=seed,
        n_jobs=1,
    )
    places: Places = tsne.fit_transform(vectors).astype(np.float64)
    return places
