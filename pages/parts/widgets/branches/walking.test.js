import assert from "node:assert/strict";
import { test } from "node:test";

import { walked } from "./walking.js";

const ROWS = [
  { level: 1, unfolded: true },
  { level: 2, unfolded: false },
  { level: 2, unfolded: true },
  { level: 3, unfolded: null },
];

test("up and down stay within the tree", () => {
  assert.deepEqual(walked(ROWS, 0, "ArrowUp"), { at: 0 });
  assert.deepEqual(walked(ROWS, 0, "ArrowDown"), { at: 1 });
  assert.deepEqual(walked(ROWS, 3, "ArrowDown"), { at: 3 });
  assert.deepEqual(walked(ROWS, 1, "End"), { at: 3 });
  assert.deepEqual(walked(ROWS, 3, "Home"), { at: 0 });
});

test("right unfolds, then goes in; left folds, then goes out", () => {
  assert.deepEqual(walked(ROWS, 1, "ArrowRight"), { turn: true });
  assert.deepEqual(walked(ROWS, 2, "ArrowRight"), { at: 3 });
  assert.deepEqual(walked(ROWS, 3, "ArrowRight"), { at: 3 });
  assert.deepEqual(walked(ROWS, 2, "ArrowLeft"), { turn: true });
  assert.deepEqual(walked(ROWS, 3, "ArrowLeft"), { at: 2 });
  assert.deepEqual(walked(ROWS, 1, "ArrowLeft"), { at: 0 });
});

test("Enter and the space bar choose; other keys are the page's", () => {
  assert.deepEqual(walked(ROWS, 1, "Enter"), { choose: true });
  assert.deepEqual(walked(ROWS, 1, " "), { choose: true });
  assert.equal(walked(ROWS, 1, "Tab"), null);
  assert.equal(walked([], 0, "Enter"), null);
});
