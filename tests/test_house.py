"""The rules of the house say what is out of place, and where."""

from __future__ import annotations

import pytest

from tests.house import MOST_FILES, forbidden, problems

TIDY = [
    "pages/shell.py",
    "pages/ngram/__init__.py",
    "pages/ngram/page.py",
    "lessons/ngram/en.md",
    "pages/parts/widgets/__init__.py",
    "pages/parts/widgets/plot/__init__.py",
    "pages/parts/widgets/plot/plot.js",
    # These end like pages and widgets, and are none.
    "tests/pages/calendar.py",
    "tests/pages/token/__init__.py",
    "tests/pages/heads/page.py",
    "tests/pages/parts/widgets/plot/test_plot.py",
    "docs/template/pages/new_lesson/page.py",
    "docs/old/lessons/heads/en.md",
]


def test_a_tidy_house_has_no_problem() -> None:
    assert not list(problems(TIDY))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([f"core/{n}.py" for n in range(MOST_FILES + 1)], "core holds 21 files"),
        (["pages/heads/page.py"], "heads is in only one"),
        (["lessons/heads/en.md"], "heads is in only one"),
        (["pages/parts/widgets/grid/grid.js"], "grid is no package"),
        (["pages/statistics/__init__.py"], "pages/statistics shadows"),
        (["pages/token.py"], "pages/token.py shadows"),
    ],
)
def test_what_is_out_of_place_is_named(more: list[str], said: str) -> None:
    (problem,) = problems([*TIDY, *more])
    assert said in problem


def test_data_may_be_many_files() -> None:
    assert not list(problems([*TIDY, *(f"starters/run/{n}.safetensors" for n in range(99))]))


def test_a_fragment_never_asks_to_run_again() -> None:
    """The run of a whole page that has just begun knows nothing of it: Streamlit raises then."""
    asks = 'x = 1\nst.rerun(scope = "fragment")\n'
    (problem,) = forbidden("pages/ngram/counts.py", asks)
    assert problem.startswith("pages/ngram/counts.py:2: ")
    assert not list(forbidden("tests/pages/test_some.py", asks))
    assert not list(forbidden("pages/ngram/counts.py", "st.rerun()"))
