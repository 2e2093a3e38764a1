"""Another text: the loss on it falls, and the loss on the old stories is measured beside it."""

from __future__ import annotations

from functools import lru_cache, partial

import streamlit as st

from core.errors import LearnerError
from core.figures import loss
from core.figures.lines import level_line
from core.figures.theme import palette
from core.spec.run import RunSpec
from core.store.look import Look
from core.store.own_texts import OwnText
from core.store.view import RunView
from core.text.coverage import Coverage, coverage, unknown_pieces
from lessons.tuning.runs import PICTURE_BOOK, shipped, tuned, tuned_on_own
from pages.parts.exercises.box import bet_placed
from pages.parts.frame.escaped import escaped
from pages.parts.frame.labels import labels_of
from pages.parts.frame.language import _, worded
from pages.parts.frame.services import library
from pages.parts.frame.theme import theme
from pages.parts.training.controls import training_panel
from pages.parts.training.own_text import own_text, own_text_box, when_deleted, written
from pages.parts.training.panel import Panel, chosen_step, expected_seconds
from pages.parts.training.scrubbing import follows
from pages.parts.training.sources import of_run
from pages.parts.training.state import CORPUS_NAMES
from pages.parts.widgets.plot import plot
from pages.parts.widgets.shared.source import Source
from pages.tuning.samples import show_before_and_after
from pages.tuning.state import TUNED_ON, TUNED_PANEL

BET = ("tuning", "bet_forget")
FORGOTTEN = 2.0
"""So many times the loss on the old stories, and they may be said to be forgotten."""
_HEIGHT = 320
_NAMED = 12


def show_fine_tuning(look: Look) -> None:
    """Which text, the panel of that run, two curves, and what the model writes before and after."""
    if not bet_placed(*BET) and not _was_opened():
        st.info(_("Place your bet first: then you may look, and train."), icon="🔒")
        return
    text = TUNED_ON.draw(st.pills, _("Go on with"), words=lambda name: _(CORPUS_NAMES[name]))
    own = own_text() if text == "own" else None
    if text == "own":
        own_text_box("tuning_tuned")
        if own is None:
            st.info(_("Paste a text of your own, best one with words that the stories have too."))
            return
    try:
        panel = _panel(look, own)
        if own is not None:
            _say_unknown(own)
    except LearnerError as error:
        st.warning(worded(error))
        return
    training_panel(panel, look)
    if panel.view is not None and panel.view.is_done:
        st.markdown(tuning_sentence(panel.view))
        show_before_and_after(shipped(), panel.spec)


def forgetting_truth(look: Look) -> str | None:
    """What became of the loss on the old stories while the picture book was learned: "rises" beyond
    FORGOTTEN times, "little", or "falls"; None before that is trained."""
    run = look.finished(tuned(shipped(), PICTURE_BOOK))
    if run is None:
        return None
    (_new, _learned), (before, after) = both_losses(run)
    if after <= before:
        return "falls"
    return "rises" if after > FORGOTTEN * before else "little"


def both_losses(run: RunView) -> tuple[tuple[float, float], tuple[float, float]]:
    """On the new text and on the old one, each at the first step and at the last, in nats per token."""
    full = [s for s in run.full if s.validation_loss is not None and s.earlier_loss is not None]
    first, last = full[0], full[-1]
    assert first.validation_loss is not None and last.validation_loss is not None
    assert first.earlier_loss is not None and last.earlier_loss is not None
    return (first.validation_loss, last.validation_loss), (first.earlier_loss, last.earlier_loss)


def tuning_sentence(run: RunView) -> str:
    """What was learned and what it cost, from the first step to the last."""
    (new_before, new_after), (old_before, old_after) = both_losses(run)
    said = (
        _(
            "On the new text the loss went from **{x:.2f}** to **{y:.2f}** nats per token; on the old "
            "stories it rose from **{a:.2f}** to **{b:.2f}**. That took {seconds:.0f} s."
        )
        if old_after > old_before
        else _(
            "On the new text the loss went from **{x:.2f}** to **{y:.2f}** nats per token; on the old "
            "stories it went from **{a:.2f}** to **{b:.2f}**: nothing was forgotten. That took "
            "{seconds:.0f} s."
        )
    )
    return said.format(x=new_before, y=new_after, a=old_before, b=old_after, seconds=run.seconds)


def _was_opened() -> bool:
    """Whether a link leads to a step of such a run, or to a text of one's own: it shows what its sender saw.
    That the run is there already does not count, for all learners share it."""
    return TUNED_ON.value != TUNED_ON.first or TUNED_PANEL.step.value != TUNED_PANEL.step.first


def _panel(look: Look, own: OwnText | None) -> Panel:
    spec = tuned(shipped(), PICTURE_BOOK) if own is None else _on_own(own)
    return Panel(
        "tuning_tuned",
        TUNED_PANEL,
        spec,
        expected_seconds(spec, look),
        view=look.at(spec),
        pictures=_show_curves,
    )


def _show_curves(panel: Panel, look: Look) -> None:
    """The loss on both texts on one pair of axes, and where the old one's stood before, dashed."""
    run, step = panel.view, chosen_step(panel)
    full = run.full if run is not None else ()
    x = tuple(s.step for s in full)
    none = (None,) * len(full)
    curves = [
        loss.Curve(_("new text"), x, none, tuple(s.validation_loss for s in full)),
        loss.Curve(_("old stories"), x, none, tuple(s.earlier_loss for s in full)),
    ]
    drawn = curves if full else []
    labels = labels_of(loss.LABELS)
    figure = loss.loss_curves(
        drawn, theme(), marker=step, end=panel.spec.recipe.steps, labels=labels
    )
    parent = look.finished(shipped())
    before = full[0].earlier_loss if full else parent.final_loss if parent is not None else None
    if before is not None:
        level_line(figure, before, "", palette(theme()))
        figure.add_annotation(
            xref="paper",
            x=0.5,
            y=before,
            yanchor="top",
            yshift=-3,
            text=_("old stories before: {loss:.2f}").format(loss=before),
            showarrow=False,
            font={"color": palette(theme()).muted, "size": 12},
        )
    if step is not None:
        figure.update_layout(meta={"follows": follows(panel)})
    if not full:
        figure.update_yaxes(range=[0, 8])
    plot(
        figure,
        key="tuning_tuned_losses",
        height=_HEIGHT,
        caption=_(
            "Loss on text that is not trained on, in nats per token: of the new text, and of the stories "
            "that the model had learned before."
        ),
        source=_source(panel.spec, run, step),
        table=partial(loss.loss_table, drawn, labels=labels),
    )


def _source(spec: RunSpec, run: RunView | None, step: int | None) -> Source:
    if run is None or not run.snapshots:
        return Source("none", (_("This run is still to be trained, on this server."),))
    return of_run(spec, step=step)


def _say_unknown(own: OwnText) -> None:
    """How much of the text the model has tokens for, and what it has none for."""
    known, unknown = _known(own.digest)
    if not known.unknown:
        st.caption(_("The model has a token for every word of your text."))
        return
    named = _(", ").join(escaped(word[:30]) for word in unknown[:_NAMED])
    if len(unknown) > _NAMED:
        named = _("{words} and {count} more").format(words=named, count=len(unknown) - _NAMED)
    said = _(
        "The vocabulary stays that of the stories. {share:.0%} of the tokens of your text are not in it, so "
        "the model reads and writes “�” in their place: {words}."
    )
    st.caption(said.format(share=known.share, words=named))


def _on_own(own: OwnText) -> RunSpec:
    tokenizer = library().tokenizer(shipped().id)
    if tokenizer is None:
        raise LearnerError("The runs that ship are missing. Make them with: make starters.")
    return tuned_on_own(shipped(), own.digest, written(own), tokenizer)


@lru_cache(maxsize=8)
def _known(digest: str) -> tuple[Coverage, tuple[str, ...]]:
    """Of the learner's text: what its vocabulary would be, and what is missing from it."""
    tokenizer = library().tokenizer(shipped().id)
    own = own_text()
    assert tokenizer is not None and own is not None and own.digest == digest
    text = written(own)
    return coverage(tokenizer, text), unknown_pieces(tokenizer, text)


when_deleted(_known.cache_clear)
