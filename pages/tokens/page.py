"""Lesson tokens: which function fills which slot of the prose."""

from __future__ import annotations

from pages.parts.exercises.box import after_bet
from pages.parts.lesson import below, inline, show_lesson
from pages.tokens.merges import show_merges
from pages.tokens.other_ways import show_other_ways, show_scores
from pages.tokens.pieces import hungriest, show_pieces, show_same, show_text
from pages.tokens.round_trip import show_round_trip, show_two_spellings

SLUG = "tokens"

show_lesson(
    SLUG,
    {
        "text": below(show_text),
        "pieces": below(show_pieces),
        "same": below(after_bet(SLUG, "bet_language", show_same)),
        "merges": below(show_merges),
        "scores": inline(show_scores),
        "other_ways": below(show_other_ways),
        "round_trip": inline(show_round_trip),
        "two_spellings": inline(show_two_spellings),
    },
    {"bet_language": hungriest},
)
