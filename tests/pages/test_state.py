"""The tables of choices: names, links and what a link cannot say, for every page alike."""

from __future__ import annotations

import math
import re
from importlib import import_module
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons.catalogue import pages
from pages.parts.frame import script_run
from pages.parts.frame.state import (
    Choice,
    Declared,
    Number,
    Private,
    Several,
    State,
    Switch,
    Text,
    declared_states,
)
from pages.parts.frame.state.session import UNSET
from tests.pages.conftest import ROOT, OpenPage

SLUGS = tuple(
    slug
    for slug in ("home", *(page.slug for page in pages()))
    if (ROOT / "pages" / slug / "state.py").exists()
)
for _slug in SLUGS:
    import_module(f"pages.{_slug}.state")
TABLES = {slug: declared_states()[slug] for slug in SLUGS}
DECLARED = [declared for table in TABLES.values() for declared in table.values()]
LINKED = [declared for declared in DECLARED if declared.linked]
JUNK = (
    *("inf", "-inf", "nan", "1e309", "-1e309", "-1", "-99999999999", "9" * 3000, "0x10", "1_0"),
    *("x" * 10_000, "🙂", "\0", "1\0", "[1, 2]", "1,2", "null", "%00", "<b>", "１", "²", " "),
)
"""Numbers beyond all numbers, and what is none. Empty is a choice of several, and a text, of its own."""
TOO_LONG = "x" * 3000


def test_no_name_is_declared_twice_and_each_begins_with_its_page() -> None:
    names = [declared.name for declared in DECLARED]
    assert len(names) == len(set(names)) > 100
    for slug, table in TABLES.items():
        assert all(name.startswith(f"{slug}_") for name in table)
        assert not any(
            name.startswith(f"{other}_") for other in SLUGS if other != slug for name in table
        )


def test_a_name_is_declared_once() -> None:
    state = State("twice")
    state.switch("on")
    with pytest.raises(ValueError, match="twice_on"):
        state.switch("on")


def test_no_other_widget_has_a_declared_name() -> None:
    """Keys that are written out, of buttons, pictures and experiments, are none of the declared names and
    begin with the slug of their page."""
    names = {declared.name for declared in DECLARED}
    spelled = re.compile(r'\bkey(?:: str)? ?= ?f?"(\w+)')
    for path in sorted((ROOT / "pages").rglob("*.py")):
        keys = spelled.findall(path.read_text(encoding="utf-8"))
        assert not names & set(keys), path
        slug = path.relative_to(ROOT / "pages").parts[0]
        if slug in SLUGS:
            assert all(key.startswith((f"{slug}_", slug)) for key in keys), path


@pytest.mark.parametrize("declared", LINKED, ids=lambda declared: declared.name)
def test_what_the_address_says_is_read_again(declared: Declared[Any]) -> None:
    for value in _values(declared):
        assert declared.allows(value), value
        assert declared.parse(declared.format(value)) == value


@pytest.mark.parametrize("declared", LINKED, ids=lambda declared: declared.name)
def test_junk_is_no_value(declared: Declared[Any]) -> None:
    for junk in (*JUNK, ""):
        read = declared.parse(junk)
        if isinstance(declared, Text):
            said = len(junk) <= declared.most and "\0" not in junk
            assert read == (junk if said else None)
            continue
        may_be = _may_be_known_later(declared) or junk == ""
        if isinstance(declared, Number) and declared.least <= -1 and junk == "-1":
            continue
        assert read is None or (may_be and declared.format(read) == junk), junk
        assert read is None or declared.allows(read)


@pytest.mark.parametrize("first", [-1, 0.5, ""])
def test_junk_is_none_of_the_options_that_are_not_known_yet(first: object) -> None:
    """Whatever their type, and none of it raises."""
    late = Choice(slug="late", name="late_one", first=first, options=None)
    for junk in (*JUNK, ""):
        read = late.parse(junk)
        assert read is None or late.allows(read)
        assert not isinstance(read, float) or math.isfinite(read)


@pytest.mark.parametrize("shift", range(3))
@pytest.mark.parametrize("slug", SLUGS)
def test_junk_in_every_parameter_opens_the_first_page(
    open_page: OpenPage, slug: str, shift: int
) -> None:
    linked = [declared for declared in TABLES[slug].values() if declared.linked]
    link = {
        declared.name: TOO_LONG
        if isinstance(declared, Text)
        else JUNK[(7 * place + shift) % len(JUNK)]
        for place, declared in enumerate(linked)
    }
    app = open_page(slug, **link)
    assert not app.exception
    assert _chosen(app) == {}
    left = [name for name in _address(app) if name in link]
    assert all(_may_be_known_later(TABLES[slug][name]) for name in left), left


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_of_choices_is_opened_again_by_its_link(open_page: OpenPage, slug: str) -> None:
    """Every choice on another value than the first; what depends on others may fall back.
    One's own text is not in a link, and a part alone leaves the others out."""
    link = {
        name: declared.format(_another(declared))
        for name, declared in TABLES[slug].items()
        if declared.linked
        and not _may_be_known_later(declared)
        and not name.endswith(("_corpus", "_alone"))
    }
    first = open_page(slug, **link)
    assert not first.exception
    chosen = _chosen(first)
    # What waits for a bet is not asked for yet.
    asked = first.session_state["page_state"].entries.keys() & link.keys()
    assert 2 * len(chosen) >= len(asked) > 0
    again = open_page(slug, **_address(first))
    assert not again.exception
    assert (_chosen(again), _address(again)) == (chosen, _address(first))


def test_back_is_what_the_address_says_and_a_late_address_is_not(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser sends the address as it knows it, maybe older than the last choice: only Back and Forward
    make it true."""
    app = open_page("ngram", ngram_order="5", ngram_k="0.5")
    app.query_params.clear()
    app.query_params["ngram_order"] = "4"
    app.run()
    assert _chosen(app) == {"ngram_order": 5, "ngram_k": 0.5}
    app.query_params.clear()
    app.query_params["ngram_order"] = "4"
    monkeypatch.setattr(script_run, "navigated", lambda: True)
    app.run()
    assert _chosen(app) == {"ngram_order": 4}
    assert app.button_group(key="ngram_order").value == 4
    assert app.slider(key="ngram_k").value == 0.1


def test_the_address_is_written_in_one_place() -> None:
    """And the language, which every page has."""
    allowed = {"frame/state/address.py", "frame/state/base.py", "frame/language.py"}
    for path in sorted((ROOT / "pages").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if not any(str(path).endswith(name) for name in allowed):
            assert "st.query_params" not in source, path
        assert 'bind="query-params"' not in source, path


def test_a_closed_popover_holds_what_is_chosen_however_late_it_is_opened(
    open_page: OpenPage,
) -> None:
    """The browser makes its widgets only then, and they begin with what the last run drew them with."""
    app = open_page("ngram", ngram_k="0.5").run()
    assert list(app.slider(key="ngram_k").proto.default) == [0.5]
    assert list(app.slider(key="ngram_discount").proto.default) == [0.75]
    corpus = open_page("lstm", lstm_corpus="tales_zh").run().selectbox(key="lstm_corpus")
    assert corpus.options[corpus.proto.default] == "Tiny tales in Chinese"


def _values(declared: Declared[Any]) -> list[Any]:
    """Some that can be chosen, the ends among them."""
    match declared:
        case Choice(options=None):
            return [{int: 7, str: "some"}[type(declared.first)]]
        case Choice(options=options):
            return list(options)
        case Several(options=None):
            return [(), ("one",), ("one", "two")]
        case Several(options=options):
            return [(), (options[-1],), tuple(options)]
        case Number():
            middle = declared.parse(declared.format(declared.least + declared.step))
            return [declared.least, middle, declared.first, declared.most]
        case Text():
            return ["", "a b", "?&=+%🙂\"'", "x" * declared.most]
        case Switch():
            return [False, True]
        case Private():
            return [declared.first, _SPELLED.get(declared.name, True)]
        case _:
            raise AssertionError(f"no values for {declared}")


def _another(declared: Declared[Any]) -> Any:
    """A value that is not the first."""
    return next(value for value in reversed(_values(declared)[:2]) if value != declared.first)


def _may_be_known_later(declared: Declared[Any]) -> bool:
    """Whether what can be chosen is known only where it is drawn, or said by a spelling of its own."""
    return (
        isinstance(declared, Choice | Several) and declared.options is None
    ) or declared.name == "attention_matrices"


def _chosen(app: AppTest) -> dict[str, Any]:
    entries = app.session_state["page_state"].entries
    return {
        name: entry.chosen
        for name, entry in entries.items()
        if entry.chosen is not UNSET and any(one.name == name for one in LINKED)
    }


def _address(app: AppTest) -> dict[str, str]:
    found = {
        name: value[-1] if isinstance(value, list) else value
        for name, value in app.query_params.items()
    }
    return {name: value for name, value in found.items() if name != "lang"}


_SPELLED = {
    "heads_head": (0, 2),
    "attention_matrices": "1eN",
    "lstm_typed": (("x", 0, 1, "0.5"), ("gru-w", 5, 0, "1/3")),
}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "only the first 2,000"), ("zh", "只有前 2,000 个")]
)
def test_of_a_text_that_is_too_long_the_beginning_counts_and_the_page_says_so(
    open_page, language: str, said: str
) -> None:
    """A browser's own limit would swallow what is pasted, without a word."""
    app = open_page("home", language)
    box = app.text_input(key="home_prompt")
    assert not box.proto.max_chars
    box.set_value("Mia " * 600).run()
    assert not app.exception
    assert any(said in caption.value for caption in app.caption)
    box.set_value("Mia").run()
    assert not any(said in caption.value for caption in app.caption)


def test_half_a_letter_is_no_text() -> None:
    text = Text(slug="glossary", name="some", first="", most=5)
    assert text.allows("🙂") and not text.allows("\ud83d")
