import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.figures.heatmap import annotated_heatmap
from pages.parts.frame.opening import vendor
from pages.parts.widgets.head_view import shown_weights
from pages.parts.widgets.plot import Click, _click
from pages.parts.widgets.save import csv_file
from pages.parts.widgets.shared.source import Source
from tests.patience import PATIENCE

CELLS = annotated_heatmap([[0.5, 0.25]], ["a"], ["b", "c"], "light").meta["cells"]


@pytest.mark.parametrize(
    ("payload", "click"),
    [
        ({"row": 0, "column": 1, "customdata": None}, Click(0, 1)),
        ({"row": 0, "column": 1, "customdata": [2, 3]}, Click(0, 1, (2, 3))),
        ({"row": 0, "column": 0, "customdata": 4}, Click(0, 0, (4,))),
        ({"row": 0, "column": 2}, None),
        ({"row": -1, "column": 0}, None),
        ({"row": "0", "column": 0}, None),
        ({"row": True, "column": 0}, None),
        ({}, None),
        ("0,1", None),
        (None, None),
    ],
)
def test_a_click_is_believed_only_if_there_is_such_a_cell(payload, click):
    assert _click(payload, CELLS) == click


def test_a_figure_without_cells_is_never_clicked():
    assert _click({"row": 0, "column": 0}, None) is None


def test_the_csv_opens_in_a_spreadsheet_and_a_token_is_no_formula():
    told = "Where the numbers come from: drawn example."
    text = csv_file((["词", "=x"], [["=1+1", -0.5], ["a,b", None]]), Source("drawn", ())).decode(
        "utf-8-sig"
    )
    assert text.splitlines() == ["词,'=x", "'=1+1,-0.5", '"a,b",', "", told]


def test_weights_for_the_head_view_are_rounded_and_hidden_cells_are_nothing():
    grid = shown_weights([[[1.0, float("nan")], [0.12345, 0.87655]]], 2)
    assert grid.tolist() == [[[1.0, 0.0], [0.123, 0.877]]]
    with pytest.raises(ValueError, match="3 tokens"):
        shown_weights(grid, 3)


def test_plotly_comes_from_the_server_and_is_kept_by_the_browser():
    client = TestClient(Starlette(routes=vendor.ROUTES))
    answer = client.get(vendor.plotly_url())
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "plotly.js" in answer.text[:200]
    again = client.get(vendor.plotly_url(), headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def drawn() -> None:
    from core.figures.heatmap import annotated_heatmap, heatmap_table
    from pages.parts.widgets.head_view import head_view
    from pages.parts.widgets.plot import plot
    from pages.parts.widgets.shared.source import Source

    tokens = ["a", "a"]
    values = [[1.0, 0.0], [0.5, 0.5]]
    plot(
        annotated_heatmap(values, tokens, tokens, "light"),
        key="map",
        height=300,
        caption="How to read it.",
        source=Source("chosen", ("Two rows.",)),
        table=heatmap_table(values, tokens, tokens),
        selectable=True,
    )
    head_view(tokens, [values], key="heads", caption="Lines.", source=Source("run", ("A run.",)))


def test_a_picture_has_its_caption_on_the_page():
    app = AppTest.from_function(drawn, default_timeout=PATIENCE).run()
    assert not app.exception
    assert [(caption.value, caption.help) for caption in app.caption] == [
        ("How to read it. :gray-badge[made-up example]", "Two rows."),
        ("Lines. :gray-badge[this run]", "A run."),
    ]
