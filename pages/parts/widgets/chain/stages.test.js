import assert from "node:assert/strict";
import { test } from "node:test";

import { takeMatrices, takeStages, withNumbers } from "./stages.js";

const packed = (...numbers) => Buffer.from(new Float64Array(numbers).buffer).toString("base64");
const matrix = (stamp, ...numbers) => ({
  values: packed(...numbers),
  bits: 64,
  shape: [numbers.length, 1],
  first: 0,
  stamp,
});

function stage(name, more = {}) {
  const sources = name === "x" ? [] : [["x", "row", "all"]];
  return { name, sources, beside: "", scale: "plain", rows: "queries", columns: "keys", matrix: null, ...more };
}

function viewOf(...stages) {
  const view = { matrices: new Map(), scales: { plain: ["#000000"] } };
  takeStages(view, stages);
  return view;
}

test("stages keep their order; what stands beside another has no card, and what was given is no step", () => {
  const view = viewOf(stage("x"), stage("exp"), stage("row_sums", { beside: "exp" }), stage("softmax"));
  assert.deepEqual([...view.stages.keys()], ["x", "exp", "row_sums", "softmax"]);
  assert.deepEqual(view.cardNames, ["x", "exp", "softmax"]);
  assert.deepEqual(view.steps, ["exp", "softmax"]);
});

test("a matrix has its stage's axes and colours, and the sums stand in the card of what they sum up", () => {
  const sums = stage("row_sums", { beside: "exp", matrix: matrix("b", 3, 7) });
  const view = viewOf(stage("x"), stage("exp", { matrix: matrix("a", 1, 2), hide: "0" }), sums);
  assert.equal(takeMatrices(view), false);
  assert.deepEqual([...view.matrices.keys()], ["exp"]);
  const exp = view.matrices.get("exp");
  assert.deepEqual([...exp.values, ...exp.sums], [1, 2, 3, 7]);
  assert.deepEqual([exp.rows, exp.columns, exp.hide, exp.paints], ["queries", "keys", "0", ["#000000"]]);
  const other = { ...sums, matrix: { ...sums.matrix, first: 1 } };
  takeStages(view, [stage("exp", { matrix: matrix("a", 1, 2) }), other]);
  takeMatrices(view);
  assert.equal(view.matrices.get("exp").sums, undefined);
});

test("what is held need not be sent again, and what is lost is told", () => {
  const view = viewOf(stage("scores", { matrix: matrix("a", 5) }));
  takeMatrices(view);
  const { values } = view.matrices.get("scores");
  takeStages(view, [stage("scores", { matrix: { ...matrix("a", 5), values: null } })]);
  assert.equal(takeMatrices(view), false);
  assert.equal(view.matrices.get("scores").values, values);
  takeStages(view, [stage("scores", { matrix: { ...matrix("b", 5), values: null } })]);
  assert.equal(takeMatrices(view), true);
  assert.equal(view.matrices.has("scores"), false);
});

test("a quicker answer brings numbers and leaves the page's words", () => {
  const data = { stages: [{ name: "q", title: "Queries", low: 0 }, { name: "k", title: "Keys" }], turn: 3 };
  const answer = { stages: [{ name: "q", low: -2 }], hidden: "" };
  assert.deepEqual(withNumbers(data, answer), {
    stages: [{ name: "q", title: "Queries", low: -2 }, { name: "k", title: "Keys" }],
    turn: 3,
    hidden: "",
  });
});
