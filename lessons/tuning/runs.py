"""Runs that go on from the GPT that ships: with its stories, with another text, and against forgetting."""

from __future__ import annotations

from core.errors import LearnerError
from core.spec.recipe import RecipeSpec
from core.spec.run import RunSpec
from core.spec.text import CorpusSpec
from core.store.starters import starter_of
from core.text.corpora import split
from core.text.tokenizers import Tokenizer
from core.wording import N_
from lessons.experiments import Arm

PICTURE_BOOK = CorpusSpec(name="picture_book", size=1000)
"""Every word of it is one of the tales', and its habits are others: nobody acts, and nothing is past."""
TUNING = RecipeSpec(
    steps=200, batch=16, learning_rate=3e-3, warmup=20, weight_decay=0.05, snapshots=16
)
SHORTEST_WINDOW = 8
"""Tokens that are read at a time of a text that is too short for the whole context."""


def shipped() -> RunSpec:
    """The run that the lesson's others begin with."""
    starter = starter_of("gpt")
    assert starter is not None
    return starter.spec


def more_of_the_same(parent: RunSpec, steps: int) -> RunSpec:
    """The same stories for so many steps more, drawn by another seed: else the first windows came again."""
    recipe = TUNING.model_copy(update={"steps": steps})
    return parent.model_copy(update={"recipe": recipe, "seed": parent.seed + 1, "start": parent.id})


def tuned(parent: RunSpec, corpus: CorpusSpec, **recipe: object) -> RunSpec:
    """The same model, going on with another text."""
    changed = RecipeSpec.model_validate(TUNING.model_dump() | recipe)
    return parent.model_copy(update={"corpus": corpus, "recipe": changed, "start": parent.id})


def tuned_on_own(parent: RunSpec, digest: str, text: str, tokenizer: Tokenizer) -> RunSpec:
    """The same with a learner's text, in windows as long as it allows. LearnerError if it is too short."""
    training, held_out = (len(tokenizer.encode(part)) for part in split(text))
    if training <= SHORTEST_WINDOW or held_out < 2:
        raise LearnerError(
            "Your text has only {tokens} tokens of this model. Paste a longer one.",
            tokens=training + held_out,
        )
    context = parent.model.training_window(parent.recipe)
    window = None if training > 4 * context else max(SHORTEST_WINDOW, min(context, training // 4))
    if window is not None and window >= training:
        window = SHORTEST_WINDOW
    corpus = CorpusSpec(name="own", size=1, seed=0, digest=digest)
    return tuned(parent, corpus, window=window)


FULL_ARM = N_("rate 0.003")
GENTLE_ARM = N_("a tenth of the rate")
MIXED_ARM = N_("a quarter old stories")

REMEDIES = (
    Arm(FULL_ARM, tuned(shipped(), PICTURE_BOOK)),
    Arm(GENTLE_ARM, tuned(shipped(), PICTURE_BOOK, learning_rate=3e-4)),
    Arm(MIXED_ARM, tuned(shipped(), PICTURE_BOOK, replay=0.25)),
)
"""With the seeds 1, 2 and 4, in nats per token at the end. New text: at the full rate 1.39, 1.39 and 1.40, at
a tenth 1.74, 1.73 and 1.73, with old stories 1.43 each. Old stories, which began at 1.25: 4.45, 4.40 and
4.38; 1.96 each; 1.28, 1.29 and 1.29. With 80 steps the order is the same for five seeds (tests)."""
