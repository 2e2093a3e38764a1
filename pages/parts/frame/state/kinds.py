"""The kinds of choices: what each allows, how the address spells it, and which widgets draw it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

import streamlit as st

from pages.parts.frame.language import _
from pages.parts.frame.state.base import Declared, Value
from pages.parts.frame.state.session import UNSET

Number_ = TypeVar("Number_", int, float)


@dataclass(frozen=True, kw_only=True)
class Choice(Declared[Value]):
    """One of several options. The address says the option itself, in every language the same.

    Options None are known only where it is drawn; until then all of the first one's type may be meant.
    """

    options: Sequence[Value] | None

    def among(self, options: Sequence[Value], first: Value | None = None) -> Self:
        """The same choice where the options, or the first one, depend on what is shown."""
        return replace(self, options=options, first=self.first if first is None else first)

    def parse(self, text: str) -> Value | None:
        read = _read(text, self.options, type(self.first))
        return None if self.options is None and read == self.first else read

    def format(self, value: Value) -> str:
        return str(value)

    def allows(self, value: object) -> bool:
        return (
            isinstance(value, type(self.first)) if self.options is None else value in self.options
        )

    def draw(
        self,
        widget: Callable[..., Any],
        label: str,
        *,
        words: Callable[[Value], str] = str,
        **look: Any,
    ) -> Value:
        """Draw ``widget``: st.segmented_control, st.pills, st.selectbox or st.select_slider. ``words`` say an
        option in the learner's language."""
        options = self.options or ()
        return self._draw(widget, label, options, format_func=_total(options, words), **look)

    def _begins(self, widget: Callable[..., Any], value: Value) -> dict[str, Any]:
        if value not in (self.options or ()):
            return {}
        if widget is st.selectbox:
            return {"index": list(self.options or ()).index(value)}
        return {"value" if widget is st.select_slider else "default": value}


@dataclass(frozen=True, kw_only=True)
class Several(Declared[tuple[Value, ...]]):
    """Some of several options, or none, in their order; ``mark`` stands between them in the address.

    Options None are known only where it is drawn; until then they may be any texts.
    """

    options: Sequence[Value] | None
    mark: str = "."

    def among(self, options: Sequence[Value], first: tuple[Value, ...]) -> Self:
        """The same choice where the options depend on what is shown."""
        return replace(self, options=options, first=first)

    def parse(self, text: str) -> tuple[Value, ...] | None:
        asked = text.split(self.mark) if text else []
        if self.options is None:
            return tuple(asked)  # type: ignore[arg-type]
        found = tuple(option for option in self.options if str(option) in asked)
        return found if found or not asked else None

    def format(self, value: tuple[Value, ...]) -> str:
        return self.mark.join(map(str, value))

    def allows(self, value: object) -> bool:
        known = self.options
        return isinstance(value, tuple) and (known is None or all(one in known for one in value))

    def draw(
        self,
        widget: Callable[..., Any],
        label: str,
        *,
        words: Callable[[Value], str] = str,
        **look: Any,
    ) -> tuple[Value, ...]:
        """Draw ``widget``, st.pills or st.segmented_control, for several choices."""
        options = self.options or ()
        look |= {"selection_mode": "multi", "format_func": _total(options, words)}
        return self._draw(widget, label, options, **look)

    def _fitted(self, chosen: Any) -> Any:
        """Options that are there no more are left out; a choice that loses them all is none."""
        if chosen is UNSET or self._differs(chosen):
            return chosen
        left = tuple(one for one in self.options or () if one in chosen)
        return left if left and left != self.first else UNSET

    def _from_widget(self, held: Any) -> Any:
        return tuple(option for option in self.options or () if option in held)

    def _to_widget(self, value: tuple[Value, ...]) -> Any:
        return list(value)

    def _begins(self, widget: Callable[..., Any], value: tuple[Value, ...]) -> dict[str, Any]:
        return {"default": [one for one in value if one in (self.options or ())]}


@dataclass(frozen=True, kw_only=True)
class Number(Declared[Number_]):
    """A number from ``least`` to ``most``: whole if ``first`` is. A slider moves by ``step``; a link may say
    what lies between, unless it is ``aligned``."""

    least: Number_
    most: Number_
    step: Number_
    aligned: bool = False

    def within(self, least: Number_, most: Number_, first: Number_ | None = None) -> Self:
        """The same choice where its range, or its first value, depends on what is shown."""
        first = min(max(self.first if first is None else first, least), most)
        return replace(self, least=least, most=most, first=first)

    def clamped(self, least: Number_, most: Number_, first: Number_ | None = None) -> Self:
        """As ``within``; a choice outside of the range becomes its nearest end instead of the first value."""
        entry = self._entry()
        self._hear(entry)
        if entry.chosen is not UNSET and not least <= entry.chosen <= most:
            self.set(min(max(entry.chosen, least), most))
        return self.within(least, most, first)

    def parse(self, text: str) -> Number_ | None:
        if not _NUMBER.fullmatch(text):
            return None
        value = float(text)
        if not math.isfinite(value) or (isinstance(self.first, int) and value != int(value)):
            return None
        found = type(self.first)(value)
        return found if self.allows(found) else None

    def format(self, value: Number_) -> str:
        return f"{value:.10g}"

    def allows(self, value: object) -> bool:
        return (
            isinstance(value, type(self.first))
            and not isinstance(value, bool)
            and self.least <= value <= self.most
            and not (self.aligned and (value - self.least) % self.step)
        )

    def _from_widget(self, held: Any) -> Any:
        """Without what floating point adds on the way: 0.1 + 0.2 is 0.3."""
        return float(f"{held:.10g}") if isinstance(held, float) else held

    def slider(self, label: str, **look: Any) -> Number_:
        return self._draw(st.slider, label, self.least, self.most, step=self.step, **look)

    def box(self, label: str, **look: Any) -> Number_:
        return self._draw(st.number_input, label, self.least, self.most, step=self.step, **look)

    def _begins(self, widget: Callable[..., Any], value: Number_) -> dict[str, Any]:
        return {"value": value}


@dataclass(frozen=True, kw_only=True)
class Text(Declared[str]):
    """A text of at most ``most`` characters, as typed."""

    most: int

    def beginning(self, first: str) -> Self:
        """The same text where the first one depends on what is shown."""
        return replace(self, first=first)

    def parse(self, text: str) -> str | None:
        return text if self.allows(text) and not _CONTROL.search(text) else None

    def format(self, value: str) -> str:
        return value

    def allows(self, value: object) -> bool:
        return isinstance(value, str) and len(value) <= self.most and not _HALVES.search(value)

    def box(self, label: str, **look: Any) -> str:
        """One line to type into. The box takes a longer text too, and says what counts of it: a limit of the
        box's own would swallow what is pasted without a word."""
        return self._typed(st.text_input, label, **look)

    def area(self, label: str, **look: Any) -> str:
        """The same with several lines."""
        return self._typed(st.text_area, label, **look)

    def _typed(self, widget: Callable[..., Any], label: str, **look: Any) -> str:
        held = st.session_state.get(self.name)
        value = self._draw(widget, label, **look)
        if isinstance(held, str) and len(held) > self.most:
            st.caption(
                _("These are {count:,} characters: only the first {most:,} of them count.").format(
                    count=len(held), most=self.most
                )
            )
        return value

    def _from_widget(self, held: Any) -> Any:
        return held[: self.most] if isinstance(held, str) else held

    def _begins(self, widget: Callable[..., Any], value: str) -> dict[str, Any]:
        return {"value": value}


@dataclass(frozen=True, kw_only=True)
class Switch(Declared[bool]):
    """On or off; the address says true or false."""

    def beginning(self, first: bool) -> Self:
        """The same switch where its first position depends on what is shown."""
        return replace(self, first=first)

    def parse(self, text: str) -> bool | None:
        return {"true": True, "false": False}.get(text)

    def format(self, value: bool) -> str:
        return "true" if value else "false"

    def allows(self, value: object) -> bool:
        return isinstance(value, bool)

    def toggle(self, label: str, **look: Any) -> bool:
        return self._draw(st.toggle, label, **look)

    def _begins(self, widget: Callable[..., Any], value: bool) -> dict[str, Any]:
        return {"value": value}


@dataclass(frozen=True, kw_only=True)
class Private(Declared[Value]):
    """What no single widget shows: a clicked cell, a count of draws. With ``read`` and ``spell`` the address
    can carry it, else it is the session's alone."""

    read: Callable[[str], Value | None] = field(default=lambda text: None)
    spell: Callable[[Value], str] = str

    def settled(self, fits: Callable[[Value], bool]) -> Value:
        """The value where only some fit what is shown; another is forgotten."""
        if not fits(self.settle()):
            self.forget()
        return self.value

    def turned(self, now: Value) -> bool:
        """Whether ``now``, which is kept, is another value than the one before: then what was chosen for that
        one is to be forgotten."""
        if self.value == now:
            return False
        self.set(now)
        return True

    def parse(self, text: str) -> Value | None:
        return self.read(text)

    def format(self, value: Value) -> str:
        return self.spell(value)

    def allows(self, value: object) -> bool:
        return True


def _read(text: str, options: Sequence[Value] | None, kind: type[Value]) -> Value | None:
    """The option that is spelled so."""
    if options is not None:
        return next((option for option in options if str(option) == text), None)
    if len(text) > _LONGEST or (kind is not str and not _NUMBER.fullmatch(text)):
        return None
    try:
        return kind(text)  # type: ignore[call-arg]
    except ValueError:
        return None


def _total(options: Sequence[Value], words: Callable[[Value], str]) -> Callable[[Any], str]:
    """The words of each option as they are now: Streamlit may ask again when the language is another one,
    and just after a switch it hands over labels of the other one too."""
    known = {option: words(option) for option in options}
    return lambda option: known[option] if option in known else str(option)


_LONGEST = 100
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What nobody types: the null character and its like. Tabs and line breaks are a text's own."""
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_HALVES = re.compile(r"[\ud800-\udfff]")
"""Halves of letters that a browser's program may send, and that no address can say."""
