"""Every draw of the lesson on tokens is true, and each of its slips is wrong and is told so."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from core.text.bpe import shown_bytes
from core.worked.merges import learn
from lessons.exercises import load_exercises, posed
from lessons.judging import judge
from lessons.tokens.draws import DRAWS

SEEDS = range(40)


@pytest.mark.parametrize("name", sorted(DRAWS))
def test_the_truth_is_judged_right_and_each_slip_by_its_own_sentence(name: str) -> None:
    for language in ("en", "zh"):
        exercise = load_exercises("tokens", language)[name]
        for seed in SEEDS:
            asked = posed("tokens", exercise, seed)
            assert "{{" not in asked.question + asked.explanation + "".join(asked.hints)
            assert judge(asked, str(asked.answer)).correct
            for option in asked.options:
                assert judge(asked, option.id).correct == (option.id == asked.answer)
            for slip in asked.slips:
                verdict = judge(asked, str(slip.value))
                assert not verdict.correct, (seed, slip)
                assert verdict.feedback == slip.feedback


def _text(question: str) -> str:
    return question.split("*")[1]


def test_bytes_are_those_of_utf8() -> None:
    exercise = load_exercises("tokens", "en")["utf8_bytes"]
    for seed in SEEDS:
        asked = posed("tokens", exercise, seed)
        assert asked.answer == len(_text(asked.question).encode("utf-8"))


def test_the_first_pair_is_the_one_that_the_library_merges() -> None:
    """Each word on a line of its own, so that none has a space in it."""
    exercise = load_exercises("tokens", "en")["first_pair"]
    for seed in SEEDS:
        asked = posed("tokens", exercise, seed)
        options = {option.id: option.text for option in asked.options}
        assert len(set(options.values())) == 4
        learned = learn("\n".join(_text(asked.question).split()), 1)
        left, right = (shown_bytes(learned.tokens[part]) for part in learned.merges[0].pair)
        assert options[str(asked.answer)] == f"{left} + {right}"


def test_two_merges_leave_as_many_tokens_as_the_library_does() -> None:
    exercise = load_exercises("tokens", "en")["two_merges"]
    for seed in SEEDS:
        asked = posed("tokens", exercise, seed)
        words = _text(asked.question).split()
        learned = learn("\n".join(words), 2)
        tokens = [list(map(int, piece)) for piece in learned.pieces]
        for merge in learned.merges:
            tokens = [_merged(piece, merge.pair, merge.made) for piece in tokens]
        breaks = len(words) - 1
        assert asked.answer == sum(map(len, tokens)) - breaks
        counts = Counter(pair for word in words for pair in pairwise(word)).most_common(2)
        assert counts[0][1] > counts[1][1]


def _merged(piece: list[int], pair: tuple[int, int], made: int) -> list[int]:
    found: list[int] = []
    for token in piece:
        if found and (found[-1], token) == pair:
            found[-1] = made
        else:
            found.append(token)
    return found
