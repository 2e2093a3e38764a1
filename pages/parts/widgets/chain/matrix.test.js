import assert from "node:assert/strict";
import { test } from "node:test";

import { colourOf, hiddenAt, sizeOf, tabled } from "./matrix.js";

test("the mask is read bit by bit, from the first row that is shown", () => {
  const view = { hidden: Uint8Array.of(0b01100010, 0b10000000) };
  const matrix = { hide: "–", shape: [2, 3], first: 1 };
  const seen = [0, 1].map((r) => [0, 1, 2].map((c) => hiddenAt(view, matrix, r, c)));
  assert.deepEqual(seen, [[false, false, false], [true, false, true]]);
  assert.equal(hiddenAt(view, { ...matrix, hide: "" }, 1, 2), false);
  assert.equal(hiddenAt({ hidden: null }, matrix, 1, 2), false);
});

test("digits are shown while they fit", () => {
  const view = { data: { mostCells: 100 } };
  assert.equal(tabled(view, { shape: [10, 10] }), true);
  assert.equal(tabled(view, { shape: [10, 11] }), false);
  assert.equal(tabled(view, { shape: [4, 25] }), false);
  assert.equal(tabled(view, { shape: [0, 3] }), false);
});

test("queries, keys and values have their colours, all else is muted", () => {
  const view = { data: { colours: { query: "a", key: "b", value: "c", muted: "d" } } };
  const kinds = ["queries", "keys", "values", "columns"];
  assert.deepEqual(kinds.map((kind) => colourOf(view, kind)), ["a", "b", "c", "d"]);
});

test("a stage is as large as its axes are long", () => {
  const stages = new Map([["scores", { rows: "queries", columns: "keys" }]]);
  const view = { stages, data: { axes: { queries: ["a", "b"], keys: ["a", "b", "c"] } } };
  assert.deepEqual(sizeOf(view, "scores"), [2, 3]);
});
