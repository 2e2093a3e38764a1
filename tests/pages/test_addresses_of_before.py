"""Every address of the commit before still opens the same page, and stays as it was.

``addresses_before.json`` was written by the pages as they were: a link, and what a visitor saw of it: the
title, the widgets with their labels and values, sentences, and the address after the page had opened. Where
a sentence has been worded anew since, or a prompt is read as within a text, the row follows.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage

ROWS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("addresses_before.json").read_text(encoding="utf-8")
)
_CLEANED = {
    ("attention_alone", "?"),
    ("heads_head", "7.7"),
    ("block_number", "9"),
    ("block_tied", "true"),
    ("ngram_order", "2"),
    ("ngram_smoothing", "mle"),
}
"""What is no choice, or the first one: the address is rid of it since the choices are declared."""
_FIRST_THEN = {
    "ngram": {"ngram_order": "3", "ngram_smoothing": "kneser_ney"},
    "gpt": {"gpt_temperature": "0.8"},
}
"""What an address meant that left these out: other values have become the first ones since."""
_TEXTS = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")


def _name(row: dict[str, Any]) -> str:
    link = row["link"]
    return f"{row['slug']}-{link.get('lang', 'en')}-" + "-".join(n for n in link if n != "lang")


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_the_address_opens_what_it_opened_before(open_page: OpenPage, row: dict[str, Any]) -> None:
    link, opens = {**_FIRST_THEN.get(row["slug"], {}), **row["link"]}, row["opens"]
    app = open_page(row["slug"], link.pop("lang", "en"), **link)
    if "bet" in row:
        _place_bet(app, row["bet"])
    assert not app.exception, f"{row['link']} raises: {app.exception[0].message}"
    assert app.title[0].value == opens["title"]
    differs = [
        f"{kind} “{label}”: {_values(app, kind, label)}, before {before}"
        for kind, labels in opens["widgets"].items()
        for label, before in labels.items()
        if _values(app, kind, label) != before
    ]
    text = _text(app)
    differs += [f"not said any more: {said}" for said in opens["says"] if said not in text]
    differs += [
        f"?{name}={value} became {_carried(app, name)}, before {opens['address'][name]}"
        for name, value in row["link"].items()
        if _carried(app, name) != opens["address"][name]
        and not ((name, value) in _CLEANED and _carried(app, name) is None)
    ]
    assert not differs, "\n".join([f"{row['slug']} {row['link']}", *differs])


def _values(app: AppTest, kind: str, label: str) -> list[Any]:
    """What the widgets of this kind and label hold, in the order of the page."""
    return [widget.value for widget in app.get(kind) if widget.label == label]


def _text(app: AppTest) -> str:
    """All that the page says in words."""
    said = [element.value for kind in _TEXTS for element in app.get(kind)]
    said += [element.label for kind in ("expander", "button") for element in app.get(kind)]
    return "\n".join(said)


def _carried(app: AppTest, name: str) -> str | None:
    """The parameter in the address; AppTest hands it back as a list once the page has written it."""
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def _place_bet(app: AppTest, option: str) -> None:
    """Choose the option and press the button below it; those of unanswered bets only ask for an answer."""
    next(group for group in app.button_group if option in group.options).set_value(option).run()
    count = len(_reveals(app))
    for place in range(count):
        _reveals(app)[place].click().run()
        if len(_reveals(app)) < count:
            return
    raise AssertionError(f"no bet takes “{option}”")


def _reveals(app: AppTest) -> list[Any]:
    return [button for button in app.button if button.label == "Place the bet"]
