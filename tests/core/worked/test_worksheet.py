"""The worksheet: its numbers are the trace's, its boxes are empty, its files are whole."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LearnerError
from core.figures.theme import number
from core.worked.formula import latex, mathml
from core.worked.stages import stages_of
from core.worked.trace import Projection, Trace, attention_trace, causal_mask, projected_trace
from core.worked.worksheet import WorksheetWords, blank_cells, worksheet
from core.worked.worksheet.cells import cell_texts
from core.worked.worksheet.html import plain_arithmetic
from core.worked.worksheet.latex import escaped

NASTY = (r"a\b", "{x}_^", "<b>#", "$50%", "&~")


def the_trace(t: int = 5, e: int = 3, tokens: tuple[str, ...] | None = NASTY) -> Trace:
    rng = np.random.default_rng(6)
    x = np.round(rng.standard_normal((t, 4)), 1)
    w_q, w_k, w_v = np.round(rng.standard_normal((3, 4, e)), 1)
    projection = Projection(x, w_q, w_k, w_v, b_q=w_q[0])
    return projected_trace(projection, causal_mask(t), tokens=tokens)


class Tables(HTMLParser):
    """Each matrix by its caption, as rows of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.caption, self.names = False, []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag == "td":
            self.tables[-1][-1].append("")
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "td":
            self.tables[-1][-1][-1] += data


def matrices(html: str) -> list[list[list[str]]]:
    reader = Tables()
    reader.feed(html)
    assert reader.open == []
    return [[row for row in table if row] for table in reader.tables]


@pytest.mark.parametrize("seed", [0, 1])
def test_boxes_are_exactly_the_chosen_cells_and_all_else_is_the_trace(seed: int) -> None:
    trace = the_trace()
    sheet = matrices(worksheet(trace, WorksheetWords(), blanks=seed, solution=False).html)
    solved = matrices(worksheet(trace, WorksheetWords(), blanks=seed, solution=True).html)
    given = 5  # x, w_q, b_q, w_k, w_v
    for table, whole, stage in zip(sheet[given:], solved[given:], stages_of(trace), strict=False):
        cells, blank = cell_texts(stage.matrix(trace)), blank_cells(trace, stage.name, seed)
        columns = len(cells[0])
        assert [row[:columns] for row in whole] == cells, stage
        for row, line in enumerate(table):
            for column, text in enumerate(line[:columns]):
                assert text == ("" if blank[row, column] else cells[row][column]), stage
    assert len(sheet) == given + len(stages_of(trace))


def test_boxes_grow_from_a_few_cells_to_whole_rows() -> None:
    trace = the_trace()
    shares = [blank_cells(trace, stage, 3).mean() for stage in ("q", "scores", "softmax", "output")]
    assert shares == sorted(shares) and 0 < shares[0] < 0.3 and shares[-1] == 1
    rows = blank_cells(trace, "softmax", 3)
    assert (rows.all(axis=1) == rows.any(axis=1)).all()
    assert (blank_cells(trace, "q", 3) == blank_cells(trace, "q", 3)).all()
    assert not (blank_cells(trace, "mask", 3) & trace.mask).any()


def test_latex_has_the_same_numbers_and_boxes() -> None:
    trace = the_trace()
    sheet = worksheet(trace, WorksheetWords(), blanks=0, solution=False).latex
    boxes = sum(int(blank_cells(trace, stage.name, 0).sum()) for stage in stages_of(trace))
    boxes += int(blank_cells(trace, "exp", 0).any(axis=1).sum())
    assert sheet.count(r"\boxed{\phantom") == boxes
    solved = worksheet(trace, WorksheetWords(), blanks=0, solution=True).latex
    assert solved.count(r"\boxed{\mathbf") == boxes and r"\phantom{-00" not in solved
    printed = set(re.findall(r"-?\d+\.\d\d(?!\d)", solved))
    for stage in stages_of(trace):
        for row in cell_texts(stage.matrix(trace)):
            for text in row:
                assert text == "−∞" or text.replace("−", "-") in printed


@pytest.mark.parametrize("solution", [False, True])
def test_files_are_whole_and_load_nothing(solution: bool) -> None:
    sheet = worksheet(the_trace(), WorksheetWords(), blanks=2, solution=solution)
    assert not re.search(r"https?:|url\(|@import|<link|<script|src=", sheet.html)
    assert "<b>" not in sheet.html and "&lt;b&gt;#" in sheet.html
    bare = re.sub(r"\\[\\{}]", "", sheet.latex)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    for environment in ("array", "document"):
        begins, ends = (sheet.latex.count(rf"\{w}{{{environment}}}") for w in ("begin", "end"))
        assert begins == ends > 0
    assert len(re.findall(r"(?<!\\)\$", sheet.latex)) % 2 == 0
    assert r"\textbackslash{}" in sheet.latex and "xeCJK" not in sheet.latex
    packages = re.findall(r"usepackage(?:\[.*?\])?\{(.*?)\}", sheet.latex)
    assert packages == ["fontenc", "amsmath"]


def test_chinese_tokens_ask_for_xecjk_and_others_for_their_engine() -> None:
    words = WorksheetWords()
    for token, package in (("猫", "xeCJK"), ("кот", "fontspec"), ("x₁ “é”…", "fontenc")):
        trace = attention_trace([[1.0]], [[1.0]], [[1.0]], tokens=(token,))
        assert package in worksheet(trace, words, solution=True).latex


def test_a_learners_text_is_escaped() -> None:
    assert escaped("#$%&_{}") == r"\#\$\%\&\_\{\}"
    assert escaped("\\~^") == r"\textbackslash{}\textasciitilde{}\textasciicircum{}"
    assert escaped("a\nb\x00") == r"a$\hookleftarrow$b "


def test_arithmetic_reads_without_latex() -> None:
    line = r"\frac{-1.5}{\sqrt{2}} \approx -1.06"
    assert plain_arithmetic(line) == "−1.5 / √2 ≈ −1.06"
    assert unescape(plain_arithmetic(r"e^{-\infty} = 0 \quad \text{(hidden)}")).startswith(
        "e<sup>−∞</sup> = 0"
    )
    long = r"1 + \underbrace{(-0.03)}_{\text{4 smaller terms}} = 0.97"
    assert plain_arithmetic(long) == "1 + (−0.03) <small>(4 smaller terms)</small> = 0.97"
    assert "\\" not in worksheet(the_trace(20, 8, None), WorksheetWords(), solution=True).html


def test_phrases_are_translated_and_a_blind_row_is_explained() -> None:
    trace = attention_trace(np.eye(2), np.eye(2), np.eye(2), np.ones((2, 2)))
    words = WorksheetWords().translated(lambda phrase: f"译 {phrase}")
    sheet = worksheet(trace, words, solution=True, language="zh")
    assert '<html lang="zh">' in sheet.html and "译 Attention on paper" in sheet.html
    assert all("译 This query may see no key" in text for text in (sheet.html, sheet.latex))


def test_too_many_tokens_for_paper() -> None:
    with pytest.raises(LearnerError, match="33"):
        worksheet(attention_trace(*np.zeros((3, 33, 1))), WorksheetWords())


def test_the_formulas_are_the_chains_and_the_root_is_reckoned() -> None:
    trace = the_trace()
    words = WorksheetWords().translated(lambda phrase: f"译 {phrase}")
    sheet = worksheet(trace, words)
    for stage in stages_of(trace):
        formula = stage.formula(trace)
        assert mathml(formula, words.when) in sheet.html, stage.name
        assert rf"\( {latex(formula, words.when)} \)" in sheet.latex, stage.name
    assert r"\( \sqrt{3} = 1.732 \)" in sheet.latex
    assert "译 visible" in sheet.html and "译 hidden" in sheet.latex
    undivided = attention_trace(trace.q, trace.k, trace.v, divide=False)
    assert r"\( S' = S \)" in worksheet(undivided, words).latex
    assert r"\sqrt" not in worksheet(undivided, words).latex


@given(st.floats(-1e5, 1e5) | st.sampled_from([-np.inf, np.inf, np.nan, -0.001, -0.0]))
def test_cells_are_written_as_the_pictures_write_them(value: float) -> None:
    assert cell_texts([[value]]) == [[number(value)]]


def test_cells_always_have_their_decimals() -> None:
    assert cell_texts([[1.0, -0.0001, -np.inf], [-2.5, 0.004, 12.345]]) == [
        ["1.00", "0.00", "−∞"],
        ["−2.50", "0.00", "12.35" if f"{12.345:.2f}" == "12.35" else "12.34"],
    ]
    assert cell_texts([0.5], decimals=3) == [["0.500"]]
