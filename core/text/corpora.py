"""Which corpora there are, and how each is made from its specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from core.errors import LearnerError
from core.spec.text import CorpusSpec, TaskName
from core.text.corpus import Corpus as Corpus
from core.text.corpus import Link as Link
from core.text.errands import errands, errands_zh
from core.text.made.asides import asides, asides_zh
from core.text.made.market import market, market_zh
from core.text.made.picture_book import picture_book
from core.text.made.reviews import LABELS, reviews, reviews_zh
from core.text.names import names, names_zh
from core.text.own import check_own_text, digest
from core.text.reference import reference
from core.text.tales import tales
from core.text.tales_zh import tales_zh
from core.text.tasks.registry import TASKS, task_text


@dataclass(frozen=True)
class CorpusInfo:
    """What a page needs to know before the text is made.

    ``language`` is "any" for own text. ``unit`` is what ``CorpusSpec.size`` counts; own text comes
    whole and ignores it. ``links``: whether gold links come with the text. ``labels``: what its passages
    can be, in English and for translation, where they are labelled.
    """

    name: str
    language: Literal["en", "zh", "any"]
    unit: Literal["stories", "reviews", "entries", "names", "problems", "text"]
    typical_size: int
    links: bool
    labels: tuple[str, ...] = ()


CORPORA: Mapping[str, CorpusInfo] = MappingProxyType(
    {
        info.name: info
        for info in (
            CorpusInfo("tales", "en", "stories", 2000, links=True),
            CorpusInfo("tales_zh", "zh", "stories", 2000, links=True),
            CorpusInfo("errands", "en", "stories", 3000, links=True),
            CorpusInfo("errands_zh", "zh", "stories", 3000, links=True),
            CorpusInfo("market", "en", "stories", 3000, links=True),
            CorpusInfo("market_zh", "zh", "stories", 3000, links=True),
            CorpusInfo("asides", "en", "stories", 1500, links=True),
            CorpusInfo("asides_zh", "zh", "stories", 1500, links=True),
            CorpusInfo("reviews", "en", "reviews", 2500, links=False, labels=LABELS),
            CorpusInfo("reviews_zh", "zh", "reviews", 2500, links=False, labels=LABELS),
            CorpusInfo("picture_book", "en", "stories", 1000, links=False),
            CorpusInfo("python", "en", "entries", 80, links=False),
            CorpusInfo("names", "en", "names", 5000, links=False),
            CorpusInfo("names_zh", "zh", "names", 5000, links=False),
            CorpusInfo("tasks", "any", "problems", 10_000, links=False),
            CorpusInfo("own", "any", "text", 1, links=False),
        )
    }
)


def load_corpus(spec: CorpusSpec, own_text: str | None = None) -> Corpus:
    """The text that the specification names; the same specification gives the same text.

    Raises LearnerError if own text is asked for and is not given, is another text than the one the
    specification names, or cannot be used.
    """
    if spec.name == "own":
        return Corpus(_named_own_text(spec, own_text))
    if spec.name == "tasks":
        return _of_task(spec.task, spec.size, spec.seed)
    return _made(spec.name, spec.size, spec.seed)


def split(corpus_text: str) -> tuple[str, str]:
    """Training text and validation text; together they are the corpus.

    Validation is the last tenth. The cut is after the blank line nearest to there, or else after
    the nearest line break, if there is one within a twentieth of the text; otherwise exactly there.
    """
    ideal = len(corpus_text) * 9 // 10
    slack = len(corpus_text) // 20
    for boundary in ("\n\n", "\n"):
        cut = _nearest_end(corpus_text, boundary, ideal, slack)
        if cut is not None:
            return corpus_text[:cut], corpus_text[cut:]
    return corpus_text[:ideal], corpus_text[ideal:]


def _nearest_end(text: str, boundary: str, ideal: int, slack: int) -> int | None:
    """Where a boundary ends, at most ``slack`` from ``ideal`` and with text on both sides."""
    before = text.rfind(boundary, max(0, ideal - slack), ideal)
    after = text.find(boundary, ideal, ideal + slack)
    ends = [place + len(boundary) for place in (before, after) if place >= 0]
    ends = [end for end in ends if end < len(text)]
    return min(ends, key=lambda end: abs(end - ideal), default=None)


@lru_cache(maxsize=8)
def _made(name: str, size: int, seed: int) -> Corpus:
    """A generated corpus, kept: a second asking costs nothing, and nobody can change it."""
    return _MAKERS[name](size, seed)


@lru_cache(maxsize=16)
def _of_task(name: TaskName, size: int, seed: int) -> Corpus:
    return task_text(TASKS[name], size, seed)


def _named_own_text(spec: CorpusSpec, own_text: str | None) -> str:
    if own_text is None:
        raise LearnerError("This run needs your own text, which is not here: give the text again.")
    text = check_own_text(own_text)
    if digest(text) != spec.digest:
        raise LearnerError(
            "This is another text than the one this run was made for: give that text, "
            "or make a new run."
        )
    return text


_MAKERS: Mapping[str, Callable[[int, int], Corpus]] = MappingProxyType(
    {
        "tales": tales,
        "tales_zh": tales_zh,
        "errands": errands,
        "errands_zh": errands_zh,
        "market": market,
        "market_zh": market_zh,
        "asides": asides,
        "asides_zh": asides_zh,
        "reviews": reviews,
        "reviews_zh": reviews_zh,
        "picture_book": picture_book,
        "python": lambda size, seed: Corpus(reference(size)),
        "names": lambda size, seed: Corpus(names(size, seed)),
        "names_zh": lambda size, seed: Corpus(names_zh(size, seed)),
    }
)
