r"""What keeping keys and values saves and costs: multiplications of a new token, bytes of memory. No torch.

With everything kept, the token at place t goes through the matrices alone and looks at t keys; with nothing
kept, all t tokens go through them again, and each looks at all. Only the last vector meets the output table,
both ways. Counted are the multiplications in products of matrices, as in ``core.worked.budget``, where a
multiplication and its addition are two operations.
"""

from __future__ import annotations

from core.worked.budget import Plan, work

KEYS_AND_VALUES = 2
FLOAT32, FLOAT16 = 4, 2
"""Bytes of a number."""


def multiplications_kept(plan: Plan, tokens: int) -> int:
    """Of the last of so many tokens, when keys and values of all before it are kept:
    L · (12·d² + 2·t·d) + V·d."""
    return work(plan, tokens).total // 2


def multiplications_anew(plan: Plan, tokens: int) -> int:
    """Of the last of so many tokens, when all of them are read again: t times the blocks' work, and the
    output table once: L · t · (12·d² + 2·t·d) + V·d. A causal mask spares up to half of the 2·t·d."""
    once = work(plan, tokens)
    return (tokens * (once.total - once.output) + once.output) // 2


def multiplications_prompt(plan: Plan, tokens: int) -> int:
    """Of reading a prompt of so many tokens in one pass: the same as reading all of them again."""
    return multiplications_anew(plan, tokens)


def kept_bytes(layers: int, width: int, tokens: int, number: int = FLOAT32) -> int:
    """2 · L · t · d numbers: in each layer a key and a value of each token, all heads together d wide."""
    return KEYS_AND_VALUES * layers * tokens * width * number
