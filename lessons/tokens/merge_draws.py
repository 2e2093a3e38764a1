"""What this lesson's exercises on bytes, merges and ways through a word are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from lessons.exercises import Draw, Drawn

Pair = tuple[str, str]
Words = list[list[str]]

_SYLLABLES = ("pan", "tan", "nap", "tap", "ant", "nat", "pat", "apt", "tin", "pin", "nip", "tip")
_ACCENTED = ("café", "naïve", "über", "señor", "Zoë")
_HAN = ("茶", "猫", "月亮", "小鱼")
_EMOJI = ("🙂", "🐟", "🌙", "🍵")
_PIECES = (("un", "happy"), ("tea", "pot"), ("sun", "rise"), ("foot", "ball"))


def utf8_bytes(rng: np.random.Generator) -> Drawn:
    """A word with an accent, a Chinese word and an emoji: one to four bytes a character."""
    word, han, emoji = (str(rng.choice(kind)) for kind in (_ACCENTED, _HAN, _EMOJI))
    text = word + han + emoji
    total = len(text.encode())
    shown = {
        "text": text,
        "letters": f"{len(word) - 1}",
        "han": f"{len(han)}",
        "han_bytes": f"{3 * len(han)}",
        "total": f"{total}",
    }
    slips = {"characters": len(text), "emoji": total - 1, "all_three": 3 * len(text)}
    return Drawn(shown, total, slips)


def first_pair(rng: np.random.Generator) -> Drawn:
    """A small text, one pair of letters that is the most frequent, and three others."""
    while True:
        words = _words(rng)
        ranked = _pairs(words).most_common()
        if len(ranked) >= 4 and ranked[0][1] > ranked[1][1]:
            break
    options = [ranked[place][0] for place in rng.permutation(4)]
    names = ("a", "b", "c", "d")
    best, times = ranked[0]
    return Drawn(
        {
            "text": " ".join("".join(word) for word in words),
            "best": " + ".join(best),
            "times": f"{times}",
            **{name: " + ".join(pair) for name, pair in zip(names, options, strict=True)},
        },
        names[options.index(best)],
    )


def two_merges(rng: np.random.Generator) -> Drawn:
    """A small text of which the first two merges are beyond doubt, and its tokens after them."""
    while True:
        words = _words(rng)
        first = _most_frequent(words)
        once = merge(words, first) if first else words
        second = _most_frequent(once)
        if not first or not second:
            continue
        twice = merge(once, second)
        letters, after_one, after_two = (sum(map(len, text)) for text in (words, once, twice))
        if len({letters, after_one, after_two, letters - 2}) == 4:
            break
    return Drawn(
        {
            "text": " ".join("".join(word) for word in words),
            "letters": f"{letters}",
            "first": " + ".join(first),
            "second": " + ".join(second),
            "one": f"{after_one}",
            "two": f"{after_two}",
            "cut": " ".join("·".join(word) for word in twice),
        },
        after_two,
        {"one": after_one, "once_each": letters - 2, "letters": letters},
    )


def best_way(rng: np.random.Generator) -> Drawn:
    """Two ways through a word with the logarithm of each piece: the sum of the better one. The worse way has
    the piece that is most probable of all."""
    left, right = _PIECES[int(rng.integers(len(_PIECES)))]
    whole = -float(rng.integers(40, 50)) / 10, -float(rng.integers(40, 50)) / 10
    parts = -float(rng.integers(20, 30)) / 10, -float(rng.integers(41, 48)) / 10
    rest = -float(rng.integers(48, 56)) / 10
    better, worse = sum(whole), sum(parts) + rest
    return Drawn(
        {
            "word": left + right,
            "left": left,
            "right": right,
            "start": right[:1],
            "end": right[1:],
            "one": _negative(whole[0]),
            "two": _negative(whole[1]),
            "three": _negative(parts[0]),
            "four": _negative(parts[1]),
            "five": _negative(rest),
            "better": _negative(better),
            "worse": _negative(worse),
        },
        round(better, 1),
        {"worse": round(worse, 1), "positive": -round(better, 1), "single": parts[0]},
    )


DRAWS: Mapping[str, Draw] = {
    "utf8_bytes": utf8_bytes,
    "first_pair": first_pair,
    "two_merges": two_merges,
    "best_way": best_way,
}


def merge(words: Words, pair: Pair) -> Words:
    """The words after the pair has become one token wherever it stands, from left to right."""
    merged = []
    for word in words:
        parts: list[str] = []
        for letter in word:
            if parts and (parts[-1], letter) == pair:
                parts[-1] += letter
            else:
                parts.append(letter)
        merged.append(parts)
    return merged


def _words(rng: np.random.Generator) -> Words:
    return [list(str(word)) for word in rng.choice(_SYLLABLES, 6)]


def _pairs(words: Sequence[Sequence[str]]) -> Counter[Pair]:
    return Counter(pair for word in words for pair in pairwise(word))


def _most_frequent(words: Words) -> Pair | None:
    """The pair that is more frequent than any other; None if there is no such."""
    ranked = _pairs(words).most_common(2)
    return ranked[0][0] if len(ranked) == 2 and ranked[0][1] > ranked[1][1] else None


def _negative(value: float) -> str:
    return f"−{-value:.1f}"
