import assert from "node:assert/strict";
import { test } from "node:test";

import { brightness, channels, paints } from "./colours.js";

const STOPS = [
  [0, "#ffffff"],
  [0.5, "#808080"],
  [1, "#000000"],
];

test("a colour is read channel by channel", () => {
  assert.deepEqual(channels("#0A80ff"), [10, 128, 255]);
});

test("black is 0, white is 1, green is brighter than red, red than blue", () => {
  assert.equal(brightness([0, 0, 0]), 0);
  assert.ok(Math.abs(brightness([255, 255, 255]) - 1) < 1e-9);
  const [red, green, blue] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(brightness);
  assert.ok(green > red && red > blue);
  assert.ok(Math.abs(brightness([119, 119, 119]) - 0.184) < 1e-3);
});

test("a scale runs from its first stop to its last by way of those between", () => {
  const colours = paints(STOPS);
  assert.equal(colours.length, 256);
  assert.equal(colours[0].css, "rgb(255,255,255)");
  assert.equal(colours[255].css, "rgb(0,0,0)");
  assert.equal(colours[0].word, 0xffffffff);
  assert.equal(colours[255].word, 0xff000000);
  const reds = colours.map(({ css }) => Number(css.match(/\d+/)[0]));
  assert.ok(reds.every((red, i) => i === 0 || red <= reds[i - 1]));
});

test("digits can be read on their colour", () => {
  for (const { css, ink } of paints(STOPS)) {
    const paper = brightness(css.match(/\d+/g).map(Number)) + 0.05;
    const pen = brightness(channels(ink)) + 0.05;
    assert.ok(Math.max(paper, pen) / Math.min(paper, pen) >= 4.5, `${ink} on ${css}`);
  }
});
