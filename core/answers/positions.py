"""Answers about how far a model can read."""

from __future__ import annotations

from core.answers.loaded import Loaded
from core.answers.registry import answers
from core.errors import LearnerError
from core.questions import LossByPosition, LossByPositionAnswer
from core.text.corpora import load_corpus, split
from core.training.evaluation import loss_by_position


@answers(LossByPosition)
def losses(loaded: Loaded, question: LossByPosition) -> LossByPositionAnswer:
    if loaded.spec.corpus.name == "own":
        raise LearnerError("This is measured on the course's own texts only.")
    if not loaded.spec.model.descends:
        raise LearnerError("An N-gram reads a few tokens only, wherever they stand.")
    if not 1 <= question.length <= loaded.model.context:
        raise LearnerError(
            "This model reads between 1 and {context} tokens at once.",
            context=loaded.model.context,
        )
    held_out = loaded.tokenizer.encode(split(load_corpus(loaded.spec.corpus).text)[1])
    return LossByPositionAnswer(*loss_by_position(loaded.model, held_out, question.length))
