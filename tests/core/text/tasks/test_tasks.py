"""Each task's problems and answers, held to definitions that do not know how they are made."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.spec.text import CorpusSpec, TaskName
from core.text.corpora import load_corpus, split
from core.text.tasks.registry import LEAST, TASKS, task_text
from core.text.tasks.task import ASK, END, FEW, Task
from core.text.tokenizers import CharacterTokenizer

ALL = tuple(TASKS.values())
tasks = st.sampled_from(ALL)
seeds = st.integers(0, 2**31 - 1)
SIGNS = "abcdfz0123456789+?()[]{}"


def is_answer(name: TaskName, prompt: str, answer: str) -> bool:
    """What makes an answer right, said without working it out."""
    match name:
        case "copy":
            return len(answer) == len(prompt) and all(map(str.__eq__, prompt, answer))
        case "reverse":
            return len(answer) == len(prompt) and all(
                answer[-place - 1] == sign for place, sign in enumerate(prompt)
            )
        case "sort":
            rises = all(one <= other for one, other in pairwise(answer))
            return rises and Counter(answer) == Counter(prompt)
        case "parity":
            return answer in ("0", "1") and (sum(map(int, prompt)) - int(answer)) % 2 == 0
        case "brackets":
            row = prompt + answer
            while (shorter := row.replace("()", "").replace("[]", "").replace("{}", "")) != row:
                row = shorter
            return not row and not set(answer) & set("([{")
        case "recall":
            pairs, wanted = prompt.split("?")
            return len(answer) == 1 and wanted + answer in [
                pairs[place : place + 2] for place in range(0, len(pairs), 2)
            ]
        case "addition" | "addition_reversed":
            said = answer[::-1] if name == "addition_reversed" else answer
            plain = said.isdecimal() and str(int(said)) == said
            return plain and int(said) == sum(map(int, prompt.split("+")))


@st.composite
def problems(draw: st.DrawFn) -> tuple[Task, int, str]:
    """A task, a length that it asks about, and a problem of that length."""
    task = draw(tasks)
    length = draw(st.integers(1, task.tested))
    return task, length, task.draw(np.random.default_rng(draw(seeds)), length)


def test_every_name_has_its_task() -> None:
    assert set(TASKS) == set(get_args(TaskName))
    assert all(task.name == name for name, task in TASKS.items())
    assert all(1 < task.trained < task.tested for task in ALL)


@given(problems())
def test_a_problem_has_its_length_is_read_as_it_stands_and_answered(
    problem: tuple[Task, int, str],
) -> None:
    task, length, prompt = problem
    assert task.length(prompt) == length
    assert task.read(prompt) == task.read(f" {' '.join(prompt)}{ASK} ") == prompt
    answer = task.answer(prompt)
    assert is_answer(task.name, prompt, answer)
    assert task.is_right(prompt, answer)
    assert 1 <= len(answer) <= task.most_answered(length)
    assert len(f"{END}{prompt}{ASK}{answer}{END}") <= task.most_tokens(length)
    assert not {ASK, END} & set(prompt + answer)


@given(problems(), st.text(SIGNS, max_size=24), st.data())
def test_the_checker_accepts_exactly_the_right_answer(
    problem: tuple[Task, int, str], other: str, data: st.DataObject
) -> None:
    """Any text, and the right answer with one sign changed, left out or put in."""
    task, _length, prompt = problem
    right = task.answer(prompt)
    place = data.draw(st.integers(0, len(right)))
    sign = data.draw(st.sampled_from(SIGNS))
    edited = data.draw(
        st.sampled_from(
            (
                right[:place] + sign + right[place + 1 :],
                right[:place] + right[place + 1 :],
                right[:place] + sign + right[place:],
            )
        )
    )
    for answer in (other, edited, right + right, f"{right} "):
        assert task.is_right(prompt, answer) == is_answer(task.name, prompt, answer)


@given(tasks, st.text(f"{SIGNS} =", max_size=60))
def test_what_is_typed_is_a_problem_or_told_why_not(task: Task, typed: str) -> None:
    try:
        prompt = task.read(typed)
    except LearnerError as error:
        assert str(error).endswith((".", "first."))
        return
    assert 1 <= task.length(prompt) <= task.tested
    assert is_answer(task.name, prompt, task.answer(prompt))
    assert task.read(prompt) == prompt


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("copy", "", "first"),
        ("copy", " = ", "first"),
        ("copy", "abc3", "“3”"),
        ("copy", "a" * 21, "at most 20"),
        ("sort", "4a", "“a”"),
        ("parity", "012", "“2”"),
        ("addition", "12", "27+58"),
        ("addition", "12+", "27+58"),
        ("addition", "1+2+3", "27+58"),
        ("addition", "12+3", "as many digits"),
        ("addition", "02+13", "begin with 0"),
        ("addition", "x+1", "“x”"),
        ("brackets", "()", "Nothing is open"),
        ("brackets", "(]", "“]” at place 2"),
        ("brackets", ")", "“)” at place 1"),
        ("recall", "a3b", "a3f7c1?f"),
        ("recall", "a3a4?a", "one digit only"),
        ("recall", "a3b4?c", "letter c"),
    ],
)
def test_what_is_no_problem_is_said_in_a_sentence(name: TaskName, typed: str, said: str) -> None:
    with pytest.raises(LearnerError) as caught:
        TASKS[name].read(typed)
    assert said in str(caught.value)


def test_examples_are_problems_within_the_trained_length() -> None:
    for task in ALL:
        assert task.read(task.example) == task.example
        assert 1 < task.length(task.example) <= task.trained


@given(tasks, seeds, st.integers(1, 300))
def test_a_text_trains_on_what_is_not_held_out_and_holds_out_the_rest(
    task: Task, seed: int, count: int
) -> None:
    corpus = task_text(task, count, seed)
    training, held_out = split(corpus.text)
    assert training.endswith(2 * END) and held_out.endswith(END)
    trained, tested = (_problems(part) for part in (training, held_out))
    assert len(trained) == max(count, LEAST) and tested
    assert not set(trained) & set(tested)
    assert not any(task.is_held_out(prompt) for prompt in trained)
    assert all(task.is_held_out(prompt) for prompt in tested)
    assert {task.length(prompt) for prompt in trained} <= set(range(1, task.trained + 1))
    assert task_text(task, count, seed) == corpus


@given(tasks, seeds, st.data())
def test_what_is_asked_was_never_trained_wherever_it_can_be_new(
    task: Task, seed: int, data: st.DataObject
) -> None:
    length = data.draw(st.integers(1, task.tested))
    asked = task.samples(seed, length, 3)
    assert asked == task.samples(seed, length, 3)
    for one in asked:
        assert task.length(one.prompt) == length
        assert task.is_right(one.prompt, one.answer)
        assert task.is_held_out(one.prompt) == task.can_be_new(length)


def test_all_trained_lengths_and_all_signs_stand_in_a_text_evenly() -> None:
    for task in ALL:
        prompts = _problems(split(task_text(task, 4000, 3).text)[0])
        lengths = Counter(map(task.length, prompts))
        fair = len(prompts) / task.trained
        assert set(lengths) == set(range(1, task.trained + 1))
        assert all(abs(n - fair) < 5 * math.sqrt(fair) for n in lengths.values())


def test_a_text_becomes_characters_and_none_of_them_is_unknown() -> None:
    for name in TASKS:
        text = load_corpus(CorpusSpec(name="tasks", task=name, size=2000)).text
        tokenizer = CharacterTokenizer.train(text, 64)
        assert (tokenizer.encode(text) > 0).all()


def test_a_task_belongs_to_a_text_of_tasks_alone() -> None:
    with pytest.raises(ValueError, match="only a text of tasks"):
        CorpusSpec(name="tales", task="sort")


DRAWN = 2000


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("length", [3, 8])
def test_no_answer_comes_up_more_often_than_chance_says(name: TaskName, length: int) -> None:
    """Whoever always says the commonest answer of a length, or of a length and the last sign, or of a length
    and how often each sign occurs in part of it, is right no more often than by guessing."""
    task = TASKS[name]
    rng = np.random.default_rng(5)
    drawn = [task.sample(rng, length, held_out=False) for _ in range(DRAWN)]
    room = 5 * math.sqrt(0.25 / DRAWN) + 0.01
    shortcuts = {
        "length": lambda prompt: "",
        "last sign": lambda prompt: prompt[-1],
        "first sign": lambda prompt: prompt[0],
    }
    if name == "parity":  # which bit there are more of, in all but one of them
        shortcuts["majority"] = lambda prompt: str(prompt[:-1].count("1") * 2 > len(prompt) - 1)
    for said, seen in shortcuts.items():
        groups: dict[str, Counter[str]] = {}
        for one in drawn:
            groups.setdefault(seen(one.prompt), Counter())[one.answer] += 1
        hits = sum(max(answers.values()) for answers in groups.values()) / DRAWN
        allowed = _best_guess(name, length, said) + room
        assert hits <= allowed, f"{said}: {hits:.3f} > {allowed:.3f}"


def _best_guess(name: TaskName, length: int, seen: str) -> float:
    """How often the commonest answer comes up by the way that problems are drawn, at most."""
    if name == "brackets":
        # The depth is one of so many, and the kinds of those few are guessed.
        depths = range(2 - length % 2, length + 1, 2)
        kinds = 1 / 3 if seen == "length" else 1
        return (
            sum(kinds * 3.0 ** (1 - d) for d in depths) / len(depths)
            if seen != "length"
            else (1 / len(depths) / 3 ** depths[0])
        )
    if name == "parity":
        return 0.5
    if name == "recall":
        return 0.1 + 1 / 10 / length + 0.06  # the last sign is a key, the first is a key
    return 0.03


def test_parity_and_depth_are_balanced() -> None:
    rng = np.random.default_rng(1)
    parity = TASKS["parity"]
    for length in range(8, 13):
        rows = [f"{row:0{length}b}" for row in range(2**length)]
        held_out = [parity.answer(row) for row in rows if parity.is_held_out(row)]
        assert held_out.count("1") == held_out.count("0") > 0
    open_ = Counter(
        len(TASKS["brackets"].sample(rng, 8, held_out=False).answer) for _ in range(1500)
    )
    assert set(open_) == {2, 4, 6, 8}
    assert all(abs(n / 1500 - 0.25) < 0.06 for n in open_.values())


@pytest.mark.parametrize("name", ["copy", "sort", "parity", "brackets", "addition", "recall"])
def test_problems_are_counted_right(name: TaskName) -> None:
    """Where there are few, all of them come up when many are drawn."""
    task, rng = TASKS[name], np.random.default_rng(2)
    length = 2 if task.problems(2) < 2 * FEW else 1
    drawn = {task.draw(rng, length) for _ in range(20 * task.problems(length))}
    assert len(drawn) == task.problems(length)


def _problems(part: str) -> list[str]:
    return [line.partition(ASK)[0] for line in part.split(END) if line]
