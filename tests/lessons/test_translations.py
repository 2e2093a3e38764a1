"""The translations: every sentence that a page can show, and every lesson, is there in every language."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from core.store.state import BROKEN
from lessons.catalogue import lessons
from lessons.text import LANGUAGES, LESSON_FOLDER, Slot, load_lesson
from pages.parts.frame import language
from pages.parts.frame.labels import messages
from pages.parts.frame.language import LOCALE_FOLDER

TRANSLATED = [code for code in LANGUAGES if code != "en"]
MARKERS = {"_", "N_", "LearnerError", "Reason", "Diverged", "Overtime"}
ROOT = LOCALE_FOLDER.parent
PROSE = ["home", *(lesson.slug for lesson in lessons())]


@cache
def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source)


def _shown() -> set[str]:
    """Every sentence that pages can show: what the source marks, and what figures are labelled with."""
    return _marked() | messages() | {BROKEN}


def _marked_in_context() -> set[tuple[str, str]]:
    """Every (context, literal) that the source asks for in a context."""
    return {
        (call.args[0].value, call.args[1].value)
        for path in (ROOT / "pages").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "pgettext"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[1], ast.Constant)
    }


def _marked() -> set[str]:
    """Every literal that the source marks as a sentence, inside f-strings too, where Babel is blind."""
    return {
        call.args[0].value
        for folder in ("core", "lessons", "pages", "docs/template")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in MARKERS
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def _catalogue_of(code: str) -> Catalog:
    return _catalogue(LOCALE_FOLDER / code / "LC_MESSAGES" / "messages.po")


def _places(sentence: str) -> list[tuple[str, str]]:
    """The ``{named}`` places with their formats; ``{p:.2f}`` is ``("p", ".2f")``."""
    parsed = Formatter().parse(sentence)
    return sorted((name, form or "") for _, name, form, _ in parsed if name is not None)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_is_translated(code: str) -> None:
    catalogue = _catalogue_of(code)
    missing = []
    for sentence in _shown():
        entry = catalogue.get(sentence)
        if entry is None or not entry.string or entry.fuzzy:
            missing.append(sentence)
    assert not missing, f"run `make messages` and translate: {sorted(missing)}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_in_a_context_is_translated(code: str) -> None:
    asked = _marked_in_context()
    assert asked
    for context, sentence in asked:
        entry = _catalogue_of(code).get(sentence, context)
        assert entry is not None and entry.string, f"run `make messages`: {context}: {sentence}"


def test_no_smoothing_is_not_called_as_no_head_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """One English word for two things: the context keeps them apart."""
    monkeypatch.setattr(language, "language", lambda: "zh")
    assert language.pgettext("heads", "none") == "全不选"
    assert language._("none") == "不平滑"


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_same_places(code: str) -> None:
    wrong = [
        entry.id
        for entry in _catalogue_of(code)
        if isinstance(entry.id, str)
        and entry.id
        and _places(entry.id) != _places(str(entry.string))
    ]
    assert not wrong


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_keeps_its_bold_and_its_code(code: str) -> None:
    for entry in _catalogue_of(code):
        if isinstance(entry.id, str) and entry.id:
            for mark in ("**", "`"):
                assert entry.id.count(mark) == str(entry.string).count(mark), entry.id


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("slug", PROSE)
def test_every_lesson_is_translated_section_by_section(slug: str, code: str) -> None:
    english, translated = load_lesson(slug, "en"), load_lesson(slug, code)
    assert translated.language == code
    assert translated.slots == english.slots
    assert [
        [block.name for block in section.blocks if isinstance(block, Slot)]
        for section in translated.sections
    ] == [
        [block.name for block in section.blocks if isinstance(block, Slot)]
        for section in english.sections
    ]


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("slug", PROSE)
def test_a_translated_lesson_keeps_its_displayed_formulas(slug: str, code: str) -> None:
    """Words within a formula may be translated, nothing else."""
    formulas = [
        [
            re.sub(r"\\text\{[^}]*\}", "", formula)
            for formula in re.findall(
                r"\$\$.+?\$\$", (LESSON_FOLDER / slug / f"{language}.md").read_text("utf-8")
            )
        ]
        for language in ("en", code)
    ]
    assert formulas[0] == formulas[1]
