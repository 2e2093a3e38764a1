import assert from "node:assert/strict";
import { test } from "node:test";

import { boxOf, marksOf } from "./frames.js";

const VIEW = {
  at: { stage: "softmax", row: 1, column: 2 },
  lit: [
    { name: "exp", level: 1, rows: 1, columns: 2 },
    { name: "row_sums", level: 1, rows: 1, columns: "all" },
    { name: "mask", level: 2, rows: 1, columns: "all" },
  ],
  stages: new Map([
    ["exp", { beside: "" }],
    ["row_sums", { beside: "exp" }],
    ["mask", { beside: "" }],
  ]),
};

test("the chosen cell has a frame, and so has the row's sum beside the exponentials", () => {
  const exp = { name: "exp", matrix: { shape: [3, 4], sums: [1, 1, 1] } };
  assert.deepEqual(marksOf(VIEW, exp), [
    { kind: "lit level1", rows: 1, columns: 2 },
    { kind: "lit level1", rows: 1, columns: 4 },
  ]);
  const softmax = { name: "softmax", matrix: { shape: [3, 4] } };
  assert.deepEqual(marksOf(VIEW, softmax), [{ kind: "chosen", rows: 1, columns: 2 }]);
  const mask = { name: "mask", matrix: { shape: [3, 4] }, focused: true, cursor: { row: 0, column: 3 } };
  assert.deepEqual(marksOf(VIEW, mask).at(-1), { kind: "cursor", rows: 0, columns: 3 });
});

test("a frame of a picture lies where its cells are, and nowhere if they are not shown", () => {
  const grid = { left: 60, top: 20, cell: 10, high: 10 };
  const card = { matrix: { shape: [3, 4], first: 5 }, grid };
  assert.deepEqual(boxOf(card, { rows: 6, columns: 2 }), [80, 30, 10, 10]);
  assert.deepEqual(boxOf(card, { rows: "all", columns: 2 }), [80, 20, 10, 30]);
  assert.deepEqual(boxOf(card, { rows: 5, columns: "all" }), [60, 20, 40, 10]);
  assert.equal(boxOf(card, { rows: 4, columns: 0 }), null);
  assert.equal(boxOf(card, { rows: 8, columns: 0 }), null);
});

test("tiny cells have a frame that is a little larger than they are", () => {
  const card = { matrix: { shape: [9, 9], first: 0 }, grid: { left: 0, top: 0, cell: 3, high: 3 } };
  assert.deepEqual(boxOf(card, { rows: 1, columns: 1 }), [2, 2, 5, 5]);
});
