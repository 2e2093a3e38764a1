import assert from "node:assert/strict";
import { test } from "node:test";

import { stretchOf, stretches, tally } from "./line.js";

const FINAL = [0.5, 0.25, 0, 0.01, 0.24];
const ORDER = [2, 4, 3, 1, 0];

test("stretches lie in the order that is asked for and fill the line", () => {
  const found = stretches(FINAL, ORDER, 0);
  assert.deepEqual(found.map(({ places }) => places), [[4], [3], [1], [0]]);
  assert.equal(found[0].low, 0);
  found.slice(1).forEach((one, i) => assert.equal(one.low, found[i].high));
  assert.ok(Math.abs(found.at(-1).high - 1) < 1e-12);
});

test("what nobody could see is put together, but for what is to be kept", () => {
  const thin = [0.9, 0.03, 0.03, 0.04];
  assert.deepEqual(stretches(thin, [0, 1, 2, 3], 0.05).map(({ places }) => places), [[0], [1, 2, 3]]);
  assert.deepEqual(stretches(thin, [0, 1, 2, 3], 0.05, [2]).map(({ places }) => places), [[0], [1], [2], [3]]);
});

test("a token's own stretch, or none", () => {
  assert.deepEqual(stretchOf(FINAL, ORDER, 4), { low: 0, high: 0.24 });
  assert.equal(stretchOf(FINAL, ORDER, 2), null);
});

test("counts stand beside expected counts, and none is lost", () => {
  const drawn = [0, 0, 1, 4, 3, 0, 0, 1, 1, 4];
  const { shown, others } = tally(FINAL, drawn, 2);
  assert.deepEqual(shown.map(({ place, count, expected }) => [place, count, expected]), [[0, 4, 5], [1, 3, 2.5]]);
  assert.equal(others.kinds, 2);
  assert.equal(others.count, 3);
  assert.ok(Math.abs(others.expected - 2.5) < 1e-12);
});
