import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures.theme import (
    colour_at,
    contrast,
    ink_on,
    number,
    palette,
    plain,
    shortened,
    template,
    thousandths,
    two_digits,
    words,
)

THEMES = ["light", "dark"]
colour = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(colour)
def test_ink_can_be_read_on_any_colour(background):
    assert contrast(ink_on(background), background) >= 4.5


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_meanings_can_be_read_on_paper(theme):
    colours = palette(theme)
    texts = [colours.ink, colours.muted, colours.query, colours.key, colours.value]
    for text in [*texts, colours.attention]:
        assert contrast(text, colours.paper) >= 4.5
    for series in colours.series:
        assert contrast(series.colour, colours.paper) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_series_differ_without_colour(theme):
    series = palette(theme).series
    assert len({s.dash for s in series}) == len({s.symbol for s in series}) == len(series)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", ["attention", "count", "gate"])
def test_sequential_scales_leave_the_paper_steadily(theme, scale):
    """Low melts into the background and high stands out: in the dark theme high is light."""
    colours = palette(theme)
    apart = [contrast(colours.paper, colour_at(colours.scales[scale], i / 20)) for i in range(21)]
    assert apart == sorted(apart)
    assert apart[0] < 1.25
    assert apart[-1] > 7


@pytest.mark.parametrize("theme", THEMES)
def test_the_diverging_scale_is_quietest_in_the_middle(theme):
    colours = palette(theme)
    apart = [
        contrast(colours.paper, colour_at(colours.scales["diverging"], i / 20)) for i in range(21)
    ]
    assert apart[10] == min(apart) < 1.25
    assert min(apart[0], apart[20]) > 6


def test_colour_at_interpolates_and_stays_within_the_scale():
    scale = ((0.0, "#000000"), (0.5, "#808080"), (1.0, "#ffffff"))
    assert colour_at(scale, 0.25) == "#404040"
    assert colour_at(scale, -1) == "#000000"
    assert colour_at(scale, 2) == "#ffffff"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.10"),
        (1, "1.00"),
        (-0.001, "0.00"),
        (-1.5, "−1.50"),
        (123.456, "123.46"),
        (-12345.6, "−12346"),
        (float("nan"), "–"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
    ],
)
def test_numbers_have_two_decimals(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.5, "0.5"),
        (0.0436, "0.044"),
        (-0.00001234, "−0.000012"),
        (9e-7, "≈ 0"),
        (1.0, "1"),
        (0.994, "0.99"),
        (0.9963, "0.996"),
        (0.99999, "0.99999"),
        (0.9999999, "≈ 1"),
        (np.float32(0.25), "0.25"),
    ],
)
def test_a_small_number_has_two_digits_and_never_becomes_certainty(value, text):
    assert two_digits(value) == text


def test_a_token_that_looks_like_a_tag_is_shown_as_it_is():
    assert plain("<unk> & <b>") == "&lt;unk&gt; &amp; &lt;b&gt;"
    assert shortened(["<uncharacteristically>"], 6) == ["&lt;unch…"]


def test_an_unknown_label_is_an_error():
    assert words({"a": "x"}, {"a": "y", "b": "z"}) == {"a": "x", "b": "z"}
    with pytest.raises(KeyError, match="wieght"):
        words({"wieght": "x"}, {"weight": "y"})


@pytest.mark.parametrize("theme", THEMES)
def test_the_paper_is_the_pages_own(theme):
    layout = go.layout.Template(template(theme)).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.xaxis.showgrid is False
    assert "Source Sans" in layout.font.family


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0.000"), (0.0004, "< 0.001"), (0.0005, "0.001"), (0.25, "0.250"), (1.0, "1.000")],
)
def test_a_little_is_not_nothing_in_a_column(share: float, text: str) -> None:
    assert thousandths(share) == text
