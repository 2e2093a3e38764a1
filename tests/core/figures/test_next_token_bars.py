import pytest

from core.figures.next_token import next_token_bars, next_token_table, percent


def ends(figure):
    return [text.strip() for text in figure.data[-1].text]


def test_bars_are_as_long_as_their_probabilities_first_on_top():
    figure = next_token_bars(["␣cat", "<unk>"], [0.5, 0.25], "light")
    assert list(figure.data[0].x) == [0.5, 0.25, 0.25]
    assert list(figure.layout.yaxis.ticktext) == ["␣cat", "&lt;unk&gt;", "all other tokens"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert ends(figure) == ["50%", "25%", "25%"]


def test_nothing_is_left_when_the_bars_are_the_whole_truth():
    figure = next_token_bars(["a", "b"], [0.6, 0.4], "light")
    assert list(figure.layout.yaxis.ticktext) == ["a", "b"]


def test_the_drawn_token_is_named_and_outlined():
    figure = next_token_bars(["a", "b"], [0.6, 0.4], "dark", chosen=1)
    assert ends(figure)[1] == "40%  ◀ drawn"
    assert list(figure.data[0].marker.line.width) == [0, 2]


def test_what_sampling_changed_is_marked_and_the_number_stands_clear_of_it():
    figure = next_token_bars(["a", "b"], [1.0, 0.0], "light", before=[0.7, 0.3])
    assert list(figure.data[1].x) == [0.7, 0.3]
    assert list(figure.data[2].x) == [1.0, 0.3]
    assert ends(figure) == ["100%", "0%"]


@pytest.mark.parametrize(
    ("probability", "text"),
    [(1.0, "100%"), (0.43, "43%"), (0.0999, "10%"), (0.05, "5.0%"), (0.0004, "<0.1%"), (0, "0%")],
)
def test_percent_never_shows_a_false_zero(probability, text):
    assert percent(probability) == text


def test_the_table_has_both_probabilities():
    header, rows = next_token_table(["a"], [0.6], before=[0.5])
    assert header == ("next token", "before", "probability")
    assert rows == [("a", 0.5, 0.6)]


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="each token"):
        next_token_bars(["a"], [0.5, 0.5], "light")
