"""Questions to trained models, and their answers: plain data, so that asking needs no torch.

A module for each theme. Tokens are shown as people see them (see Tokenizer.show). ``cut`` counts the
tokens of a prompt or text that did not fit the model and were left out: of a prompt, and of
a text whose end is asked for, the first; of another text the last.
"""

from core.questions.asked import LONGEST_PROMPT, Answer, Asked, AskedOfRun
from core.questions.attention import (
    Ablate,
    AblateAnswer,
    HeadMaps,
    HeadMapsAnswer,
    LinkScores,
    LinkScoresAnswer,
    TraceHead,
    TraceHeadAnswer,
)
from core.questions.block import (
    Excited,
    NeuronActivity,
    NeuronActivityAnswer,
    ResidualStream,
    ResidualStreamAnswer,
)
from core.questions.classifier import HeldOutLabels, HeldOutLabelsAnswer, Judge, JudgeAnswer
from core.questions.distance import (
    ClippedStep,
    ClippedStepAnswer,
    GradientByDistance,
    GradientByDistanceAnswer,
)
from core.questions.gradients import GradientNorms, GradientNormsAnswer
from core.questions.multihead import (
    EveryHeadOff,
    EveryHeadOffAnswer,
    KindLosses,
    StoryMaps,
    StoryMapsAnswer,
    TraceLayer,
    TraceLayerAnswer,
    Without,
    WithoutAnswer,
)
from core.questions.positions import LossByPosition, LossByPositionAnswer
from core.questions.probing import FindUnit, FindUnitAnswer
from core.questions.recall import RecallByGap, RecallGuesses, RecallGuessesAnswer
from core.questions.recurrent import Activity, ActivityAnswer, CellStep, CellStepAnswer
from core.questions.text import (
    MOST_GENERATED,
    Generate,
    GenerateAnswer,
    GeneratedToken,
    NextTokens,
    NextTokensAnswer,
    SamplingStages,
    SamplingStagesAnswer,
    Write,
    WriteAnswer,
)
from core.questions.vectors import PositionVectors

__all__ = [
    "Ablate",
    "AblateAnswer",
    "Activity",
    "ActivityAnswer",
    "Answer",
    "Asked",
    "AskedOfRun",
    "CellStep",
    "CellStepAnswer",
    "ClippedStep",
    "ClippedStepAnswer",
    "EveryHeadOff",
    "EveryHeadOffAnswer",
    "Excited",
    "FindUnit",
    "FindUnitAnswer",
    "Generate",
    "GenerateAnswer",
    "GeneratedToken",
    "GradientByDistance",
    "GradientByDistanceAnswer",
    "GradientNorms",
    "GradientNormsAnswer",
    "HeadMaps",
    "HeadMapsAnswer",
    "HeldOutLabels",
    "HeldOutLabelsAnswer",
    "Judge",
    "JudgeAnswer",
    "KindLosses",
    "LONGEST_PROMPT",
    "LinkScores",
    "LinkScoresAnswer",
    "LossByPosition",
    "LossByPositionAnswer",
    "MOST_GENERATED",
    "NeuronActivity",
    "NeuronActivityAnswer",
    "NextTokens",
    "NextTokensAnswer",
    "PositionVectors",
    "RecallByGap",
    "RecallGuesses",
    "RecallGuessesAnswer",
    "ResidualStream",
    "ResidualStreamAnswer",
    "SamplingStages",
    "SamplingStagesAnswer",
    "StoryMaps",
    "StoryMapsAnswer",
    "TraceHead",
    "TraceHeadAnswer",
    "TraceLayer",
    "TraceLayerAnswer",
    "Without",
    "WithoutAnswer",
    "Write",
    "WriteAnswer",
]
