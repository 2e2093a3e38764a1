"""What one step of an N-gram probability says, in words, before its arithmetic."""

from __future__ import annotations

from core.models.ngram_estimates import Discount
from core.models.ngram_steps import KatzDetails, Step
from core.spec.families.ngram import NGramSpec
from pages.ngram.counted import Counted
from pages.ngram.formula import number
from pages.parts.frame.escaped import code
from pages.parts.frame.language import _


def step_words(counted: Counted, step: Step) -> str:
    """What was counted, and what the smoothing makes of it."""
    if step.kind == "uniform":
        return _("Every token alike, one in {n}:").format(n=counted.model.vocabulary_size)
    if step.kind == "normalised":
        return _("Back-off scores do not sum to 1, so divide by their sum:")
    context = " ".join(counted.tokenizer.show(token) for token in step.context)
    after = code(context) if context else _("nothing")
    if not step.total and counted.choices.smoothing == "add_k":
        return _(
            "Order {order}: {after} was never followed by anything. So k is all that each token has, and all "
            "are equally likely:"
        ).format(order=step.order, after=after)
    if not step.total and counted.choices.smoothing == "mle":
        return _(
            "Order {order}: {after} was never followed by anything. 0 divided by 0 is no number, so all "
            "tokens are held for equally likely:"
        ).format(order=step.order, after=after)
    if not step.total:
        return _(
            "Order {order}: {after} was never followed by anything, so the shorter context decides:"
        ).format(order=step.order, after=after)
    said = _continued(step, after) if step.kind == "continuations" else _followed(step, after)
    return f"{said} {_smoothed(step, counted.choices)}".strip()


def _followed(step: Step, after: str) -> str:
    return _(
        "Order {order}, after {after}: {total:,} times something followed, {count:,} times this "
        "token; {types:,} different tokens follow."
    ).format(order=step.order, after=after, count=step.count, total=step.total, types=step.types)


def _continued(step: Step, after: str) -> str:
    return _(
        "Order {order}, after {after}: what counts now is after how many different tokens something came. "
        "For this token that is {count:,}, for the {types:,} that follow {total:,} together."
    ).format(order=step.order, after=after, count=step.count, total=step.total, types=step.types)


def _smoothed(step: Step, choices: NGramSpec) -> str:
    if step.mixed is not None:
        return _mixed(step.mixed, choices.interpolation is None)
    if choices.smoothing == "witten_bell":
        return _(
            "{types:,} times what followed was new here. So the shorter context gets {types:,} of "
            "{total:,} + {types:,} parts:"
        ).format(types=step.types, total=step.total)
    if step.discount is not None:
        return _discounted(step.discount, step.types)
    if step.katz is not None:
        return f"{_turned(step.katz)} {_backed_off(step, step.katz)}".strip()
    if choices.smoothing == "stupid_backoff" and not step.count:
        return _("It was not seen here, so the score of the shorter context counts, made smaller:")
    return ""


def _mixed(weight: float, estimated: bool) -> str:
    if estimated:
        return _(
            "λ = {weight:g}: so the counted text is most probable, each of its tokens left "
            "out of the counts in turn."
        ).format(weight=weight)
    return _("λ = {weight:g} for this context, the rest for the shorter one:").format(weight=weight)


def _discounted(discount: Discount, types: int) -> str:
    numbers = {"ones": discount.ones, "twos": discount.twos}
    if discount.how == "estimated":
        return _(
            "At this order {ones:,} different n-grams were counted once and {twos:,} twice. That gives "
            "the discount D:"
        ).format(**numbers)
    if discount.how == "fallback":
        return _(
            "At this order {ones:,} different n-grams were counted once and {twos:,} twice: too few to "
            "estimate D, so it is {value:g}."
        ).format(value=discount.value, **numbers)
    return _(
        "From each of the {types:,} counts D = {value:g} is taken, and the shorter context shares that out:"
    ).format(types=types, value=discount.value)


def _turned(katz: KatzDetails) -> str:
    """How far Good–Turing can be used at this order."""
    turing = katz.turing
    counted = ", ".join(f"{number_:,}" for number_ in turing.numbers)
    if not turing.cutoff:
        return _(
            "Good–Turing cannot be used at this order: {numbers} n-grams were counted 1, 2, … {last} times, "
            "and by these numbers some counts would be worth nothing or more than before. So no count is "
            "lowered, and one more is added after each context, for the unseen tokens."
        ).format(numbers=counted, last=len(turing.numbers))
    if turing.cutoff < turing.asked:
        return _(
            "Good–Turing makes sense here only for counts up to {cutoff}: {numbers} n-grams were counted "
            "1, 2, … {last} times."
        ).format(cutoff=turing.cutoff, numbers=counted, last=len(turing.numbers))
    return ""


def _backed_off(step: Step, katz: KatzDetails) -> str:
    """Which way the step takes."""
    if not step.count:
        return _(
            "It was not seen here. The tokens that were seen here leave {left} of 1; after the shorter "
            "context the same tokens leave {below}. So what the shorter context says is multiplied by α:"
        ).format(left=f"${number(1 - katz.kept)}$", below=f"${number(1 - katz.kept_below)}$")
    if katz.ratio < 1:
        return _(
            "A count of {count} is small, so it is multiplied by d, which is reckoned from how many n-grams "
            "were counted {count} and {more} times:"
        ).format(count=step.count, more=step.count + 1)
    if katz.added and not katz.turing.cutoff:
        return ""
    if katz.added:
        return _(
            "No count after this context is lowered, so one more is added below the line: it is what the "
            "unseen tokens share."
        )
    if katz.kept == 1:
        return _("Every token of the vocabulary followed, so nothing is kept back:")
    return _("It was counted more than {cutoff} times: this count is trusted as it is.").format(
        cutoff=katz.turing.cutoff
    )
