"""Each kind of cell under the knobs: the panel, the sentences and the reach are of that network."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("cell", ["gru", "rnn"])
def test_the_page_is_of_the_cell_that_the_knobs_choose(open_page, bet, texts, cell: str) -> None:
    """All three ship with the settings that the knobs begin at."""
    app = open_page("lstm", lstm_cell=cell)
    assert not app.exception
    assert f"This {cell.upper()} went from" in texts(app)
    assert f"{cell.upper()}: how much the prediction after the last token moves" in texts(app)
    bet(app, "bet_rnn", "rnn")
    assert not app.exception
    assert "Same text, same seed" in texts(app)


def test_a_cell_that_nobody_has_trained_leaves_the_pictures_to_those_that_ship(
    open_page, texts
) -> None:
    app = open_page("lstm", lstm_cell="gru", lstm_seed="77")
    assert not app.exception
    assert "This GRU went from" not in texts(app)
    assert "Step 3 reads" in texts(app)
