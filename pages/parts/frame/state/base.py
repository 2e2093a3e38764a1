"""What every kind of choice has: a name, a value, a place in the address, a widget."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from pages.parts.frame.language import language
from pages.parts.frame.state.session import UNSET, Entry, kept

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Declared(ABC, Generic[Value]):
    """A choice under a name: the key of its widget and its name in the address.

    ``first`` is what is chosen before anybody chooses; ``linked`` says whether the address carries it.
    """

    slug: str
    name: str
    first: Value
    linked: bool = True

    @abstractmethod
    def parse(self, text: str) -> Value | None:
        """What the address says; None if it says nothing that can be."""

    @abstractmethod
    def format(self, value: Value) -> str:
        """The value as the address says it."""

    @abstractmethod
    def allows(self, value: object) -> bool:
        """Whether this can be chosen."""

    @property
    def value(self) -> Value:
        """What is chosen now: by the learner, else by the address, else the first value."""
        state = kept()
        if state.reader is not None:
            state.readers.setdefault(self.name, set()).add(state.reader)
        entry = self._entry()
        self._hear(entry)
        fitted = self._fitted(entry.chosen)
        return self.first if fitted is UNSET else fitted

    def set(self, value: Value) -> None:
        """Choose for the learner, in a callback or before a rerun. What is not allowed is the first value."""
        entry = self._entry()
        entry.chosen = value if self.allows(value) else UNSET
        entry.shown = UNSET
        kept().was_chosen(self.name)

    def forget(self) -> None:
        """Go back to the first value, whatever it is when it is drawn next."""
        entry = self._entry()
        was_chosen = entry.chosen is not UNSET
        entry.chosen = entry.shown = UNSET
        if was_chosen:
            kept().was_chosen(self.name)

    def settle(self) -> Value:
        """The value, kept from now on: a choice that is not allowed any more is forgotten."""
        value = self.value
        entry = self._entry()
        fitted = self._fitted(entry.chosen)
        if fitted is not entry.chosen:
            entry.chosen = fitted
            kept().was_chosen(self.name)
        return value

    def _entry(self) -> Entry:
        """What is kept under the name; read from the address at the first need after an arrival."""
        state = kept()
        arrival = state.arrivals.get(self.slug, 0)
        entry = state.entries.get(self.name)
        if entry is None or entry.arrival != arrival:
            text = st.query_params.get(self.name) if self.linked else None
            read = None if text is None else self.parse(text)
            if not self.linked and entry is not None:
                chosen = entry.chosen
            else:
                chosen = UNSET if read is None else read
            entry = state.entries[self.name] = Entry(chosen, arrival)
            state.changed |= text is not None and chosen is UNSET
        return entry

    def _hear(self, entry: Entry) -> None:
        """Take what the widget says since it was last told or heard."""
        held = st.session_state.get(self.name, UNSET)
        if entry.shown is UNSET or held is UNSET:
            return
        heard = self._from_widget(held)
        if heard == entry.shown or not (heard is None or self.allows(heard)):
            return
        entry.shown = heard
        entry.chosen = UNSET if heard is None else heard
        kept().was_chosen(self.name)

    def _draw(self, widget: Callable[..., Any], label: str, *place: Any, **look: Any) -> Value:
        """Draw the widget with the value, and return what it says.

        What is in a closed popover reaches the browser's widget only when that is opened, maybe runs after it
        was told. It then begins with what it was drawn with, so it is drawn with the value as well as told.
        """
        value = self.settle()
        entry = self._entry()
        drawn = (self, language())
        if entry.shown != value or entry.drawn != drawn or self.name not in st.session_state:
            st.session_state[self.name] = self._to_widget(value)
        entry.shown, entry.drawn = value, drawn
        widget(label, *place, key=self.name, **self._begins(widget, value), **look)
        return value

    def _begins(self, widget: Callable[..., Any], value: Value) -> dict[str, Any]:
        """The argument with which this widget begins with the value."""
        return {}

    def _fitted(self, chosen: Any) -> Any:
        """What is left of a choice: itself while it is allowed and another than the first."""
        return chosen if chosen is not UNSET and self._differs(chosen) else UNSET

    def _differs(self, chosen: Any) -> bool:
        return self.allows(chosen) and bool(chosen != self.first)

    def _from_widget(self, held: Any) -> Any:
        return held

    def _to_widget(self, value: Value) -> Any:
        return value
