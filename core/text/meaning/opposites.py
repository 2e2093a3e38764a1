"""A small text of words and their opposites, to ask whether vectors can tell the two apart.

Each scale has two ends, and two words for each: big and large, small and little. Most sentences say of a
thing where it stands on a scale, and an opposite fits wherever a word does: it is said of the same things, in
the same sentences. A few say what follows from it, which is different for the two ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class Scale:
    """Words for one end and for the other, the things that have a place on the scale, and what follows from
    standing at either end."""

    low: tuple[str, str]
    high: tuple[str, str]
    things: tuple[str, ...]
    then_low: str
    then_high: str


@dataclass(frozen=True)
class Opposites:
    """``text``, and which pairs of its words mean the same and which the opposite."""

    text: str
    synonyms: tuple[tuple[str, str], ...]
    antonyms: tuple[tuple[str, str], ...]


def opposites(sentences: int, seed: int, language: Language = "en") -> Opposites:
    """So many sentences, the same seed begins the same way."""
    scales, templates, follows = _SCALES[language], _TEMPLATES[language], _FOLLOWS[language]
    rng = np.random.default_rng(seed)
    said = []
    for _ in range(sentences):
        scale = scales[rng.integers(len(scales))]
        ends = (scale.low, scale.high)
        high = int(rng.integers(2))
        word, other = (ends[end][rng.integers(2)] for end in (high, 1 - high))
        same = ends[high][1 - ends[high].index(word)]
        thing, further = rng.choice(scale.things, 2, replace=False)
        parts = {"word": word, "other": other, "same": same, "thing": thing, "further": further}
        if rng.random() < _FOLLOWING:
            template, parts["then"] = follows, (scale.then_low, scale.then_high)[high]
        else:
            template = templates[rng.integers(len(templates))]
        said.append(template.format(**parts))
    text = (" " if language == "en" else "").join(said) + "\n"
    return Opposites(
        text,
        tuple(pair for scale in scales for pair in (scale.low, scale.high)),
        tuple(pair for scale in scales for pair in product(scale.low, scale.high)),
    )


_FOLLOWING = 0.1
"""So many of the sentences say what follows."""

_TEMPLATES: dict[Language, tuple[str, ...]] = {
    "en": (
        "The {thing} was {word}.",
        "What a {word} {thing} that is!",
        "We saw a {word} {thing} and a {other} {further}.",
        "Is the {thing} {word} or {other}?",
        "The {thing} looked very {word} to me.",
        "The {thing} was {word}, and so was the {further}.",
        "Once the {thing} was {word}, but now it is {other}.",
        "Yes, {word} and {same} are words for that {thing}.",
    ),
    "zh": (
        "那个{thing}很{word}。",
        "我们看见一个{word}的{thing}和一个{other}的{further}。",
        "{thing}是{word}还是{other}呢？",
        "我觉得{thing}非常{word}。",
        "{thing}很{word}，{further}也一样。",
        "从前{thing}很{word}，现在却很{other}。",
        "说{thing}{word}，也可以说它{same}。",
    ),
}
_FOLLOWS: dict[Language, str] = {
    "en": "The {thing} is {word}, so {then}.",
    "zh": "{thing}很{word}，所以{then}。",
}

_SCALES: dict[Language, tuple[Scale, ...]] = {
    "en": (
        Scale(
            ("small", "little"),
            ("big", "large"),
            ("house", "box", "dog", "tree", "ship"),
            "it fits in here",
            "it does not fit",
        ),
        Scale(
            ("sad", "unhappy"),
            ("happy", "glad"),
            ("girl", "boy", "farmer", "queen", "child"),
            "we cheer them up",
            "we all sing along",
        ),
        Scale(
            ("cold", "chilly"),
            ("hot", "warm"),
            ("soup", "day", "room", "bath", "tea"),
            "put on a coat",
            "open a window",
        ),
        Scale(
            ("slow", "sluggish"),
            ("fast", "quick"),
            ("train", "runner", "horse", "boat", "river"),
            "nobody waits for it",
            "hold on tight",
        ),
        Scale(
            ("dark", "dim"),
            ("bright", "light"),
            ("lamp", "cellar", "street", "window", "night"),
            "I need a torch",
            "I wear sunglasses",
        ),
        Scale(
            ("quiet", "silent"),
            ("loud", "noisy"),
            ("class", "crowd", "market", "engine", "party"),
            "one hears the clock",
            "one hears nothing else",
        ),
        Scale(
            ("poor", "needy"),
            ("rich", "wealthy"),
            ("king", "merchant", "village", "widow", "town"),
            "lend them some money",
            "ask them for money",
        ),
        Scale(
            ("dirty", "filthy"),
            ("clean", "spotless"),
            ("shirt", "kitchen", "car", "floor", "plate"),
            "wash it again",
            "leave it as it is",
        ),
    ),
    "zh": (
        Scale(
            ("微小", "细小"),
            ("巨大", "庞大"),
            ("房子", "箱子", "石头", "大树", "轮船"),
            "放得进来",
            "放不进去",
        ),
        Scale(
            ("难过", "伤心"),
            ("高兴", "快乐"),
            ("女孩", "男孩", "农民", "王后", "孩子"),
            "大家安慰一下",
            "大家一起唱歌",
        ),
        Scale(
            ("寒冷", "冰冷"),
            ("暖和", "温暖"),
            ("房间", "早晨", "山谷", "海水", "屋子"),
            "要多穿衣服",
            "要打开窗户",
        ),
        Scale(
            ("缓慢", "迟缓"),
            ("快速", "迅速"),
            ("火车", "河水", "马车", "动作", "脚步"),
            "谁都不愿意等",
            "谁都追不上",
        ),
        Scale(
            ("黑暗", "昏暗"),
            ("明亮", "光亮"),
            ("街道", "地下室", "教室", "走廊", "夜晚"),
            "得带上手电筒",
            "得戴上墨镜",
        ),
        Scale(
            ("安静", "宁静"),
            ("吵闹", "喧闹"),
            ("班级", "人群", "市场", "码头", "村庄"),
            "听得见钟声",
            "听不见别人说话",
        ),
        Scale(
            ("贫穷", "贫困"),
            ("富裕", "富有"),
            ("国王", "商人", "城市", "寡妇", "家庭"),
            "借给他们钱",
            "向他们借钱",
        ),
        Scale(
            ("肮脏", "脏乱"),
            ("干净", "整洁"),
            ("衬衫", "厨房", "汽车", "地板", "盘子"),
            "再洗一遍",
            "不用再洗",
        ),
    ),
}

CHINESE_WORDS: frozenset[str] = frozenset(
    word
    for scale in _SCALES["zh"]
    for word in (*scale.low, *scale.high, *scale.things)
    if len(word) > 1
) | frozenset(
    ("我们", "看见", "还是", "觉得", "非常", "一样", "从前", "现在", "可以", "所以", "大家")
)
"""The words of the Chinese text, which has no spaces to tell them."""
