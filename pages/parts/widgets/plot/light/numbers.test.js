import assert from "node:assert/strict";
import { test } from "node:test";

import { evenly, formatted, knowsFormat, knowsTemplate, templated, tickNames } from "./numbers.js";

test("numbers are written as the formats say", () => {
  assert.equal(formatted(0.5, ".0%"), "50%");
  assert.equal(formatted(0.0234, ".1%"), "2.3%");
  assert.equal(formatted(-1.5, ".3f"), "−1.500");
  assert.equal(formatted(1290000, ",.0f"), "1,290,000");
  assert.equal(formatted(120, ".4~g"), "120");
  assert.equal(formatted(0.30000000000000004), "0.3");
  assert.equal(formatted(-0.001, ".2f"), "0.00", "no minus before nought");
  assert.equal(formatted(-0.001, ".1%"), "−0.1%");
  assert.deepEqual([formatted(null, ".2f"), formatted(NaN), formatted(undefined)], ["–", "–", "–"]);
  assert.ok(!knowsFormat("s") && knowsFormat(".2f") && knowsFormat(undefined));
});

test("a template names what it shows, and what is not known is said", () => {
  const point = { x: 12, y: 0.25, hovertext: "cat<br><b>1</b>" };
  assert.equal(templated("%{hovertext}<extra></extra>", point), point.hovertext);
  assert.equal(templated("step %{x:.4~g}: <b>%{y:.3f}</b><extra></extra>", point), "step 12: <b>0.250</b>");
  assert.ok(knowsTemplate("%{x:.2f}<extra></extra>"));
  assert.ok(!knowsTemplate("%{x:.2f}"), "the second label would be drawn");
  assert.ok(!knowsTemplate("%{z}<extra></extra>"));
  assert.ok(!knowsTemplate("%{x:.3s}<extra></extra>"));
});

test("ticks are round numbers within the axis, in either direction", () => {
  assert.deepEqual(evenly([0, 700], 6), [0, 200, 400, 600]);
  assert.deepEqual(evenly([0, 1.12], 6), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(evenly([1, -1], 5), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(evenly([3, 3], 5), [3]);
});

test("ticks of a long axis share a unit", () => {
  assert.deepEqual(tickNames([0, 20000, 40000], [0, 50000]), ["0", "20k", "40k"]);
  assert.deepEqual(tickNames([0, 2000, 4000], [0, 5000]), ["0", "2000", "4000"]);
  assert.deepEqual(tickNames([-0.5, 0], [-1, 1]), ["−0.5", "0"]);
  assert.deepEqual(tickNames([0, 0.5, 1], [0, 1.32], ".0%"), ["0%", "50%", "100%"]);
});
