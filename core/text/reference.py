"""Python's own language reference, as prose.

Every Python ships the reference that ``help("for")`` shows. It differs from version to version, and
with it the text.
"""

from __future__ import annotations

import re
from functools import cache


def reference(entries: int) -> str:
    """The first ``entries`` entries in alphabetical order, or all if there are fewer.

    Code, grammar rules, tables, headings and markup are taken out; a paragraph that came before
    does not come again. A line is a paragraph, a blank line stands between two entries.
    """
    return "\n\n".join(_entries()[:entries]) + "\n"


@cache
def _entries() -> tuple[str, ...]:
    from pydoc_data.topics import topics  # half a megabyte that no page needs

    seen: set[str] = set()
    entries = []
    for name in sorted(topics):
        fresh = [part for part in prose(topics[name]) if part not in seen]
        seen.update(fresh)
        if fresh:
            entries.append("\n".join(fresh))
    return tuple(entries)


def prose(topic: str) -> list[str]:
    """The paragraphs of prose of one entry of the reference, each on one line."""
    blocks = re.split(r"\n[ \t]*\n", topic.expandtabs())
    paragraphs = []
    code_indent: int | None = None
    for block in blocks:
        lines = [line for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        indent = len(lines[0]) - len(lines[0].lstrip())
        if code_indent is not None and indent > code_indent:
            continue
        text = _one_line(lines)
        code_indent = indent if text.endswith(":") and not _LIST_ITEM.match(lines[0]) else None
        if _is_prose(lines, text):
            paragraphs.append(text)
    return paragraphs


_LIST_ITEM = re.compile(r"^\s*(?:[*+-]|\d+\.)\s")
_CODE_SIGNS = ("::=", ">>>", "+--", "==", " = ", "->", "|", "def ", "class ", "import ", "# ")


def _is_prose(lines: list[str], text: str) -> bool:
    """Whether the block is sentences: not a heading, a table, a grammar rule or a piece of code."""
    underlined = any(re.fullmatch(r"\s*([*=\-~^\"#])\1{2,}", line) for line in lines)
    if underlined or any(sign in text for sign in _CODE_SIGNS):
        return False
    if not re.search(r"[.:!?][\")’]*$", text) or not re.match(r"[A-Z(“\"]", text):
        return False
    words = re.findall(r"[A-Za-z]+", text)
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return len(words) >= 5 and letters >= 0.85 * len(text)


def _without_term(lines: list[str]) -> list[str]:
    """A definition's block begins with the term, and its text stands further right."""
    if len(lines) < 2 or _LIST_ITEM.match(lines[0]):
        return lines
    first, second = (len(line) - len(line.lstrip()) for line in lines[:2])
    return lines[1:] if second > first else lines


def _one_line(lines: list[str]) -> str:
    """The block as one line without bullets, footnote marks and markup."""
    text = " ".join(line.strip() for line in _without_term(lines))
    text = _LIST_ITEM.sub("", text, count=1)
    text = re.sub(r"(?<=[a-z])- (?=[a-z]+ )", "-", text)
    text = re.sub(r"\s*\[\d+\]", "", text)
    text = re.sub(r"(?<![\w*])(\*{1,2})(\w[^*]*)\1(?![\w*])", r"\2", text)
    text = re.sub(r"``?([^`]+)``?", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()
