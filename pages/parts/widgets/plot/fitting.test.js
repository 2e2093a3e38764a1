import assert from "node:assert/strict";
import { test } from "node:test";

import { fit } from "./fitting.js";

const TICKS = Array.from({ length: 40 }, (_, i) => i);

function figure(columns = 40) {
  const axis = () => ({ tickvals: TICKS, ticktext: TICKS.map(String), tickfont: { size: 12 } });
  return {
    data: [{ type: "heatmap" }, { type: "scatter", meta: { numbers: 4 }, textfont: { color: "ink" } }],
    layout: {
      meta: { cells: { rows: 40, columns } },
      xaxis: { ...axis(), autotickangles: [0, -45] },
      yaxis: axis(),
      transition: { duration: 300 },
    },
  };
}

const wide = { width: 900, height: 600 };

test("the figure is as large as its place, and what was given stays as it was", () => {
  const given = figure();
  const before = structuredClone(given);
  const { layout } = fit(given, wide, { w: 800, h: 500 }, false);
  assert.deepEqual([layout.width, layout.height, layout.autosize], [900, 600, false]);
  assert.deepEqual(layout.transition, { duration: 300 });
  assert.deepEqual(given, before);
  assert.equal(fit(given, wide, { w: 800, h: 500 }, true).layout.transition, undefined);
});

test("digits are as large as a cell allows, and left out where they could not be read", () => {
  const numbers = (room) => fit(figure(), wide, room, false).data[1];
  assert.equal(numbers({ w: 800, h: 500 }).visible, true);
  assert.equal(numbers({ w: 4000, h: 4000 }).textfont.size, 14);
  assert.equal(numbers({ w: 400, h: 500 }).visible, false);
  assert.equal(numbers({ w: 800, h: 500 }).textfont.color, "ink");
});

test("labels that would lie on each other become smaller, then fewer", () => {
  const ticks = (w) => fit(figure(), wide, { w, h: 500 }, false).layout.xaxis;
  assert.equal(ticks(800).tickvals.length, 40);
  assert.equal(ticks(400).tickfont.size, 9);
  assert.deepEqual(ticks(200).tickvals, TICKS.filter((i) => i % 2 === 0));
  assert.deepEqual(ticks(200).ticktext, ticks(200).tickvals.map(String));
});

test("a narrow place has no colour bar, and its labels stand upright", () => {
  const narrow = fit(figure(), { width: 360, height: 400 }, { w: 300, h: 300 }, false);
  assert.equal(narrow.data[0].showscale, false);
  assert.deepEqual(narrow.layout.xaxis.autotickangles, [0, -90]);
  const { data, layout } = fit(figure(), wide, { w: 800, h: 500 }, false);
  assert.equal(data[0].showscale, true);
  assert.deepEqual(layout.xaxis.autotickangles, [0, -45]);
});

test("bars keep all their labels", () => {
  const { layout } = fit(figure(1), wide, { w: 100, h: 100 }, false);
  assert.equal(layout.yaxis.tickvals.length, 40);
});
