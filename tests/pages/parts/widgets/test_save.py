import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.widgets.neuron_view import _pair, attention_of
from pages.parts.widgets.save import Page, standalone
from pages.parts.widgets.shared.program import Program
from pages.parts.widgets.shared.source import Source

PROGRAM = Program(
    "<i></i>",
    "i{}",
    "it/it.js",
    {"it/it.js": "export default function ({ data }) { window.seen = data; }"},
)


def test_the_offline_page_holds_everything_and_asks_nobody():
    page = Page(PROGRAM, {"tokens": ["</script><b>"]}, "A <caption>", Source("run", ("<b>",)))
    text = standalone(page, (["a"], [["<b>"], [None], [0.5]]), "dark", "en")
    assert "<title>A &lt;caption&gt;</title>" in text
    assert "<p>Where the numbers come from: this run. &lt;b&gt;</p>" in text
    assert "&lt;b&gt;" in text and "</script><b>" not in text
    assert 'import picture from "clearhead/it/it.js"' in text
    imports = re.search(r'<script type="importmap">(.*)</script>', text)
    assert imports is not None and json.loads(imports[1]) == PROGRAM.import_map()
    assert not re.search(r"(?:src|href)=", text)
    data = re.search(r"data: (.*),\n", text)
    assert data is not None and json.loads(data[1]) == {"tokens": ["</script><b>"]}


def test_small_numbers_keep_their_digits_in_the_offline_table():
    page = Page(PROGRAM, {}, "", Source("run", ()))
    values = [0.25, 0.00004321, -0.0000012, 3e-9, 12345678.0]
    text = standalone(page, (["p"], [[value] for value in values]), "light", "en")
    cells = re.findall(r"<td>(.*?)</td>", text)
    assert cells == ["0.25", "0.000043", "−0.0000012", "≈ 0", "12345678"]


@given(st.integers(1, 6), st.integers(1, 8), st.integers(0, 999))
def test_weights_of_the_neuron_view_are_a_softmax_over_what_is_visible(count, width, seed):
    rng = np.random.default_rng(seed)
    q, k = rng.normal(size=(2, count, width))
    mask = rng.random((count, count)) < 0.4
    hidden, weights = attention_of(q, k, None, mask)
    assert (weights[hidden] == 0).all()
    sums = weights.sum(axis=1)
    np.testing.assert_allclose(sums, np.where(mask.all(axis=1), 0.0, 1.0))


def test_shapes_must_fit():
    with pytest.raises(ValueError, match="expected"):
        attention_of(np.ones((2, 3)), np.ones((2, 4)), None, None)
    with pytest.raises(ValueError, match="weights"):
        attention_of(np.ones((2, 3)), np.ones((2, 3)), np.ones((3, 3)), None)


@pytest.mark.parametrize(
    ("payload", "pair"),
    [([1, 0], (1, 0)), ([2, 0], None), ([True, 0], None), ("10", None), (None, None)],
)
def test_a_pair_is_believed_only_if_there_are_such_tokens(payload, pair):
    assert _pair(payload, 2) == pair
