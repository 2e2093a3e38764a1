"""Recurrent networks: trained to predict each next token."""

from __future__ import annotations

from core.models.recurrent import RecurrentLanguageModel
from core.spec.families.recurrent import RecurrentSpec
from core.training.next_token import NextTokenFamily


class RecurrentFamily(NextTokenFamily[RecurrentSpec, RecurrentLanguageModel]):
    spec_class = RecurrentSpec

    def build(self, spec: RecurrentSpec, vocabulary: int) -> RecurrentLanguageModel:
        return RecurrentLanguageModel(spec, vocabulary)


FAMILY = RecurrentFamily()
