import assert from "node:assert/strict";
import { test } from "node:test";

import { barred, lensed, percent } from "./saying.js";

test("bars take another step's tokens, and the rest follows; what is sure leaves no rest", () => {
  const figure = {
    data: [
      { x: [0.5, 0.5], y: [0, 1], marker: { color: ["a", "b"], line: { color: [], width: [] }, cornerradius: 3 } },
      { x: [0.5, 0.5], y: [0, 1], text: ["", ""], mode: "text" },
    ],
    layout: { yaxis: { ticktext: ["x", "y"], title: 1 }, meta: { cells: { rows: 2, columns: 1 } } },
  };
  const before = structuredClone(figure);
  const words = { rest: "others", probability: "p", colours: ["violet", "grey"] };
  const { data, layout } = barred(figure, words, { tokens: ["<b>", "of"], shares: [0.75, 0.05] });
  assert.deepEqual(data[0].x.map((x) => Number(x.toFixed(6))), [0.75, 0.05, 0.2]);
  assert.deepEqual(data[0].marker.color, ["violet", "violet", "grey"]);
  assert.deepEqual(data[1].text, [" 75%", " 5.0%", " 20%"]);
  assert.deepEqual(layout.yaxis.ticktext, ["&lt;b&gt;", "of", "others"]);
  assert.deepEqual([layout.yaxis.range, layout.yaxis.title, layout.meta.cells.rows], [[2.5, -0.5], 1, 3]);
  assert.deepEqual(figure, before);
  const sure = barred(figure, words, { tokens: ["of", "a"], shares: [0.9999, 0] });
  assert.deepEqual(sure.layout.yaxis.ticktext, ["of", "a"]);
});

test("the lens frames what changes and ticks what is right", () => {
  const figure = {
    data: [
      { z: [], colorscale: [[0, "#ffffff"], [1, "#000000"]] },
      { x: [], y: [], text: [], textfont: { size: 12 } },
    ],
    layout: { shapes: [1, 2, 3], other: 4 },
  };
  const words = {
    tokens: ["the", "shells"],
    points: ["in", "layer 0"],
    best: "best",
    changed: "changed",
    right: "right",
    tick: "✓",
    colours: ["paper", "ink"],
  };
  const said = { tokens: [["the", "shells"], ["from", "from"]], shares: [[0.25, 0.5], [0.9, 1]], comes: ["shells", "Mia"] };
  const { data, layout } = lensed(figure, words, said);
  assert.deepEqual(data[1].text, ["the<br>0.25", "✓ shells<br>0.50", "from<br>0.90", "from<br>1.00"]);
  assert.deepEqual([data[1].x, data[1].y], [[0, 1, 0, 1], [0, 0, 1, 1]]);
  assert.equal(data[0].hovertext[0][1], "the · layer 0<br>best: shells <b>0.500</b><br>changed<br>right");
  assert.deepEqual(layout.shapes.map(({ x0, y0, line }) => [x0, y0, line.color]), [
    [0.54, -0.45, "paper"],
    [0.54, -0.45, "ink"],
  ]);
  assert.equal(layout.other, 4);
});

test("per cents are as the server writes them", () => {
  const said = [0, 0.0004, 0.012, 0.0995, 0.5, 1].map(percent);
  assert.deepEqual(said, ["0%", "<0.1%", "1.2%", "10%", "50%", "100%"]);
});
