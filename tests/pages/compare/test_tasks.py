"""The sections on tasks without a browser: bets, curves, one's own problem, and what heads copy."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.figures.by_length import LABELS, Tried, by_length, by_length_table
from core.questions.tasks import LengthResult
from core.spec.run import RunSpec
from core.store.solving import solving
from core.text.tasks.registry import TASKS
from lessons.compare.solved import POSITIONS, POSITIONS_TASK, SEEDS, SOLVERS, solved
from lessons.exercises import load_exercises
from lessons.text import load_lesson
from pages.compare.tasks.copied import evenly, looked_at_next
from pages.compare.tasks.curves import of_run, parity_truth, recorded
from pages.compare.tasks.positions import beyond_truth
from pages.parts.frame import services
from tests.pages.conftest import OpenPage
from tests.pages.sources import words_of
from tests.pages.test_bets import said

BETS = ("bet_parity", "bet_beyond")


def opened(open_page: OpenPage, language: str = "en", **link: str) -> AppTest:
    """The page with both bets placed on what comes out."""
    app = open_page("compare", language, **link)
    app.session_state["compare_bet_parity_bet"] = "recurrent"
    app.session_state["compare_bet_beyond_bet"] = "gpt_learned"
    return app.run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_bets_come_out_as_the_lesson_says(open_page: OpenPage, language: str) -> None:
    app = opened(open_page, language)
    assert not app.exception and not app.warning
    right = "Right." if language == "en" else "对了。"
    told = [one.value for one in app.success]
    for bet in BETS:
        explanation = load_exercises("compare", language)[bet].explanation
        assert any(right in one and explanation[:12] in one for one in told)
    assert words_of(app).keys() >= {"compare_solved", "compare_positions", "compare_copied"}


def test_slots_and_exercises_are_in_the_prose() -> None:
    for language in ("en", "zh"):
        slots = set(load_lesson("compare", language).slots)
        assert set(load_exercises("compare", language)) <= slots
        assert {"solved", "own_problem", "positions_solved", "copied", "task_training"} <= slots


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("task", TASKS)
def test_every_task_opens(open_page: OpenPage, task: str, language: str) -> None:
    app = opened(open_page, language, compare_task=task)
    assert not app.exception and not app.warning
    assert app.pills(key="compare_task").value == task
    assert app.text_input(key="compare_task_own").value == TASKS[task].example  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "right"), [("27+58", "`27+58=85`"), (" 1 + 2 = ", "`1+2=3`"), ("1234+5678", "6912")]
)
def test_a_problem_of_ones_own_is_answered_and_judged(
    open_page: OpenPage, typed: str, right: str
) -> None:
    app = opened(open_page, compare_task="addition", compare_task_own=typed)
    assert not app.exception and not app.warning
    told = said(app)
    assert f"Right is {right}" in told or right in told
    assert told.count("✓ right") + told.count("✗ wrong") == len(SOLVERS)
    beyond = "longer than all that was trained" in told
    assert beyond == ("1234" in typed)


@pytest.mark.parametrize("typed", ["", "12", "12+3", "🙂", "<b>$x$</b>", "9" * 60, "01+10"])
def test_what_is_no_problem_gets_one_sentence(open_page: OpenPage, typed: str) -> None:
    app = opened(open_page, compare_task="addition", compare_task_own=typed)
    assert not app.exception
    assert len(app.warning) == 1
    assert "compare_solved" in words_of(app), "the rest of the page stands"


def test_another_task_begins_with_its_own_problem(open_page: OpenPage) -> None:
    app = opened(open_page, compare_task="addition", compare_task_own="1+1")
    assert app.text_input(key="compare_task_own").value == "1+1"
    app.pills(key="compare_task").set_value("copy").run()
    assert not app.exception and not app.warning
    assert app.text_input(key="compare_task_own").value == TASKS["copy"].example


def test_what_is_not_trained_yet_is_offered(open_page: OpenPage) -> None:
    app = opened(open_page, compare_task="sort")
    assert "Still to be trained on this task: N-gram" in said(app)
    assert app.button(key="compare_task_train_all").label.startswith("▶ Train them")
    shipped = opened(open_page, compare_task="parity")
    assert "Still to be trained" not in said(shipped)


def test_all_that_is_missing_is_handed_in_with_one_press(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[RunSpec] = []
    client = type(services.foreman())
    monkeypatch.setattr(client, "submit", lambda _self, spec, _learner: asked.append(spec))
    app = opened(open_page, compare_task="sort")
    app.button(key="compare_task_train_all").click().run()
    assert not app.exception
    assert asked == [solving("sort", solver) for solver in SOLVERS]


def test_a_shipped_run_is_asked_and_drawn_beside_the_recorded_ones(open_page: OpenPage) -> None:
    app = opened(open_page, compare_task_solver="rnn")
    assert not app.exception and not app.warning
    assert words_of(app)["compare_task_curves"] == "the course's model"
    again = opened(open_page, compare_task_solver="rnn", compare_task_seed="7")
    assert not again.exception
    assert "compare_task_curves" not in words_of(again)
    assert again.button(key="compare_task_train").label.startswith("▶ Train")


def test_letters_of_ones_own_are_copied(open_page: OpenPage) -> None:
    app = opened(open_page, compare_task_copied="hhgg")
    assert words_of(app)["compare_copied"] == "the course's model, your text"
    assert "looking evenly" in said(app)
    wrong = opened(open_page, compare_task_copied="xyz")
    assert not wrong.exception and len(wrong.warning) == 1


def test_what_was_recorded_is_of_these_runs_and_decides_the_bets() -> None:
    for name, task in TASKS.items():
        for solver in SOLVERS:
            found = solved(name, solver)
            assert found is not None, (name, solver)
            assert {len(one) for one in found.right} == {task.tested}
            assert len(found.right) == (1 if solver == "ngram" else len(SEEDS))
    assert len(recorded(POSITIONS_TASK, POSITIONS)) == len(POSITIONS)
    assert parity_truth() == "recurrent"
    assert beyond_truth() == "gpt_learned"
    ids = {solving(name, solver).id for name in TASKS for solver in SOLVERS}
    assert len(ids) == len(TASKS) * len(SOLVERS)


def test_the_share_that_looks_at_the_next_letter() -> None:
    """A head that copies perfectly, and one that looks evenly."""
    length = 3
    size = 2 * length + 2
    maps = np.zeros((1, 2, size, size), dtype=np.float32)
    for query in range(size):
        maps[0, 1, query, : query + 1] = 1 / (query + 1)
    for letter in range(1, length + 1):
        maps[0, 0, letter + length, letter] = 1.0
    found = looked_at_next(maps, length)
    assert found[0, 0] == pytest.approx(1)
    assert found[0, 1] == pytest.approx(evenly(length))


def test_the_picture_has_every_number_and_shades_what_was_trained() -> None:
    results = [LengthResult(n, right, 50, True, ()) for n, right in ((1, 50), (2, 25), (3, 0))]
    mine = of_run("<b>", results, 4)
    assert list(mine.right) == [1, 0.5, 0]
    assert all(lo <= r <= hi for lo, r, hi in zip(mine.low, mine.right, mine.high, strict=True))
    other = Tried("c", (1, 2, 3), (0.1, 0.2, 0.3), (0, 0, 0), (1, 1, 1), 0)
    for theme in ("light", "dark"):
        figure = by_length([other, mine], theme, 2, (0.5, 0.25, 0.1), LABELS)  # type: ignore[arg-type]
        bands, lines, chance = figure.data[:2], figure.data[2:4], figure.data[4]
        assert all(band.fill == "toself" for band in bands)
        assert lines[1].name == "&lt;b&gt;" and lines[0].line.color != lines[1].line.color
        assert lines[0].marker.symbol != lines[1].marker.symbol
        assert tuple(chance.y) == (0.5, 0.25, 0.1)
        assert figure.layout.shapes[0].x1 == 2.5
    header, rows = by_length_table([other, mine], LABELS)
    assert len(header) == len(rows[0]) == 5 and len(rows) == 6
    assert rows[3][:3] == ("<b>", 1, 1.0)
