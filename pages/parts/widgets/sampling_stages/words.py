"""What the picture of a draw says, in the learner's language."""

from __future__ import annotations

from typing import Any

from pages.parts.frame.language import _


def sampling_words() -> dict[str, Any]:
    """Names of the stages, buttons, and the sentences into which the browser puts numbers."""
    return {
        "stages": _("Stages from logits to the draw. Arrow keys lead from one to the next."),
        "list": _("All tokens, the best first. Arrow keys lead from one to the next."),
        "names": {
            "logits": _("logits z"),
            "penalty": _("− penalty"),
            "temperature": _("÷ T, softmax"),
            "topK": "top-k",
            "topP": "top-p",
            "minP": "min-p",
            "draw": _("the draw"),
        },
        "all": _("{count} tokens"),
        "kept": _("{count} kept"),
        "lowered": _("{count} lowered"),
        "cut": _("cut"),
        "more": _("Show all {count} tokens"),
        "others": _("{count} other tokens"),
        "one": _("Draw"),
        "many": _("Draw {count} times"),
        "again": _("Start again"),
        "fell": _(
            "u = {u} falls between {low} and {high}: {token} is drawn. Its stretch is {share} of the line."
        ),
        "stretch": _(
            "{token} has the stretch from {low} to {high}. A random number u falls on it with probability "
            "{share}."
        ),
        "none": _("{token} has no stretch on the line: it was cut."),
        "tally": _("Drawn {count} times. Bar: how often; tick: how often on average."),
        "token": _("token"),
        "count": _("drawn"),
        "expected": _("expected"),
        "arithmetic": _arithmetic(),
    }


def _arithmetic() -> dict[str, dict[str, str]]:
    gone = _("{token} was cut by a stage before this one.")
    return {
        "logits": {
            "one": _("{token}: z = {z}, as the model says it: its row of the output table times x.")
        },
        "penalty": {
            "written": _(
                "{token} was written already: {z} − {penalty} = {lowered}. Its odds against any token "
                "that was not written fall {times} times."
            ),
            "other": _("{token} was not written yet: its logit stays {z}."),
        },
        "temperature": {
            "divide": _(
                "The highest logit is taken from each first, which changes no probability: "
                "({z} − {top}) ÷ {T} = {exponent}"
            ),
            "power": _("e to the power of {exponent} = {power}"),
            "share": _("Over the sum of all {count} such powers: {power} ÷ {total} = {p}"),
            "zero": _("At T = 0 nothing is divided: the highest logit gets probability 1."),
        },
        "topK": {
            "kept": _("{token} has rank {rank}, and the first {k} are kept."),
            "cut": _("{token} has rank {rank}: only the first {k} are kept."),
        },
        "topP": {
            "sum": _("Running sum from the best token on: {before} + {share} = {after}"),
            "first": _("The best token is always kept."),
            "kept": _("Before {token} the sum, {before}, had not reached p = {p}: it is kept."),
            "cut": _("Before {token} the sum, {before}, had reached p = {p}: it is cut."),
            "gone": gone,
        },
        "minP": {
            "kept": _("The limit is {least} · {best} = {limit}. {token} has {p}: it is kept."),
            "cut": _("The limit is {least} · {best} = {limit}. {token} has only {p}: it is cut."),
            "gone": gone,
        },
        "draw": {
            "share": _("{token} over the sum of all that is kept: {p} ÷ {kept} = {share}"),
            "gone": gone,
        },
    }
