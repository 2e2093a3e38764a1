"""Steps by which people clean a text before a model reads it, and what each of them throws away.

Each says piece by piece what becomes of a text, so that one can see in the text as it was written what is
lost. Done twice, a step does no more than once. They are listed in the order in which they are usually done:
markup before its letters, letters before blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate, groupby, pairwise
from types import MappingProxyType

import regex

from core.text.signs.graphemes import graphemes

Piece = tuple[str, int, int]
"""What stands in the cleaned text for the text from ``start`` to before ``end``; what is in none is gone."""
Step = Callable[[str], Iterator[Piece]]

_PUNCTUATION = regex.compile(r"[\p{P}\p{S}]+")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_REFERENCE = regex.compile(r"&[^\s&;]*;?")
_WORD = re.compile(r"\S+")


def without_html(text: str) -> Iterator[Piece]:
    """Tags, comments, scripts and styles are gone, and &amp; is &; and so is whatever looks like one then,
    until there is none left."""
    trail = _Trail.of(text)
    while (further := trail.after(_without_tags)).text != trail.text:
        trail = further
    yield from trail.pieces()


def composed(text: str) -> Iterator[Piece]:
    """Normal form C: each letter with its accents in as few code points as there are for it (UAX 15)."""
    return _sign_by_sign(text, lambda sign: unicodedata.normalize("NFC", sign))


def compatible(text: str) -> Iterator[Piece]:
    """Normal form KC: also what looks alike becomes the same, ² as 2, ﬁ as fi, ， as a plain comma."""
    return _sign_by_sign(text, lambda sign: unicodedata.normalize("NFKC", sign))


def lower_case(text: str) -> Iterator[Piece]:
    """Small letters only."""
    return _sign_by_sign(text, str.lower)


def without_punctuation(text: str) -> Iterator[Piece]:
    """Punctuation marks, and other signs that are no letters, digits or blanks, are gone."""
    return _sign_by_sign(text, _unpunctuated)


def without_repeated_lines(text: str) -> Iterator[Piece]:
    """Of lines that are alike, the first is kept; empty lines are no lines in this sense."""
    seen: set[str] = set()
    start = 0
    for line in text.split("\n"):
        if not line.strip() or line not in seen:
            seen.add(line)
            if start:
                yield "\n", start - 1, start
            yield line, start, start + len(line)
        start += len(line) + 1


def single_blanks(text: str) -> Iterator[Piece]:
    """Blanks in a row become one space, empty lines in a row one line break; no blank at a line's ends."""
    start, reached = 0, None
    for line in text.splitlines(keepends=True):
        between = "\n"
        for word in _WORD.finditer(line):
            first, after = start + word.start(), start + word.end()
            if reached is not None:
                yield between, reached, reached + 1
            yield word[0], first, after
            between, reached = " ", after
        start += len(line)


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "html": without_html,
        "nfc": composed,
        "nfkc": compatible,
        "lower": lower_case,
        "punctuation": without_punctuation,
        "lines": without_repeated_lines,
        "blanks": single_blanks,
    }
)
"""All steps by name, in their order."""


def clean(text: str, steps: Sequence[str]) -> str:
    """The text after these steps, done in the order of STEPS, whatever the order they are named in."""
    for step in _in_order(steps):
        text = "".join(new for new, _start, _end in step(text))
    return text


def changed(text: str, steps: Sequence[str]) -> str:
    """The text with each character that these steps throw away, or make another, between ⟦ and ⟧."""
    trail = _Trail.of(text)
    for step in _in_order(steps):
        trail = trail.after(step)
    kept = trail.kept(len(text))
    signs = graphemes(text)
    ends = [0, *accumulate(map(len, signs))]
    whole = [all(kept[start:end]) for start, end in pairwise(ends)]
    runs = groupby(zip(signs, whole, strict=True), key=lambda one: one[1])
    parts = ((same, "".join(sign for sign, _same in run)) for same, run in runs)
    return "".join(part if same else f"⟦{part}⟧" for same, part in parts)


def _in_order(steps: Sequence[str]) -> list[Step]:
    return [step for name, step in STEPS.items() if name in steps]


def _sign_by_sign(text: str, become: Callable[[str], str]) -> Iterator[Piece]:
    """What becomes of each character as a reader counts them."""
    known: dict[str, str] = {}
    start = 0
    for sign in graphemes(text):
        if sign not in known:
            known[sign] = become(sign)
        yield known[sign], start, start + len(sign)
        start += len(sign)


def _unpunctuated(sign: str) -> str:
    """A sign with a letter in it loses what is around that; one without is gone, with its joiners."""
    if not _PUNCTUATION.search(sign):
        return sign
    plain: str = _PUNCTUATION.sub("", sign)
    return plain if _LETTER.search(sign) else ""


def _without_tags(text: str) -> Iterator[Piece]:
    """Each stretch of words between two tags, its references read."""
    events = _Tags(text).events
    for (start, words), (end, _more) in pairwise([*events, (len(text), None)]):
        if words is None:
            continue
        if words == text[start:end]:
            yield words, start, end
        else:
            yield from _read_references(text, start, end, words)


def _read_references(text: str, start: int, end: int, words: str) -> Iterator[Piece]:
    """References like &amp; as pieces of their own, where they alone are what changed."""
    pieces: list[Piece] = []
    at = start
    for found in _REFERENCE.finditer(text, start, end):
        pieces.append((text[at : found.start()], at, found.start()))
        pieces.append((unescape(found[0]), found.start(), found.end()))
        at = found.end()
    pieces.append((text[at:end], at, end))
    together = "".join(new for new, _start, _end in pieces)
    yield from pieces if together == words else [(words, start, end)]


class _Tags(HTMLParser):
    """Where in a page each tag begins, and each stretch of words, with the words as a browser shows them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[tuple[int, str | None]] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._silent = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._note(None)
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._note(None)
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        self._note(None if self._silent else data)

    def handle_comment(self, data: str) -> None:
        self._note(None)

    def handle_decl(self, decl: str) -> None:
        self._note(None)

    def handle_pi(self, data: str) -> None:
        self._note(None)

    def unknown_decl(self, data: str) -> None:
        self._note(None)

    def _note(self, words: str | None) -> None:
        line, column = self.getpos()
        self.events.append((self._lines[line - 1] + column, words))


@dataclass(frozen=True)
class _Trail:
    """A text on its way through the steps: for each of its characters where in the first text it comes from,
    from ``start`` to before ``end``, and whether it is still the one that stood there."""

    text: str
    origins: list[tuple[int, int, bool]]

    @classmethod
    def of(cls, text: str) -> _Trail:
        return cls(text, [(place, place + 1, True) for place in range(len(text))])

    def after(self, step: Step) -> _Trail:
        parts, origins = [], []
        for new, start, end in step(self.text):
            parts.append(new)
            if new == self.text[start:end]:
                origins += self.origins[start:end]
            elif new:
                origins += [(self.origins[start][0], self.origins[end - 1][1], False)] * len(new)
        return _Trail("".join(parts), origins)

    def kept(self, count: int) -> list[bool]:
        """For each of the ``count`` characters of the first text whether it still stands there."""
        found = [False] * count
        for start, _end, same in self.origins:
            found[start] |= same
        return found

    def pieces(self) -> Iterator[Piece]:
        """What became of the first text, in one step."""
        signs = zip(self.text, self.origins, strict=True)
        for (start, end, _same), run in groupby(signs, key=lambda one: one[1]):
            yield "".join(sign for sign, _origin in run), start, end
