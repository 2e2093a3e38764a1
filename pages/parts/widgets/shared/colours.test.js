import assert from "node:assert/strict";
import { test } from "node:test";

import { brightness, channels } from "./colours.js";

test("a colour is read channel by channel", () => {
  assert.deepEqual(channels("#0A80ff"), [10, 128, 255]);
});

test("black is 0, white is 1, green is brighter than red, red than blue", () => {
  assert.equal(brightness([0, 0, 0]), 0);
  assert.ok(Math.abs(brightness([255, 255, 255]) - 1) < 1e-9);
  const [red, green, blue] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(brightness);
  assert.ok(green > red && red > blue);
  assert.ok(Math.abs(brightness([119, 119, 119]) - 0.184) < 1e-3);
});
