"""Steps by which people clean a text before a model reads it, and what each of them throws away.

Each is a pure function from text to text; done twice it does no more than once. They are listed in the
order in which they are usually done: markup before its letters, letters before blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from types import MappingProxyType

import regex

_PUNCTUATION = regex.compile(r"[\p{P}\p{S}]+")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{2,}")


class _Words(HTMLParser):
    """What of a page is text: tags, comments, scripts and styles are left out, &amp; becomes &."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def without_html(text: str) -> str:
    """Tags are gone, and so is whatever looks like one, until there is none left."""
    while True:
        parser = _Words()
        parser.feed(text)
        parser.close()
        plain = "".join(parser.words)
        if plain == text:
            return plain
        text = plain


def composed(text: str) -> str:
    """Normal form C: each letter with its accents in as few code points as there are for it (UAX 15)."""
    return unicodedata.normalize("NFC", text)


def compatible(text: str) -> str:
    """Normal form KC: also what looks alike becomes the same, ² as 2, ﬁ as fi, ， as a plain comma."""
    return unicodedata.normalize("NFKC", text)


def lower_case(text: str) -> str:
    return text.lower().lower()


def without_punctuation(text: str) -> str:
    """Punctuation marks, and other signs that are no letters, digits or blanks."""
    kept: str = _PUNCTUATION.sub("", text)
    return kept


def without_repeated_lines(text: str) -> str:
    """Of lines that are alike, the first is kept; empty lines are no lines in this sense."""
    seen: set[str] = set()
    kept = []
    for line in text.split("\n"):
        if line.strip() and line in seen:
            continue
        seen.add(line)
        kept.append(line)
    return "\n".join(kept)


def single_blanks(text: str) -> str:
    """Blanks in a row become one space, empty lines in a row one line break; no blank at a line's ends."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return _EMPTY_LINES.sub("\n", "\n".join(lines)).strip("\n")


STEPS: Mapping[str, Callable[[str], str]] = MappingProxyType(
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


def changed(text: str, cleaned: str) -> str:
    """The text with whatever is not in the cleaned one, or is something else there, between ⟦ and ⟧."""
    same = SequenceMatcher(None, text, cleaned, autojunk=False).get_matching_blocks()
    parts, reached = [], 0
    for place, _other, length in same:
        if place > reached:
            parts.append(f"⟦{text[reached:place]}⟧")
        parts.append(text[place : place + length])
        reached = place + length
    return "".join(parts)


def clean(text: str, steps: Sequence[str]) -> str:
    """The text after these steps, done in the order of STEPS, whatever the order they are named in."""
    for name, step in STEPS.items():
        if name in steps:
            text = step(text)
    return text
