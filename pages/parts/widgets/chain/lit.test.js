import assert from "node:assert/strict";
import { test } from "node:test";

import { litBy, shownCards } from "./lit.js";
import { takeStages } from "./stages.js";

const SOURCES = {
  scores: [["q", "row", "all"], ["k", "column", "all"]],
  scaled: [["scores", "row", "column"]],
  softmax: [["scaled", "row", "all"]],
  output: [["softmax", "row", "all"], ["v", "all", "column"]],
};
const ORDER = ["q", "k", "v", "scores", "scaled", "softmax", "output"];

function viewAt(stage, row, column, more = {}) {
  const names = ORDER.slice(0, ORDER.indexOf(stage) + 1);
  const view = {
    at: { stage, row, column },
    data: { complete: true },
    matrices: new Map(names.map((name) => [name, {}])),
    width: 600,
    ...more,
  };
  takeStages(view, ORDER.map((name) => ({ name, sources: SOURCES[name] ?? [], beside: "" })));
  view.lit = litBy(view);
  return view;
}

test("a score lights up its row of Q and its row of K", () => {
  assert.deepEqual(viewAt("scores", 2, 5).lit, [
    { name: "q", rows: 2, columns: "all", level: 1 },
    { name: "k", rows: 5, columns: "all", level: 1 },
  ]);
});

test("what the sources were made from is lit on the second level, once", () => {
  const { lit } = viewAt("softmax", 1, 0);
  assert.deepEqual(lit, [
    { name: "scores", rows: 1, columns: "all", level: 2 },
    { name: "scaled", rows: 1, columns: "all", level: 1 },
  ]);
  const { lit: twice } = viewAt("output", 3, 4);
  assert.deepEqual(twice.filter(({ level }) => level === 1), [
    { name: "softmax", rows: 3, columns: "all", level: 1 },
    { name: "v", rows: "all", columns: 4, level: 1 },
  ]);
});

test("a narrow page shows the stage and what feeds it, in the chain's order", () => {
  assert.deepEqual(shownCards(viewAt("output", 0, 0), 3), ["v", "softmax", "output"]);
});

test("all stages are those up to the current one, and all that was given", () => {
  const view = viewAt("scaled", 0, 0, { whole: true });
  assert.deepEqual(shownCards(view, 1), ["q", "k", "v", "scores", "scaled"]);
});

test("a matrix that the browser does not hold has no card", () => {
  const view = viewAt("output", 0, 0);
  view.matrices.delete("v");
  assert.deepEqual(shownCards(view, 3), ["softmax", "output"]);
});

test("a list says for each row of a stage which row of a source it was made from", () => {
  const sources = [["gates", [0, 1], "all"], ["gates", [2, 3], "all"]];
  const view = { at: { stage: "cell", row: 1, column: 0 } };
  takeStages(view, [
    { name: "sums", sources: [], beside: "" },
    { name: "gates", sources: [["sums", "row", "column"]], beside: "" },
    { name: "cell", sources, beside: "" },
  ]);
  const rows = (level) => litBy(view).filter((mark) => mark.level === level).map((mark) => mark.rows);
  assert.deepEqual(rows(1), [1, 3]);
  assert.deepEqual(rows(2), [1, 3]);
});
