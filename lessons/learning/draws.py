"""The numbers of this lesson's exercises, drawn for each learner, and the truth computed from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from lessons.exercises import Draw, Drawn

_ORDINALS = ("first", "second", "third", "fourth")
_ORDINALS_ZH = ("第一个", "第二个", "第三个", "第四个")
_SHARES = (
    (0.5, 0.3, 0.15, 0.05),
    (0.4, 0.3, 0.2, 0.1),
    (0.6, 0.25, 0.1, 0.05),
    (0.45, 0.35, 0.15, 0.05),
)
_RIGHT_ANGLES = ((3, 4, 5), (4, 3, 5), (6, 8, 10), (8, 6, 10), (5, 12, 13), (12, 5, 13))


def share_of(rng: np.random.Generator) -> Drawn:
    """Three logits that are logarithms of whole numbers, one of them 0."""
    powers = [1, *(int(one) for one in rng.choice((2, 3, 4, 5, 6), size=2, replace=False))]
    powers = [int(one) for one in rng.permutation(powers)]
    place = int(rng.choice([at for at, power in enumerate(powers) if power > 1]))
    total, power = sum(powers), powers[place]
    logs = [math.log(one) for one in powers]
    return Drawn(
        {
            "logits": ", ".join("0" if one == 1 else f"ln {one}" for one in powers),
            "which": _ORDINALS[place],
            "which_zh": _ORDINALS_ZH[place],
            "powers": ", ".join(map(str, powers)),
            "power": f"{power}",
            "total": f"{total}",
            "answer": f"{power / total:.3g}",
            "sign": _sign(power / total),
        },
        power / total,
        {
            "logits": logs[place] / sum(logs),
            "power": float(power),
            "others": power / (total - power),
        },
    )


def slopes(rng: np.random.Generator) -> Drawn:
    """Four probabilities and the token that came: their slopes."""
    p = [float(one) for one in rng.permutation(_SHARES[int(rng.integers(len(_SHARES)))])]
    came = int(rng.integers(4))
    answer = [round(one - (at == came), 2) for at, one in enumerate(p)]
    own = [one if at == came else 0.0 for at, one in enumerate(answer)]
    return Drawn(
        {
            "p": ", ".join(f"{one:g}" for one in p),
            "which": _ORDINALS[came],
            "which_zh": _ORDINALS_ZH[came],
            "own": _signed(answer[came]),
            "answer": ", ".join(map(_signed, answer)),
        },
        (tuple(answer),),
        {
            "turned": (tuple(-one for one in answer),),
            "probabilities": (tuple(p),),
            "only_own": (tuple(own),),
        },
    )


def one_step(rng: np.random.Generator) -> Drawn:
    """A logit, its probability and a learning rate: the logit after a step."""
    z = float(rng.choice((0.5, 1.0, 1.5, 2.0)))
    p = float(rng.choice((0.1, 0.2, 0.3, 0.4)))
    rate = float(rng.choice((0.5, 2.0)))
    slope = p - 1
    answer = z - rate * slope
    return Drawn(
        {
            "z": f"{z:g}",
            "p": f"{p:g}",
            "rate": f"{rate:g}",
            "slope": _signed(slope),
            "answer": f"{answer:g}",
        },
        answer,
        {"with_slope": z + rate * slope, "no_rate": z - slope, "not_true": z - rate * p},
    )


def path(rng: np.random.Generator) -> Drawn:
    """The factors along one path, and their product."""
    back = float(rng.choice((-0.5, -0.4, 0.3, 0.6)))
    v = float(rng.choice((-1.5, -0.5, 2.0)))
    bent = float(rng.choice((0.2, 0.5, 0.75)))
    x = float(rng.choice((-2.0, 0.4, 3.0)))
    answer = back * v * bent * x
    return Drawn(
        {
            "back": _signed(back),
            "v": _signed(v),
            "bent": f"{bent:g}",
            "x": _signed(x),
            "at_a": _signed(back * v * bent),
            "answer": _signed(answer),
        },
        answer,
        {"no_bend": back * v * x, "at_a": back * v * bent, "added": back + v + bent + x},
    )


def clip_length(rng: np.random.Generator) -> Drawn:
    """A gradient whose length is whole, and a limit below it."""
    first, second, length = _RIGHT_ANGLES[int(rng.integers(len(_RIGHT_ANGLES)))]
    limit = int(rng.choice((1, 2)))
    answer = first * limit / length
    return Drawn(
        {
            "first": f"{first}",
            "second": f"{second}",
            "length": f"{length}",
            "limit": f"{limit}",
            "answer": f"{answer:.3g}",
            "sign": _sign(answer),
        },
        answer,
        {"capped": float(limit), "summed": first * limit / (first + second)},
    )


def epochs(rng: np.random.Generator) -> Drawn:
    """A text, a batch and a number of steps: how often the text is read."""
    batch = int(rng.choice((16, 32, 64)))
    steps = int(rng.choice((500, 1500, 2000)))
    read = batch * steps
    answer = float(rng.choice((0.8, 2.5, 4.0)))
    places = round(read / answer)
    return Drawn(
        {
            "places": f"{places:,}",
            "steps": f"{steps:,}",
            "batch": f"{batch}",
            "read": f"{read:,}",
            "answer": f"{answer:g}",
        },
        answer,
        {"steps": places / batch, "no_batch": steps / places},
    )


def _signed(value: float) -> str:
    return f"{round(value, 4) + 0.0:g}".replace("-", "−")


def _sign(value: float) -> str:
    """Between a computation and its result in three digits."""
    return "=" if math.isclose(float(f"{value:.3g}"), value) else "≈"


DRAWS: Mapping[str, Draw] = {
    "share_of": share_of,
    "slopes": slopes,
    "one_step": one_step,
    "path": path,
    "clip_length": clip_length,
    "epochs": epochs,
}
