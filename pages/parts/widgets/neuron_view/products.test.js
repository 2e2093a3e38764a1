import assert from "node:assert/strict";
import { test } from "node:test";

import { digits, inkOn, numbers, peak, shade } from "./products.js";

test("the products add up to the score, which is divided by the root of the width", () => {
  const data = { queries: [[1, 2, 3, 4], [0, 0, 0, 0]], keys: [[0, 0, 0, 0], [2, -1, 0, 1]] };
  const { products, score, scaled } = numbers(data, [0, 1]);
  assert.deepEqual(products, [2, -2, 0, 4]);
  assert.equal(score, 4);
  assert.equal(scaled, 2);
});

test("the scale runs from its first colour by way of the middle to its last", () => {
  const scale = ["#ff0000", "#ffffff", "#0000ff"];
  assert.equal(shade(scale, -1), "#ff0000");
  assert.equal(shade(scale, 0), "#ffffff");
  assert.equal(shade(scale, 1), "#0000ff");
  assert.equal(shade(scale, 0.5), "#8080ff");
  assert.equal(shade(scale, 7), "#0000ff");
});

test("digits are white on the dark and soft on the bright", () => {
  assert.equal(inkOn("#202020"), "white");
  assert.equal(inkOn("#eeeeee"), "soft");
});

test("the largest of nothing but zeros can still be divided by", () => {
  assert.ok(peak([0, 0], [0]) > 0);
  assert.equal(peak([1, -3], [2]), 3);
  assert.equal(digits(-1.005), "−1.00");
});
