"""What screen readers say of an exercise has no Markdown and no LaTeX in it."""

import pytest

from lessons.catalogue import lessons
from lessons.exercises import posed
from lessons.explained import explained_exercises
from pages.parts.exercises.plain_text import spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Where will *her* look **most**?", "Where will her look most?"),
        (r"Use $e^{ 2.2 } \approx 9$.", "Use e^2.2 ≈ 9."),
        (r"$E = \begin{pmatrix} 4 & 0 \\ 2 & 3 \end{pmatrix}$", "E = (4, 0; 2, 3)"),
        (r"its bias in $b_1$, $\sqrt{d_k} = 2$", "its bias in b_1, √dₖ = 2"),
        ("Two **[heads](glossary?term=head&lang=en)**", "Two heads"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_marks_are_left_out(text: str, said: str) -> None:
    assert spoken(text) == said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_exercise_is_announced_in_latex_or_as_an_address(language: str) -> None:
    for lesson in lessons():
        for exercise in explained_exercises(lesson.slug, language).values():
            said = spoken(posed(lesson.slug, exercise, 1).question)
            assert said and not set(said) & set("$\\{}") and "](" not in said, said
