"""The frame: every page runs in both languages, navigation follows the catalogue, nothing loads torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lessons.catalogue import lessons
from lessons.text import LANGUAGES, load_lesson
from pages.parts.frame import language

ROOT = Path(__file__).parents[2]
PAGES = ["home", *(lesson.slug for lesson in lessons())]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", PAGES)
def test_every_page_runs_in_every_language(open_page, slug: str, code: str) -> None:
    app = open_page(slug, code)
    assert not app.exception
    assert app.title[0].value == load_lesson(slug, code).title


def test_an_unknown_language_in_the_address_is_put_right(open_page) -> None:
    app = open_page("home", "xx")
    assert not app.exception
    assert app.query_params["lang"] in (["en"], "en")


def test_a_late_address_does_not_switch_the_language_back(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser sends the address as it knows it, maybe older than the switch: only Back and Forward make
    it true."""
    app = open_page("home", "en")
    app.button_group("language_switch").set_value("zh").run()
    zh = load_lesson("home", "zh").title
    assert app.title[0].value == zh
    app.query_params["lang"] = "en"
    app.run()
    assert app.title[0].value == zh
    assert app.query_params["lang"] in (["zh"], "zh")
    app.query_params["lang"] = "en"
    monkeypatch.setattr(language, "navigated", lambda: True)
    app.run()
    assert app.title[0].value == load_lesson("home", "en").title


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_fills_every_slot_of_its_prose(open_page, slug: str) -> None:
    """A slot without a filler raises KeyError, which the page would show as an exception."""
    assert not open_page(slug).exception


def test_the_web_process_never_reaches_torch() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "pages").rglob("*.py")
        if path.name not in ("page.py", "shell.py")
    ]
    code = f"import sys, {', '.join(modules)}; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
