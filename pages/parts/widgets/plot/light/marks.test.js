import assert from "node:assert/strict";
import { test } from "node:test";

import { barBoxes, colouring, pick } from "./marks.js";

const axis = (letter, scale) => ({ letter, at: (value) => scale * value });

test("a colour between two stops is mixed from both, and ends stay ends", () => {
  const paint = colouring({ colorscale: [[0, "#000000"], [0.5, "#ff0000"], [1, "#ffffff"]], zmin: 0, zmax: 2 });
  assert.equal(paint(0), "rgb(0,0,0)");
  assert.equal(paint(0.5), "rgb(128,0,0)");
  assert.equal(paint(1), "rgb(255,0,0)");
  assert.equal(paint(2), "rgb(255,255,255)");
  assert.equal(paint(9), "rgb(255,255,255)");
  assert.equal(paint(-9), "rgb(0,0,0)");
});

test("bars begin at nought, level or upright, to either side", () => {
  const place = { across: axis("x", 100), down: axis("y", 10) };
  const level = { orientation: "h", x: [0.5, -0.25], y: [0, 1], width: 1 };
  const [right, left] = barBoxes(level, place, 0.2);
  assert.deepEqual(right.box, { x: 0, y: -5, width: 50, height: 10 });
  assert.deepEqual(left.box, { x: -25, y: 5, width: 25, height: 10 });
  assert.ok(!right.back && left.back);
  assert.deepEqual([right.end, left.end], [50, -25]);
  const gaps = barBoxes({ ...level, x: [null, NaN], y: [0, 1] }, place, 0.2);
  assert.deepEqual(gaps.map(({ box }) => box.width), [0, 0], "what is no number has no bar");
});

test("one value stands for all, a list for each", () => {
  assert.equal(pick("#fff", 3), "#fff");
  assert.equal(pick(["a", "b"], 1), "b");
  assert.equal(pick(new Float64Array([1, 2]), 1), 2);
});
