import assert from "node:assert/strict";
import { test } from "node:test";

import { after, merged, places } from "./merging.js";

test("of three alike the first two become one", () => {
  assert.deepEqual(merged([1, 1, 1], [1, 1, 9]), [9, 1]);
  assert.deepEqual(merged([1, 2, 1, 2, 3], [1, 2, 9]), [9, 9, 3]);
  assert.deepEqual(merged([], [1, 2, 9]), []);
});

test("merges are done in their order, and back is the way there", () => {
  const merges = [
    [2, 3, 8],
    [1, 8, 9],
  ];
  assert.deepEqual(after([[1, 2, 3], [2, 3]], merges, 0), [[1, 2, 3], [2, 3]]);
  assert.deepEqual(after([[1, 2, 3], [2, 3]], merges, 1), [[1, 8], [8]]);
  assert.deepEqual(after([[1, 2, 3], [2, 3]], merges, 2), [[9], [8]]);
});

test("a pair is found wherever it begins", () => {
  assert.deepEqual(places([1, 1, 1, 2], [1, 1]), [0, 1]);
  assert.deepEqual(places([1, 2], [2, 1]), []);
});
