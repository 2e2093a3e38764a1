import assert from "node:assert/strict";
import { test } from "node:test";

import { atPlace, label, under } from "./hover.js";

const axis = (scale) => ({ at: (v) => scale * v, back: (p) => p / scale, offset: -scale / 2, length: 5 * scale });
const PLACE = { across: axis(100), down: axis(50), gap: 0.2 };
const SAYS = "%{hovertext}<extra></extra>";
const CELLS = {
  type: "heatmap",
  z: [[1, NaN], [3, 4]],
  hovertext: [["a", "b"], ["c", "d"]],
  hovertemplate: SAYS,
};

test("a cell answers all over its area, an empty one too where it should", () => {
  assert.deepEqual(under([CELLS], PLACE, 130, 60).number, [1, 1]);
  assert.equal(under([CELLS], PLACE, 60, 60).words, "d");
  assert.equal(under([CELLS], PLACE, 90, 10).words, "b");
  assert.equal(under([{ ...CELLS, hoverongaps: false }], PLACE, 90, 10), null);
  assert.equal(under([CELLS], PLACE, 260, 10), null, "no such cell");
  assert.equal(under([{ ...CELLS, hoverinfo: "skip" }], PLACE, 10, 10), null);
});

test("the nearest point answers before what lies behind it", () => {
  const dots = { type: "scatter", mode: "markers", x: [1, 1.05], y: [1, 1], hovertext: ["p", "q"], hovertemplate: SAYS };
  assert.equal(under([CELLS, dots], PLACE, 104, 50).words, "q");
  assert.equal(under([CELLS, dots], PLACE, 130, 70).words, "d", "too far away");
  assert.equal(under([CELLS, { ...dots, visible: false }], PLACE, 104, 50).words, "d");
});

test("a bar answers on its own area, and for the keyboard by its row", () => {
  const bars = { type: "bar", orientation: "h", x: [2, 1], y: [0, 1], width: 0.8, hovertext: ["p", "q"], hovertemplate: SAYS };
  assert.equal(under([bars], PLACE, 150, 10).number, 0);
  assert.equal(under([bars], PLACE, 150, 50), null, "beyond its end");
  assert.equal(atPlace([bars], { traces: [0] }, PLACE, 1, 0).words, "q");
});

test("the keyboard finds the trace that has the cell", () => {
  const other = { ...CELLS, z: [[NaN, 2], [NaN, NaN]], hovertext: [["e", "f"], ["g", "h"]] };
  assert.equal(atPlace([CELLS, other], { traces: [0, 1] }, PLACE, 0, 1).words, "f");
  assert.equal(atPlace([CELLS, other], { traces: [0, 1] }, PLACE, 0, 0).words, "a");
});

test("the label looks as the figure that is drawn now, also after a change of theme", () => {
  globalThis.document = {
    createElement: () => ({ style: {}, setAttribute() {} }),
  };
  let sheet = null;
  const one = label({ append: (node) => (sheet = node) });
  const looks = (bgcolor) => ({ bgcolor, bordercolor: "#888888", font: { color: "#123456", size: 13, family: "serif" } });
  for (const paper of ["#ffffff", "#000000"]) {
    one.look(looks(paper));
    assert.equal(sheet.style.background, paper);
  }
  assert.equal(sheet.style.font, "13px serif");
});
