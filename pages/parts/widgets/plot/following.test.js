import assert from "node:assert/strict";
import { test } from "node:test";

import { changed } from "./following.js";

const { NaN: EMPTY } = Number;

test("the marker and its dots go to the step; curves and all else stay the same objects", () => {
  const curves = [{ x: [0, 10, 20], y: [6, 4, 3] }, { x: [0, 40], y: [6, 2] }];
  const figure = {
    data: [curves[0], { x: [20], y: [3], name: "a" }, curves[1], { x: [0], y: [6] }],
    layout: {
      meta: { follows: {}, marker: { line: 1, dots: [[1, 0], [3, 2]] } },
      shapes: [{ y0: 6 }, { x0: 20, x1: 20, y1: 1 }],
    },
  };
  const before = structuredClone(figure);
  const { data, layout } = changed(figure, { step: 12, record: null });
  assert.ok(data[0] === curves[0] && data[2] === curves[1]);
  assert.deepEqual([data[1], data[3]], [{ x: [10], y: [4], name: "a" }, { x: [0], y: [6] }]);
  assert.deepEqual(layout.shapes, [{ y0: 6 }, { x0: 12, x1: 12, y1: 1 }]);
  assert.deepEqual(figure, before);
});

// Two layers of two heads over two tokens: 100 · layer + 10 · head + cell, in hundredths.
const RECORD = {
  shape: [2, 2, 2, 2],
  probe: ["a<", "b"],
  maps: Uint8Array.of(10, 0, 12, 13, 20, 0, 24, 23, 30, 0, 31, 33, 40, 0, 44, 41),
};

function sheet() {
  const line = (...values) => Float32Array.from(values);
  return [
    line(1, EMPTY, EMPTY, 1, EMPTY),
    line(1, 1, EMPTY, 1, 1),
    line(EMPTY, EMPTY, EMPTY, EMPTY, EMPTY),
    line(1, EMPTY, EMPTY, 1, EMPTY),
    line(1, 1, EMPTY, 1, 1),
  ];
}

test("each head's map lies in its tile; gutters and what the mask hides stay empty", () => {
  const tiles = { trace: 0, cover: 1, gap: 1, hover: "L{layer} H{head}: {link} {weight}" };
  const figure = {
    data: [{ z: sheet() }, { hovertext: [["", ""], ["", ""]], customdata: 7 }],
    layout: { meta: { follows: {}, tiles } },
  };
  const { data } = changed(figure, { step: 3, record: RECORD });
  const rounded = data[0].z.map((line) => Array.from(line, (value) => Math.round(100 * value)));
  assert.deepEqual(rounded, [
    [10, EMPTY, EMPTY, 20, EMPTY],
    [12, 13, EMPTY, 24, 23],
    [EMPTY, EMPTY, EMPTY, EMPTY, EMPTY],
    [30, EMPTY, EMPTY, 40, EMPTY],
    [31, 33, EMPTY, 44, 41],
  ]);
  assert.deepEqual(data[1].hovertext, [
    ["L0 H0: b → b 0.13", "L0 H1: b → a&lt; 0.24"],
    ["L1 H0: b → b 0.33", "L1 H1: b → a&lt; 0.44"],
  ]);
  assert.equal(data[1].customdata, 7);
  assert.equal(figure.data[0].z[0][0], 1);
});

test("one head has its numbers in the cells, in an ink for each", () => {
  const figure = {
    data: [
      {
        type: "heatmap",
        z: [Float64Array.of(1, EMPTY), Float64Array.of(0.5, 0.5)],
        zmin: 0,
        zmax: 1,
        colorscale: [[0, "#ffffff"], [0.3, "#111111"], [1, "#000000"]],
      },
      { type: "scatter", x: [0, 0, 1], y: [0, 1, 1], text: ["", "", ""], meta: { numbers: 4 }, textfont: { size: 9 } },
      { type: "scatter", meta: { hatching: true } },
    ],
    layout: { meta: { follows: { head: [0, 1] } } },
  };
  const { data } = changed(figure, { step: 3, record: { ...RECORD, maps: RECORD.maps.with(4, 0) } });
  assert.deepEqual(data[0].z.map((line) => [...line]), [[0, EMPTY], [0.24, 0.23]]);
  assert.deepEqual(data[1].text, ["0.00", "0.24", "0.23"]);
  assert.deepEqual(data[1].textfont, { size: 9, color: ["#23222B", "#FFFFFF", "#FFFFFF"] });
  assert.equal(data[2], figure.data[2]);
});

test("what is not fetched yet, and a run without heads, leave the figure as it is", () => {
  const figure = { data: [], layout: { meta: { follows: { head: [0, 0] } } } };
  assert.equal(changed(figure, { step: 3, record: null }), figure);
  assert.equal(changed(figure, { step: 3, record: { maps: null } }), figure);
});
