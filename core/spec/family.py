"""What everybody asks of a family of models without knowing it: the base of each specification."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar

from core.spec.frozen import Frozen
from core.spec.knobs import Knob
from core.spec.limits import LONGEST_CONTEXT
from core.spec.recipe import RecipeSpec
from core.spec.text import TokenizerSpec
from core.wording import Phrase


class FamilySpec(Frozen):
    """Everything that decides a model of one family.

    A family narrows ``family`` to its own name, adds its options as fields, and answers below. The
    file of the same name in ``core.training.families`` builds and trains it.
    """

    family: str

    place: ClassVar[int] = 1000
    """Where the family stands among the others, on home and in lists; those of one place by name."""
    descends: ClassVar[bool] = True
    """Whether it is trained step by step against a gradient; one that counts is done in one step."""
    language_model: ClassVar[bool] = True
    """Whether it says what comes next in a text."""
    optimizers: ClassVar[tuple[str, ...]] = ("adamw",)
    """What can train it: "muon" where it has matrices in its middle."""
    tokenizers: ClassVar[tuple[str, ...]] = ("words", "characters", "bpe")
    """The kinds of tokens that a training panel offers for it."""
    snapshot_arrays: ClassVar[tuple[str, ...]] = ()
    """The names of the arrays that a full snapshot of it holds: what there is to draw."""
    knobs: ClassVar[tuple[Knob, ...]] = ()
    """What a training panel lets people turn, in the order in which it is drawn."""
    later_options: ClassVar[Mapping[str, object]] = MappingProxyType({})
    """Options younger than the first runs, with their defaults: see RunSpec.canonical_json."""

    @abstractmethod
    def parameters(self, vocabulary: int) -> int:
        """Trainable parameters by formula; tests hold it equal to the real module."""

    @abstractmethod
    def in_words(self) -> tuple[Phrase, ...]:
        """The model in a few words: "GPT", "2 layers", "4 heads"."""

    def longest_window(self) -> int:
        """The most tokens that the model reads at once."""
        return LONGEST_CONTEXT

    def training_window(self, recipe: RecipeSpec) -> int:
        """How many tokens it reads at a time in training."""
        return recipe.window or self.longest_window()

    def tokens_a_step(self, recipe: RecipeSpec) -> int:
        """How many tokens one step of training reads."""
        return recipe.batch * self.training_window(recipe)

    def depth(self) -> int:
        """How many layers lie one upon another: part of what a step costs, however few its tokens."""
        return 1

    def begins_as(self, other: FamilySpec) -> bool:
        """Whether a run of this model can begin with the weights of a run of ``other``."""
        return self == other

    @classmethod
    def shipped(cls) -> Shipped | None:
        """The run of this family that comes with the course, if one does."""
        return None


@dataclass(frozen=True)
class Shipped:
    """A run that comes with the course, trained on the text that all of them share.

    ``slug`` is what pages call it; ``title`` and ``idea`` introduce it to people, in English. ``seed`` is
    one of several that were tried, if a lesson needs what not every one of them shows. ``tokenizer`` is
    that of all language models unless the family makes other tokens of the text.
    """

    slug: str
    model: FamilySpec
    title: str
    idea: str
    recipe: RecipeSpec = field(default_factory=RecipeSpec)
    seed: int = 1
    tokenizer: TokenizerSpec = field(default_factory=TokenizerSpec)
