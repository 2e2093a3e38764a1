"""From a click on a bar to the counts behind it: the arithmetic of one N-gram probability."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures import next_token
from core.protocol import Tokens
from core.text.prompt import read_prompt
from pages.ngram.counted import Counted, lines_around, source_of
from pages.ngram.formula import formula, number, prepared
from pages.ngram.state import SMOOTHINGS, TOKEN, TOKEN_ASKED
from pages.ngram.step_words import step_words
from pages.ngram.texts import context_in
from pages.parts.frame.escaped import code
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _
from pages.parts.frame.quoted import show_quoted
from pages.parts.frame.state import Choice
from pages.parts.frame.theme import theme
from pages.parts.frame.unknown import name_unknown
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source

BARS = 8


@dataclass(frozen=True)
class Question:
    """What the page asks of the counts: what comes after a text, and why that token so often."""

    counted: Counted
    text: str
    context: Tokens
    probabilities: NDArray[np.float64]
    """Of every token to come next, [v]."""
    ranked: NDArray[np.int64]
    """All tokens, the most probable first, [v]."""

    @property
    def choice(self) -> Choice[int]:
        """The token whose arithmetic is shown; at first the most probable one."""
        tokens: list[int] = self.ranked.tolist()
        return TOKEN.among(tokens, first=tokens[0])

    @property
    def likely(self) -> NDArray[np.int64]:
        """The tokens that get a bar: the most probable few, none of them impossible."""
        best = self.ranked[:BARS]
        return best[self.probabilities[best] > 0]

    @property
    def followed(self) -> NDArray[np.int64]:
        """How often each token followed the used part of the context in the counted text, [v]."""
        used, training = self.used, self.counted.training
        after = self.counted.model.occurrences(used, len(training)) + len(used)
        size = self.counted.model.vocabulary_size
        return np.bincount(training[after[after < len(training)]], minlength=size)

    @property
    def used(self) -> Tokens:
        """The last tokens of the context, those that the model looks at."""
        return self.context[
            len(self.context) - min(self.counted.model.context, len(self.context)) :
        ]


def read_question(counted: Counted) -> Question:
    """The question as the learner has put it, whether or not its widgets have been drawn yet."""
    text = context_in(counted).value
    context = read_prompt(counted.tokenizer, text).tokens
    probabilities = np.exp(counted.model.next_log_probabilities([context])[0])
    ranked = np.argsort(-probabilities, kind="stable")
    _forget_token_of_another(text)
    return Question(counted, text, context, probabilities, ranked)


def show_next_tokens(question: Question) -> None:
    """The learner's context and the bars; a click chooses the token that is explained below."""
    context_in(question.counted).box(
        _("The text so far"), help=_("Only the last n − 1 tokens are looked at.")
    )
    name_unknown(question.counted.tokenizer, question.text)
    show, probabilities = question.counted.tokenizer.show, question.probabilities
    token = question.choice
    chosen = token.value
    best = question.likely
    shown = [show(int(token)) for token in best]
    used = [show(int(token)) for token in question.used]
    labels = {**labels_of(next_token.LABELS), "chosen": "↓"}
    plot(
        next_token.next_token_bars(
            shown,
            probabilities[best].tolist(),
            theme(),
            chosen=int(np.flatnonzero(best == chosen)[0]) if chosen in best else None,
            labels=labels,
        ),
        key="ngram_next",
        height=330,
        on_click=lambda click: _choose(best.tolist(), click.row),
        caption=_("What comes after {context}? Click a bar for its arithmetic.").format(
            context=" ".join(used) or _("nothing (order 1)")
        ),
        source=_source(question),
        table=next_token.next_token_table(shown, probabilities[best].tolist(), labels=labels),
    )
    token.draw(st.selectbox, _("Or choose any token, also one that never came here"), words=show)


def _source(question: Question) -> Source:
    counted = source_of(
        question.counted,
        _("Order {order}, smoothing: {smoothing}.").format(
            order=question.counted.model.order,
            smoothing=_(SMOOTHINGS[question.counted.choices.smoothing]),
        ),
    )
    return replace(
        counted, own_text=counted.own_text or question.text != context_in(question.counted).first
    )


def show_path(question: Question) -> None:
    """Every step from the shortest context to the longest, with the real counts."""
    counted, token = question.counted, question.choice.value
    steps = counted.model.explain(question.context, token)
    name = counted.tokenizer.show(token)
    with st.container(border=True, key="ngram_path"):
        st.markdown(
            _("**The arithmetic of** {token}: {p}").format(
                token=code(name), p=f"${number(steps[-1].probability)}$"
            )
        )
        for step in steps:
            if step.kind == "uniform" and counted.choices.smoothing == "add_k":
                continue  # the next line's k · V already holds it
            last = formula(step, counted.choices, counted.model.vocabulary_size)
            lines = [line for line in (prepared(step), last) if line is not None]
            shown = "\n\n".join(rf"$\displaystyle {line}$" for line in lines)
            st.markdown(f"{step_words(counted, step)}\n\n{shown}")
        gram = [*(int(t) for t in question.used), token]
        stretches = lines_around(counted, gram)
        if stretches:
            st.caption(_("Where the whole n-gram stands in the text:"))
            show_quoted("\n".join(stretches))
        else:
            st.caption(_("The whole n-gram never occurs in the text."))


def _forget_token_of_another(text: str) -> None:
    """Begin with the most probable token when the text so far is another."""
    if TOKEN_ASKED.turned(text):
        TOKEN.forget()


def _choose(best: list[int], row: int) -> None:
    """A click on a bar; the bar of all other tokens is none."""
    if row < len(best):
        TOKEN.set(best[row])
