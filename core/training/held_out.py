"""How good a finished run is on all of the text that it never saw."""

from __future__ import annotations

import torch

from core.models.metrics import cross_entropy
from core.models.network import TextNetwork
from core.protocol import Tokens
from core.spec.run import RunSpec
from core.store.folder import RunFolder
from core.text.corpora import load_corpus, split
from core.text.tasks.lines import answered
from core.text.tokenizers import Tokenizer
from core.training.evaluation import validation_loss
from core.training.families import FAMILIES
from core.training.family import Trained
from core.training.task_rows import TaskRows, held_out_answer_loss


def held_out_loss(run: RunFolder, own_text: str | None = None) -> tuple[float, int] | None:
    """Mean nats per token over the whole held-out text after its first token, and of how many tokens;
    None for a model that predicts no tokens.

    A network reads as for its validation loss, in consecutive windows, and only more of them; what is
    counted has its whole past. Of a text of tasks only the answers count. LearnerError if the text is
    missing or the run's files are damaged.
    """
    spec, tokenizer = run.spec, run.tokenizer()
    tokens = tokenizer.encode(split(load_corpus(spec.corpus, own_text).text)[1])
    trained = FAMILIES[spec.model.family].load(spec, tokenizer.vocabulary_size, run.model_path)
    if trained.language_model is None:
        return None
    if spec.corpus.name == "tasks":
        return _answer_loss(trained, spec, tokens, tokenizer)
    if trained.module is None:
        return cross_entropy(trained.language_model, tokens), len(tokens) - 1
    window = spec.model.training_window(spec.recipe)
    loss = validation_loss(trained.module, torch.from_numpy(tokens), window, most=len(tokens))
    return loss, len(tokens) - 1


def _answer_loss(
    trained: Trained, spec: RunSpec, tokens: Tokens, tokenizer: Tokenizer
) -> tuple[float, int]:
    learned = answered(tokens, tokenizer)
    count = int(learned.sum())
    if isinstance(trained.module, TextNetwork):
        window = spec.model.training_window(spec.recipe)
        rows = TaskRows(tokens, tokenizer, window, 1, 0, next(trained.module.parameters()).device)
        return held_out_answer_loss(trained.module, rows, count), count
    assert trained.language_model is not None
    logp = trained.language_model.token_log_probabilities(tokens)
    return -float(logp[learned[1:]].mean()), count
