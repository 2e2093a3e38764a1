"""Head maps, traces and ablations are the model's own numbers."""

import numpy as np
import pytest
import torch
from torch import nn

from core.inspection.heads import ablate, head_maps, head_trace
from core.inspection.tap import tap
from core.models.neural import NeuralLanguageModel
from core.models.transformer import GPT
from core.spec.families.gpt import GPTSpec

TOKENS = np.array([3, 1, 4, 1, 5, 9, 2])


def lively(positions: str = "learned", norm: str = "pre") -> GPT:
    torch.manual_seed(7)
    spec = GPTSpec.model_validate(
        {"layers": 2, "heads": 4, "width": 16, "context": 12, "positions": positions, "norm": norm}
    )
    gpt = GPT(spec, 20).eval()
    with torch.no_grad():
        for parameter in gpt.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    return gpt


def test_maps_are_the_tapped_weights_of_every_head() -> None:
    gpt = lively()
    maps = head_maps(gpt, TOKENS)
    assert maps.shape == (2, 4, 7, 7) and maps.dtype == np.float32
    with torch.no_grad(), tap(gpt, "blocks.1.attention.weights") as seen:
        gpt(torch.from_numpy(TOKENS)[None])
    tapped = seen["blocks.1.attention.weights"][0].numpy()
    np.testing.assert_allclose(maps[1], tapped, atol=1e-6)
    np.testing.assert_allclose(maps.sum(axis=-1), 1, atol=1e-6)
    assert not np.triu(maps, 1).any()


@pytest.mark.parametrize("positions", ["learned", "sinusoidal", "rotary", "alibi"])
@pytest.mark.parametrize("norm", ["pre", "post"])
def test_a_heads_trace_ends_in_the_models_weights_and_output(positions: str, norm: str) -> None:
    gpt = lively(positions, norm)
    maps = head_maps(gpt, TOKENS)
    names = [f"blocks.1.attention.{name}" for name in ("queries", "keys", "scores", "head_outputs")]
    with torch.no_grad(), tap(gpt, *names) as seen:
        gpt(torch.from_numpy(TOKENS)[None])
    for head in range(4):
        trace = head_trace(gpt, TOKENS, 1, head, names="abcdefg")
        np.testing.assert_allclose(trace.weights, maps[1, head], atol=1e-6)
        for name, stage in zip(names, (trace.q, trace.k, trace.scores, trace.output), strict=True):
            np.testing.assert_allclose(stage, seen[name][0, head].numpy(), atol=1e-4, rtol=1e-4)
        assert trace.tokens == tuple("abcdefg")
        made = trace.projection
        assert (made is None) == (positions == "rotary")
        if made is not None:
            np.testing.assert_allclose(made.x @ made.w_q + made.b_q, trace.q)


def test_rotary_traces_hold_turned_queries() -> None:
    gpt = lively("rotary")
    trace = head_trace(gpt, TOKENS, 0, 2)
    with torch.no_grad(), tap(gpt, "blocks.0.attention.input") as seen:
        gpt(torch.from_numpy(TOKENS)[None])
        q = gpt.blocks[0].attention.qkv(seen["blocks.0.attention.input"])[0, :, 8:12].numpy()
    np.testing.assert_allclose(trace.q[0], q[0], atol=1e-6)
    assert not np.allclose(trace.q[1:], q[1:], atol=1e-3)


def test_ablation_is_the_model_with_those_columns_of_its_projection_gone() -> None:
    gpt = lively()
    row = torch.from_numpy(TOKENS)[None]
    result = ablate(gpt, TOKENS, {(0, 1), (1, 3)})
    expected_before = NeuralLanguageModel(gpt).token_log_probabilities(TOKENS)
    np.testing.assert_allclose(-result.before, expected_before, atol=1e-5)
    with torch.no_grad():
        gpt.blocks[0].attention.project.weight[:, 4:8] = 0
        gpt.blocks[1].attention.project.weight[:, 12:16] = 0
        logp = gpt(row)[0].double().log_softmax(dim=-1).numpy()
    np.testing.assert_allclose(result.logp_after, logp, atol=1e-5)
    np.testing.assert_allclose(
        result.after, [-logp[i, t] for i, t in enumerate(TOKENS[1:])], atol=1e-5
    )
    assert result.change == pytest.approx(result.after.mean() - result.before.mean())
    assert abs(result.change) > 1e-4


def test_without_heads_to_silence_nothing_changes() -> None:
    result = ablate(lively(), TOKENS, set())
    np.testing.assert_array_equal(result.before, result.after)
    assert result.change == 0


def test_looking_leaves_the_model_as_it_was() -> None:
    gpt = lively().train()
    head_maps(gpt, TOKENS)
    ablate(gpt, TOKENS, {(0, 0)})
    assert gpt.training and not torch.is_inference_mode_enabled()
    assert not any(m.tapped for m in gpt.modules() if hasattr(m, "tapped"))


def test_what_cannot_be_asked_is_refused() -> None:
    gpt = lively()
    with pytest.raises(TypeError, match="no attention heads"):
        head_maps(nn.Linear(2, 2), TOKENS)
    with pytest.raises(ValueError, match="0 tokens"):
        head_maps(gpt, np.array([], dtype=np.int64))
    with pytest.raises(ValueError, match="13 tokens"):
        head_maps(gpt, np.arange(13))
    with pytest.raises(IndexError, match="no head 4 in layer 1"):
        head_trace(gpt, TOKENS, 1, 4)
    with pytest.raises(IndexError, match="no head 0 in layer -1"):
        ablate(gpt, TOKENS, {(-1, 0)})
    with pytest.raises(ValueError, match="two tokens"):
        ablate(gpt, TOKENS[:1], {(0, 0)})
