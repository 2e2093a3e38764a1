import assert from "node:assert/strict";
import { test } from "node:test";

import { breadth, fitted, GAP, modesOf, sliced } from "./sizes.js";

function matrix(rows, columns) {
  return {
    shape: [rows, columns],
    rows: "queries",
    columns: "keys",
    stamp: `${rows} ${columns}`,
    values: new Float64Array(rows * columns).fill(-12.5),
  };
}

function viewOf(width, shapes, more = {}) {
  const names = Object.keys(shapes);
  return {
    width,
    at: { stage: names.at(-1), row: 0, column: 0 },
    lit: names.slice(0, -1).map((name) => ({ name, level: 1, rows: 2, columns: "all" })),
    data: { mostCells: 400, axes: { queries: Array(90).fill("her"), keys: Array(90).fill("him") } },
    matrices: new Map(names.map((name) => [name, matrix(...shapes[name])])),
    ...more,
  };
}

const modes = (sizes) => Object.values(sizes).map(({ mode }) => mode);

test("Chinese signs are broad", () => {
  assert.equal(breadth("abc"), 3);
  assert.equal(breadth("猫坐"), 3.6);
});

test("each form of a card is narrower than the one before", () => {
  const { full, dense, blank, slice } = modesOf(viewOf(900, { q: [9, 8], scores: [9, 9] }), "scores");
  assert.ok(full > dense && dense > blank);
  assert.equal(slice, dense);
});

test("where there is room all cards keep their digits; the fewer pixels, the fewer digits", () => {
  const shapes = { q: [6, 4], k: [6, 4], scores: [6, 6] };
  assert.deepEqual(modes(fitted(viewOf(2000, shapes), ["q", "k", "scores"])), ["full", "full", "full"]);
  const wide = { q: [6, 16], k: [6, 16], scores: [6, 6] };
  const narrow = modes(fitted(viewOf(760, wide), ["q", "k", "scores"]));
  assert.notEqual(narrow[0], "full");
  assert.ok(["full", "dense"].includes(narrow[2]));
});

test("the cards fit beside each other in the forms that were chosen", () => {
  for (const width of [720, 900, 1100, 1400, 1800]) {
    const view = viewOf(width, { q: [6, 12], k: [6, 12], scores: [6, 6] });
    const names = ["q", "k", "scores"];
    const sizes = fitted(view, names);
    const total = names.reduce((sum, name) => sum + modesOf(view, name)[sizes[name].mode], 2 * GAP);
    assert.ok(total <= width || sizes.q.mode === "slice", `${width}: ${total}`);
  }
});

test("on a phone every card has a line of its own", () => {
  const sizes = fitted(viewOf(360, { q: [6, 4], scores: [6, 6] }), ["q", "scores"]);
  for (const { width } of Object.values(sizes)) assert.equal(width, 330);
});

test("pictures share what the tables leave, the current one takes most", () => {
  const view = viewOf(1400, { q: [80, 80], scores: [80, 80] });
  const { q, scores } = fitted(view, ["q", "scores"]);
  assert.ok(scores.width > q.width);
  assert.ok(q.width + scores.width + 60 <= 1400 - GAP + 1e-9);
});

test("a slice is the row or the column that the chosen cell needs; the stage itself has none", () => {
  const view = viewOf(900, { q: [6, 4], scores: [6, 6] });
  assert.deepEqual(sliced(view, "q"), { rows: 2, columns: "all" });
  assert.deepEqual(sliced(view, "scores"), { rows: "all", columns: "all" });
  view.lit[0] = { name: "q", level: 1, rows: "all", columns: 3 };
  assert.deepEqual(sliced(view, "q"), { rows: "all", columns: 3 });
});

test("a narrow matrix is as wide as what is written above it", () => {
  const bare = viewOf(900, { cell: [2, 1] });
  const titled = viewOf(900, { cell: [2, 1] });
  titled.stages = new Map([["cell", { title: "What is kept of the old cell", formula: "<mi>c</mi>", sources: [] }]]);
  assert.ok(modesOf(titled, "cell").full > modesOf(bare, "cell").full);
  assert.ok(modesOf(titled, "cell").full >= 34 + 28 * 7);
});
