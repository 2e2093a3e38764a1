"""Lesson tokens: which function fills which slot of the prose."""

from __future__ import annotations

from pages.parts.exercises.box import after_bet
from pages.parts.lesson import below, beside, inline, show_lesson
from pages.tokens.cleaning import show_cleaning, show_cost
from pages.tokens.laws import show_laws
from pages.tokens.merges import show_merges
from pages.tokens.one_hot import show_one_hot
from pages.tokens.other_ways import show_other_ways, show_scores
from pages.tokens.pieces import hungriest, show_pieces, show_same, show_text
from pages.tokens.round_trip import show_round_trip, show_two_spellings
from pages.tokens.size import show_size
from pages.tokens.stop_words import show_stop_words

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
        "size": below(show_size),
        "laws": below(show_laws),
        "cleaning": below(show_cleaning),
        "cleaning_cost": below(show_cost),
        "stop_words": below(show_stop_words),
        "one_hot": beside(show_one_hot),
        "round_trip": inline(show_round_trip),
        "two_spellings": inline(show_two_spellings),
    },
    {"bet_language": hungriest},
)
