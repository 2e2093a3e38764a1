import assert from "node:assert/strict";
import { test } from "node:test";

import { room, settled, thickness } from "./room.js";

const AXIS = {
  automargin: true,
  showgrid: false,
  tickfont: { size: 12, color: "#666666" },
  title: { standoff: 8, font: { size: 13, color: "#666666" } },
};
const TEMPLATE = {
  layout: {
    font: { family: "sans", size: 13, color: "#222222" },
    margin: { l: 8, r: 8, t: 8, b: 8 },
    legend: { font: { size: 12, color: "#222222" } },
    xaxis: AXIS,
    yaxis: AXIS,
  },
};
const SIZE = { width: 600, height: 300 };
const measure = (text, size) => 0.5 * size * text.length;

function roomOf(data, layout) {
  return room(data, settled({ template: TEMPLATE, ...layout }), SIZE, measure);
}

function tokens(names, side) {
  const tickvals = names.map((_, i) => i);
  return { tickvals, ticktext: names, range: [-0.5, names.length - 0.5], side };
}

test("the figure's word counts over its template's, part by part", () => {
  const all = settled({ template: TEMPLATE, xaxis: { title: { text: "step" } }, margin: { r: 22 } });
  assert.equal(all.xaxis.title.text, "step");
  assert.equal(all.xaxis.title.standoff, 8);
  assert.deepEqual(all.margin, { l: 8, r: 22, t: 8, b: 8 });
});

test("names of rows and columns have room outside the cells", () => {
  const xaxis = tokens(["a", "b"], "top");
  const yaxis = { ...tokens(["a long name", "b"]), range: [1.5, -0.5], title: { text: "rows" } };
  const { area, across, down } = roomOf([], { xaxis, yaxis });
  assert.ok(area.left > measure("a long name", 12) + 13, "names, title");
  assert.ok(area.top > 12 && area.left + area.width <= 592 && area.top + area.height <= 292);
  assert.ok(down.at(0) < down.at(1), "the first row is on top");
  assert.ok(across.at(0) < across.at(1));
  assert.equal(Math.round(across.back(across.at(1))), 1);
});

test("names that would lie on each other are turned", () => {
  const few = tokens(["one", "two"], "top");
  const many = tokens(Array.from({ length: 20 }, () => "dropped"), "top");
  const angles = { autotickangles: [0, -45, -90] };
  const yaxis = { range: [1.5, -0.5] };
  assert.equal(roomOf([], { xaxis: { ...few, ...angles }, yaxis }).across.turned, 0);
  const turned = roomOf([], { xaxis: { ...many, ...angles }, yaxis });
  assert.equal(turned.across.turned, -45);
  assert.ok(turned.area.top > roomOf([], { xaxis: few, yaxis }).area.top);
});

test("an axis without a range goes as far as its data", () => {
  const line = { type: "scatter", mode: "lines", x: [2, 4, 8], y: [0, null, 10] };
  const { across, down } = roomOf([line], {});
  assert.deepEqual(across.range, [2, 8]);
  assert.ok(down.range[0] < 0 && down.range[1] > 10);
  const bar = { type: "bar", orientation: "h", x: [3, -1], y: [0, 1], marker: {} };
  const bars = roomOf([bar], {});
  assert.ok(bars.across.range[0] <= -1 && bars.across.range[1] >= 3);
});

test("bars are as thick as they say, or leave a gap between neighbours", () => {
  assert.equal(thickness({ width: 0.7, x: [1], y: [0] }, 0.2), 0.7);
  assert.equal(thickness({ x: [0, 1, 2], y: [1, 1, 1] }, 0.2), 0.8);
  assert.equal(thickness({ orientation: "h", x: [9, 9], y: [0, 0.5] }, 0.2), 0.4);
});

test("a legend takes rows above the picture, one entry for a group", () => {
  const trace = (name, more) => ({ type: "scatter", mode: "lines", x: [0, 1], y: [0, 1], name, ...more });
  const data = [
    trace("one", { legendgroup: "a" }),
    trace("one again", { legendgroup: "a" }),
    trace("two", { showlegend: false }),
    trace("three"),
  ];
  const { legend, area } = roomOf(data, { showlegend: true });
  assert.deepEqual(legend.entries.map((entry) => entry.trace.name), ["one", "three"]);
  assert.ok(area.top >= legend.height);
  assert.equal(roomOf(data, {}).legend.height, 0);
  const many = Array.from({ length: 20 }, (_, i) => trace(`a rather long name ${i}`));
  assert.ok(roomOf(many, { showlegend: true }).legend.entries.at(-1).row > 0);
});

test("a colour bar has room at the right", () => {
  const cells = {
    type: "heatmap",
    z: [[0, 1]],
    zmin: 0,
    zmax: 1,
    colorbar: { tickvals: [0, 1], ticktext: ["0", "1,000"], tickfont: { size: 11 }, thickness: 10, xpad: 6 },
  };
  const { area, bar } = roomOf([cells], {});
  assert.ok(bar.width > 10 + measure("1,000", 11));
  assert.ok(area.left + area.width <= 600 - bar.width);
  assert.equal(roomOf([{ ...cells, showscale: false }], {}).bar, null);
});
