import assert from "node:assert/strict";
import { test } from "node:test";

import { rowsAt, sumUpTo } from "./growing.js";

const kept = { prompt: 2, tokens: ["a", "b", "c", "d"], anew: false };

test("the prompt is reckoned at once", () => {
  assert.deepEqual(rowsAt(0, kept), ["new", "new", "none", "none"]);
  assert.deepEqual(rowsAt(0, { ...kept, anew: true }), ["new", "new", "none", "none"]);
});

test("then one row a step, and what is kept is read", () => {
  assert.deepEqual(rowsAt(1, kept), ["kept", "kept", "new", "none"]);
  assert.deepEqual(rowsAt(2, kept), ["kept", "kept", "kept", "new"]);
});

test("with nothing kept all rows are reckoned each time", () => {
  assert.deepEqual(rowsAt(2, { ...kept, anew: true }), ["new", "new", "new", "new"]);
});

test("steps add up", () => {
  assert.equal(sumUpTo(0, [5, 2, 3]), 5);
  assert.equal(sumUpTo(2, [5, 2, 3]), 10);
});
