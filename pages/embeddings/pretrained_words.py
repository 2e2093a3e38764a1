"""English words of six kinds, and analogies, to begin with among very many."""

from __future__ import annotations

from collections.abc import Mapping

from core.wording import N_


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("countries"): _words(
        "france italy spain germany poland greece china japan india egypt brazil mexico"
    ),
    N_("capital cities"): _words(
        "paris rome madrid berlin warsaw athens beijing tokyo delhi cairo lisbon vienna"
    ),
    N_("animals"): _words("dog cat horse cow sheep mouse lion tiger wolf bear rabbit monkey"),
    N_("food"): _words("bread cheese soup rice apple banana butter cake salad chicken pasta honey"),
    N_("numbers in words"): _words("one two three four five six seven eight nine ten twenty forty"),
    N_("work"): _words(
        "doctor nurse teacher lawyer engineer farmer driver pilot judge writer singer carpenter"
    ),
}
ANALOGIES = (
    ("man", "king", "woman"),
    ("france", "paris", "italy"),
    ("big", "bigger", "small"),
    ("walk", "walked", "go"),
)
"""The first two come out right; the last two do not, with these vectors."""
