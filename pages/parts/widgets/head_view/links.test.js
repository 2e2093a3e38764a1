import assert from "node:assert/strict";
import { test } from "node:test";

import { linksOf, same, strengths, touches, weightsOf } from "./links.js";

const WEIGHTS = [
  [[1, 0], [0.75, 0.25]],
  [[0.02, 0.98], [0, 0]],
];

test("thousandths become weights, head by head and query by query", () => {
  const flat = Int16Array.of(1000, 0, 750, 250, 20, 980, 0, 0);
  assert.deepEqual(weightsOf(flat, 2, 2), WEIGHTS);
});

test("links worth a line, the strongest on top", () => {
  const found = linksOf(WEIGHTS, [0, 1], null);
  assert.deepEqual(found.map(({ weight }) => weight), [0.25, 0.75, 0.98, 1]);
  assert.deepEqual(found[2], { head: 1, query: 0, target: 1, weight: 0.98 });
});

test("a chosen query has its row, a chosen key its column, a hidden head nothing", () => {
  const at = (side, index) => linksOf(WEIGHTS, [0], { side, index }).map(({ weight }) => weight);
  assert.deepEqual(at("query", 1), [0.25, 0.75]);
  assert.deepEqual(at("key", 0), [0.75, 1]);
  assert.deepEqual(linksOf(WEIGHTS, [], null), []);
});

test("there are never more lines than can be seen, and the weakest are left out", () => {
  const rows = Array.from({ length: 60 }, (_, q) => Array.from({ length: 60 }, (_, k) => (q * 60 + k) / 3600));
  const found = linksOf([rows], [0], null);
  assert.equal(found.length, 1500);
  assert.equal(found.at(-1).weight, 3599 / 3600);
  assert.equal(found[0].weight, 2100 / 3600);
});

test("a head is as strong as the mean of its rows' largest, rows of nothing aside", () => {
  assert.deepEqual(strengths(WEIGHTS, null), [0.875, 0.98]);
  assert.deepEqual(strengths(WEIGHTS, { side: "query", index: 1 }), [0.75, 0]);
  assert.deepEqual(strengths(WEIGHTS, { side: "key", index: 1 }), [0.25, 0.98]);
  assert.deepEqual(strengths([[[0, 0], [0, 0]]], null), [0]);
});

test("a gold link is shown with its ends", () => {
  assert.equal(touches(null, 3, 1), true);
  assert.equal(touches({ side: "query", index: 3 }, 3, 1), true);
  assert.equal(touches({ side: "key", index: 3 }, 3, 1), false);
  assert.equal(same({ side: "key", index: 3 }, { side: "key", index: 3 }), true);
  assert.equal(same({ side: "key", index: 3 }, { side: "query", index: 3 }), false);
  assert.equal(same(null, null), false);
});
