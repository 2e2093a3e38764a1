import assert from "node:assert/strict";
import { test } from "node:test";

import { cellWords, hovertexts, spoken } from "./cells.js";

function figure(given, z = [[0.5, -0.001], [NaN, 3]]) {
  const words = {
    rows: ["a", "b"],
    columns: ["c", "d"],
    pattern: "{row} → {column}",
    value: "weight",
    hidden: "hidden",
    missing: "none",
    runs: [],
    other: [],
    ...given,
  };
  return { data: [{ z }], layout: { meta: { cells: { traces: [0], words } } } };
}

test("a cell says where it is and what is in it", () => {
  assert.equal(cellWords(figure({}), 0, 0), "a → c<br>weight <b>0.50</b>");
  assert.equal(cellWords(figure({}), 0, 1), "a → d<br>weight <b>−0.001</b>");
  assert.equal(cellWords(figure({}), 1, 0), "b → c<br>none");
});

test("hidden cells, cells with words of their own, and counts", () => {
  assert.equal(cellWords(figure({ runs: [[1, 1, 2]] }), 1, 1), "b → d<br>hidden");
  assert.equal(cellWords(figure({ runs: [[1, 1, 2]] }), 1, 0), "b → c<br>none");
  assert.equal(cellWords(figure({ other: [[1, 0, "∞"]] }), 1, 0), "b → c<br>weight <b>∞</b>");
  const counts = figure({ whole: true }, [[Math.log1p(1234), 0]]);
  assert.equal(cellWords(counts, 0, 0), "a → c<br>weight <b>1,234</b>");
});

test("the text of a cell is made when it is asked for", () => {
  const asked = [];
  const texts = hovertexts(2, 3, (row, column) => asked.push([row, column]) && `${row} ${column}`);
  assert.deepEqual(asked, []);
  assert.equal(texts[1][2], "1 2");
  assert.equal(texts[1].length, 3);
  assert.deepEqual(asked, [[1, 2]]);
});

test("what is read aloud has no markup, and a learner's signs in it are themselves", () => {
  assert.equal(spoken("a &lt;b&gt; &amp; c<br>weight <b>0.50</b>"), "a <b> & c, weight 0.50");
});
