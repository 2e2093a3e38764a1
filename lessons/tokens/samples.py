"""The texts that this lesson shows before a learner types their own."""

from __future__ import annotations

from collections.abc import Mapping

from core.wording import N_

FIRST = "The kitten was unbelievably happy."
MERGED = "sing sings singer singing song songs"
"""Small enough to count its pairs by eye; of our own invention."""

SAMPLES: Mapping[str, tuple[str, str]] = {
    "english": (N_("English"), FIRST),
    "chinese": (N_("Chinese"), "小猫在桌子上睡着了，梦见一条鱼。"),
    "emoji": (N_("an emoji of several signs"), "We 👨‍👩‍👧 say 👋🏽"),
    "code": (N_("code"), "def add(a, b):\n    total = a + b\n    return total\n"),
    "hindi": (N_("Hindi"), "बिल्ली मेज़ पर सो रही है।"),
    "arabic": (N_("Arabic"), "القطة نائمة على الطاولة."),
    "mixed": (N_("mixed"), "Léa's 小猫 ate 12 fish 🐟 in القاهرة!"),
}
"""By name: what the button says, and the text."""

SAME: Mapping[str, tuple[str, str]] = {
    "english": (N_("English"), "The cat is sleeping on the table."),
    "chinese": (N_("Chinese"), "小猫在桌子上睡觉。"),
    "hindi": (N_("Hindi"), "बिल्ली मेज़ पर सो रही है।"),
    "arabic": (N_("Arabic"), "القطة نائمة على الطاولة."),
}
"""One sentence in four languages."""

COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"
"""The same word to a reader, with one code point for its last letter and with two."""
