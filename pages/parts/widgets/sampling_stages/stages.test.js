import assert from "node:assert/strict";
import { test } from "node:test";

import { countKept, fine, isKept, linesAt, numberAt, prepared, shareAt, stagesOf, summary } from "./stages.js";

const templates = (names) => Object.fromEntries(names.map((name) => [name, `${name} {token}`]));
const words = {
  all: "{count} tokens",
  kept: "{count} kept",
  lowered: "{count} lowered",
  arithmetic: {
    logits: { one: "{z} at {rank}" },
    penalty: { written: "{z} − {penalty} = {lowered}, {times}", other: "{z}" },
    temperature: {
      divide: "({z} − {top}) ÷ {T} = {exponent}",
      power: "e^{exponent} = {power}",
      share: "{power} ÷ {total} = {p}",
      zero: "zero",
    },
    topK: templates(["kept", "cut"]),
    topP: { ...templates(["first", "kept", "cut", "gone"]), sum: "{before} + {share} = {after}" },
    minP: { kept: "{least} · {best} = {limit} ≤ {p}", cut: "{p} < {limit}", gone: "gone" },
    draw: { share: "{p} ÷ {kept} = {share}", gone: "gone" },
  },
};

// Four tokens at T = 2, the third written before; top-k keeps three, top-p two, as core/models/decoding does.
function example(sampling = {}) {
  const given = { temperature: 2, topK: 3, topP: 0.7, minP: 0, penalty: 1, ...sampling };
  const logits = [4, 2, 1, 0];
  const written = [false, false, true, false];
  const lowered = [4, 2, 0, 0];
  const powers = lowered.map((z) => Math.exp((z - 4) / 2));
  const total = powers.reduce((a, b) => a + b);
  const tempered = powers.map((e) => e / total);
  const kept = tempered[0] + tempered[1];
  return {
    tokens: ["a", "b", "c", "d"],
    logits,
    written,
    tempered,
    cut: [0, 0, 2, 1],
    final: [tempered[0] / kept, tempered[1] / kept, 0, 0],
    sampling: given,
    words,
  };
}

test("what is switched off is no stage", () => {
  assert.deepEqual(stagesOf({ penalty: 0, topK: 0, topP: 1, minP: 0 }), ["logits", "temperature", "draw"]);
  assert.deepEqual(stagesOf({ penalty: 1, topK: 5, topP: 0.9, minP: 0.1 }), [
    "logits", "penalty", "temperature", "topK", "topP", "minP", "draw",
  ]);
});

test("the arithmetic that is shown comes out as what is drawn from", () => {
  const data = example();
  const ready = prepared(data);
  assert.deepEqual(linesAt("temperature", 1, data, ready), [
    "(2.0000 − 4.0000) ÷ 2 = −1.0000", "e^−1.0000 = 0.3679", "0.3679 ÷ 1.6386 = 0.2245",
  ]);
  assert.ok(Math.abs(ready.powers[1] / ready.total - data.tempered[1]) < 1e-12);
  assert.ok(Math.abs(data.tempered[1] / ready.kept - data.final[1]) < 1e-12);
  assert.deepEqual(linesAt("penalty", 2, data, ready), ["1.0000 − 1.00 = 0.0000, 2.7183"]);
  assert.deepEqual(linesAt("penalty", 0, data, ready), ["4.0000"]);
});

test("the running sum is over what top-k has left", () => {
  const data = example();
  const ready = prepared(data);
  const [first, second, third] = data.tempered;
  const all = first + second + third;
  assert.ok(Math.abs(ready.before[2] - (first + second) / all) < 1e-12);
  assert.equal(linesAt("topP", 0, data, ready)[1], "first [a]");
  assert.equal(linesAt("topP", 1, data, ready)[1], "kept [b]");
  assert.equal(linesAt("topP", 2, data, ready)[1], "cut [c]");
  assert.deepEqual(linesAt("topP", 3, data, ready), ["gone [d]"]);
});

test("a token is gone from the stage on that cuts it", () => {
  const data = example();
  assert.deepEqual(["topK", "topP", "minP", "draw"].map((stage) => countKept(stage, data)), [3, 2, 2, 2]);
  assert.ok(isKept("temperature", 3, data));
  assert.equal(summary("topP", data, words), "2 kept");
  assert.equal(summary("penalty", data, words), "1 lowered");
  assert.equal(summary("logits", data, words), "4 tokens");
});

test("the longest bar of each stage is 1, and none is negative", () => {
  const data = example();
  const ready = prepared(data);
  for (const stage of stagesOf(data.sampling)) {
    const shares = data.tokens.map((_, place) => shareAt(stage, place, data, ready));
    assert.equal(Math.max(...shares), 1);
    assert.ok(Math.min(...shares) >= 0);
  }
  assert.equal(numberAt("penalty", 2, data, ready), 0);
});

test("at temperature 0 there is no dividing", () => {
  const data = { ...example({ temperature: 0 }), tempered: [1, 0, 0, 0], final: [1, 0, 0, 0] };
  assert.deepEqual(linesAt("temperature", 1, data, prepared(data)), ["zero"]);
});

test("numbers within arithmetic have four decimals, very small ones two digits", () => {
  assert.deepEqual([0.5, -1.23456, 12.3456, 0.0000123, 0].map(fine), ["0.5000", "−1.2346", "12.35", "0.000012", "0.0000"]);
});
